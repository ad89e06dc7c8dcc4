"""This file proves the board's cycle: which day belongs where, who owes an update, and packs that stay as they were."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from plan import awaiting, cycles, history, show, undo
from plan.cycles import CannotConfirm, CannotFreeze, Document
from plan.edits import Edit, NotAllowed, apply, new, remove
from plan.fields import Invalid, Kind
from plan.ledger import Step
from plan.models import Outcome, PackFormat, PackKind, Source
from plan.rhythm import Dates

OPENS, CUT_OFF, BOARD = date(2013, 9, 2), date(2013, 9, 13), date(2013, 9, 20)
SEPTEMBER = {
    "title": "September 2013 board",
    "opens": "2013-09-02",
    "cut_off": "2013-09-13",
    "board_date": "2013-09-20",
}
AFTER = date(2013, 9, 14)


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@pytest.fixture
def office(cast) -> Step:
    return Step(cast["olga"], at(date(2013, 7, 2)), Source.BROWSER)


@pytest.fixture
def september(session, plan, office) -> cycles.Cycle:
    return cycles.find(session, plan, cycles.add(session, plan, SEPTEMBER, office))


@pytest.fixture
def october(session, plan, september, office) -> cycles.Cycle:
    dates = Dates(date(2013, 9, 30), date(2013, 10, 11), date(2013, 10, 18))
    cycles.make(session, plan, [dates], office)
    return cycles.of_plan(session, plan)[1]


@pytest.fixture
def change(session, plan, cast):
    """`change(value, at=…)` gives requirement 2 a reason, which is an update."""

    def change(words: str, when: datetime, by="eve", record="r2", kind=Kind.REQUIREMENT, field="status_reason"):
        return apply(session, plan, [Edit(kind, record, field, words)], Step(cast[by], when, Source.BROWSER))

    return change


@pytest.fixture
def freeze(session, plan, september, office):
    def freeze(edition=1, on=AFTER, documents=()):
        return cycles.freeze(session, plan, september, documents, office, edition=edition, on=on)

    return freeze


def update_of(session, plan, cycle, record):
    return next(one.update for one in cycles.asked_of(session, plan, cycle) if one.item.id == record)


def test_the_cut_off_day_belongs_to_its_cycle_and_the_next_day_to_the_next(session, plan, october):
    assert cycles.current(session, plan, CUT_OFF).title == "September 2013 board"
    assert cycles.current(session, plan, AFTER) == october
    assert cycles.previous(session, plan, CUT_OFF) is None
    assert cycles.previous(session, plan, AFTER).title == "September 2013 board"


def test_a_change_in_the_last_minute_of_the_cut_off_is_in_and_one_after_midnight_is_not(
    session, plan, september, october, change
):
    in_time = change("In time", at(CUT_OFF, 23, 59))
    too_late = change("Too late", at(AFTER, 0, 0))
    assert cycles.bounds(session, plan, september).revision_to == in_time.number
    assert cycles.bounds(session, plan, october) == (in_time.number, too_late.number)


def test_the_first_cycle_begins_the_day_before_it_opens(session, plan, september, change):
    before = change("Before", at(date(2013, 9, 1), 23, 59))
    change("Within", at(OPENS, 0, 0))
    assert cycles.bounds(session, plan, september).revision_from == before.number


def test_setting_a_cycle_up_is_in_the_history_and_can_be_undone(session, plan, september, office):
    number = history.number_at(session, plan, date(2013, 7, 2))
    undo.undo(session, plan, number, Step(office.by, office.at, Source.UNDO))
    assert cycles.of_plan(session, plan) == []
    assert history.verify(session, plan) == []


def test_a_cycle_awaits_no_signature(session, plan, september):
    assert awaiting.of_plan(session, plan.id) == []


def test_the_plan_told_as_json_does_not_speak_of_cycles(session, plan, office):
    before = show.as_json(history.now(session, plan), 1)
    cycles.add(session, plan, SEPTEMBER, office)
    assert show.as_json(history.now(session, plan), 1) == before


def test_only_the_office_sets_cycles_up(session, plan, cast):
    with pytest.raises(NotAllowed, match="office"):
        cycles.add(session, plan, SEPTEMBER, Step(cast["fay"], at(OPENS), Source.BROWSER))


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ({"opens": "2013-10-20"}, "put the days in order"),
        ({"cut_off": "2013-10-19"}, "put the days in order"),
        ({"opens": "2013-08-20", "cut_off": "2013-09-02"}, "two cycles are never open at once"),
        ({"opens": "2013-09-13"}, "two cycles are never open at once"),
        ({"opens": None}, "write all three"),
    ],
)
def test_days_that_cannot_be_are_refused(session, plan, september, office, days, says):
    wanted = {"title": "October", "opens": "2013-09-30", "cut_off": "2013-10-11", "board_date": "2013-10-18", **days}
    with pytest.raises(Invalid, match=says):
        cycles.add(session, plan, wanted, office)


def test_a_year_made_twice_is_made_once(session, plan, office):
    year = [Dates(date(2013, m, 1), date(2013, m, 10), date(2013, m, 17)) for m in range(1, 13)]
    assert cycles.make(session, plan, year, office) == (12, 0)
    assert cycles.make(session, plan, year, office) == (0, 12)
    assert [one.title for one in cycles.of_plan(session, plan)][8] == "September 2013 board"


def test_a_change_of_what_stands_under_a_requirement_is_its_update(session, plan, september, change):
    change("Minutes of May", at(OPENS), kind=Kind.ACHIEVEMENT, record="ach1", field="evidence")
    assert update_of(session, plan, september, "r2").by == "Eve Editor"
    assert update_of(session, plan, september, "act1") is None
    assert update_of(session, plan, september, "r20") is None


def test_what_changed_before_the_cycle_opened_or_after_its_cut_off_is_no_update(session, plan, september, change):
    change("Before", at(date(2013, 9, 1)))
    change("After", at(AFTER))
    assert update_of(session, plan, september, "r2") is None


def test_the_offices_settings_are_nobodys_update(session, plan, september, change):
    change("Review", at(OPENS), by="olga", field="team")
    assert update_of(session, plan, september, "r2") is None


def test_what_a_first_import_brings_in_or_a_lead_returns_is_no_update(session, plan, september, sign, office):
    step = Step(None, at(OPENS), Source.IMPORT)
    apply(session, plan, [Edit(Kind.REQUIREMENT, "r2", "status_reason", "From the tracker")], step)
    sign(Outcome.RETURNED, at=at(OPENS), reason="Say more")
    assert update_of(session, plan, september, "r2") is None


def test_no_change_confirmed_is_a_dated_update(session, plan, september, cast):
    given = cycles.confirm(session, plan, september, ["r2", "r20"], by=cast["eve"], at=at(OPENS), on=OPENS)
    update = update_of(session, plan, september, "r20")
    assert (given, update.by, update.at, update.confirmed) == (2, "Eve Editor", at(OPENS), True)


def test_confirming_twice_is_confirming_once(session, plan, september, cast):
    cycles.confirm(session, plan, september, ["r2"], by=cast["eve"], at=at(OPENS), on=OPENS)
    assert cycles.confirm(session, plan, september, ["r2"], by=cast["fay"], at=at(CUT_OFF), on=CUT_OFF) == 0
    assert update_of(session, plan, september, "r2").by == "Eve Editor"


def test_after_the_cut_off_nothing_can_be_confirmed(session, plan, september, cast):
    with pytest.raises(CannotConfirm, match="does not take updates today"):
        cycles.confirm(session, plan, september, ["r2"], by=cast["eve"], at=at(AFTER), on=AFTER)


def test_what_was_closed_meanwhile_is_not_confirmed(session, plan, september, cast, change):
    change("blue", at(OPENS), field="status")
    with pytest.raises(CannotConfirm, match="not asked of you any more"):
        cycles.confirm(session, plan, september, ["r2"], by=cast["eve"], at=at(OPENS), on=OPENS)


def test_nobody_speaks_for_another(session, plan, september, cast):
    with pytest.raises(CannotConfirm, match="not asked of you"):
        cycles.confirm(session, plan, september, ["r2", "r7"], by=cast["eve"], at=at(OPENS), on=OPENS)
    assert update_of(session, plan, september, "r2") is None


def test_what_is_embedded_or_has_no_lead_is_not_asked_for(session, plan, september, change):
    change("blue", at(OPENS), field="status", record="r7")
    change(None, at(OPENS), kind=Kind.ACTION, record="act2", field="lead")
    asked = [one.item.id for one in cycles.asked_of(session, plan, september)]
    assert asked == ["r2", "act1", "r20"]


def test_everybody_has_their_own_list(session, plan, september, cast, change):
    change("Ned Editor / Ann Lee", at(OPENS), kind=Kind.ACTION, record="act1", field="lead")
    asked = cycles.asked_of(session, plan, september)
    lists = {who: [one.item.id for one in cycles.owes(asked, cast[who])] for who in ("eve", "ned", "olga")}
    assert lists == {"eve": ["r2", "r20"], "ned": ["act1", "r7"], "olga": []}


def test_the_frozen_position_is_named_and_marked_as_the_plan_was_at_the_cut_off(session, plan, freeze, office):
    later = replace(office, at=at(AFTER))
    apply(session, plan, [Edit(Kind.PLAN, plan.id, "marking", "SECRET")], later)
    assert "SECRET" not in freeze()[0].name


def test_a_pack_holds_the_signed_off_position_of_the_cut_off(session, plan, september, change, freeze):
    last = change("Awaits a signature", at(CUT_OFF))
    change("Too late", at(AFTER))
    made = freeze()
    told = json.loads(made[0].content)
    assert told == show.as_json(history.as_at(session, plan, last.number, signed_off=True), last.number)
    assert told["themes"][0]["requirements"][0]["status_reason"] is None
    assert (made[0].revision, made[0].head) == (last.number, last.hash)


def test_a_pack_is_frozen_only_after_the_cut_off_day(freeze):
    with pytest.raises(CannotFreeze, match="come back the day after"):
        freeze(on=CUT_OFF)


def test_freezing_again_makes_another_beside_the_first(session, september, freeze):
    first = freeze(documents=[Document(PackKind.BOARD, PackFormat.HTML, "pack.html", b"one")])[1]
    with pytest.raises(CannotFreeze, match="nothing was frozen again"):
        freeze(documents=[Document(PackKind.BOARD, PackFormat.HTML, "pack.html", b"two")])
    freeze(edition=2, documents=[Document(PackKind.BOARD, PackFormat.HTML, "pack.html", b"two")])
    kept = [(one.edition, one.content) for one in cycles.packs_of(session, september) if one.kind == "board"]
    assert kept == [(2, b"two"), (1, b"one")]
    assert first.sha256 == hashlib.sha256(b"one").hexdigest()


def test_the_days_of_a_frozen_cycle_stay_and_the_board_may_be_moved(session, plan, september, freeze, office):
    freeze()
    with pytest.raises(Invalid, match="is frozen"):
        apply(session, plan, [Edit(Kind.CYCLE, september.id, "cut_off", "2013-09-14")], office)
    session.rollback()


def test_a_frozen_cycle_is_not_removed_and_its_board_may_meet_later(session, plan, september, freeze, office):
    freeze()
    apply(session, plan, [Edit(Kind.CYCLE, september.id, "board_date", "2013-09-27")], office)
    session.commit()
    with pytest.raises(Invalid, match="is frozen"):
        apply(session, plan, remove(Kind.CYCLE, september.id), office)
    session.rollback()
    assert cycles.find(session, plan, september.id).board == date(2013, 9, 27)


def test_a_pack_is_byte_for_byte_the_same_after_a_hundred_edits_and_can_be_made_again(
    session, plan, september, change, freeze
):
    kept = bytes(freeze()[0].content)
    later = [
        change(f"Words {number}", at(date(2015, 1, 1)), record=("r2", "r7", "r20")[number % 3]) for number in range(100)
    ]
    assert all(later)
    apply(session, plan, new(Kind.THEME, "th9", plan.id, {"title": "New"}), Step(None, at(AFTER), Source.IMPORT))
    session.commit()
    session.expire_all()
    assert cycles.packs_of(session, september)[0].content == kept
    assert freeze(edition=2)[0].content == kept


def test_a_whole_pack_proves_itself(session, plan, freeze):
    freeze()
    freeze(edition=2)
    session.expire_all()
    assert (cycles.verify(session, plan), cycles.broken_seals(session)) == ([], [])


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE pack SET sha256 = 'x'", "was altered after it was frozen"),
        ("UPDATE pack SET name = 'Another name.json'", "was altered or is not there any more"),
        ("UPDATE pack SET by_name = 'Nobody'", "was altered or is not there any more"),
        ("UPDATE pack SET edition = 3 WHERE edition = 2", "Edition 3 .* put there behind the app's back"),
        ("DELETE FROM pack WHERE edition = 2", "was altered or is not there any more"),
        ("DELETE FROM pack", "was altered or is not there any more"),
    ],
)
def test_a_pack_altered_behind_our_back_is_found_out(session, plan, freeze, unguarded, sql, says):
    freeze()
    freeze(edition=2)
    session.commit()
    unguarded(sql)
    faults = (*cycles.verify(session, plan), *cycles.broken_seals(session))
    assert [fault for fault in faults if re.search(says, fault)]


def test_a_pack_from_before_there_were_seals_is_no_fault(session, plan, freeze, unguarded):
    freeze()
    session.commit()
    unguarded("DELETE FROM event")
    assert cycles.broken_seals(session) == []
