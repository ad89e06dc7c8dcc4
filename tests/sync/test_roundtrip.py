"""This file proves the round trip in each shape of workbook: what comes back untouched changes nothing."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from plan import history, ledger
from plan.fields import Kind
from plan.models import Source
from plan.snapshot import Snapshot
from sync import roundtrip, trackers
from sync.choices import Choices, Take
from sync.merge import Outcome


def parts(content):
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def say(snapshot: Snapshot):
    """The plan's words, without ids: what two plans of one workbook share."""
    return sorted(str((item.kind, sorted(item.values.items(), key=str))) for item in snapshot.values() if item.present)


def test_an_untouched_download_changes_nothing(desk):
    assert desk.decided(desk.download()) == {}


def test_a_download_says_where_it_came_from(desk):
    seen = desk.preview(desk.download())
    assert (seen.base, seen.certain) == (desk.revision, True)


def test_a_download_is_the_original_but_for_the_hidden_column(desk):
    before, after = parts(desk.original), parts(desk.download())
    changed = {name for name in before if before[name] != after.get(name)}
    assert before.keys() == after.keys()
    assert all(name.startswith(("xl/worksheets/sheet", "xl/tables/", "xl/workbook.xml")) for name in changed)


def test_the_cells_of_a_download_are_the_cells_of_the_original(desk, opened):
    before, after = opened(desk.original), opened(desk.download())
    differing = [
        (sheet.title, cell.coordinate)
        for sheet in before for row in sheet.iter_rows() for cell in row
        if cell.value != after[sheet.title][cell.coordinate].value
    ]  # fmt: skip
    assert differing == []


def test_the_identity_column_is_hidden(desk, opened):
    sheet = opened(desk.download()).worksheets[0]
    headed = [c for row in sheet.iter_rows(max_row=5) for c in row if str(c.value).startswith("Plan record")]
    assert sheet.column_dimensions[headed[0].column_letter].hidden


def test_the_original_is_recognised_though_it_says_nothing_of_where_it_came_from(desk):
    seen = desk.preview(desk.original)
    assert (desk.decided(desk.original), seen.certain, seen.base) == ({}, False, desk.revision)


def test_the_original_brought_back_after_work_in_the_browser_takes_nothing_back(desk):
    desk.change(desk.requirement("7"), "status", "green")
    desk.change(desk.requirement("2"), "status", "blue")
    assert desk.decided(desk.original) == {"keep": 2}


def test_a_download_imported_elsewhere_says_the_same_plan(desk, bring):
    desk.change(desk.requirement("7"), "status", "green")
    again = bring(desk.download())
    assert say(again.now)[:-1] == say(desk.now)[:-1]


def test_a_file_of_another_plan_is_refused_with_its_name(desk_of):
    one, other = desk_of("tables"), desk_of("sheet-per-theme")
    with pytest.raises(roundtrip.WrongPlan, match="Nothing was changed"):
        one.preview(other.download())


def test_a_plan_without_a_workbook_says_so(desk_of, session):
    desk = desk_of("tables")
    session.delete(trackers.newest(session, desk.plan))
    with pytest.raises(roundtrip.NoTracker, match="bring a tracker in"):
        desk.download()


def test_what_is_no_workbook_is_refused(desk_of):
    with pytest.raises(roundtrip.Unreadable):
        desk_of("tables").preview(b"not a workbook")


def test_every_change_of_an_upload_knows_its_sheet_and_cell(desk_of, in_excel):
    desk = desk_of("tables")
    edited = in_excel(desk.download(), lambda book: book["Requirements"].__setitem__("C2", "Publish it now"))
    revision = desk.upload(edited).revision
    assert [(c.field, c.sheet, c.cell) for c in revision.changes] == [("text", "Requirements", "C2")]
    assert (revision.file, revision.source) == ("staff.xlsx", Source.WORKBOOK)


