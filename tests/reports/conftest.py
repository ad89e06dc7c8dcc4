"""This file gives the tests of reports the tracker as a plan, told once, and the small plan in every state."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from plan import database, edits, signoffs
from plan.ledger import Step
from plan.models import Base, Outcome
from plan.models import Source as From
from reports import pdf
from reports.document import Document
from reports.review import review
from reports.source import Source, Wanted, gather
from sync import roundtrip

SAMPLE = Path(__file__).parents[2] / "plan" / "sample" / "improvement-plan.xlsx"
TODAY = date(2026, 11, 1)
NEXT_DAY = datetime(2013, 7, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def spoken(shared: Path) -> dict:
    """The real review, as plain values."""
    return json.loads((shared / "seed" / "review.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def imported(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Document]:
    """The six-month review of the plan that the shared tracker makes, declared agreed."""
    with source_of(shared / "trackers" / "tracker.xlsx", tmp_path_factory.mktemp("tracker")) as source:
        yield review(source)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Source]:
    """The position of the plan that the sample's workbook makes."""
    with source_of(SAMPLE, tmp_path_factory.mktemp("sample")) as source:
        yield source


@contextmanager
def source_of(file: Path, folder: Path) -> Iterator[Source]:
    """The position of a plan made of this workbook and declared agreed."""
    engine = create_engine(f"sqlite:///{folder}/plan.sqlite")
    database.prepare(engine)
    database.look_only(False)
    with Session(engine) as session:
        Base.metadata.create_all(session.connection())
        step = Step(None, NEXT_DAY, From.IMPORT, file=file.name)
        plan, _ = roundtrip.import_plan(
            session, file.read_bytes(), file.name, step, title=None, slug=None, year=2013, agreed=True
        )
        yield gather(session, plan, Wanted(), TODAY)
        session.rollback()
    engine.dispose()


@pytest.fixture(scope="session")
def imported_pdf(imported: Document) -> bytes:
    """The same as PDF."""
    return pdf.page(imported)


@pytest.fixture
def save(session, plan):
    """`save(Edit(…), by=…)` makes the edits one revision; None is the command line."""

    def save(*made, by=None, at=NEXT_DAY):
        return edits.apply(session, plan, made, Step(by, at, From.BROWSER if by else From.IMPORT))

    return save


@pytest.fixture
def sign(session, plan, cast):
    """`sign()` has the leads sign everything off that awaits them."""

    def sign(at=NEXT_DAY):
        for lead in ("fay", "ravi"):
            person = cast[lead]
            shown = [signoffs.Shown(one.key, one.token) for one in signoffs.queue(session, plan, person, at.date())]
            if shown:
                signoffs.decide(session, plan, shown, Outcome.SIGNED_OFF, Step(person, at, From.SIGN_OFF))

    return sign


@pytest.fixture
def told(session, plan):
    """`told()` is the review of the small plan as it stands: `told(signed_off=False)`, `told(theme="Care")`."""

    def told(**wanted) -> Document:
        return review(gather(session, plan, Wanted(**wanted), TODAY))

    return told
