"""This file serves the sample plan for real and drives the system's own browser through it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response

from plan.people import SAMPLE_PASSWORD

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser or a server, which takes seconds."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The system's Chromium, which needs no download."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; Debian's package is chromium")
    return {
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
    }


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of a server of its own, with the sample plan on a new database."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'plan.sqlite'}",
        "SECRET_KEY": "for tests only",
    }
    words = [sys.executable, "-m", "flask", "--app", "app", "serve", "--port", str(port)]
    with (tmp_path / "server.log").open("w") as log:
        server = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/sign-in", server)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def wait_for(address: str, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Return once the server answers; fail when it stopped or takes too long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert server.poll() is None, "the server stopped before it answered"
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail("the server did not answer in time")


class Person:
    """Somebody at a browser, who is told when a page fails the accessibility rules or the server fails."""

    def __init__(self, browser: Browser, site: str, first: str, *, script: bool = True, width: int = 1280) -> None:
        self.context = browser.new_context(
            base_url=site, java_script_enabled=script, viewport={"width": width, "height": 900}, accept_downloads=True
        )
        self.page: Page = self.context.new_page()
        self.script = script
        self.page.on("response", self._watch)
        self.page.on("pageerror", lambda error: pytest.fail(f"script failed: {error}"))
        self.page.goto("/sign-in")
        self.look()
        self.page.get_by_label("E-mail address").fill(f"{first}@wyebridge.example")
        self.page.get_by_label("Password").fill(SAMPLE_PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url("**/plans/wyebridge")

    def look(self) -> None:
        """Have axe look at the page: nothing may be found. (Without script it cannot run; the pages are the same.)"""
        if self.script:
            found = Axe().run(self.page, options=STANDARDS)
            assert not found.response["violations"], found.generate_report()

    def leave(self) -> None:
        """Sign out and close the browser."""
        self.page.get_by_role("button", name="Sign out").click()
        self.page.wait_for_url("**/sign-in*")
        self.context.close()

    def _watch(self, response: Response) -> None:
        assert response.status < 500, f"{response.status} for {response.url}"


@pytest.fixture
def person(browser: Browser, site: str):
    """Somebody of the sample's accounts at a browser: person("editor")."""

    def arrive(first: str, **how: object) -> Person:
        return Person(browser, site, first, **how)

    return arrive


@pytest.fixture
def shapes() -> Path:
    """The project's own workbooks in the shapes that staff keep."""
    return ROOT / "tests" / "workbooks"


@pytest.fixture
def edit():
    """Change cells of a workbook's first sheet as another program would; gives them back as they were."""

    def change(file: Path, cells: dict[str, object]) -> dict[str, object]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl says which features of the tracker it is about to lose
            book = openpyxl.load_workbook(file, rich_text=True)
            sheet = book.worksheets[0]
            before = {name: sheet[name].value for name in cells}
            for name, value in cells.items():
                sheet[name].value = value
            book.save(file)
            book.close()
        return before

    return change
