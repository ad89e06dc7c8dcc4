"""This file proves that a database that an earlier program filled comes to the newest tables with every word in it."""

import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Integer, MetaData, create_engine, select, text

from app import create_app
from blueprints.extensions import db
from plan.models import Base

FILLED = Path(__file__).parent / "databases"
DUMPS = [pytest.param(file, id=file.stem, marks=pytest.mark.slow) for file in sorted(FILLED.glob("*.sql"))]

GIVEN_UP = {"person.stamp"}  # sessions are rows since 0003, and end there


@pytest.fixture
def newest():
    """The tables of the models."""
    return Base.metadata.tables


@pytest.fixture
def filled(tmp_path, empty, migrate):
    """`filled(dump)` is the database of the program of that time, with the tables that it had."""

    def filled(dump):
        on_sqlite = empty.dialect.name == "sqlite"
        file = empty.url.database if on_sqlite else tmp_path / "filled.sqlite"
        with sqlite3.connect(file) as connection:
            connection.executescript(dump.read_text(encoding="utf-8"))
        connection.close()
        if not on_sqlite:
            migrate(empty)
            migrate(empty, down_to=dump.stem)
            copy(create_engine(f"sqlite:///{file}"), empty)
        return tables(empty)

    return filled


def tables(engine):
    """The tables as they stand in the database, but for the one that says which they are."""
    found = MetaData()
    found.reflect(engine)
    return {table.name: table for table in found.sorted_tables if table.name != "alembic_version"}


def copy(source, target):
    """All rows of one database in the same tables of another, whose numbering then goes on after them."""
    held, made = tables(source), tables(target)
    with source.connect() as before, target.begin() as after:
        for name, table in made.items():
            rows = [dict(row) for row in before.execute(select(held[name])).mappings()]
            after.execute(table.insert(), rows) if rows else None
            if "id" in table.c and isinstance(table.c.id.type, Integer):
                last = select(table.c.id).order_by(table.c.id.desc()).limit(1)
                count = f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), {after.scalar(last) or 1})"
                after.execute(text(count))
    source.dispose()


def said(engine, columns):
    """What every table says in these columns, row by row in an order that does not change."""
    with engine.connect() as connection:
        return {
            name: sorted(repr(tuple(row)) for row in connection.execute(select(*some)))
            for name, some in columns.items()
        }


def kept(then, now):
    """The columns of `then` that stand in `now`, by table; the names of those that were given up."""
    gone = {str(column) for name, table in then.items() for column in table.c if column.name not in now[name].c}
    columns = {name: [column for column in table.c if str(column) not in gone] for name, table in then.items()}
    return columns, gone


@pytest.mark.parametrize("dump", DUMPS)
def test_every_row_is_there_after_all_migrations_and_the_history_proves_itself(dump, empty, filled, migrate, newest):
    then = filled(dump)
    columns, gone = kept(then, newest)
    before = said(empty, columns)
    assert all(before.values())
    migrate(empty)
    assert gone == GIVEN_UP
    assert said(empty, columns) == before
    told = verified(empty.url.render_as_string(hide_password=False))
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["plans"][0] | {"head": None} == {
        "plan": "old-plan", "revision": 16, "head": None, "whole": True, "faults": [],
    }  # fmt: skip


def verified(url):
    """What `flask plan verify` answers on this database."""
    app = create_app({"SQLALCHEMY_DATABASE_URI": url, "SECRET_KEY": "for tests only"})
    with app.app_context():
        told = app.test_cli_runner().invoke(args=["plan", "verify", "--json"])
        db.session.remove()
        db.engine.dispose()
    return told
