"""This file looks at the pages of workbooks that take long, hold much or ask cell by cell, with script and without."""

import os

import openpyxl
import pytest
from playwright.sync_api import expect

TRACKER = ("No.", "Requirement", "RAG", "Action", "Lead", "Timescale")


@pytest.fixture
def tracker(tmp_path):
    """A tracker in which two cells list several actions each."""
    book = openpyxl.Workbook()
    book.active.append(TRACKER)
    book.active.append((1, "Publish the plan", "Red", "• Write it\n• Print it", "Ann\nBo", "Q1"))
    book.active.append((2, "Visit every school", "Green", "• Ask\n• Listen", "Cy", "Q3"))
    book.save(tmp_path / "tracker.xlsx")
    return tmp_path / "tracker.xlsx"


@pytest.fixture
def large(tmp_path, shapes):
    """A tracker with a sheet beside it that makes the file so large that it is kept first and read then."""
    book = openpyxl.load_workbook(shapes / "tables.xlsx")
    notes = book.create_sheet("Notes of ours")
    for _ in range(100):
        notes.append((os.urandom(14_000).hex(),))
    book.save(tmp_path / "large.xlsx")
    return tmp_path / "large.xlsx"


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (True, 400), (False, 400)])
def test_waiting_for_a_large_workbook_can_be_left_and_goes_on_by_itself(person, large, script, width):
    editor = person("editor", script=script, width=width)
    page = editor.page
    page.emulate_media(reduced_motion="reduce")
    page.route("**/uploads/*read=yes*", lambda route: route.fulfill(status=204))  # it is being read
    page.goto("/plans/wyebridge/workbook")
    page.get_by_label("Your workbook").set_input_files(large)
    page.get_by_role("button", name="Upload and compare").click()
    expect(page.locator("h1")).to_have_text("Reading “large.xlsx”")
    editor.look()
    expect(page.locator("progress")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.unroute("**/uploads/*read=yes*")
    page.get_by_role("link", name="workbook page").click()
    page.get_by_role("link", name="large.xlsx").click()
    expect(page.locator("h1")).to_have_text("What “large.xlsx” would change", timeout=30_000)
    expect(page).to_have_title("What large.xlsx would change – Improvement plan")


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 400)])
def test_lists_of_actions_are_split_cell_by_cell_by_keyboard(person, tracker, script, width):
    office = person("office", script=script, width=width)
    page = office.page
    page.goto("/import")
    page.get_by_label("Your tracker").set_input_files(tracker)
    page.get_by_role("button", name="Upload and read").click()
    cell = page.get_by_role("group", name="Sheet “Sheet”, cell D2")
    expect(cell.get_by_role("listitem")).to_have_text(["Write it (lead Ann)", "Print it (lead Bo)"])
    office.look()
    cell.get_by_role("radio", name="Keep as typed").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Read again with these choices").focus()
    page.keyboard.press("Enter")
    expect(cell.get_by_role("radio", name="Split into 2 actions, as shown")).to_be_checked()
    expect(page.locator("main")).to_contain_text("3 actions")
    page.get_by_role("button", name="Split all of this column").press("Enter")
    expect(page.locator("main")).to_contain_text("4 actions")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    office.look()
