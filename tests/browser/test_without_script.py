"""This file does what people do with JavaScript switched off: every step is a whole page."""

import re

from playwright.sync_api import expect


def test_a_field_is_changed_on_a_page_of_its_own(person):
    editor = person("editor", script=False)
    page = editor.page
    page.get_by_role("link", name="Change timescale of action 2.1", exact=True).click()
    page.get_by_role("textbox", name="Timescale of action 2.1").fill("Quarter 4")
    page.get_by_role("button", name="Save timescale of action 2.1").click()
    row = page.get_by_role("row").filter(
        has=page.get_by_role("link", name="Change timescale of action 2.1", exact=True)
    )
    expect(row).to_contain_text("Quarter 4")
    expect(row).to_contain_text("Awaiting sign-off")


def test_filters_work_by_their_button(person):
    editor = person("editor", script=False)
    editor.page.get_by_label("Status", exact=True).select_option(label="Green")
    editor.page.get_by_role("button", name="Show").click()
    expect(editor.page.locator("#results")).to_contain_text("5 of 28 requirements shown")


def test_a_clash_shows_both_texts(person):
    first, second = person("editor", script=False), person("office", script=False)
    for one in (first, second):
        one.page.get_by_role("link", name="Change lead of action 7.1", exact=True).click()
    for one, words in ((first, "Head of Escalation"), (second, "Director of Safeguarding")):
        one.page.get_by_role("textbox", name="Lead of action 7.1").fill(words)
        one.page.get_by_role("button", name="Save lead of action 7.1").click()
    expect(second.page.locator("main")).to_contain_text("Head of Escalation")
    expect(second.page.locator("main")).to_contain_text("Director of Safeguarding")


def test_a_workbook_goes_round_and_is_signed_off(person, edit, tmp_path):
    editor = person("editor", script=False)
    page = editor.page
    page.get_by_role("link", name="Workbook", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the up-to-date workbook").click()
    file = tmp_path / "mine.xlsx"
    waiting.value.save_as(file)
    edit(file, {"H7": "Quarter 3"})
    page.get_by_label("Your workbook").set_input_files(file)
    page.get_by_role("button", name="Upload and compare").click()
    expect(page.locator("main")).to_contain_text("1 will change")
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("h1")).to_contain_text("was accepted")

    lead = person("lead", script=False)
    lead.page.get_by_role("link", name=re.compile("^Sign-off")).click()
    lead.page.get_by_role("checkbox", name="Timescale").first.check()
    lead.page.get_by_role("button", name="Sign off selected").click()
    expect(lead.page.get_by_role("checkbox", name="Timescale")).to_have_count(0)
