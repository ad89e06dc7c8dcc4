"""This file is the standing cast and the small plan that every test knows."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import settings
from sqlalchemy import text

from plan import database, edits, history, people
from plan.edits import new
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Base, Person, Plan, Source, new_id
from plan.roles import Role

# A busy machine is no fault of the code; and what must hold before landing must not depend on luck.
settings.register_profile("here", deadline=None)
settings.register_profile("landing", deadline=None, derandomize=True)
settings.load_profile("landing" if os.environ.get("CI") else "here")

PASSWORD = "three words together"
THEN = datetime(2013, 7, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 at its cheapest: a test signs in a hundred times a minute."""
    monkeypatch.setattr(people, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    people._nobodys_hash.cache_clear()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared trackers, or a skip where this machine has none."""
    folder = Path(os.environ.get("TRACKERS", Path(__file__).parents[2] / "shared"))
    if not (folder / "trackers").is_dir():
        pytest.skip("the shared trackers are not on this machine")
    return folder


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """The app on a new SQLite file, with its tables and the triggers that guard history."""
    from app import create_app
    from blueprints.extensions import db

    app = create_app(
        {
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'plan.sqlite'}",
            "SECRET_KEY": "for tests only",
            "TESTING": True,
        }
    )
    with app.app_context():
        Base.metadata.create_all(db.engine)
        for trigger in database.append_only_triggers("sqlite"):
            db.session.execute(text(trigger))
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def session(app: Flask):
    """The database session of the app."""
    from blueprints.extensions import db

    database.look_only(False)
    return db.session


@pytest.fixture
def cast(session) -> dict[str, Person]:
    """One of each kind of person, in two teams: Fay and Eve of Fieldwork, Ravi of Review."""
    people_of = {
        "rita": ("Rita Reader", Role.READER, []),
        "eve": ("Eve Editor", Role.EDITOR, ["Fieldwork"]),
        "ned": ("Ned Editor", Role.EDITOR, ["Review"]),
        "fay": ("Fay Fieldwork-Lead", Role.LEAD, ["Fieldwork"]),
        "ravi": ("Ravi Review-Lead", Role.LEAD, ["Review"]),
        "olga": ("Olga Office", Role.OFFICE, []),
    }
    made = {
        first: people.add(session, f"{first}@council.example", name, PASSWORD, role=role, teams=teams, at=THEN)
        for first, (name, role, teams) in people_of.items()
    }
    session.commit()
    return made


@pytest.fixture
def plan(session, cast) -> Plan:
    """A small plan, agreed: two themes, requirements 2, 20 (theme 1, Fieldwork) and 7 (theme 2, Review)."""
    made = Plan(id=new_id(), slug="small", present=False)
    session.add(made)
    step = Step(None, THEN, Source.IMPORT, file="small.xlsx")
    edits.apply(
        session,
        made,
        [
            *new(
                Kind.PLAN,
                made.id,
                None,
                {
                    "title": "Small plan",
                    "council": "Wyebridge Council",
                    "year": 2013,
                    "marking": "OFFICIAL-SENSITIVE",
                    "position_date": "2013-10-15",
                },
            ),
            *new(Kind.THEME, "th1", made.id, {"title": "Required by 31 March 2013", "required_by": "2013-03-31"}),
            *new(Kind.THEME, "th2", made.id, {"title": "Care planning"}, position=1),
            *new(
                Kind.REQUIREMENT,
                "r2",
                "th1",
                {"reference": "2", "text": "Set out a vision", "status": "green", "team": "Fieldwork"},
            ),
            *new(
                Kind.REQUIREMENT,
                "r20",
                "th1",
                {"reference": "20", "text": "Audit closed cases", "status": "amber", "team": "Fieldwork"},
                position=1,
            ),
            *new(
                Kind.REQUIREMENT,
                "r7",
                "th2",
                {"reference": "7", "text": "Escalate concerns", "status": "red", "team": "Review"},
            ),
            *new(Kind.ACHIEVEMENT, "ach1", "r2", {"text": "Vision agreed by cabinet", "evidence": "Minutes"}),
            *new(Kind.ACHIEVEMENT, "ach2", "r2", {"evidence": "Web page"}, position=1),
            *new(
                Kind.ACTION,
                "act1",
                "r2",
                {"text": "Share the vision widely", "lead": "Director", "timescale": "Quarter 2"},
            ),
            *new(
                Kind.ACTION,
                "act2",
                "r2",
                {"text": "Sharpen the focus", "lead": "Director", "timescale": "Quarter 4"},
                position=1,
            ),
            *new(
                Kind.ACTION,
                "act7",
                "r7",
                {"text": "Publish the procedure", "lead": "Head of Review", "timescale": "On going", "status": "amber"},
            ),
            *new(Kind.INDICATOR, "ind1", "r7", {"name": "Visits within six weeks", "unit": "%", "target": 100}),
            *new(Kind.READING, "rd1", "ind1", {"period": "2013-01", "value": 74.89}),
            *new(Kind.READING, "rd2", "ind1", {"period": "2013-05", "value": 71.0}, position=1),
        ],
        step,
    )
    history.declare_agreed(session, made, Step(None, THEN, Source.BASELINE))
    session.commit()
    return made
