"""This file gives the tests of sign-off somebody who writes, somebody who decides, and what awaits them."""

from datetime import UTC, datetime

import pytest

from plan import edits, signoffs
from plan.edits import Edit
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Deputy, Outcome, Source
from plan.signoffs import Shown

MONDAY = datetime(2013, 7, 8, 9, 0, tzinfo=UTC)
ON = MONDAY.date()
SIGNED_OFF, RETURNED = Outcome.SIGNED_OFF, Outcome.RETURNED


@pytest.fixture
def write(session, plan, cast):
    """Somebody changes one field in the browser."""

    def write(who, kind, record, field, value, at=MONDAY):
        step = Step(cast[who], at, Source.BROWSER)
        return edits.apply(session, plan, [Edit(kind, record, field, value)], step)

    return write


@pytest.fixture
def decide(session, plan, cast):
    """Somebody decides on these lines."""

    def decide(who, lines, outcome=SIGNED_OFF, reason=None, at=MONDAY):
        shown = [Shown(line.key, line.token) for line in lines]
        return signoffs.decide(session, plan, shown, outcome, Step(cast[who], at, Source.SIGN_OFF), reason=reason)

    return decide


@pytest.fixture
def add_achievement(session, plan, cast):
    """Eve adds an achievement to requirement 2."""
    made = edits.new(Kind.ACHIEVEMENT, "ach9", "r2", {"text": "New guide", "evidence": "Web page"}, position=9)
    edits.apply(session, plan, made, Step(cast["eve"], MONDAY, Source.BROWSER))


@pytest.fixture
def lines(session, plan):
    return lambda: signoffs.lines(session, plan)


def deputise(session, cast, lead, deputy, starts, ends):
    session.add(Deputy(lead_id=cast[lead].id, deputy_id=cast[deputy].id, starts=starts, ends=ends))
    session.flush()
