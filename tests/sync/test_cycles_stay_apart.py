"""This file proves that a workbook never speaks of the board's cycles, and that they never disturb it."""

from datetime import date

import pytest

from plan import cycles
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Source
from plan.rhythm import Dates
from sync import explain


@pytest.fixture
def add_cycle(desk):
    """`add_cycle()` puts a cycle into the desk's plan."""

    def add_cycle() -> None:
        dates = Dates(date(2013, 9, 2), date(2013, 9, 13), date(2013, 9, 20))
        cycles.make(desk.session, desk.plan, [dates], Step(None, desk.editor.created, Source.BROWSER))
        desk.session.commit()

    return add_cycle


def test_a_download_of_before_a_cycle_changes_nothing_after_it(desk, add_cycle):
    downloaded = desk.download()
    add_cycle()
    assert desk.decided(downloaded) == {}
    assert len(desk.now.of(Kind.CYCLE)) == 1


def test_a_download_of_a_plan_with_a_cycle_comes_back_as_no_change(desk, add_cycle):
    add_cycle()
    assert desk.decided(desk.download()) == {}


def test_no_column_can_mean_a_field_of_a_cycle():
    assert not [value for value, _ in explain.choices() if value.startswith("cycle.")]
