"""This file has the office plan a year of boards, and a lead give updates by keyboard alone."""

import re
from datetime import date, timedelta

from playwright.sync_api import expect

from plan.timescale import say_date


def plan_a_year(office) -> None:
    """A year of boards after those of the sample, of which one cycle is open today."""
    page = office.page
    page.get_by_role("link", name="Board", exact=True).click()
    office.look()
    page.get_by_text("Make a year of cycles ahead").click()
    page.get_by_label("First board").fill(say_date(date.today() + timedelta(days=200)))
    page.get_by_label("Cut-off how many days before the board").fill("3")
    page.get_by_role("button", name="Make a year of cycles").click()
    expect(page.get_by_role("status").first).to_contain_text("Made 12 cycles.")


def test_the_office_plans_a_year_and_sees_who_owes_an_update(person):
    office = person("office", width=400)
    page = office.page
    plan_a_year(office)
    office.look()
    page.locator(".app-box").get_by_role("link").click()
    expect(page.get_by_text(re.compile(r"\d+ of 106 updated"))).to_be_visible()
    page.locator("details").first.locator("summary").press("Enter")
    office.look()
    page.get_by_role("link", name="Change cut-off").press("Enter")
    box = page.locator("form.app-field__form").get_by_role("textbox")
    expect(box).to_be_focused()
    box.fill("1 January 2020")
    box.press("Enter")
    expect(page.get_by_text("put the days in order")).to_be_visible()
    page.goto("/plans/wyebridge/board/add")
    office.look()


def test_a_lead_says_no_change_by_keyboard_and_stays_where_they_were(person):
    lead = person("lead")
    page = lead.page
    page.get_by_role("link", name=re.compile("My updates")).click()
    owed = page.locator(".app-board__button")
    before = owed.count()
    page.get_by_role("button", name="No change to requirement 2", exact=True).press("Enter")
    expect(owed).to_have_count(before - 1)
    expect(page.get_by_role("button", name="No change to requirement 3", exact=True)).to_be_focused()
    expect(page.locator("#announcer")).to_contain_text("Recorded “no change” for 1 line")
    expect(page.locator("#updates-count")).to_contain_text(str(before - 1))
    lead.look()
    page.get_by_role("button", name=f"No change to any of these {before - 1}").press("Enter")
    expect(page.get_by_text("Everything is done")).to_be_focused()
    lead.look()
