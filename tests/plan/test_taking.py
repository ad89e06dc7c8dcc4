"""This file tests how a figure that was found in words becomes a reading: one revision, and only once."""

import pytest

from plan import edits, figures, history, taking
from plan.edits import Edit
from plan.fields import Invalid, Kind
from plan.models import Revision

WORDS = "LAC visits: 74.89% January 2013; 79% June 2013"
CASES = "41 cases of which 0 outstanding, 16 good, 13 adequate, 12 inadequate"


@pytest.fixture
def offered(session, plan, save, cast):
    """Two readings and an audit found in the evidence of requirement 7, which has a figure of visits already."""
    save(*edits.new(Kind.ACHIEVEMENT, "ach7", "r7", {"evidence": f"{WORDS}\n{CASES}"}), by=cast["eve"])

    def now():
        snapshot = history.now(session, plan)
        return snapshot, snapshot["r7"]

    return now


def test_what_the_plan_holds_already_is_not_offered(offered):
    assert [one.told.literal for one in figures.offers(*offered())] == ["79%"]


def test_taken_for_a_figure_it_becomes_its_reading_and_is_not_offered_again(offered, save, cast):
    snapshot, requirement = offered()
    offer = figures.offers(snapshot, requirement)[0]
    revision = save(*taking.reading(snapshot, requirement, offer, "ind1", ""), by=cast["eve"])
    assert isinstance(revision, Revision)
    snapshot, requirement = offered()
    held = figures.figure_of(snapshot, snapshot["ind1"])
    assert (str(held.last.period), held.last.value) == ("2013-06", 79)
    assert figures.offers(snapshot, requirement) == []


def test_taken_for_a_new_figure_it_makes_that_with_its_name_and_unit(offered, save, cast):
    snapshot, requirement = offered()
    save(
        *taking.reading(snapshot, requirement, figures.offers(snapshot, requirement)[0], "", " Visits "), by=cast["eve"]
    )
    made = figures.figures_of(*offered())[-1]
    assert (made.name, made.unit, made.last.value) == ("Visits", "%", 79)


def test_a_figure_that_has_another_value_for_the_period_keeps_it(offered, save, cast):
    save(*edits.new(Kind.READING, "rd9", "ind1", {"period": "2013-06", "value": 78}), by=cast["eve"])
    snapshot, requirement = offered()
    with pytest.raises(
        Invalid, match=r"“Visits within six weeks” has 78% for June 2013 already, so nothing was changed"
    ):
        taking.reading(snapshot, requirement, figures.offers(snapshot, requirement)[0], "ind1", "")


def test_a_figure_of_another_requirement_cannot_be_chosen(offered):
    snapshot, requirement = offered()
    with pytest.raises(Invalid, match="not there any more"):
        taking.reading(snapshot, requirement, figures.offers(snapshot, requirement)[0], "elsewhere", "")


def test_a_new_figure_needs_a_name(offered):
    snapshot, requirement = offered()
    with pytest.raises(Invalid, match="needs a name"):
        taking.reading(snapshot, requirement, figures.offers(snapshot, requirement)[0], "", "  ")


def test_an_audit_is_taken_whole_and_once(offered, save, cast):
    snapshot, requirement = offered()
    offer = figures.audit_offers(snapshot, requirement)[0]
    save(*taking.audit(snapshot, requirement, offer, "Case audits"), by=cast["eve"])
    audit = figures.audits_of(*offered())[0]
    assert (audit.title, audit.total, audit.counts) == ("Case audits", 41, (0, 16, 13, 12))
    assert figures.audit_offers(*offered()) == []


def test_a_figure_corrected_later_is_offered_again_with_the_words_it_differs_from(offered, save, cast):
    save(Edit(Kind.READING, "rd1", "value", 75), by=cast["eve"])
    assert [one.told.literal for one in figures.offers(*offered())] == ["74.89%", "79%"]