def test_an_undecided_clash_stops_an_upload_whole(desk_of, in_excel):
    desk = desk_of("tables")
    edited = in_excel(desk.download(), lambda book: book["Requirements"].__setitem__("C2", "Publish it now"))
    desk.change(desk.requirement("2"), "text", "Publish it soon")
    revision = desk.revision
    with pytest.raises(roundtrip.Unsettled, match="Nothing was changed"):
        desk.upload(edited)
    assert desk.revision == revision


def test_a_clash_left_undecided_touches_neither_side(desk_of, in_excel):
    desk = desk_of("tables")
    edited = in_excel(desk.download(), lambda book: book["Requirements"].__setitem__("C2", "Publish it now"))
    desk.change(desk.requirement("2"), "text", "Publish it soon")
    done = desk.upload(edited, leave_undecided=True)
    assert ([d.workbook for d in done.undecided], done.revision) == (["Publish it now"], None)
    assert desk.requirement("2").get("text") == "Publish it soon"


@pytest.mark.parametrize(
    ("take", "words"),
    [(Take.PLAN, "Publish it soon"), (Take.WORKBOOK, "Publish it now"), (Take.BOTH, "Publish it soon\nPublish it now")],
)
def test_a_clash_ends_as_the_person_chose(desk_of, in_excel, take, words):
    desk = desk_of("tables")
    edited = in_excel(desk.download(), lambda book: book["Requirements"].__setitem__("C2", "Publish it now"))
    desk.change(desk.requirement("2"), "text", "Publish it soon")
    desk.upload(edited, Choices(otherwise=take))
    assert desk.requirement("2").get("text") == words


def test_after_a_clash_was_settled_the_download_says_what_was_chosen(desk_of, in_excel, opened):
    desk = desk_of("tables")
    edited = in_excel(desk.download(), lambda book: book["Requirements"].__setitem__("C2", "Publish it now"))
    desk.change(desk.requirement("2"), "text", "Publish it soon")
    desk.upload(edited, Choices(otherwise=Take.PLAN))
    assert opened(desk.download())["Requirements"]["C2"].value == "Publish it soon"


def test_a_download_of_the_signed_off_position_leaves_out_what_awaits(desk, opened):
    old = desk.requirement("7").get("text")
    desk.change(desk.requirement("7"), "text", "Words that nobody signed")
    signed = str([c.value for s in opened(desk.download(signed_off=True)) for r in s.iter_rows() for c in r])
    assert "Words that nobody signed" not in signed
    assert repr(old)[1:40] in signed


def test_an_untouched_signed_off_download_changes_nothing(desk):
    desk.change(desk.requirement("7"), "text", "Words that nobody signed")
    desk.add(Kind.ACTION, desk.requirement("7").id, text="An action that nobody signed")
    decided = desk.decided(desk.download(signed_off=True))
    assert decided in ({"keep": 1}, {"keep": 2})


def test_a_signed_off_download_edited_is_compared_with_what_was_signed(desk_of, in_excel):
    desk = desk_of("tables")
    desk.change(desk.requirement("7"), "text", "Words that nobody signed")
    edited = in_excel(
        desk.download(signed_off=True), lambda book: book["Requirements"].__setitem__("C2", "Publish it now")
    )
    desk.upload(edited)
    assert desk.requirement("2").get("text") == "Publish it now"
    assert desk.requirement("7").get("text") == "Words that nobody signed"


def test_twice_is_once(desk_of, in_excel):
    desk = desk_of("tables")

    def act(book):
        book["Requirements"]["D3"] = "Red"
        book["Actions"].append([2, "Ring every carer", "Chief Executive", "Quarter 3", None, None])
        book["Actions"].tables["tblAct"].ref = "A1:G80"

    edited = in_excel(desk.download(), act)
    assert desk.decided(edited) == {"take": 1, "added": 1}
    desk.upload(edited)
    once = desk.now
    assert desk.decided(edited) == {"agreed": desk.decided(edited)["agreed"]}
    assert desk.upload(edited).revision is None
    assert desk.now == once


