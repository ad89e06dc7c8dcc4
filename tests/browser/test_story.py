"""This file walks the whole story as the people it is for: edit, download, upload, settle, sign off, return."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect


def change(page: Page, what: str, words: str) -> None:
    """Change one field in place, by keyboard alone."""
    page.get_by_role("link", name=f"Change {what}", exact=True).press("Enter")
    box = page.locator("form.app-field__form").get_by_role("textbox").last
    expect(box).to_be_focused()
    box.fill(words)
    box.press("Control+Enter")


def download(page: Page, name: str, into: Path) -> Path:
    """Save the workbook that this link or button gives."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).click()
    file = into / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def test_an_editor_filters_the_plan_and_every_view_has_its_address(person):
    editor = person("editor")
    page = editor.page
    editor.look()
    page.get_by_label("Status", exact=True).select_option(label="Red")
    expect(page.locator("#results")).to_contain_text("2 of 28 requirements shown")
    page.wait_for_url("**status=red**")
    page.get_by_label("Search all text").fill("zzz nothing says this")
    expect(page.locator("#results")).to_contain_text("0 of 28 requirements shown")
    editor.look()


def test_a_field_is_changed_in_place_by_keyboard_alone(person):
    editor = person("editor")
    page = editor.page
    link = page.get_by_role("link", name="Change timescale of action 2.1", exact=True)
    link.press("Enter")
    box = page.get_by_role("textbox", name="Timescale of action 2.1")
    expect(box).to_be_focused()
    editor.look()
    box.fill("Quarter 4")
    box.press("Enter")
    expect(link).to_be_focused()
    expect(page.locator("#announcer")).not_to_be_empty()
    row = page.get_by_role("row").filter(has=link)
    expect(row).to_contain_text("Quarter 4")
    expect(row).to_contain_text("Awaiting sign-off")
    link.press("Enter")
    box.fill("never saved")
    box.press("Escape")
    expect(link).to_be_focused()
    expect(row).to_contain_text("Quarter 4")
    editor.look()


def test_a_status_is_saved_with_its_reason(person):
    editor = person("editor")
    page = editor.page
    page.get_by_role("link", name="Requirement 7", exact=True).click()
    page.get_by_role("link", name="Change status of requirement 7", exact=True).click()
    page.get_by_role("radio", name="Red").check()
    page.get_by_role("textbox", name="Reason for the status of requirement 7").fill("Escalations are not followed up.")
    editor.look()
    page.get_by_role("button", name="Save status of requirement 7").click()
    expect(page.locator("main")).to_contain_text("Escalations are not followed up.")
    expect(page.get_by_role("link", name="Change status of requirement 7", exact=True)).to_be_focused()
    editor.look()


def test_an_achievement_is_added_removed_and_brought_back(person):
    editor = person("editor")
    page = editor.page
    page.get_by_role("link", name="Requirement 7", exact=True).click()
    page.get_by_role("link", name="Add an achievement").click()
    editor.look()
    page.get_by_role("textbox", name="Achievement").fill("Escalation cards given to all schools")
    page.get_by_role("textbox", name="Evidence").fill("Distribution list")
    page.locator("main").get_by_role("button").first.click()
    expect(page.locator("main")).to_contain_text("Escalation cards given to all schools")
    page.get_by_role("button", name="Remove achievement “Escalation cards").click()
    expect(page.get_by_role("status").first).to_contain_text("is removed")
    page.get_by_role("button", name="Bring").first.click()
    expect(page.locator("main")).to_contain_text("Escalation cards given to all schools")
    editor.look()


def test_two_people_change_one_field_and_nothing_is_lost(person):
    first, second = person("editor"), person("office")
    what = "Change lead of action 7.1"
    for one in (first, second):
        one.page.get_by_role("link", name="Requirement 7", exact=True).click()
        one.page.get_by_role("link", name=what, exact=True).click()
    first.page.get_by_role("textbox", name="Lead of action 7.1").fill("Head of Escalation")
    first.page.get_by_role("button", name="Save lead of action 7.1").click()
    expect(first.page.locator("main")).to_contain_text("Head of Escalation")
    second.page.get_by_role("textbox", name="Lead of action 7.1").fill("Director of Safeguarding")
    second.page.get_by_role("button", name="Save lead of action 7.1").click()
    clash = second.page.locator("form.app-field__form")
    expect(clash).to_contain_text("Head of Escalation")
    expect(clash).to_contain_text("Director of Safeguarding")
    second.look()
    clash.get_by_role("radio", name="Use my words instead").check()
    clash.get_by_role("button", name="Save lead of action 7.1").click()
    expect(second.page.get_by_role("link", name=what, exact=True)).to_be_focused()
    second.page.reload()
    expect(second.page.locator("main")).to_contain_text("Director of Safeguarding")


