"""This file gives the plan's tests their databases: an SQLite file, and a PostgreSQL server of our own."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from plan import database, edits, signoffs
from plan.edits import Edit
from plan.ledger import Step
from plan.models import Outcome, Revision, Source

NEXT_DAY = datetime(2013, 7, 2, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
BOTH = ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.slow])]


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server that only these tests know, behind a socket in a folder of its own."""

    folder: Path
    numbers: Iterator[int]

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://plan@/{name}?host={self.folder}"

    def make(self, like: str) -> str:
        """The address of a fresh database that is a copy of another."""
        name = f"plan_{next(self.numbers)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {like}")
        return self.url(name)

    def _say(self, words: str) -> None:
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(words))
        engine.dispose()


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        pytest.skip("PostgreSQL is not installed on this machine")
    return found[-1].parent if found else Path(str(on_path)).parent


def _as_nobody_special() -> dict[str, str]:
    """PostgreSQL refuses to run as root, so there it runs as the account its package made."""
    return {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    programs, who = _programs(), _as_nobody_special()
    folder = Path(tempfile.mkdtemp(prefix="plan-postgres-"))
    if who:
        shutil.chown(folder, who["user"], who["group"])
    kept = ["-D", folder / "kept"]

    def run(program: str, *words) -> None:
        silent = subprocess.DEVNULL  # the server inherits what it is given, and a pipe would never end
        subprocess.run([programs / program, *kept, *words], check=True, cwd=folder, stdout=silent, stderr=silent, **who)

    swift = f"-k {folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off"
    first = ["--username=plan", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    run("initdb", *first)
    run("pg_ctl", "-w", "-o", swift, "start")
    try:
        yield Cluster(folder, count(1))
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def migrate() -> Callable[..., None]:
    """`migrate(engine)` takes a database to the newest tables; `migrate(engine, down_to="base")` takes it back."""

    def migrate(engine: Engine, down_to: str | None = None) -> None:
        config = Config()
        config.set_main_option("script_location", str(ROOT / "migrations"))
        config.attributes["engine"] = engine
        if down_to:
            command.downgrade(config, down_to)
        else:
            command.upgrade(config, "head")

    return migrate


@pytest.fixture(scope="session")
def blank_file(tmp_path_factory: pytest.TempPathFactory, migrate) -> Path:
    """An SQLite file with all tables and nothing in them."""
    file = tmp_path_factory.mktemp("blank") / "tables.sqlite"
    with opened(f"sqlite:///{file}") as engine:
        migrate(engine)
    return file


@pytest.fixture(scope="session")
def migrated(blank_file: Path, grow) -> dict[str, Path]:
    """SQLite files with the migrations' tables: with nothing in them, with the cast, with the plan."""
    return grow(blank_file)


@pytest.fixture(scope="session")
def blank_database(cluster, migrate) -> str:
    """The name of a PostgreSQL database with all tables and nothing in them."""
    url = cluster.make("template0")
    with opened(url) as engine:
        migrate(engine)
    return url.split("/")[3].split("?")[0]


class opened:  # noqa: N801 - it reads as a word in a with statement
    """An engine set up as the app sets its own up, closed behind the test."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url)

    def __enter__(self) -> Engine:
        database.prepare(self.engine)
        return self.engine

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()


@pytest.fixture(params=BOTH)
def empty(request, tmp_path) -> Iterator[Engine]:
    """A database without tables, on SQLite and on PostgreSQL."""
    on_file = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'empty.sqlite'}" if on_file else request.getfixturevalue("cluster").make("template0")
    with opened(url) as engine:
        yield engine


@pytest.fixture(params=BOTH)
def engine(request, tmp_path, begins_with) -> Iterator[Engine]:
    """A database with all tables as the migrations make them, on SQLite and on PostgreSQL."""
    database.look_only(False)
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated")[begins_with], tmp_path / "plan.sqlite")
        url = f"sqlite:///{tmp_path / 'plan.sqlite'}"
    else:
        url = request.getfixturevalue("cluster").make(request.getfixturevalue("blank_database"))
    with opened(url) as engine:
        yield engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """The plan room stands without the web: a session straight on the database."""
    with Session(engine) as session:
        yield session


@pytest.fixture
def save(session, plan) -> Callable[..., Revision | None]:
    """`save(edit, …, by=eve)` makes the edits one revision of the small plan."""

    def save(*made: Edit, by=None, at=NEXT_DAY, source=Source.BROWSER, **said) -> Revision | None:
        return edits.apply(session, plan, made, Step(by, at, source, **said))

    return save


@pytest.fixture
def sign(session, plan, cast) -> Callable[..., Revision]:
    """`sign()` signs everything that Fay may decide on; `sign(Outcome.RETURNED, reason=…)` returns it."""

    def sign(outcome=Outcome.SIGNED_OFF, *, by="fay", at=NEXT_DAY, reason=None) -> Revision:
        lines = signoffs.queue(session, plan, cast[by], at.date())
        shown = [signoffs.Shown(line.key, line.token) for line in lines]
        step = Step(cast[by], at, Source.SIGN_OFF)
        return signoffs.decide(session, plan, shown, outcome, step, reason=reason)

    return sign


@pytest.fixture
def unguarded(session) -> Callable[[str], None]:
    """`unguarded(sql)` does what only somebody with the database's keys could: it alters history behind our back."""

    def unguarded(sql: str) -> None:
        for statement in [*_unguard(session.get_bind().dialect.name), sql]:
            session.execute(text(statement))
        session.expire_all()

    return unguarded


def _unguard(dialect: str) -> list[str]:
    tables = database.APPEND_ONLY
    if dialect == "sqlite":
        return [
            f"DROP TRIGGER IF EXISTS {table}_no_{act}" for table in tables for act in ("update", "delete", "replace")
        ]
    return [f'DROP TRIGGER IF EXISTS {table}_append_only ON "{table}"' for table in tables]
