"""This file has many browsers edit one plan and decide on it at once, some beside hostile uploads: nothing is lost."""

import http.cookiejar
import io
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from blueprints import extensions
from plan import edits, history, people
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Decision, Plan, Source
from plan.people import SAMPLE_PASSWORD
from plan.roles import Role
from tests.conftest import PASSWORD, THEN, an_app

ROOT = Path(__file__).parents[2]
BROWSERS, EDITS = 8, 6
DECIDERS, LINES = 20, 6
QUEUE = "/plans/wyebridge/sign-off"
PATIENCE = 3  # seconds that an edit may take beside a hostile upload; alone it takes a few hundredths
WORKBOOK = ROOT / "tests" / "workbooks" / "tables.xlsx"


class Browser:
    """A browser without a screen: it keeps cookies, carries the forgery token and reads forms."""

    def __init__(self, site: str, who: str = "editor@wyebridge.example", password: str = SAMPLE_PASSWORD) -> None:
        self.site = site
        self.door = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        page = self.get("/sign-in")
        self.post("/sign-in", page, email=who, password=password)

    def get(self, address: str) -> str:
        return self.door.open(self.site + address, timeout=60).read().decode()

    def post(self, address: str, page: str, **fields: str) -> int:
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        sent = urllib.parse.urlencode({"csrf_token": token, **fields}).encode()
        request = urllib.request.Request(self.site + address, sent, {"Referer": self.site + address})
        try:
            return self.door.open(request, timeout=60).status
        except urllib.error.HTTPError as refusal:
            return refusal.code

    def upload(self, address: str, content: bytes) -> str:
        """What the page says after uploading a file."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(address))[1]
        parts = (
            b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token.encode(),
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n' + content,
            b"--x--\r\n",
        )
        head = {"Referer": self.site + address, "Content-Type": "multipart/form-data; boundary=x"}
        request = urllib.request.Request(self.site + address, b"\r\n".join(parts), head)
        try:
            return self.door.open(request, timeout=60).read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.read().decode()

    def append(self, address: str, mark: str) -> None:
        """Add a mark to a field as a careful person would: look, write, and look again when somebody was faster."""
        while True:
            page = self.get(address)
            said = re.search(r'name="progress"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)[1]
            was = re.search(r'name="progress\.was" value="([^"]*)"', page)[1]
            status = self.post(address, page, **{"progress.was": was, "progress": f"{said} {mark}".strip()})
            if status == 200:
                return
            assert status == 409, status


@pytest.fixture
def progress(site, tmp_path):
    """The address of the progress of the plan's first action."""
    told = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "plan", "show", "--json"],
        cwd=ROOT,
        check=True,
        text=True,
        capture_output=True,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'plan.sqlite'}"},
    ).stdout
    action = json.loads(told)["themes"][0]["requirements"][0]["actions"][0]["id"]
    return f"/plans/wyebridge/action/{action}/progress"


def test_eight_browsers_appending_to_one_text_lose_nothing(site, progress):
    def work(number: int) -> None:
        browser = Browser(site)
        for edit in range(EDITS):
            browser.append(progress, f"[{number}.{edit}]")

    with ThreadPoolExecutor(BROWSERS) as crowd:
        list(crowd.map(work, range(BROWSERS)))
    final = Browser(site).get(progress)
    assert len(set(re.findall(r"\[\d+\.\d+\]", final))) == BROWSERS * EDITS


@pytest.fixture
def deciders(site, tmp_path):
    """Six lines that the editor wrote, and the addresses of twenty leads of their team, each with an account."""
    with an_app(tmp_path / "plan.sqlite"):
        session = extensions.db.session()
        plan, editor = session.query(Plan).one(), people.find(session, "editor@wyebridge.example")
        heads = [item for item in history.now(session, plan).of(Kind.REQUIREMENT) if item.get("team")]
        mine = [item for item in heads if item.get("team") == heads[0].get("team")]
        written = [Edit(Kind.REQUIREMENT, one.id, name, "New words") for one in mine[:3] for name in ("lead", "text")]
        assert len(written) == LINES
        edits.apply(session, plan, written, Step(editor, THEN, Source.BROWSER))
        for n in range(DECIDERS):
            team = [str(heads[0].get("team"))]
            people.add(
                session, f"lead{n}@wyebridge.example", f"Lead {n}", PASSWORD, role=Role.LEAD, teams=team, at=THEN
            )
        session.commit()
    return [f"lead{n}@wyebridge.example" for n in range(DECIDERS)]


def test_twenty_leads_who_decide_on_the_same_lines_at_once_decide_each_line_once(site, tmp_path, deciders):
    ready = threading.Barrier(DECIDERS)

    def decide(number: int) -> list[int]:
        """Line after line as all saw them, each lead beginning elsewhere; every second lead returns what they can."""
        browser = Browser(site, deciders[number], PASSWORD)
        page = browser.get(QUEUE)
        shown = [row for row in re.findall(r'name="shown" value="([^"]+)"', page) if re.search(r"\.(lead|text) ", row)]
        assert len(shown) == LINES
        how = {"outcome": "returned", "reason": "No"} if number % 2 else {"outcome": "signed off"}
        ready.wait()
        turned = [*shown[number % LINES :], *shown[: number % LINES]]
        return [browser.post(QUEUE, page, shown=row, line=row.split()[1], **how) for row in turned]

    with ThreadPoolExecutor(DECIDERS) as crowd:
        answers = [status for answered in crowd.map(decide, range(DECIDERS)) for status in answered]
    assert (answers.count(200), answers.count(409)) == (LINES, DECIDERS * LINES - LINES)
    with an_app(tmp_path / "plan.sqlite"):
        session = extensions.db.session()
        decided = [(one.record_id, one.field) for one in session.query(Decision).all()]
        assert len(set(decided)) == len(decided) == LINES
        assert history.verify(session, session.query(Plan).one()) == []


def zeros() -> bytes:
    """A megabyte that unpacks to three hundred."""
    return with_sheet(bytes(300_000_000))


def cells_without_end() -> bytes:
    """A sheet that is well formed and far too full."""
    rows = b"".join(b'<row r="%d">' % n + b"<c><v>1</v></c>" * 60 + b"</row>" for n in range(1, 160_000))
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return with_sheet(b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (space, rows))


def with_sheet(sheet: bytes) -> bytes:
    """A workbook of ours with this in place of its first sheet."""
    kept = io.BytesIO()
    with zipfile.ZipFile(WORKBOOK) as good, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as bad:
        for name in good.namelist():
            bad.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else good.read(name))
    return kept.getvalue()


@pytest.mark.parametrize("hostile", [zeros, cells_without_end])
def test_a_hostile_upload_does_not_hold_up_anybody_who_edits_meanwhile(site, progress, hostile):
    content, editor, took = hostile(), Browser(site), []
    with ThreadPoolExecutor(1) as beside:
        answer = beside.submit(Browser(site).upload, "/plans/wyebridge/workbook", content)
        while len(took) < EDITS or not answer.done():
            began = time.monotonic()
            editor.append(progress, f"[edit {len(took)}]")
            took.append(time.monotonic() - began)
    assert "Nothing was changed" in answer.result()
    assert max(took) < PATIENCE
    kept = set(re.findall(r"\[edit \d+\]", editor.get(progress)))
    assert kept == {f"[edit {n}]" for n in range(len(took))}
