"""This file looks at the reports in a browser: by axe, by keyboard, at 400 pixels, on paper, and as a file alone."""

from axe_playwright_python.sync_playwright import Axe


def test_a_report_is_chosen_and_read_by_keyboard_and_is_accessible(person):
    reader = person("reader")
    reader.page.get_by_role("link", name="Reports", exact=True).press("Enter")
    reader.look()
    reader.page.get_by_label("Board pack").press("Space")
    reader.page.get_by_role("button", name="Make the report").press("Enter")
    reader.page.get_by_role("heading", name="Decisions asked of the board").wait_for()
    reader.look()


def test_a_report_does_not_run_out_of_a_narrow_page(person):
    reader = person("reader", width=400)
    reader.page.goto("/plans/wyebridge/reports/document")
    reader.look()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 400


def test_the_file_alone_is_accessible_and_fetches_nothing(person, browser, tmp_path):
    reader = person("reader")
    reader.page.goto("/plans/wyebridge/reports")
    reader.page.get_by_label("One HTML file").check()
    with reader.page.expect_download() as waiting:
        reader.page.get_by_role("button", name="Make the report").click()
    file = tmp_path / "report.html"
    waiting.value.save_as(file)
    assert "OFFICIAL-SENSITIVE.html" in waiting.value.suggested_filename
    alone, fetched = browser.new_page(viewport={"width": 400, "height": 900}), []
    alone.on("request", lambda request: fetched.append(request.url))
    alone.goto(file.as_uri())
    assert not Axe().run(alone).response["violations"]
    assert alone.evaluate("document.documentElement.scrollWidth") <= 400
    assert fetched == [file.as_uri()]
