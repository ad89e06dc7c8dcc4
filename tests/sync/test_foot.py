"""This file proves that a download says at its foot which of its cells await sign-off, on each sheet and once."""

import re

import pytest

from plan import signoffs
from plan.fields import Kind
from sync import foot_words, roundtrip, trackers
from sync.ooxml import Foot, Package
from sync.ooxml.marking import NoRoom, line_over, line_without
from sync.roundtrip import read_sheets
from tests.sync.conftest import LATER


@pytest.fixture
def feet(opened):
    """Our line at the foot of each sheet that has one."""

    def feet(content):
        lines = {sheet.title: (sheet.oddFooter.center.text or "").splitlines() for sheet in opened(content).worksheets}
        return {title: [line for line in said if foot_words.OURS.fullmatch(line)] for title, said in lines.items()}

    return feet


@pytest.fixture
def cells(opened):
    """What stands in the cells that a sheet's line names."""

    def cells(content, feet):
        book = opened(content)
        named = {title: re.findall(r"\b[A-Z]+[0-9]+\b", " ".join(said)) for title, said in feet.items()}
        return [book[title][cell].value for title, found in named.items() for cell in found]

    return cells


def an_action(desk, words=""):
    return next(i for i in desk.now.of(Kind.ACTION) if i.get("lead") and words in str(i.get("text")))


def test_a_sheets_foot_names_the_very_cells_that_await_sign_off(desk, feet, cells):
    desk.change(an_action(desk), "lead", "Head of Waiting")
    desk.change(desk.requirement("2"), "text", "Words of two that wait.")
    content = desk.download()
    told = feet(content)
    assert set(cells(content, told)) == {"Head of Waiting", "Words of two that wait."}
    assert f"Working copy, revision {desk.revision}:" in str(told)


@pytest.mark.slow
def test_with_nothing_waiting_it_says_so_and_the_signed_off_download_that_it_is_one(desk_of, feet):
    desk = desk_of("tables")
    nothing = f"Working copy, revision {desk.revision}: nothing awaits sign-off"
    assert {tuple(said) for said in feet(desk.download()).values() if said} == {(nothing,)}
    signed = f"Signed-off words only, revision {desk.revision}"
    assert {tuple(said) for said in feet(desk.download(signed_off=True)).values() if said} == {(signed,)}


@pytest.mark.slow
def test_new_rows_are_called_new_and_rows_taken_out_are_counted(desk_of, feet, cells):
    desk = desk_of("one-sheet")
    desk.add(Kind.ACTION, desk.requirement("3").id, text="A row that waits", lead="Ann")
    desk.remove(an_action(desk))
    content = desk.download()
    said = next(iter(feet(content).values()))[0]
    assert re.search(r"2 entries await sign-off \(1 taken out, [A-Z]+\d+ new\)", said)
    assert cells(content, feet(content)) == ["A row that waits"]


@pytest.mark.slow
def test_every_line_that_a_lead_would_see_is_counted_on_some_sheet(desk_of, feet):
    desk = desk_of("sheet-per-theme")
    desk.change(an_action(desk), "lead", "Ann")
    desk.change(desk.requirement("7"), "impact_status", "amber")  # no column says so
    desk.add(Kind.ACHIEVEMENT, desk.requirement("20").id, text="Done at last")
    desk.remove(desk.now.under(desk.requirement("4").id, Kind.ACTION)[0])
    said = " ".join(line for lines in feet(desk.download()).values() for line in lines)
    counted = sum(int(number) for number in re.findall(r"(\d+) entr", said))
    assert counted == len(signoffs.lines(desk.session, desk.plan)) == 4
    assert signoffs.outline(desk.session, desk.plan, desk.now).count == 4


