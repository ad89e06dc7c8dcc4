"""This file proves that a download can carry notes on what awaits sign-off, and that these do not live on."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl.comments import Comment

from plan.fields import Kind
from sync import note_words, roundtrip, trackers
from sync.ooxml import CellNote, with_notes, without_notes

TABLES = Path(__file__).parents[1] / "workbooks" / "tables.xlsx"
LATER = date(2013, 8, 2)
A_NOTE = note_words.note("lead of action 2.1 changed", ["Eve", "Ned"], LATER, "tracker (2).xlsx", "Ann ”and”\nBob")
BY_EVE = "by Eve on 1 August 2013 (browser)"


@pytest.fixture
def noted(opened):
    """What our notes say in a download with notes, by sheet and cell; its own notes and all that is told of it."""

    def noted(desk):
        made = roundtrip.download(desk.session, desk.plan, on=LATER, with_notes=True)
        said = notes(opened(made.content))
        return {place: words for place, words in said.items() if note_words.BEGINS in words}, made

    return noted


def notes(book):
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment
    }  # fmt: skip


def an_action(desk):
    return next(i for i in desk.now.of(Kind.ACTION) if i.get("lead"))


def at(book, place):
    return book[place[0]][place[1]].value


@pytest.mark.slow
def test_each_cell_that_awaits_sign_off_says_who_changed_it_and_what_was_signed(desk, noted, opened):
    action = an_action(desk)
    desk.change(action, "lead", "Head of Waiting")
    said, made = noted(desk)
    (place,) = said
    assert at(opened(made.content), place) == "Head of Waiting"
    assert said[place].startswith("Awaits sign-off: lead of action ")
    assert said[place].endswith(f" changed {BY_EVE}. Signed-off words: “{action.get('lead')}”.")
    assert made.notes == ("1 note was put into the workbook.",)
    assert desk.decided(made.content) == {}


@pytest.mark.slow
def test_a_new_row_says_so_and_a_row_taken_out_is_told_on_its_requirement(desk_of, noted, opened):
    desk = desk_of("one-sheet")
    gone = desk.now.under(desk.requirement("4").id, Kind.ACTION)[0]
    desk.add(Kind.ACTION, desk.requirement("3").id, text="A row that waits")
    desk.remove(gone)
    said, made = noted(desk)
    told = {at(opened(made.content), place): words for place, words in said.items()}
    assert told["A row that waits"] == f"Awaits sign-off: new action 3.4 {BY_EVE}. Signed-off words: none."
    (of_gone,) = (words for words in told.values() if " taken out " in words)
    assert of_gone.endswith(f"Signed-off words: “{' '.join(gone.get('text').split())}”.")


@pytest.mark.slow
def test_of_several_records_in_one_cell_each_has_its_sentence(desk_of, noted, opened):
    desk = desk_of("tables")
    listed = next(
        some for r in desk.now.of(Kind.REQUIREMENT) if len(some := desk.now.under(r.id, Kind.ACHIEVEMENT)) > 1
    )
    for one in listed[:2]:
        desk.change(one, "text", f"{one.get('text')} and more")
    said, _ = noted(desk)
    assert sum(words.count(note_words.BEGINS) for words in said.values()) == 2


@pytest.mark.slow
def test_a_figure_is_noted_on_its_own_month(desk_of, noted, opened):
    desk = desk_of("one-sheet")
    reading = next(one for one in desk.now.of(Kind.READING) if one.get("value") is not None)
    desk.change(reading, "value", 123.0)
    said, made = noted(desk)
    assert [at(opened(made.content), place) for place in said] == [123]


@pytest.mark.slow
def test_what_no_cell_speaks_of_is_told_instead(desk_of, noted):
    desk = desk_of("tables")
    desk.change(desk.requirement("7"), "impact_status", "amber")
    said, made = noted(desk)
    assert said == {}
    assert made.notes == (
        "No note was put into the workbook.",
        "No cell speaks of what awaits sign-off of requirement 7. The app shows it.",
    )


@pytest.mark.slow
def test_with_nothing_waiting_and_with_the_signed_words_there_are_no_notes(desk_of, noted):
    desk = desk_of("tables")
    assert noted(desk)[1].notes == ("Nothing awaits sign-off, so there is no note in the workbook.",)
    desk.change(an_action(desk), "lead", "Ann")
    on = LATER
    made = roundtrip.download(desk.session, desk.plan, on=on, signed_off=True, with_notes=True)
    assert made.content == desk.download(signed_off=True)


@pytest.mark.slow
def test_the_plans_own_workbook_keeps_staffs_notes_and_none_of_these(desk_of, noted, opened, in_excel):
    desk = desk_of("tables")
    desk.change(an_action(desk), "lead", "Head of Waiting")
    (place,) = noted(desk)[0]

    def write(book):
        book[place[0]][place[1]].comment = Comment("Asked Ann", "Bob")

    desk.upload(in_excel(desk.download(), write))
    said, made = noted(desk)
    assert said[place].startswith("Asked Ann\n\nAwaits sign-off: ")
    assert desk.upload(in_excel(made.content, lambda book: None)).notes == ()
    own = trackers.newest(desk.session, desk.plan).content
    assert notes(opened(own)) == {place: "Asked Ann"}


def test_notes_that_were_taken_out_leave_the_workbook_as_it_was():
    content = TABLES.read_bytes()
    said = CellNote("Requirements", "B2", note_words.more(3))
    assert b"vmlDrawing" in with_notes(content, [said]).content
    back = without_notes(with_notes(content, [said]).content, note_words.OURS)
    assert b"vmlDrawing" not in back
    assert b"comments" not in back


@pytest.mark.parametrize(
    ("author", "words", "left"),
    [
        ("Improvement plan", f"{note_words.more(3)}\nThat is fine. Tom", "That is fine. Tom"),
        ("Improvement plan", f"{A_NOTE} Tom: agreed. “So”.", "Tom: agreed. “So”."),
        ("Tom", f"{note_words.more(3)}\n, it said", f"{note_words.more(3)}\n, it said"),
        ("Tom", f"I saw:\n\n{note_words.more(3)}\n\nWhy?", "I saw:\n\nWhy?"),
        ("Tom", "Awaits sign-off: by Ann, I think", "Awaits sign-off: by Ann, I think"),
    ],
)
def test_what_staff_wrote_themselves_is_never_taken_out(in_excel, opened, author, words, left):
    def write(book):
        book["Requirements"]["B2"].comment = Comment(words, author)

    content = in_excel(TABLES.read_bytes(), write)
    assert notes(opened(without_notes(content, note_words.OURS)))["Requirements", "B2"].strip() == left
