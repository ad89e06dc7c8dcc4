"""This file signs somebody in through a real provider in a real browser, from the first try to the linked account."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def by_council(monkeypatch, council):
    """The site's settings, made before it starts."""
    for name, said in council.settings().items():
        monkeypatch.setenv(name, said)
    return council


def look(page: Page) -> None:
    found = Axe().run(page, options=STANDARDS)
    assert not found.response["violations"], found.generate_report()


def test_a_newcomer_is_linked_and_comes_in_with_their_council_account(by_council, site, browser, person):
    page = browser.new_context(base_url=site).new_page()
    page.goto("/sign-in?next=/account")
    look(page)
    page.get_by_role("link", name="Sign in with your council account").click()
    page.get_by_label("Name").fill("eve")
    page.get_by_label("Password").fill(by_council.password)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="You have no account here yet")).to_be_visible()
    look(page)

    office = person("office")
    office.page.get_by_role("link", name="People", exact=True).click()
    office.page.get_by_role("link", name=re.compile("^Council accounts")).click()
    office.look()
    office.page.get_by_role("link", name="Eve of the Council").click()
    office.look()
    account = office.page.get_by_role("option", name="editor@wyebridge.example").text_content()
    office.page.get_by_label("Their account").select_option(label=account)
    office.page.get_by_role("button", name="Link the two").click()
    expect(office.page.get_by_text("can sign in with their council account now")).to_be_visible()
    office.look()

    page.goto("/sign-in?next=/account")
    page.get_by_role("link", name="Sign in with your council account").click()
    expect(page).to_have_url(f"{site}/account")
    expect(page.locator("main")).to_contain_text("editor@wyebridge.example")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="sign out of your council account too")).to_be_visible()
    look(page)
    page.context.close()