@pytest.mark.slow
def test_a_download_that_was_uploaded_and_downloaded_again_says_it_once_and_anew(desk_of, feet, in_excel):
    desk = desk_of("one-sheet")
    desk.change(an_action(desk), "lead", "Ann")

    def act(book):
        book.worksheets[0].oddFooter.center.text += "\nPage &P"

    brought = in_excel(desk.download(), act)
    assert desk.decided(brought) == {}
    desk.upload(brought)
    desk.change(an_action(desk), "progress", "Further")
    said = next(iter(feet(desk.download()).values()))
    assert len(said) == 1
    assert said[0].startswith(f"Working copy, revision {desk.revision}: 2 entries await sign-off (")


@pytest.mark.slow
def test_a_workbook_that_a_person_brought_says_it_too_once_it_is_up_to_date(desk_of, feet):
    desk = desk_of("tables")
    brought = desk.download()
    desk.change(an_action(desk), "lead", "Ann")
    made = roundtrip.updated(desk.session, desk.plan, brought, "mine.xlsx", on=LATER.date())
    told = str(feet(made.content))
    assert told.count("1 entry awaits sign-off (") == 1
    assert told.count("revision ") == told.count(f"revision {desk.revision}:")


@pytest.mark.slow
def test_a_download_of_a_workbook_kept_before_there_were_such_lines_says_it(desk_of, feet):
    desk = desk_of("one-sheet")
    tracker = trackers.newest(desk.session, desk.plan)
    before = tracker.content
    bare = [Foot(sheet, ("Ours",), foot_words.OURS) for sheet, said in feet(before).items() if said]
    tracker.content = Package.open(before).patch(feet=lambda _: bare).content
    assert not any(feet(tracker.content).values())
    assert feet(desk.download()) == feet(before)


@pytest.mark.slow
def test_what_the_foot_says_is_no_marking_and_no_title_of_the_plan(desk_of, session):
    desk = desk_of("tables")
    before, after = (read_sheets(session, content)[0] for content in (desk.original, desk.download()))
    assert (after.title, after.position_date) == (before.title, before.position_date)
    assert after.marking == "OFFICIAL-SENSITIVE"


BEFORE, SINCE = (
    "Working copy, revision 8: 1 entry awaits sign-off (D7)",
    "Working copy, revision 9: nothing awaits sign-off",
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"&C{SINCE}"),
        ("&LPlan&RPage &P", f"&LPlan&C\n{SINCE}&RPage &P"),
        (f"&C{BEFORE}", f"&C{SINCE}"),
        (f"&COFFICIAL\n{BEFORE}", f"&COFFICIAL\n{SINCE}"),
        (f"&COFFICIAL\n{BEFORE} · Draft", f"&COFFICIAL · Draft\n{SINCE}"),
        (f'&C&"Arial,Bold"&8{BEFORE}\nours', f'&C&"Arial,Bold"&8ours\n{SINCE}'),
        (f'&C&"Arial"&8{BEFORE}', f"&C{SINCE}"),
        (f"&L{BEFORE} they said", f"&L{BEFORE} they said&C\n{SINCE}"),
    ],
)
def test_a_line_takes_the_place_of_the_one_before_and_of_nothing_else(before, after):
    foot = Foot("Plan", (SINCE,), foot_words.OURS)
    once = line_over(line_without(before, foot.instead_of), foot)
    assert once == after
    assert line_over(line_without(once, foot.instead_of), foot) == after


def test_a_long_list_of_cells_is_shortened_until_the_footer_holds_it():
    words = foot_words.working(8, 27, [(f"D{row}", 1) for row in range(10, 18)])
    assert words[0].endswith("(D10, D11, D12, D13, D14, D15, D16, D17 and 19 more)")
    assert all(foot_words.OURS.fullmatch(one) for one in words)
    foot = Foot("Plan", words, foot_words.OURS)
    assert line_over("&L" + "x" * 180, foot).endswith("27 entries await sign-off (D10 and 26 more)")
    with pytest.raises(NoRoom):
        line_over("&L" + "x" * 230, foot)