def test_the_whole_story_from_download_to_sign_off(person, edit, tmp_path):
    editor = person("editor")
    page = editor.page
    page.get_by_role("link", name="Workbook", exact=True).click()
    editor.look()
    file = download(page, "Download the up-to-date workbook", tmp_path)
    edit(file, {"G6": "Deputy Director", "H7": "Quarter 3"})

    page.goto("/plans/wyebridge")
    change(page, "lead of action 2.1", "Assistant Chief Executive")
    expect(page.get_by_role("row").filter(has_text="Assistant Chief Executive")).to_be_visible()

    page.get_by_role("link", name="Workbook", exact=True).click()
    page.get_by_label("Your workbook").set_input_files(file)
    page.get_by_role("button", name="Upload and compare").click()
    page.wait_for_url("**/uploads/*")
    editor.look()
    expect(page.locator("main")).to_contain_text("Assistant Chief Executive")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    editor.look()
    page.get_by_role("radio", name="workbook").first.check()
    page.get_by_role("button", name="Accept").click()
    page.wait_for_url("**/done")
    editor.look()
    newest = download(page, "Download the up-to-date workbook", tmp_path)
    assert edit(newest, {"G6": None, "H7": None}) == {"G6": "Deputy Director", "H7": "Quarter 3"}
    editor.leave()

    lead = person("lead")
    page = lead.page
    page.get_by_role("link", name=re.compile("^Sign-off")).click()
    lead.look()
    expect(page.locator("main")).to_contain_text("Deputy")
    page.get_by_role("checkbox", name="Lead").first.check()
    page.get_by_role("button", name=re.compile(r"^Sign off( \d+)? selected")).click()
    expect(page.get_by_role("status").first).to_contain_text("igned off")
    page.get_by_role("checkbox", name="Timescale").first.check()
    page.get_by_role("button", name=re.compile(r"^Return( \d+)? selected")).click()
    expect(page.locator("main")).to_contain_text("Say why")
    page.get_by_label("Reason or comment").fill("The board agreed Quarter 2; ask it first.")
    if not page.get_by_role("checkbox", name="Timescale").first.is_checked():
        page.get_by_role("checkbox", name="Timescale").first.check()
    page.get_by_role("button", name=re.compile(r"^Return( \d+)? selected")).click()
    expect(page.get_by_role("status").first).to_contain_text("eturned")
    lead.look()
    lead.leave()

    editor = person("editor")
    page = editor.page
    page.get_by_role("link", name="Returned to me").click()
    expect(page.locator("main")).to_contain_text("The board agreed Quarter 2; ask it first.")
    editor.look()
    page.get_by_role("textbox", name="Timescale of action 2.2").fill("Quarter 3 and on going")
    page.get_by_role("button", name="Send for sign-off again").click()
    page.goto("/plans/wyebridge")
    row = page.get_by_role("row").filter(
        has=page.get_by_role("link", name="Change timescale of action 2.2", exact=True)
    )
    expect(row).to_contain_text("Quarter 3 and on going")
    page.get_by_role("link", name="History", exact=True).click()
    editor.look()


def test_the_programme_office_brings_a_tracker_in(person, shapes):
    office = person("office")
    page = office.page
    page.goto("/import")
    office.look()
    page.get_by_label("Your tracker").set_input_files(shapes / "tables.xlsx")
    page.get_by_role("button", name="Upload and read").click()
    page.wait_for_url("**/import/*")
    expect(page.locator("main")).to_contain_text("28 requirements")
    office.look()
    page.get_by_label("Title").fill("A second plan")
    page.get_by_label("Financial year").fill("2013")
    page.get_by_role("button", name="Make the plan").click()
    page.wait_for_url("**/plans/a-second-plan*")
    expect(page.locator("#results")).to_contain_text("28 of 28 requirements shown")


def test_no_page_is_wider_than_a_telephone(person):
    office = person("office", width=400)
    widths = {}
    for address in ("", "/sign-off", "/workbook", "/history", "/settings"):
        office.page.goto(f"/plans/wyebridge{address}")
        office.look()
        widths[address] = office.page.evaluate("document.documentElement.scrollWidth")
    assert set(widths.values()) == {400}
