"""This file takes a tracker through the app: import, download, preview, accept, and the pages a browser asks for."""

import html
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from time import perf_counter

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from app import create_app
from bench.trips.person import NEW_ACTION, edited
from blueprints import pages
from blueprints.extensions import db
from plan import database, edits, history, people
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Base, Plan, Source
from plan.roles import Role
from plan.snapshot import Snapshot
from sync import roundtrip
from sync.choices import Choices

AT = datetime(2025, 8, 1, 9, tzinfo=UTC)
EMAIL, PASSWORD = "office@council.example", "three words together"


@dataclass
class Times:
    """Seconds by what was done."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, what: str) -> Iterator[None]:
        """Time one thing."""
        began = perf_counter()
        yield
        self.seconds[what] = perf_counter() - began


def trip(content: bytes, folder: Path) -> dict[str, float]:
    """The seconds that each step took, on a new database in a folder."""
    app, times = _app(folder), Times()
    with app.app_context():
        slug = _brought(times, content).slug
        plan = _plan(slug)
        with times.of("download"):
            downloaded = roundtrip.download(db.session(), plan, on=AT.date()).content
        change = edited(downloaded)
        times.seconds["openpyxl load + save"] = change.floor
    _in_browser(app, times, slug, change.content)
    with app.app_context():
        plan = _plan(slug)
        with times.of("preview"):
            shown = roundtrip.preview(db.session(), plan, change.content)
        step = Step(None, AT, Source.WORKBOOK)
        with times.of("accept"):
            roundtrip.accept(db.session(), plan, change.content, "edited.xlsx", Choices(), step, shown=shown)
            db.session.commit()
        for what, words in (("download after an edit", "Said here."), ("download after another", "Said again.")):
            _edit_here(plan, words)
            with times.of(what):
                roundtrip.download(db.session(), plan, on=AT.date())
        db.session.remove()
        db.engine.dispose()
    return times.seconds


def _app(folder: Path) -> Flask:
    database.look_only(False)
    settings = {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'plan.sqlite'}", "SECRET_KEY": os.urandom(16).hex()}
    app = create_app({**settings, "SESSION_COOKIE_SECURE": False})
    with app.app_context():
        Base.metadata.create_all(db.engine)
        for trigger in database.append_only_triggers("sqlite"):
            db.session.execute(text(trigger))
        people.add(db.session(), EMAIL, "Office", PASSWORD, role=Role.OFFICE, at=AT)
        db.session.commit()
    return app


def _brought(times: Times, content: bytes) -> Plan:
    with times.of("import"):
        step = Step(None, AT, Source.IMPORT, file="tracker.xlsx")
        plan, _ = roundtrip.import_plan(db.session(), content, "tracker.xlsx", step, year=2025)
        db.session.commit()
    return plan


def _plan(slug: str) -> Plan:
    """The plan in a session that holds nothing yet, as each request begins."""
    db.session.remove()
    return db.session.scalars(select(Plan).where(Plan.slug == slug)).one()


def _in_browser(app: Flask, times: Times, slug: str, content: bytes) -> None:
    """From the click on "upload" to the whole preview page, as a signed-in person's browser asks for them."""
    pages.be_ready(app)  # as `flask serve` does when it starts
    client = app.test_client()
    page = client.get("/sign-in")
    _post(client, "/sign-in", page, {"email": EMAIL, "password": PASSWORD})
    page = client.get(f"/plans/{slug}/workbook")
    with times.of("preview page"):
        answer = _post(client, f"/plans/{slug}/workbook", page, {"file": (BytesIO(content), "edited.xlsx")})
        seen = _followed(client, answer.headers["Location"])
    if NEW_ACTION not in seen:
        raise SystemExit("The preview page does not show the edit, so its time would mean nothing.")


def _followed(client: FlaskClient, address: str) -> str:
    """The preview page; of a large workbook a page comes first that the browser goes on from by itself."""
    seen = client.get(address).get_data(as_text=True)
    waiting = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', seen)
    return client.get(html.unescape(waiting[1])).get_data(as_text=True) if waiting else seen


def _post(client: FlaskClient, path: str, page: TestResponse, fields: dict[str, object]) -> TestResponse:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.get_data(as_text=True))
    token = {"csrf_token": found[1]} if found else {}
    return client.post(path, data={**token, **fields}, content_type="multipart/form-data")


def _edit_here(plan: Plan, words: str) -> None:
    now: Snapshot = history.now(db.session(), plan)
    action = now.of(Kind.ACTION)[5]
    change = Edit(Kind.ACTION, action.id, "progress", words)
    edits.apply(db.session(), plan, [change], Step(None, AT, Source.BROWSER))
    db.session.commit()
