"""This file looks at the page of figures in a browser: by axe, at 400 pixels, its tables opened by keyboard."""

import re

from playwright.sync_api import expect


def test_the_figures_stand_in_the_navigation_and_are_accessible(person):
    editor = person("editor")
    editor.page.get_by_role("link", name="Figures", exact=True).click()
    expect(editor.page.get_by_role("heading", name="Figures", level=1)).to_be_visible()
    editor.look()


def test_a_reading_changed_in_place_moves_its_picture(person):
    page = person("editor").page
    page.goto("/plans/wyebridge/figures")
    page.locator(".app-figures-of", has=page.locator(".app-multiple svg")).get_by_role("heading").get_by_role(
        "link"
    ).first.click()
    figure = page.locator("section.app-figure").first
    figure.get_by_role("link", name=re.compile("^Change value of")).first.click()
    figure.get_by_role("textbox").fill("12.34")
    figure.get_by_role("button", name=re.compile("^Save")).click()
    expect(figure.get_by_role("img")).to_contain_text("12.34")


def test_a_pictures_numbers_are_one_step_away(person):
    editor = person("editor", width=400)
    page = editor.page
    page.goto("/plans/wyebridge/figures")
    editor.look()
    expect(page.get_by_role("img").first).to_be_visible()
    numbers = page.locator("details.app-picture__numbers").first
    numbers.locator("summary").press("Enter")
    expect(numbers.get_by_role("table")).to_be_visible()
    editor.look()
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
