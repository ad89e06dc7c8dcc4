"""This file is the standing cast and the small plan that every test knows."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from app import create_app
from blueprints import extensions
from plan import database, edits, history, people, standing
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
CAST = {
    "rita": ("Rita Reader", Role.READER, []),
    "eve": ("Eve Editor", Role.EDITOR, ["Fieldwork"]),
    "ned": ("Ned Editor", Role.EDITOR, ["Review"]),
    "fay": ("Fay Fieldwork-Lead", Role.LEAD, ["Fieldwork"]),
    "ravi": ("Ravi Review-Lead", Role.LEAD, ["Review"]),
    "olga": ("Olga Office", Role.OFFICE, []),
}
COUNCIL_PEOPLE = {
    "eve": {"name": "Eve of the Council", "email": "eve@council.example"},
    "nora": {"name": "Nora New", "email": "nora@council.example", "groups": ["plan-editors"]},
}
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
THEN = datetime(2013, 7, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def routes_compiled_once() -> Iterator[None]:
    """Each test makes an app of its own with the same hundred routes; compiling them anew is most of making it."""
    compiled, compile_anew = {}, Rule._compile_builder

    def compile_once(rule: Rule, append_unknown: bool = True):
        key = (rule.rule, rule.endpoint, append_unknown)
        if key not in compiled:
            compiled[key] = compile_anew(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compile_once)
        yield


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 at its cheapest: a test signs in a hundred times a minute."""
    monkeypatch.setattr(people, "hasher", CHEAP)
    people._nobodys_hash.cache_clear()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared trackers, or a skip where this machine has none."""
    folder = Path(os.environ.get("TRACKERS", Path(__file__).parents[2] / "shared"))
    if not (folder / "trackers").is_dir():
        pytest.skip("the shared trackers are not on this machine")
    return folder


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates compiled once for all tests, each of which makes its own app."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("compiled")))


@pytest.fixture(scope="session")
def made_before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Database files made once and copied for each test: with no more than its tables, with the cast, with the plan."""
    folder = tmp_path_factory.mktemp("made-before")
    with an_app(folder / "tables.sqlite"):
        make_tables(extensions.db.session())
        extensions.db.session.commit()
    return grown_from(folder / "tables.sqlite")


def grown_from(tables: Path) -> dict[str, Path]:
    """Three files side by side: the one with the tables, a copy with the cast, and a copy of that with the plan."""
    files = {"tables": tables}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "hasher", CHEAP)
        for before, name, make in (("tables", "cast", make_cast), ("cast", "plan", make_plan)):
            files[name] = tables.with_name(f"{name}.sqlite")
            shutil.copyfile(files[before], files[name])
            with an_app(files[name]):
                make(extensions.db.session())
                extensions.db.session.commit()
    return files


@pytest.fixture(scope="session")
def grow():
    """`grow(tables)` makes of a file with tables one with the cast, and one with the plan as well."""
    return grown_from


@pytest.fixture(scope="session")
def open_app():
    """`with open_app(file) as app:` an app on a database file, for fixtures that outlive one test."""
    return an_app


@pytest.fixture
def app(
    begins_with: str, tmp_path: Path, made_before: dict[str, Path], compiled: FileSystemBytecodeCache
) -> Iterator[Flask]:
    """The app on a SQLite file of its own, with its tables and the triggers that guard history."""
    shutil.copyfile(made_before[begins_with], tmp_path / "plan.sqlite")
    with an_app(tmp_path / "plan.sqlite") as app:
        app.jinja_env.bytecode_cache = compiled
        yield app


@pytest.fixture
def begins_with(request: pytest.FixtureRequest) -> str:
    """Which of the files made before this test begins with."""
    return next(name for name in ("plan", "cast", "tables") if name in (*request.fixturenames, "tables"))


@dataclass(frozen=True)
class Council:
    """A real OpenID provider. Write `people` ({name: claims}) to change what it says of somebody."""

    issuer: str
    people: Path
    client: str = "improvement-plan"
    secret: str = "a secret between two servers"
    password: str = "the council's own password"

    def settings(self, **more: str) -> dict[str, str]:
        """What the app needs to be told of it."""
        return {
            "SSO_ISSUER": self.issuer,
            "SSO_CLIENT_ID": self.client,
            "SSO_CLIENT_SECRET": self.secret,
            **more,
        }


@pytest.fixture(scope="session")
def council_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    """The provider of tests/provider in a process of its own, which takes three seconds to start."""
    folder = tmp_path_factory.mktemp("council")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    council = Council(f"http://127.0.0.1:{port}/o", folder / "people.json")
    council.people.write_text(json.dumps(COUNCIL_PEOPLE), encoding="utf-8")
    words = [sys.executable, str(Path(__file__).parent / "provider" / "serve.py"), str(port)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(words, env={**os.environ, "COUNCIL_FOLDER": str(folder)}, stdout=log, stderr=log)
    try:
        wait_for_provider(council.issuer, server, folder / "log")
        yield council
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def council(council_server: Council) -> Iterator[Council]:
    """A real OpenID provider that says of everybody what it says at first."""
    yield council_server
    council_server.people.write_text(json.dumps(COUNCIL_PEOPLE), encoding="utf-8")


def wait_for_provider(issuer: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return once the provider answers; fail with what it said when it stopped."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(f"{issuer}/.well-known/openid-configuration", timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail("the provider did not answer in time")


@contextmanager
def an_app(file: Path) -> Iterator[Flask]:
    """An app on this SQLite file, in its context; by the end everything committed is in that one file."""
    app = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{file}", "SECRET_KEY": "for tests only", "TESTING": True})
    with app.app_context():
        database.look_only(False)
        yield app
        extensions.db.session.remove()
        extensions.db.engine.dispose()


def address_of(first: str) -> str:
    """The e-mail address of one of the cast."""
    return f"{first}@council.example"


@pytest.fixture
def session(app: Flask):
    """The database session of the app."""
    database.look_only(False)
    return extensions.db.session


@pytest.fixture
def cast(session) -> dict[str, Person]:
    """One of each kind of person, in two teams: Fay and Eve of Fieldwork, Ravi of Review."""
    if people.find(session, address_of("rita")) is None:
        make_cast(session)
    made = {first: people.find(session, address_of(first)) for first in CAST}
    session.commit()  # even a look holds the lock of writers here
    return made


@pytest.fixture
def plan(session, cast) -> Plan:
    """A small plan, agreed: two themes, requirements 2, 20 (theme 1, Fieldwork) and 7 (theme 2, Review)."""
    if standing.find(session, "small") is None:
        make_plan(session)
    made = standing.find(session, "small")
    session.commit()
    return made


def make_tables(session: Session) -> None:
    """The tables, and the triggers that guard history."""
    Base.metadata.create_all(session.connection())
    for trigger in database.append_only_triggers("sqlite"):
        session.execute(text(trigger))


def make_cast(session: Session) -> None:
    """One of each kind of person, in two teams."""
    for first, (name, role, teams) in CAST.items():
        people.add(session, address_of(first), name, PASSWORD, role=role, teams=teams, at=THEN)


def make_plan(session: Session) -> None:
    """A small plan, agreed."""
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
