"""This file proves that the outline counts exactly the lines that a lead sees, without reading their words."""

import pytest

from plan import edits, history, signoffs
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Source
from tests.plan.signoffs.conftest import MONDAY

COUNTS = {"total": 9, "outstanding": 3, "good": 2, "adequate": 2, "inadequate": 2}
NEW = edits.new(Kind.ACTION, "act9", "r2", {"text": "Print it"}, position=9)
AUDIT = edits.new(Kind.AUDIT, "aud9", "r2", {"title": "Case files", **COUNTS})


@pytest.mark.parametrize(
    "made",
    [
        [Edit(Kind.ACTION, "act1", "lead", "Ann"), Edit(Kind.ACTION, "act1", "timescale", "Quarter 9")],
        NEW,
        edits.remove(Kind.ACTION, "act1"),
        [*NEW, *edits.remove(Kind.ACTION, "act9")],  # removed before anybody signed it
        [Edit(Kind.ACTION, "act1", "lead", "Ann"), *edits.remove(Kind.REQUIREMENT, "r2")],
        AUDIT,
        [Edit(Kind.REQUIREMENT, "r2", "reference", "2a")],
    ],
)
def test_the_outline_is_the_lines_without_their_words(session, plan, cast, lines, made):
    edits.apply(session, plan, made, Step(cast["eve"], MONDAY, Source.BROWSER))
    found = signoffs.outline(session, plan, history.now(session, plan))
    assert found.count == len(lines())
    assert {*found.came, *found.went, *found.changed} == {line.item.id for line in lines()}


def test_an_audits_counts_are_one_line_and_what_came_and_went_unsigned_is_none(
    session, plan, cast, decide, lines, add_achievement
):
    step = Step(cast["eve"], MONDAY, Source.BROWSER)
    edits.apply(session, plan, AUDIT, step)
    decide("fay", [line for line in lines() if line.item.id == "aud9"])
    more = [Edit(Kind.AUDIT, "aud9", name, COUNTS[name] + 4) for name in ("total", "good")]
    edits.apply(session, plan, [*more, *edits.remove(Kind.ACHIEVEMENT, "ach9")], step)
    found = signoffs.outline(session, plan, history.now(session, plan))
    assert (found.changed, found.count, len(lines())) == ({"aud9": frozenset({"counts"})}, 1, 1)
