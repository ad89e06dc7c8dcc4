"""This file alters one column after another behind the app's back; each that tells of a plan must be found out."""

from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest
from sqlalchemy import Boolean, DateTime, Float, Integer, LargeBinary, Table, text

from plan import audit, challenges, cycles, proof, questions
from plan.cycles import Document
from plan.edits import Edit, new
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Base, Outcome, PackFormat, PackKind, Plan, Source

OF_PEOPLE = {
    "attempt", "decider", "deputy", "edit_limit", "identity", "invitation", "membership", "person", "session",
    "spent_sign_in", "team",
}  # fmt: skip
OF_UPLOADS = {"known_layout", "tracker", "upload"}
NEVER_FILLED_HERE = {"confirmation", "letting_go"}
PROVED = sorted(set(Base.metadata.tables) - OF_PEOPLE - OF_UPLOADS - NEVER_FILLED_HERE)
# An address, the mark of the sample, and numbers that only order rows: none of them says anything of the plan.
TELLS_NOTHING = {"plan.slug", "plan.sample", "decision.id"}
OTHERWISE = {Boolean: "NOT {0}", Integer: "coalesce({0}, 0) + 7000", Float: "coalesce({0}, 0) + 1.5"}
JULY = {"title": "July board", "opens": "2013-06-20", "cut_off": "2013-07-02", "board_date": "2013-07-10"}
DAY = date(2013, 10, 15)
NEXT_DAY = datetime(2013, 7, 2, 9, 0, tzinfo=UTC)


class Tampering(NamedTuple):
    place: str
    sql: str


def tamperings(table: Table, dialect: str) -> list[Tampering]:
    """One for each column, on one row; and that row taken away."""
    keys = [column.name for column in table.primary_key]
    first = " AND ".join(
        f'"{key}" = (SELECT "{key}" FROM "{table.name}" ORDER BY {", ".join(keys)} LIMIT 1)' for key in keys
    )
    altered = [
        Tampering(
            f"{table.name}.{column.name}",
            f'UPDATE "{table.name}" SET "{column.name}" = {otherwise(column, dialect)} WHERE {first}',
        )
        for column in table.columns
    ]
    return [*altered, Tampering(f"{table.name}, a row", f'DELETE FROM "{table.name}" WHERE {first}')]


def otherwise(column, dialect: str) -> str:
    kind = getattr(column.type, "impl", column.type)
    if isinstance(kind, DateTime):
        return "'2001-01-01 00:00:00.000000'"
    if isinstance(kind, LargeBinary):
        return "X'00'" if dialect == "sqlite" else r"'\x00'::bytea"
    words = next((words for shape, words in OTHERWISE.items() if isinstance(kind, shape)), "'\"other\"'")
    return words.format(f'"{column.name}"')


@pytest.fixture
def full(session, plan, cast, save, sign):
    """Something in every table that tells of the plan: figures, audits, decisions, what waits, packs and answers."""
    office = Step(cast["olga"], NEXT_DAY, Source.BROWSER)
    save(*new(Kind.AUDIT, "au", "r7", {"title": "Cases", "total": 2, "good": 1, "adequate": 1}), by=cast["olga"])
    cycle = cycles.find(session, plan, cycles.add(session, plan, JULY, office))
    save(Edit(Kind.ACTION, "act1", "text", "Signed"), by=cast["eve"])
    sign()
    save(Edit(Kind.ACTION, "act1", "text", "Returned"), by=cast["eve"])
    sign(Outcome.RETURNED, reason="Say more")
    save(Edit(Kind.ACTION, "act7", "text", "Waits", sheet="Plan", cell="B2"), by=cast["eve"], file="a.xlsx", base=1)
    pack = Document(PackKind.BOARD, PackFormat.HTML, "pack.html", b"<p>Pack</p>")
    cycles.freeze(session, plan, cycle, [pack], office, edition=1, on=DAY)
    position = questions.position(session, plan, DAY)
    found = next(one.finding for one in challenges.found(session, plan, position, DAY) if one.finding.requirement)
    which = (found.rule, found.record, found.fingerprint)
    challenges.answer(session, plan, position, which, "So be it", by=cast["olga"], at=NEXT_DAY, on=DAY)
    session.commit()
    session.expire_all()


@pytest.fixture
def is_found_out(session, unguarded):
    """`is_found_out(sql)`: whether that is noticed, with the triggers and keys of the database out of the way."""

    def everything() -> list[str]:
        plans = session.query(Plan).all()
        return [*(fault for plan in plans for fault in proof.faults(session, plan)), *proof.faults_beside(session)]

    def is_found_out(sql: str) -> bool:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("SET LOCAL session_replication_role = replica"))
        unguarded(sql)
        found = everything() or audit.verify(session)
        session.rollback()
        session.expire_all()
        return bool(found)

    return is_found_out


@pytest.fixture
def without_keys(session):
    """SQLite's own keys off, as in any other program that opens the file."""
    if session.get_bind().dialect.name == "sqlite":
        session.commit()
        session.connection().connection.driver_connection.execute("ROLLBACK")
        session.connection().connection.driver_connection.execute("PRAGMA foreign_keys = OFF")


@pytest.mark.slow
def test_whatever_is_altered_of_a_plan_is_found_out(session, full, without_keys, is_found_out):
    assert not is_found_out("SELECT 1")
    dialect = session.get_bind().dialect.name
    every = [one for name in PROVED for one in tamperings(Base.metadata.tables[name], dialect)]
    unnoticed = {one.place for one in every if not is_found_out(one.sql)}
    assert unnoticed == TELLS_NOTHING
