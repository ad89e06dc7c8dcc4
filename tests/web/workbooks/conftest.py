"""This file is the small tracker that these tests know, its plan, and how people edit and upload it."""

import html
import io
import re
from datetime import date

import openpyxl
import pytest

from blueprints.extensions import now
from plan import edits, history
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Plan, Source
from sync import roundtrip

HEADINGS = ("No.", "Theme", "Requirement", "RAG", "Achievements", "Evidence", "Action", "Lead", "Timescale")
DIRECTOR, REVIEW = "Director", "Head of Review"
ROWS = (
    ("2", "Leadership", "Set out a vision", "Green", "Vision agreed", "Minutes", "Share the vision", DIRECTOR, "Q2"),
    (None, None, None, None, None, "Web page", "Sharpen the focus", DIRECTOR, "Quarter 4"),
    ("20", "Leadership", "Audit closed cases", "Amber", "Audit done", "Report", "Publish it", "Auditor", "Ongoing"),
    ("7", "Care planning", "Escalate concerns", "Red", None, None, "Publish the procedure", REVIEW, "TBC"),
)


def saved(book) -> bytes:
    """The bytes of a workbook."""
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def made(headings=HEADINGS, rows=ROWS) -> bytes:
    """A workbook of one sheet with these headings and rows."""
    book = openpyxl.Workbook()
    book.active.title = "Plan"
    book.active.append(headings)
    for row in rows:
        book.active.append(row)
    return saved(book)


@pytest.fixture
def make_tracker():
    """How a tracker of other headings or rows is made."""
    return made


@pytest.fixture
def tracked(session, cast) -> Plan:
    """The plan that Olga of the office made of the tracker, agreed."""
    step = Step(cast["olga"], now(), Source.IMPORT)
    plan, _ = roundtrip.import_plan(
        session(), made(), "tracker.xlsx", step, title="Small plan", slug="small", agreed=True
    )
    session.commit()
    return plan


@pytest.fixture
def edited(session, tracked):
    """The plan's workbook as somebody downloads it now and edits these cells; `without` are rows they delete."""

    def edited(cells=None, *, without=(), rows=()) -> bytes:
        content = roundtrip.download(session(), tracked, on=date(2013, 8, 1)).content
        session.rollback()
        book = openpyxl.load_workbook(io.BytesIO(content))
        for cell, value in (cells or {}).items():
            book.active[cell] = value
        for row in rows:
            book.active.append(row)
        for row in sorted(without, reverse=True):
            book.active.delete_rows(row)
        return saved(book)

    return edited


@pytest.fixture
def record(session, tracked):
    """The record of a kind that says these words somewhere."""

    def record(kind, words):
        now = history.now(session, tracked)
        return next(item for item in now.of(kind, removed=True) if words in item.values.values())

    return record


@pytest.fixture
def write(session, tracked, cast):
    """Somebody changes a field in the browser."""

    def write(who, item, field, value):
        step = Step(cast[who], now(), Source.BROWSER)
        edits.apply(session, tracked, [Edit(item.kind, item.id, field, value)], step)
        session.commit()

    return write


@pytest.fixture
def upload(client):
    """Somebody uploads these bytes; the answer is the preview, or the page that says why not."""

    def upload(content, name="tracker.xlsx", to="/plans/small/workbook"):
        answer = client.post(to, data={"file": (io.BytesIO(content), name)})
        return client.get(answer.location) if answer.status_code == 303 else answer

    return upload


@pytest.fixture
def press(client):
    """Somebody presses a button of a preview with these choices: "accept", "save"; the answer is the server's."""

    def press(page, button, **chosen):
        body = page.get_data(as_text=True)
        address = re.search(r'action="(/plans/small/uploads/\w+)/accept', body)[1]
        revision = re.search(r'name="revision" value="(\d+)"', body)[1]
        shown = re.findall(r'name="shown" value="([^"]+)"', body)
        return client.post(f"{address}/{button}", data={"revision": revision, "shown": shown, **chosen})

    return press


@pytest.fixture
def eve(client, tracked):
    return client.sign_in("eve")


@pytest.fixture
def clash(edited, upload, record, write, cast, eve):
    """Ned and the workbook Eve uploads changed the same action; the workbook also moved another one's timescale."""
    content = edited({"G2": "Share the vision with partners", "I3": "Quarter 3"})
    write("ned", record(Kind.ACTION, "Share the vision"), "text", "Share our vision")
    return upload(content)


@pytest.fixture
def action(session, tracked):
    return next(i for i in history.now(session, tracked).of(Kind.ACTION) if i.get("lead") == DIRECTOR)


@pytest.fixture
def shown(tracked, session):
    """What a field of the plan says now."""

    def shown(item, field):
        session.rollback()
        return history.now(session, tracked)[item.id].get(field)

    return shown


@pytest.fixture
def read():
    """What a person reads on a page, white space folded."""

    def read(response) -> str:
        text = re.sub(r"<[^>]+>", " ", response.get_data(as_text=True))
        return html.unescape(re.sub(r"\s+", " ", text))

    return read
