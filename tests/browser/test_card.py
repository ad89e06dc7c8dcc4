"""This file opens a requirement on the plan's page and changes what stands in it, by keyboard and without script."""

import re

from playwright.sync_api import expect

NEW = "Ask children what escalation felt like to them"


def open_card(page, number):
    """Open the card of this requirement by its link; gives the card."""
    page.get_by_role("link", name=f"Show everything of requirement {number}", exact=True).press("Enter")
    closing = page.get_by_role("link", name=f"Show less of requirement {number}", exact=True)
    expect(closing).to_be_visible()
    return page.get_by_role("article").filter(has=closing)


def test_evidence_is_changed_on_the_plans_page_by_keyboard_alone(person):
    editor = person("editor")
    page = editor.page
    card = open_card(page, 7)
    expect(page.get_by_role("link", name="Show less of requirement 7", exact=True)).to_be_focused()
    editor.look()
    link = card.get_by_role("link", name=re.compile("^Change evidence of achievement")).first
    link.press("Enter")
    box = card.get_by_role("textbox", name=re.compile("^Evidence of achievement"))
    expect(box).to_be_focused()
    editor.look()
    box.fill("The training plan, third edition")
    box.press("Control+Enter")
    expect(card).to_contain_text("The training plan, third edition")
    expect(link).to_be_focused()
    link.press("Enter")
    box.fill("never saved")
    box.press("Escape")
    expect(link).to_be_focused()
    expect(card).not_to_contain_text("never saved")


def test_an_action_is_added_removed_and_brought_back_without_leaving_the_card(person):
    editor = person("editor")
    page = editor.page
    card = open_card(page, 7)
    adding = card.get_by_role("link", name="Add an area for development to requirement 7", exact=True)
    adding.press("Enter")
    box = card.get_by_role("textbox", name="Area for development", exact=True)
    expect(box).to_be_focused()
    editor.look()
    box.press("Escape")
    expect(adding).to_be_focused()
    adding.press("Enter")
    box.fill(NEW)
    box.press("Control+Enter")
    expect(card.get_by_role("row").filter(has_text=NEW)).to_be_visible()
    expect(card.get_by_role("link", name="Change area for development of action 7.3", exact=True)).to_be_focused()
    card.get_by_role("button", name="Remove action 7.3", exact=True).press("Enter")
    back = card.get_by_role("status").get_by_role("button", name=re.compile("Bring it back.*Action 7.3"))
    expect(back).to_be_focused()
    expect(page.locator("#announcer")).to_contain_text("Action 7.3 is removed.")
    editor.look()
    back.press("Enter")
    expect(card.get_by_role("row").filter(has_text=NEW)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/plans/wyebridge\?open=\w+#requirement-\w+$"))
    editor.look()


def test_without_script_the_card_opens_on_the_same_page_and_every_change_leads_back_to_it(person):
    page = person("editor", script=False, width=400).page
    card = open_card(page, 7)
    card.get_by_role("link", name=re.compile("^Change evidence of achievement")).first.click()
    page.get_by_role("textbox", name=re.compile("^Evidence of achievement")).fill("The training plan, third edition")
    page.get_by_role("button", name=re.compile("^Save evidence")).click()
    expect(card).to_contain_text("The training plan, third edition")
    card.get_by_role("link", name="Add an area for development to requirement 7", exact=True).click()
    page.get_by_role("textbox", name="Area for development", exact=True).fill(NEW)
    page.get_by_role("button", name="Add an area for development to requirement 7").click()
    card.get_by_role("button", name="Remove action 7.3", exact=True).click()
    card.get_by_role("status").get_by_role("button", name=re.compile("Bring it back.*Action 7.3")).click()
    expect(card.get_by_role("row").filter(has_text=NEW)).to_be_visible()
    page.get_by_role("link", name="Show less of requirement 7", exact=True).click()
    expect(page.get_by_text("The training plan, third edition")).to_have_count(0)
