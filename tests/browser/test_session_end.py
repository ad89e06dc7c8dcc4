"""This file drives the end of a session: people are warned, and no typed word is lost when it comes."""

import pytest
from playwright.sync_api import expect

WORDS = "Typed at the very end of a session"


@pytest.fixture
def nearly_over(monkeypatch):
    """A session that ends in 125 seconds: its warning comes after five."""
    monkeypatch.setenv("IDLE_MINUTES", str(125 / 60))


@pytest.fixture
def very_short(monkeypatch):
    """A session that ends after six seconds."""
    monkeypatch.setenv("IDLE_MINUTES", "0.1")


def test_a_warning_comes_before_the_end_and_one_click_stays(nearly_over, person):
    eddie = person("editor")
    warning = eddie.page.get_by_label("Your session")
    expect(warning).to_contain_text("You will be signed out in about 2 minutes", timeout=15_000)
    eddie.look()
    warning.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden(timeout=8_000)


def test_back_shows_nothing_after_signing_out(person):
    eddie = person("editor")
    page = eddie.page
    secret = page.locator("h1").inner_text()
    page.get_by_role("link", name="History").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    page.go_back()
    expect(page.get_by_label("Password")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Password")).to_be_visible()
    expect(page.get_by_role("heading", name=secret)).to_have_count(0)


def test_what_is_typed_when_a_session_ends_can_be_saved_after_signing_in_in_another_tab(very_short, person):
    eddie = person("editor")
    page = eddie.page
    page.locator(".app-field__change").first.click()
    box = page.locator(".app-field__form textarea, .app-field__form input[type=text]").first
    box.fill(WORDS)
    warning = page.get_by_label("Your session")
    expect(warning).to_contain_text("what you typed is still on this page", timeout=20_000)
    eddie.look()
    box.press("Control+Enter")
    expect(box).to_have_value(WORDS)
    with page.expect_popup() as opened:
        warning.get_by_role("link", name="Sign in again").click()
    door = opened.value
    door.get_by_label("E-mail address").fill("editor@wyebridge.example")
    door.get_by_label("Password").fill("improve together 2013")
    door.get_by_role("button", name="Sign in").click()
    door.wait_for_url("**/plans/wyebridge")
    box.press("Control+Enter")
    expect(page.get_by_text(WORDS).first).to_be_visible()
    expect(box).to_be_hidden()
