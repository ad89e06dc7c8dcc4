import pytest

from blueprints.commands import sample
from blueprints.extensions import today
from plan import cycles, figures, history
from plan.fields import Kind

pytestmark = pytest.mark.slow


def test_the_sample_lies_in_a_round_of_reporting_so_that_the_board_can_be_seen_at_once(app, session):
    plan = sample.load(session)
    before, now, *coming = cycles.of_plan(session, plan)
    assert before.is_cut_off(today())
    assert now.is_open(today())
    assert len(coming) == 2
    cycles.check_may_freeze(session, plan, before, 1, on=today())
    updated = [one for one in cycles.asked_of(session, plan, now) if one.update]
    assert {one.requirement.get("reference") for one in updated} == {"12", "13"}


def test_the_samples_figures_say_which_way_is_better(app, session):
    snapshot = history.now(session, sample.load(session))
    told = [one for each in snapshot.of(Kind.REQUIREMENT) for one in figures.figures_of(snapshot, each)]
    assert [one.name for one in told if one.got_worse]
