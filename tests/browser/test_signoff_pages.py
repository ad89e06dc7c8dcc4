"""This file signs off with the keyboard alone, and has whom the office named decide where the lead may not."""

import re

from playwright.sync_api import expect


def tab_to(page, target):
    """Press Tab until the keyboard is there, as somebody without a mouse does."""
    presses = 0
    while not target.evaluate("element => element === document.activeElement"):
        page.keyboard.press("Tab")
        presses += 1
        assert presses < 60, "the keyboard never gets there"


def test_a_lead_signs_off_with_the_keyboard_alone(person):
    lead = person("lead")
    page = lead.page
    page.goto("/plans/wyebridge/sign-off")
    lead.look()
    line = page.locator("input[name=line]").first
    tab_to(page, line)
    page.keyboard.press("Space")
    expect(page.locator("#decide-heading")).to_contain_text("Your decision on 1 of ")
    before = page.locator("input[name=line]").count()
    page.keyboard.press("Enter")  # in a tick box it must not decide by itself
    tab_to(page, page.get_by_role("button", name="Sign off 1 selected"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Signed off 1 line.")).to_be_visible()
    expect(page.locator("input[name=line]")).to_have_count(before - 1)


def test_whom_the_office_named_signs_off_what_the_lead_wrote_and_the_record_says_so(person):
    lead, office, editor = person("lead"), person("office"), person("editor", width=400)
    lead.page.get_by_role("link", name="Change lead of action 7.1", exact=True).click()
    lead.page.get_by_role("textbox", name="Lead of action 7.1").fill("Head of Escalation")
    lead.page.get_by_role("button", name="Save lead of action 7.1").click()
    expect(lead.page.get_by_role("textbox", name="Lead of action 7.1")).to_have_count(0)

    office.page.goto("/plans/wyebridge/sign-off")
    office.look()
    office.page.get_by_label("Who decides").first.select_option(label="Ellis Editor (editor)")
    office.page.get_by_role("button", name="Name them").first.click()
    expect(office.page.locator("#stuck")).to_contain_text("Ellis Editor decides for the team")

    editor.page.goto("/plans/wyebridge/sign-off")
    editor.look()
    editor.page.get_by_role("checkbox", name=re.compile("Action 7.1: Lead")).check()
    editor.page.get_by_label("Reason or comment").fill("Agreed with the Director")
    editor.page.get_by_role("button", name="Sign off 1 selected").click()
    expect(editor.page.get_by_role("status").filter(has_text="Signed off 1 line.")).to_be_visible()
    editor.page.goto("/plans/wyebridge")
    editor.page.get_by_role("link", name="Requirement 7", exact=True).click()
    editor.page.get_by_role("link", name="The sign-off record").click()
    editor.look()
    expect(editor.page.locator("main")).to_contain_text(
        "Ellis Editor for the programme office (named by Oakley Office)"
    )
    expect(editor.page.locator("main")).to_contain_text("Comment: Agreed with the Director")
