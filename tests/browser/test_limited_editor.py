"""This file names requirements to an editor in a browser, and looks at who may do what: by axe and at 400 pixels."""

from playwright.sync_api import expect


def test_the_office_names_a_requirement_and_its_editor_can_change_that_alone(person):
    office = person("office")
    page = office.page
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("link", name="Ellis Editor").click()
    page.get_by_label("Limited editor").check()
    page.get_by_role("button", name="Save role and teams").click()
    page.get_by_label("Requirement 3:").check()
    page.get_by_role("button", name="Save what they may change").click()
    expect(page.get_by_text("may change 1 requirement, and nothing else")).to_be_visible()
    office.look()
    page.get_by_role("link", name="Who may do what").click()
    office.look()
    page.set_viewport_size({"width": 400, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    editor = person("editor").page
    editor.get_by_role("link", name="Requirement 3", exact=True).click()
    expect(editor.get_by_role("link", name="Add an area for development")).to_be_visible()
    editor.get_by_role("link", name="Next: requirement 20").click()
    expect(editor.get_by_role("heading", name="Requirement 20", level=1)).to_be_visible()
    expect(editor.get_by_role("link", name="Add an area for development")).to_have_count(0)
    expect(editor.get_by_role("link", name="Change", exact=False)).to_have_count(0)
