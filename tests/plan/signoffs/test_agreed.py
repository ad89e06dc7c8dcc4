"""This file is the first agreement: the whole position, as it was shown, once."""

import pytest

from plan import edits, ledger, signoffs
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Plan, Source, new_id
from tests.plan.signoffs.conftest import MONDAY


@pytest.fixture
def fresh(session, cast):
    """A plan just brought in, of which nothing is agreed."""
    made = Plan(id=new_id(), slug="fresh", present=False)
    session.add(made)
    records = [
        *edits.new(Kind.PLAN, made.id, None, {"title": "Fresh plan", "year": 2013}),
        *edits.new(Kind.THEME, "fth", made.id, {"title": "Everything"}),
        *edits.new(Kind.REQUIREMENT, "fr1", "fth", {"reference": "1", "text": "Do it"}),
    ]
    edits.apply(session, made, records, Step(None, MONDAY, Source.IMPORT, file="fresh.xlsx"))
    return made


def test_the_whole_position_is_agreed_once(session, cast, fresh):
    number = ledger.latest(session, fresh.id)
    signoffs.agree(session, fresh, number, Step(cast["olga"], MONDAY, Source.BASELINE))
    assert signoffs.lines(session, fresh) == []
    with pytest.raises(signoffs.AlreadyAgreed):
        signoffs.agree(session, fresh, number + 1, Step(cast["olga"], MONDAY, Source.BASELINE))


def test_a_position_that_moved_since_it_was_shown_is_not_agreed(session, cast, fresh):
    with pytest.raises(signoffs.Stale, match="nothing was agreed"):
        signoffs.agree(
            session, fresh, ledger.latest(session, fresh.id) - 1, Step(cast["olga"], MONDAY, Source.BASELINE)
        )
    assert signoffs.can_be_agreed(session, fresh)
