"""This file tests the challenge list: each rule by what it finds and what it does not, and the answers of leads."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from plan import challenges, cycles, questions
from plan.challenges import RULES, CannotAnswer, Ground, Lapsed, Place, find
from plan.edits import Edit, new
from plan.fields import Kind, of
from plan.models import new_id
from plan.questions import Position
from plan.snapshot import Item, Snapshot

DAY = date(2013, 10, 15)
NOW = datetime(2013, 10, 15, 9, 0, tzinfo=UTC)
OFF = {"total": 10, "outstanding": 1, "good": 2, "adequate": 3, "inadequate": 3}
ACTION = {"text": "Do it", "timescale": "Quarter 2"}
FORGED_ANSWER = (
    "INSERT INTO answer SELECT 9, plan_id, rule, record_id, 'Forged', fingerprint, by_id, by_name, at "
    "FROM answer WHERE id = 1"
)


def item(kind, id, parent, said, place=0.0) -> Item:
    return Item(id, kind, parent, place, True, {row.name: said.get(row.name) for row in of(kind)})


def snapshot(requirement=None, achievement=None, action=None, audit=None, readings=(), better="higher") -> Snapshot:
    """A plan of one requirement with one of each under it; only what is named is there."""
    made = [
        item(Kind.PLAN, "p", None, {"year": 2013}),
        item(Kind.THEME, "t", "p", {"title": "Theme", "required_by": (requirement or {}).get("by")}),
        item(Kind.REQUIREMENT, "r", "t", {"reference": "7", "status_reason": "Because", **(requirement or {})}),
        item(Kind.INDICATOR, "i", "r", {"name": "Visits", "unit": "%", "better": better}),
    ]
    made += [item(Kind.ACHIEVEMENT, "h", "r", achievement)] if achievement else []
    made += [item(Kind.ACTION, "a", "r", {"reference": "7.1", **action})] if action else []
    made += [item(Kind.AUDIT, "u", "r", {"title": "Cases", **audit})] if audit else []
    made += [
        item(Kind.READING, f"m{n}", "i", {"period": f"2013-0{n + 1}", "value": value}, n)
        for n, value in enumerate(readings)
    ]
    return Snapshot(made)


def ground(now: Snapshot, signed: Snapshot | None = None, earlier=()) -> Ground:
    return Ground(Position(now, frozenset(), 2013, DAY, False), signed or now, tuple(earlier))


GREEN, AMBER, BLUE = ({"status": colour} for colour in ("green", "amber", "blue"))
DONE = {"text": "Done", "evidence": "Minutes"}
SAME = snapshot(AMBER, DONE, ACTION | {"timescale": "Quarter 4"})
OTHER = snapshot(AMBER, {"text": "Done", "evidence": "Older minutes"}, ACTION | {"timescale": "Quarter 4"})

CASES = {
    "green-without-evidence": [
        (ground(snapshot(GREEN, {"text": "Done"})), ("r", Place(Kind.ACHIEVEMENT, "h", "evidence"))),
        (ground(snapshot(GREEN)), ("r", Place(Kind.REQUIREMENT, "r", "status"))),
        (ground(snapshot(BLUE, {"text": "Done", "evidence": " "})), ("r", Place(Kind.ACHIEVEMENT, "h", "evidence"))),
        (ground(snapshot(GREEN, DONE)), None),
        (ground(snapshot(GREEN, None, {"text": "Do", "evidence": "Minutes"})), None),
        (ground(snapshot(AMBER, {"text": "Done"})), None),
    ],
    "off-track-without-reason": [
        (ground(snapshot(AMBER | {"status_reason": None})), ("r", Place(Kind.REQUIREMENT, "r", "status_reason"))),
        (
            ground(snapshot({"status": "red", "status_reason": " \n"})),
            ("r", Place(Kind.REQUIREMENT, "r", "status_reason")),
        ),
        (ground(snapshot(AMBER)), None),
        (ground(snapshot(GREEN | {"status_reason": None})), None),
        (ground(snapshot({"status_reason": None})), None),
    ],
    "amber-past-timescale": [
        (ground(snapshot(AMBER, None, ACTION)), ("a", Place(Kind.ACTION, "a", "timescale"))),
        (ground(snapshot(GREEN, None, ACTION | AMBER)), ("a", Place(Kind.ACTION, "a", "timescale"))),
        (ground(snapshot(AMBER | {"by": "2013-10-14"})), ("r", Place(Kind.REQUIREMENT, "r", "status"))),
        (ground(snapshot(AMBER, None, ACTION | {"timescale": "Quarter 3"})), None),
        (ground(snapshot(AMBER, None, ACTION | GREEN)), None),
        (ground(snapshot(AMBER | {"by": "2013-10-15"})), None),
    ],
    "green-while-worse": [
        (ground(snapshot(GREEN, DONE, readings=[74.89, 71])), ("i", Place(Kind.REQUIREMENT, "r", "status"))),
        (
            ground(snapshot(BLUE, DONE, readings=[5, 9], better="lower")),
            ("i", Place(Kind.REQUIREMENT, "r", "status")),
        ),
        (ground(snapshot(GREEN, DONE, readings=[71, 74.89])), None),
        (ground(snapshot(AMBER, DONE, readings=[74.89, 71])), None),
        (ground(snapshot(GREEN, DONE, readings=[74.89, 71], better=None)), None),
    ],
    "done-unsigned": [
        (ground(snapshot(BLUE, DONE), snapshot(AMBER)), ("r", Place(Kind.REQUIREMENT, "r", "status"))),
        (ground(snapshot(AMBER, None, ACTION | BLUE), snapshot(AMBER)), ("a", Place(Kind.ACTION, "a", "status"))),
        (ground(snapshot(BLUE, DONE), snapshot(BLUE)), None),
        (ground(snapshot(GREEN, DONE), snapshot(AMBER)), None),
    ],
    "unchanged": [
        (ground(SAME, earlier=[SAME] * 3), ("r", Place(Kind.REQUIREMENT, "r", "status"))),
        (ground(SAME, earlier=[OTHER, SAME, SAME, SAME]), ("r", Place(Kind.REQUIREMENT, "r", "status"))),
        (ground(SAME, earlier=[SAME] * 2), None),
        (ground(SAME, earlier=[OTHER, SAME, SAME]), None),
        (ground(OTHER, earlier=[SAME] * 3), None),
        (ground(snapshot(BLUE, DONE), earlier=[snapshot(BLUE, DONE)] * 3), None),
    ],
    "evidence-elsewhere": [
        (ground(snapshot(None, {"evidence": "See point 1"})), ("h", Place(Kind.ACHIEVEMENT, "h", "evidence"))),
        (ground(snapshot(None, {"evidence": " as above. "})), ("h", Place(Kind.ACHIEVEMENT, "h", "evidence"))),
        (
            ground(snapshot(None, {"evidence": "Please see items 3 and 4"})),
            ("h", Place(Kind.ACHIEVEMENT, "h", "evidence")),
        ),
        (ground(snapshot(None, None, {"evidence": "Ditto"})), ("a", Place(Kind.ACTION, "a", "evidence"))),
        (ground(snapshot(None, {"evidence": "See point 1, and the minutes of 3 May"})), None),
        (ground(snapshot(None, {"evidence": "Point of Law training, 12 staff"})), None),
        (ground(snapshot(None, {"evidence": "See the audit report"})), None),
    ],
    "timescale-unknown": [
        (ground(snapshot(AMBER, None, ACTION | {"timescale": "TBC"})), ("a", Place(Kind.ACTION, "a", "timescale"))),
        (ground(snapshot(AMBER, None, ACTION | {"timescale": "ASAP"})), ("a", Place(Kind.ACTION, "a", "timescale"))),
        (ground(snapshot(AMBER, None, ACTION | {"timescale": "On going"})), None),
        (ground(snapshot(BLUE, DONE, ACTION | {"timescale": "TBC"})), None),
        (ground(snapshot(AMBER, None, {"text": "Do it"})), None),
    ],
    "figures-off": [
        (ground(snapshot(audit=OFF)), ("u", Place(Kind.AUDIT, "u", "total"))),
        (ground(snapshot(audit=OFF | {"inadequate": 4})), None),
        (ground(snapshot(audit={"total": 10})), None),
    ],
}


@pytest.mark.parametrize(("rule", "case", "found"), [(rule, *case) for rule, cases in CASES.items() for case in cases])
def test_a_rule_finds_what_it_is_for_and_nothing_else(rule, case, found):
    findings = [(one.record, one.place) for one in find(case) if one.rule == rule]
    assert findings == ([found] if found else [])


def test_every_rule_has_cases_and_the_table_of_the_room_names_each_with_its_sentence():
    assert [rule.name for rule in RULES] == list(CASES)
    told = challenges.rules.__doc__
    assert [rule.name for rule in RULES if f"| {rule.name} | {rule.sentence} |" not in told] == []


def test_a_finding_says_the_record_and_what_is_the_matter():
    [worse] = [one for one in find(CASES["green-while-worse"][0][0]) if one.rule == "green-while-worse"]
    assert worse.sentence == (
        "Requirement 7 is green, while “Visits” is worse by 3.89 percentage points over 1 month "
        "(January 2013 to February 2013)."
    )
    [off] = find(ground(snapshot(audit=OFF)))
    assert off.sentence == "The audit “Cases” does not add up: 10 cases but the grades add up to 9: 1 too few."


def test_what_a_finding_rests_on_makes_its_fingerprint_and_nothing_else_does():
    before, after, moved = (
        find(ground(snapshot(AMBER, {"text": words}, ACTION | {"timescale": when})))
        for words, when in [("Done", "TBC"), ("Done more", "TBC"), ("Done", "ASAP")]
    )
    assert before == after
    assert before[0].fingerprint != moved[0].fingerprint


@pytest.fixture
def asked(session, plan, cast):
    """Requirement 20 is amber without a reason: `asked.answer("Two posts are vacant", by="fay")` answers it."""

    def now() -> Position:
        return questions.position(session, plan, DAY)

    def held():
        found = challenges.found(session, plan, now(), DAY)
        return next(
            one for one in found if (one.finding.rule, one.finding.record) == ("off-track-without-reason", "r20")
        )

    def answer(reason, by, which=None):
        finding = held().finding
        which = which or (finding.rule, finding.record, finding.fingerprint)
        return challenges.answer(session, plan, now(), which, reason, by=cast[by], at=NOW, on=DAY)

    return SimpleNamespace(held=held, answer=answer)


@pytest.mark.parametrize("who", ["fay", "olga"])
def test_the_lead_of_the_team_and_the_office_answer_with_a_reason_that_is_then_seen(asked, who):
    asked.answer(" Two posts are vacant ", by=who)
    assert asked.held().answer.reason == "Two posts are vacant"


@pytest.mark.parametrize("who", ["eve", "ravi", "rita"])
def test_nobody_else_answers_for_a_team(asked, who):
    with pytest.raises(CannotAnswer, match=r"No answer was kept; tell them"):
        asked.answer("Two posts are vacant", by=who)
    assert asked.held().answer is None


def test_an_answer_lapses_when_what_it_answered_changes(asked, save, cast):
    asked.answer("Two posts are vacant", by="fay")
    save(Edit(Kind.REQUIREMENT, "r20", "text", "Audit all closed cases"), by=cast["eve"])
    assert asked.held().answer is not None
    save(Edit(Kind.REQUIREMENT, "r20", "status", "red"), by=cast["eve"])
    assert asked.held().answer is None


def test_the_newest_answer_counts_and_the_older_stays_on_record(asked, session):
    asked.answer("Two posts are vacant", by="fay")
    asked.answer("One post is vacant", by="olga")
    assert asked.held().answer.reason == "One post is vacant"
    assert session.execute(text("SELECT count(*) FROM answer")).scalar() == 2


def test_an_answer_to_what_is_not_asked_any_more_is_refused(asked):
    with pytest.raises(Lapsed, match=r"No answer was kept"):
        asked.answer("Two posts are vacant", "fay", ("off-track-without-reason", "r20", "0" * 16))


@pytest.mark.parametrize(
    ("reason", "why"),
    [(" \n", "needs a reason"), ("x" * 4001, "this has 4,001"), ("Two\x01posts", "a control character")],
)
def test_an_answer_without_words_with_too_many_or_that_no_report_can_hold_is_refused(asked, reason, why):
    with pytest.raises(CannotAnswer, match=why):
        asked.answer(reason, by="fay")


@pytest.mark.parametrize("sql", ["UPDATE answer SET reason = 'Other words'", "DELETE FROM answer"])
def test_the_database_refuses_to_alter_an_answer(asked, session, sql):
    asked.answer("Two posts are vacant", by="fay")
    with pytest.raises(DatabaseError, match="append-only"):
        session.execute(text(sql))


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE answer SET reason = 'Other words' WHERE id = 1",
        "UPDATE answer SET by_name = 'Nobody' WHERE id = 2",
        "DELETE FROM answer WHERE id = 2",
        FORGED_ANSWER,
    ],
)
def test_an_answer_altered_behind_our_back_is_found_out(asked, session, unguarded, sql):
    asked.answer("Two posts\r\nare vacant", by="fay")
    asked.answer("One post is vacant", by="olga")
    session.commit()
    session.expire_all()
    assert challenges.broken_seals(session) == []
    unguarded(sql)
    assert "audit log tells" in challenges.broken_seals(session)[0]


def test_a_requirement_that_says_the_same_at_three_cut_offs_is_asked_about(session, plan, cast, save):
    boards = [(f"2013-{month}-02", f"2013-{month}-20", f"2013-{month}-28") for month in ("06", "07", "08", "09")]
    made = [dict(zip(("opens", "cut_off", "board_date"), days, strict=True)) for days in boards]
    save(
        *(edit for days in made for edit in new(Kind.CYCLE, new_id(), plan.id, {"title": "Board", **days})),
        by=cast["olga"],
    )
    assert len(cycles.of_plan(session, plan)) == 4
    found = challenges.found(session, plan, questions.position(session, plan, DAY), DAY)
    assert [one.finding.record for one in found if one.finding.rule == "unchanged"] == ["r2", "r20", "r7"]
