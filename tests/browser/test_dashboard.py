"""This file looks at where the plan stands in a real browser: accessible, narrow enough for a telephone, and linked."""

import pytest
from playwright.sync_api import expect

PAGES = ["standing", "standing/actions?when=late", "challenges", "changes?from=1", "changes?from=banana"]


@pytest.mark.parametrize("width", [1280, 400])
def test_its_pages_are_accessible_and_fit_the_screen(person, width):
    office = person("office", width=width)
    too_wide = []
    for address in PAGES:
        office.page.goto(f"/plans/wyebridge/{address}")
        office.look()
        too_wide += [address] if office.page.evaluate("document.documentElement.scrollWidth") > width else []
    assert not too_wide


@pytest.mark.parametrize("script", [True, False])
def test_a_question_is_answered_at_the_keyboard(person, script):
    office = person("office", script=script)
    office.page.get_by_role("link", name="Where we stand", exact=True).click()
    office.page.get_by_role("link", name="question").click()
    first = office.page.locator(".app-finding").first
    first.locator("summary").press("Enter")
    first.get_by_label("Your reason").fill("The board agreed to wait for the audit")
    first.get_by_role("button", name="Keep the answer").press("Enter")
    expect(office.page.locator(".app-finding").first).to_contain_text("Answered by Oakley Office")
