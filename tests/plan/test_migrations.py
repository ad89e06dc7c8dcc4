"""This file proves the migrations: they make what the models say, go back, and lose no row of a rebuilt table."""

from datetime import UTC, date, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DatabaseError

from plan import audit, cycles
from plan.database import APPEND_ONLY
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Answer, Base, Source, What

NEXT_DAY = datetime(2013, 7, 2, 9, 0, tzinfo=UTC)
ON_POSTGRESQL = [pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.slow])]


@pytest.fixture
def decided(session, save, sign, cast) -> None:
    """A change and the decision on it, so that every table of history holds a row."""
    save(Edit(Kind.REQUIREMENT, "r2", "status", "amber"), by=cast["eve"])
    sign()
    audit.note(session, What.SIGNED_OFF, by=cast["fay"], at=NEXT_DAY)


@pytest.fixture
def frozen(session, plan, cast) -> None:
    """A frozen pack and an answer, so that every table of packs holds a row."""
    step = Step(cast["olga"], NEXT_DAY, Source.BROWSER)
    days = {"opens": "2013-06-01", "cut_off": "2013-07-02", "board_date": "2013-07-09"}
    cycle = cycles.find(session, plan, cycles.add(session, plan, {"title": "July", **days}, step))
    cycles.freeze(session, plan, cycle, [], step, edition=1, on=date(2013, 7, 3))
    said = {"rule": "no evidence", "record_id": "r2", "reason": "It is with the printers", "fingerprint": "1"}
    session.add(Answer(plan_id=plan.id, by_id=cast["fay"].id, by_name="Fay", at=NEXT_DAY, **said))
    session.flush()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_the_migrations_make_exactly_the_tables_of_the_models(empty, migrate):
    migrate(empty)
    with empty.connect() as connection:
        difference = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert tables(empty) == set(Base.metadata.tables)
    assert difference == []


def test_migrating_twice_is_migrating_once(empty, migrate):
    migrate(empty)
    migrate(empty)
    assert tables(empty) == set(Base.metadata.tables)


def test_the_way_back_leaves_nothing_and_can_be_gone_again(empty, migrate):
    migrate(empty)
    migrate(empty, down_to="base")
    assert tables(empty) == set()
    migrate(empty)
    assert tables(empty) == set(Base.metadata.tables)


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("words", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_alter_history(session, decided, frozen, table, words):
    with pytest.raises(DatabaseError, match="history is append-only"):
        session.execute(text(words.format(f'"{table}"')))


@pytest.mark.parametrize("table", ["revision", "change", "pack"])
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # PostgreSQL has no INSERT OR REPLACE
def test_a_row_of_history_cannot_be_replaced_by_another(session, plan, frozen, table):
    with pytest.raises(DatabaseError, match="append-only"):
        session.execute(text(f'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}"'))


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("engine", ON_POSTGRESQL, indirect=True)  # SQLite has no TRUNCATE
def test_history_cannot_be_emptied_at_a_stroke(session, plan, table):
    with pytest.raises(DatabaseError, match="append-only"):
        session.execute(text(f'TRUNCATE "{table}" CASCADE'))


def test_links_between_rows_are_watched_again_after_a_migration(empty, migrate):
    migrate(empty)
    with empty.connect() as connection, pytest.raises(DatabaseError):
        connection.execute(text("INSERT INTO membership (person_id, team_id) VALUES (1, 1)"))