def test_a_file_from_many_revisions_ago_is_compared_with_the_plan_of_that_day(desk, in_excel, find_cell):
    old = desk.download()
    text = desk.requirement("7").get("text")
    desk.change(desk.requirement("2"), "status", "red")
    desk.change(desk.requirement("3"), "status", "red")
    desk.change(desk.requirement("7"), "status", "red")
    edited = in_excel(old, lambda book: setattr(find_cell(book, text), "value", "Escalate at once"))
    assert desk.decided(edited) == {"take": 1, "keep": 3}


def test_history_stays_whole_through_a_round_trip(desk, in_excel, find_cell):
    text = desk.requirement("7").get("text")
    desk.upload(in_excel(desk.download(), lambda book: setattr(find_cell(book, text), "value", "Escalate at once")))
    assert history.verify(desk.session, desk.plan) == []
    assert desk.requirement("7").get("text") == "Escalate at once"


def test_words_that_no_program_can_hold_stay_in_the_plan(desk):
    action = desk.now.of(Kind.ACTION)[0]
    desk.change(action, "text", "Ring _x0041_ twice\n\n  and write\ttabs ")
    assert desk.decided(desk.download()) == {}
    assert desk.decided(desk.original)["keep"] == 1


@pytest.mark.parametrize(
    "words", ["=SUM(1)", "-2 of 3 done", "+44 1432", "@home", "'quoted", "007", "1.10", "3/4", "TRUE", "#N/A"]
)
def test_words_come_back_as_words(desk_of, opened, words):
    desk = desk_of("one-sheet")
    action = desk.now.of(Kind.ACTION)[0]
    desk.change(action, "text", words)
    content = desk.download()
    assert desk.decided(content) == {}
    assert opened(content)["Improvement Plan"]["F6"].data_type in ("s", "inlineStr")


def test_updated_gives_the_persons_own_workbook_with_the_plans_words(desk_of, opened):
    desk = desk_of("tables")
    old = desk.download()
    desk.change(desk.requirement("2"), "text", "Publish it soon")
    new = roundtrip.updated(desk.session, desk.plan, old, "mine.xlsx", on=date(2013, 8, 1)).content
    assert opened(new)["Requirements"]["C2"].value == "Publish it soon"
    assert desk.decided(new) == {}


def test_a_preview_changes_nothing(desk_of, in_excel):
    desk = desk_of("tables")
    before = desk.revision, desk.now
    edited = in_excel(desk.download(), lambda book: book["Requirements"].__setitem__("C2", "Publish it now"))
    desk.preview(edited)
    assert (ledger.latest(desk.session, desk.plan.id), desk.now) == before


def test_an_upload_by_somebody_who_may_not_change_a_field_leaves_that_field(desk_of, in_excel):
    from plan.roles import Role

    desk = desk_of("tables")
    desk.editor.role = Role.EDITOR
    edited = in_excel(desk.download(), lambda book: book["Requirements"].__setitem__("C2", "Publish it now"))
    done = desk.upload(edited)
    withheld = [edit.value for edit in done.withheld]
    assert (withheld == ["Publish it now"]) == (desk.requirement("2").get("text") != "Publish it now")


@pytest.mark.parametrize("outcome", [Outcome.KEEP, Outcome.TAKE])
def test_a_download_after_an_upload_changes_nothing_whoever_changed_it(desk, in_excel, find_cell, outcome):
    text = desk.requirement("7").get("text")
    if outcome is Outcome.KEEP:
        desk.change(desk.requirement("7"), "text", "Escalate at once")
    else:
        desk.upload(in_excel(desk.download(), lambda book: setattr(find_cell(book, text), "value", "Escalate at once")))
    assert desk.decided(desk.download()) == {}
