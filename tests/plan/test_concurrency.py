"""This file proves that nothing is lost when many write at once, and that readers need not wait for writers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from plan import database, edits, history, signoffs
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Decision, Outcome, Person, Plan, Requirement, Revision, Source
from plan.signoffs import Shown, Stale

STEP = Step(None, datetime(2013, 7, 2, tzinfo=UTC), Source.BROWSER)
THREADS, EDITS = 8, 50
DECIDERS, LINES = 20, 12


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


def sign_each_in_turn(engine: Engine, decider: int, shown: list[Shown]) -> int:
    """Sign off line after line as it was on everybody's screen; how many of them this one decided on."""
    decided = 0
    for one in [*shown[decider % LINES :], *shown[: decider % LINES]]:
        with Session(engine) as session:
            plan, fay = session.query(Plan).one(), session.query(Person).filter_by(name="Fay Fieldwork-Lead").one()
            try:
                signoffs.decide(session, plan, [one], Outcome.SIGNED_OFF, Step(fay, STEP.at, Source.SIGN_OFF))
                session.commit()
                decided += 1
            except Stale:
                session.rollback()
    return decided


def test_twenty_who_decide_on_the_same_lines_at_once_decide_each_line_once(engine, session, plan):
    made = [Edit(Kind.ACTION, "act1", name, f"New {name}") for name in ("text", "lead", "progress", "evidence")]
    more = [Edit(Kind.ACTION, "act2", name, f"New {name}") for name in ("text", "lead", "progress", "evidence")]
    rest = [Edit(Kind.REQUIREMENT, id, name, f"New {name}") for id in ("r2", "r20") for name in ("text", "lead")]
    edits.apply(session, plan, [*made, *more, *rest], STEP)
    session.commit()
    shown = [Shown(line.key, line.token) for line in signoffs.lines(session, plan)]
    session.rollback()
    with ThreadPoolExecutor(DECIDERS) as threads:
        decided = list(threads.map(lambda who: sign_each_in_turn(engine, who, shown), range(DECIDERS)))
    assert len(shown) == sum(decided) == session.query(Decision).count() == LINES
    assert signoffs.lines(session, plan) == []
    assert history.verify(session, plan) == []
