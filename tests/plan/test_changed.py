"""This file tests what changed between two moments: the sentences, that nothing is left out, and the moments' names."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan import changed
from plan.changed import Agreement, NoSuchMoment, Way, as_json, since
from plan.changed.ground import seen
from plan.edits import Edit, bring_back, new, remove
from plan.fields import Kind, of
from plan.models import Outcome
from plan.snapshot import Item, Snapshot

LATER = datetime(2013, 9, 2, 9, 0, tzinfo=UTC)


def item(kind, id, parent, said, place=0.0, *, present=True) -> Item:
    return Item(id, kind, parent, place, present, {row.name: said.get(row.name) for row in of(kind)})


def plan_of(*items: Item) -> Snapshot:
    heads = item(Kind.PLAN, "p", None, {"title": "Plan", "year": 2013}), item(Kind.THEME, "t", "p", {"title": "Theme"})
    return Snapshot([*heads, *items])


def requirement(**said) -> Item:
    return item(Kind.REQUIREMENT, "r", "t", {"reference": "12", **said})


def action(n, timescale) -> Item:
    return item(Kind.ACTION, f"a{n}", "r", {"reference": f"12.{n}", "text": "Do it", "timescale": timescale}, n)


def figure(*values, unit="%", better="higher") -> list[Item]:
    readings = [
        item(Kind.READING, f"m{n}", "i", {"period": f"2013-{n * 4 + 1:02d}", "value": value}, n)
        for n, value in enumerate(values)
    ]
    return [item(Kind.INDICATOR, "i", "r", {"name": "Visits", "unit": unit, "better": better}), *readings]


def told(before: Snapshot, after: Snapshot, way: Way | None = None) -> list[str]:
    return [one.words for theme in since(before, after, way).themes for one in theme.sentences]


def test_a_status_that_moved_is_told_with_who_signed_it_off_and_the_reason():
    signed = Way({("r", "status"): Agreement("amber", "Fay Lead", date(2013, 9, 2), "Ravi")})
    before, after = requirement(status="red"), requirement(status="amber", status_reason="Filled")
    assert told(plan_of(before), plan_of(after), signed) == [
        "Requirement 12 went from red to amber (signed off by Fay Lead for Ravi on 2 September 2013; reason: Filled)."
    ]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({"status": "red"}, {"status": None}, "Requirement 12 lost its status, which was red."),
        ({"status": None}, {"status": "blue"}, "Requirement 12 was given the status blue."),
        ({"impact_status": "red"}, {"impact_status": "amber"}, "Requirement 12 went from red to amber in impact."),
        ({"lead": "Ann"}, {"lead": "Bob"}, "“Lead” of requirement 12 went from “Ann” to “Bob”."),
        ({"text": "Old"}, {"text": "New"}, "“Requirement” of requirement 12 was rewritten: “New”."),
        ({"lead": "Ann"}, {"lead": None}, "“Lead” of requirement 12 went from “Ann” to nothing."),
    ],
)  # fmt: skip
def test_a_requirement_that_says_something_else_is_told_in_a_sentence(before, after, words):
    assert told(plan_of(requirement(**before)), plan_of(requirement(**after))) == [words]


def test_a_reason_that_went_with_its_status_is_told_too():
    before = plan_of(requirement(status="amber", status_reason="Posts are vacant"))
    assert told(before, plan_of(requirement(status="green"))) == [
        "Requirement 12 went from amber to green.",
        "“Reason for the status” of requirement 12 went from “Posts are vacant” to nothing.",
    ]


def test_a_signature_on_other_words_is_no_signature_on_these():
    way = Way({("r", "status"): Agreement("green", "Fay Lead", date(2013, 9, 2))}, {("r", "status"): "Eve Editor"})
    assert told(plan_of(requirement(status="red")), plan_of(requirement(status="amber")), way) == [
        "Requirement 12 went from red to amber (by Eve Editor, not signed off yet)."
    ]


def test_timescales_that_moved_are_counted_with_those_that_moved_before():
    before = plan_of(requirement(), action(1, "Quarter 2"), action(2, "Quarter 2"), action(3, "Quarter 2"))
    after = plan_of(requirement(), action(1, "Quarter 3"), action(2, "Quarter 4"), action(3, "Quarter 2"))
    [sentence] = since(before, after, Way(moves={"a1": 1, "a2": 2})).themes[0].sentences
    assert sentence.words == "Two timescales moved, one for the second time."
    assert [place.words for place in sentence.places] == [
        "Action 12.1 moved from “Quarter 2” to “Quarter 3”.",
        "Action 12.2 moved from “Quarter 2” to “Quarter 4”, for the second time.",
    ]
    assert (sentence.count, sentence.places[1].record, sentence.places[1].requirement) == (2, "a2", "r")


def test_one_timescale_alone_is_told_by_itself():
    before, after = plan_of(requirement(), action(1, "Quarter 2")), plan_of(requirement(), action(1, "Quarter 3"))
    assert told(before, after) == ["The timescale of action 12.1 moved from “Quarter 2” to “Quarter 3”."]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ([74.89], [74.89, 71.0], "the figure fell from 74.89% to 71.00% (January 2013 to May 2013), which is worse."),
        ([74.89], [71.0], "the figure fell from 74.89% to 71.00% (January 2013), which is worse."),
        ([71], [71, 80], "the figure rose from 71% to 80% (January 2013 to May 2013), which is better."),
        ([71], [71, 71], "the figure stayed at 71% (January 2013 to May 2013)."),
        ([], [71], "the first figure is 71%, for January 2013."),
        ([70, 71], [72, 71], "one reading was corrected."),
        ([70, 71], [70], "one reading was taken out."),
    ],
)  # fmt: skip
def test_a_figure_that_moved_is_told_with_the_decimals_of_both(before, after, words):
    was, now = plan_of(requirement(), *figure(*before)), plan_of(requirement(), *figure(*after))
    assert told(was, now) == [f"Visits: {words}"]


def test_what_was_added_is_counted_and_each_place_is_named():
    new = [item(Kind.ACHIEVEMENT, f"h{n}", "r", {"text": f"Done {n}"}, n) for n in range(3)]
    [sentence] = since(plan_of(requirement()), plan_of(requirement(), *new)).themes[0].sentences
    assert (sentence.words, sentence.count) == ("Three achievements were added.", 3)
    assert sentence.places[0].words == "Achievement “Done 0” of requirement 12 was added."


def test_what_stands_under_a_removed_requirement_is_gone_with_it():
    before = plan_of(requirement(), action(1, "Quarter 2"))
    after = plan_of(item(Kind.REQUIREMENT, "r", "t", {"reference": "12"}, present=False), action(1, "Quarter 2"))
    assert told(before, after) == ["Requirement 12 was taken out.", "Action 12.1 was taken out."]


def test_an_audit_is_told_with_its_grades_and_a_correction_number_by_number():
    audit = {"title": "Cases", "total": 1440, "outstanding": 18, "good": 315, "adequate": 658, "inadequate": 449}
    first = plan_of(requirement(), item(Kind.AUDIT, "u", "r", audit))
    other = plan_of(requirement(), item(Kind.AUDIT, "u", "r", audit | {"good": 316, "inadequate": 448}))
    assert told(plan_of(requirement()), first) == [
        (
            "Audit “Cases” of requirement 12 was added: "
            "1,440 cases – 18 outstanding, 315 good, 658 adequate, 449 inadequate."
        )
    ]
    assert told(first, other) == [
        "Audit “Cases” of requirement 12 was corrected: Good from 315 to 316; Inadequate from 449 to 448."
    ]


words = st.sampled_from([None, "red", "amber"])
texts = st.sampled_from([None, "Words", "Other\nwords", "“Quoted”"])
times = st.sampled_from([None, "Quarter 2", "TBC", "On going"])
there = st.booleans()


@st.composite
def plans(draw) -> Snapshot:
    parent = draw(st.sampled_from(["r1", "r2"]))
    made = [
        item(Kind.THEME, "t2", "p", {"title": draw(texts)}, 1, present=draw(there)),
        item(Kind.REQUIREMENT, "r1", "t", {"reference": "1", "text": draw(texts), "status": draw(words)}),
        item(Kind.REQUIREMENT, "r2", draw(st.sampled_from(["t", "t2"])), {"status": draw(words)}, present=draw(there)),
        item(Kind.ACHIEVEMENT, "h", "r1", {"text": draw(texts), "evidence": draw(texts)}, present=draw(there)),
        item(Kind.ACTION, "a", parent, {"text": draw(texts), "timescale": draw(times), "status": draw(words)}),
        item(Kind.INDICATOR, "i", parent, {"name": "Visits", "unit": draw(texts)}, present=draw(there)),
        item(Kind.READING, "m1", "i", {"period": "2013-01", "value": draw(st.sampled_from([1, 2.5]))}),
        item(Kind.READING, "m2", "i", {"period": "2013-05", "value": 3}, present=draw(there)),
        item(Kind.AUDIT, "u", "r2", {"title": "Cases", "total": draw(st.sampled_from([None, 4]))}, present=draw(there)),
    ]
    return plan_of(*made)


@given(plan=plans())
def test_between_a_plan_and_itself_nothing_changed(plan):
    assert since(plan, plan).themes == ()


@given(before=plans(), after=plans())
def test_every_record_that_differs_stands_in_a_sentence_and_nothing_else_does(before, after):
    then, now = seen(before), seen(after)
    differ = {
        id
        for id in then.keys() | now.keys()
        if (id in then) != (id in now) or (then[id].values, then[id].parent) != (now[id].values, now[id].parent)
    }
    found = since(before, after)
    named = {place.record for theme in found.themes for one in theme.sentences for place in one.places}
    readings_of_new = {"m1", "m2"} if ("i" in then) != ("i" in now) else set()
    assert named | readings_of_new == differ | readings_of_new
    assert as_json(found)["count"] == found.count >= len(named)


def test_between_two_revisions_the_history_tells_who_wrote_and_who_signed(session, plan, cast, save, sign):
    save(Edit(Kind.REQUIREMENT, "r2", "status", "amber"), by=cast["eve"])
    save(Edit(Kind.ACTION, "act1", "timescale", "Quarter 3"), by=cast["eve"])
    sign()
    save(Edit(Kind.ACTION, "act1", "timescale", "Quarter 4"), by=cast["ned"], at=LATER)
    first, last = (changed.moment(session, plan, said) for said in ("2", "6"))
    [theme] = changed.between(session, plan, first, last).themes
    assert [one.words for one in theme.sentences] == [
        "Requirement 2 went from green to amber (signed off by Fay Fieldwork-Lead on 2 July 2013).",
        (
            "The timescale of action 2.1 moved from “Quarter 2” to “Quarter 4”, for the second time "
            "(by Ned Editor, not signed off yet)."
        ),
    ]
    [theme] = changed.between(session, plan, first, changed.moment(session, plan, "5")).themes
    assert theme.sentences[1].words == (
        "The timescale of action 2.1 moved from “Quarter 2” to “Quarter 3” "
        "(signed off by Fay Fieldwork-Lead on 2 July 2013)."
    )
    [signed] = changed.between(session, plan, first, last, signed_off=True).themes
    assert signed.sentences[1].places[0].after == "Quarter 3"


def test_what_was_returned_or_taken_back_did_not_change(session, plan, cast, save, sign):
    save(Edit(Kind.REQUIREMENT, "r2", "status", "amber"), by=cast["eve"])
    sign(Outcome.RETURNED, reason="Not yet")
    save(*remove(Kind.ACTION, "act2"), by=cast["eve"])
    save(*bring_back(Kind.ACTION, "act2"), by=cast["eve"])
    first, last = (changed.moment(session, plan, said) for said in ("2", "6"))
    assert changed.between(session, plan, first, last).themes == ()


def test_a_moment_is_a_day_a_revision_or_a_cycles_cut_off(session, plan, cast, save):
    days = {"opens": "2013-07-02", "cut_off": "2013-07-20", "board_date": "2013-07-28"}
    save(*new(Kind.CYCLE, "cycle1", plan.id, {"title": "July board", **days}), by=cast["olga"])
    save(Edit(Kind.REQUIREMENT, "r2", "status", "amber"), by=cast["eve"], at=LATER)
    found = [changed.moment(session, plan, said) for said in ("3", "1 July 2013", "2013-12-31", "cycle1", "1999-01-01")]
    assert [one.revision for one in found] == [3, 2, 4, 3, 0]
    assert found[3].words == "the cut-off of “July board” (20 July 2013)"
    assert changed.default_from(session, plan, LATER.date()) == found[3]
    assert changed.default_from(session, plan, date(2013, 7, 3)).revision == 1


@pytest.mark.parametrize(
    ("said", "why"), [("5", "There is no revision 5 yet; the newest is 2"), ("banana", "neither a day")]
)
def test_words_that_name_no_moment_are_refused(session, plan, said, why):
    with pytest.raises(NoSuchMoment, match=why):
        changed.moment(session, plan, said)
