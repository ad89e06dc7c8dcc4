"""This file proves that nothing is lost when many write at once, and that readers need not wait for writers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from plan import database, edits, history
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Plan, Requirement, Revision, Source

STEP = Step(None, datetime(2013, 7, 2, tzinfo=UTC), Source.BROWSER)
THREADS, EDITS = 8, 50


def append_mark(session: Session, mark: str) -> None:
    """Read the words and write them back with one mark more, in one transaction, as a form that is saved does."""
    plan = session.query(Plan).one()
    said = session.get_one(Requirement, "r20").text
    edits.apply(session, plan, [Edit(Kind.REQUIREMENT, "r20", "text", f"{said} {mark}")], STEP)
    session.commit()


def append_many(engine: Engine, thread: int) -> None:
    for number in range(EDITS):
        with Session(engine) as session:
            append_mark(session, f"{thread}-{number}")


def test_eight_at_once_with_fifty_edits_each_lose_nothing(engine, session, plan):
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda thread: append_many(engine, thread), range(THREADS)))
    session.refresh(plan)
    marks = session.get_one(Requirement, "r20", populate_existing=True).text.split()[3:]
    assert len(marks) == len(set(marks)) == THREADS * EDITS
    assert session.query(Revision).count() == 2 + THREADS * EDITS
    assert history.verify(session, plan) == []


def test_a_reader_is_not_held_up_by_somebody_who_is_saving(engine, session, plan):
    session.get_one(Requirement, "r20").text = "Half saved"
    session.flush()
    with database.only_looking(), Session(engine) as reader:
        assert reader.get_one(Requirement, "r20").text == "Audit closed cases"


def test_readers_go_on_seeing_one_moment_while_others_save(engine, session, plan):
    with database.only_looking(), Session(engine) as reader:
        before = reader.query(Revision).count()
        append_mark(session, "later")
        assert reader.query(Revision).count() == before


def test_a_second_writer_waits_and_then_reads_what_the_first_wrote(engine, session, plan):
    session.get_one(Requirement, "r20")
    with ThreadPoolExecutor(1) as threads, Session(engine) as other:
        second = threads.submit(append_mark, other, "second")
        append_mark(session, "first")
        second.result()
    session.expire_all()
    assert session.get_one(Requirement, "r20").text == "Audit closed cases first second"
