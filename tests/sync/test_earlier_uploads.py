"""This file tells of people who upload the same file again and again, and of copies of one download."""

import pytest

from plan import people
from plan.fields import Kind
from plan.roles import Role
from sync.merge import Outcome

PLAN = "Improvement Plan"


@pytest.fixture
def write(in_excel):
    """`write(content, F6="…")` types over cells of the plan's sheet."""

    def write(content: bytes, **cells: str) -> bytes:
        return in_excel(content, lambda book: [setattr(book[PLAN][name], "value", cells[name]) for name in cells])

    return write


@pytest.fixture
def eve(editor):
    return editor


@pytest.fixture
def bob(session, eve):
    return people.add(session, "bob@council.example", "Bob", None, role=Role.EDITOR, at=eve.created)


@pytest.fixture
def sheet(desk_of):
    return desk_of("one-sheet")


def told(desk, content, by):
    return [(d.outcome, d.field, d.workbook) for d in desk.preview(content, by).decisions]


def test_a_file_uploaded_every_week_without_downloading_again_never_clashes_with_itself(sheet, write, eve):
    first_week = write(sheet.download(), F6="First week's words")
    sheet.upload(first_week, by=eve)
    second_week = write(first_week, F6="Second week's words", H7="Quarter 4")
    assert told(sheet, second_week, eve) == [
        (Outcome.TAKE, "text", "Second week's words"),
        (Outcome.TAKE, "timescale", "Quarter 4"),
    ]


def test_what_a_colleague_changed_since_last_week_is_kept(sheet, write, eve):
    first_week = write(sheet.download(), F6="First week's words")
    sheet.upload(first_week, by=eve)
    action = sheet.find(Kind.ACTION, "First week's words")
    sheet.change(action, "text", "A colleague's words")
    sheet.upload(write(first_week, H7="Quarter 4"), by=eve)
    assert sheet.now[action.id].get("text") == "A colleague's words"


def test_a_row_added_last_week_and_reworded_this_week_stays_one_record(sheet, write, eve):
    first_week = write(sheet.download(), F8="Ask every school for its contact", H8="Quarter 3")
    sheet.upload(first_week, by=eve)
    added = sheet.find(Kind.ACTION, "Ask every school")
    sheet.upload(write(first_week, F8="Ask every school and nursery for its contact"), by=eve)
    assert sheet.find(Kind.ACTION, "Ask every school").id == added.id


def test_going_back_to_the_downloads_words_is_asked_about(sheet, write, eve):
    download = sheet.download()
    before = sheet.now.under(sheet.requirement("2").id, Kind.ACTION)[0].get("text")
    first_week = write(download, F6="First week's words")
    sheet.upload(first_week, by=eve)
    assert told(sheet, write(first_week, F6=before), eve) == [(Outcome.CONFLICT, "text", before)]


def test_a_colleagues_copy_of_the_same_download_keeps_what_it_never_touched(sheet, write, eve, bob):
    download = sheet.download()
    sheet.upload(write(download, F6="Eve's words"), by=eve)
    assert told(sheet, write(download, H7="Quarter 4"), bob) == [
        (Outcome.KEEP, "text", sheet.preview(download).decisions[0].base),
        (Outcome.TAKE, "timescale", "Quarter 4"),
    ]


def test_two_copies_that_say_different_things_clash(sheet, write, eve, bob):
    download = sheet.download()
    sheet.upload(write(download, F6="Eve's words"), by=eve)
    assert told(sheet, write(download, F6="Bob's words"), bob) == [(Outcome.CONFLICT, "text", "Bob's words")]


def test_the_upload_remembers_the_revision_its_workbook_was_downloaded_at(sheet, write, eve):
    downloaded_at = sheet.revision
    accepted = sheet.upload(write(sheet.download(), F6="Eve's words"), by=eve)
    assert accepted.revision.base == downloaded_at


def test_between_two_copies_of_one_download_the_table_decides_whoever_brings_both(sheet, write, eve):
    download = sheet.download()
    sheet.upload(write(download, F6="One copy", F7="One copy too", D6="Also one copy", H6="Quarter 4"), by=eve)
    other_copy = write(download, F6="The other copy", H7="Quarter 4")
    assert told(sheet, other_copy, eve) == told(sheet, other_copy, None)
    assert (Outcome.CONFLICT, "text", "The other copy") in told(sheet, other_copy, eve)


def test_two_copies_brought_by_one_person_are_each_known_again(sheet, write, eve):
    download = sheet.download()
    sheet.upload(write(download, F6="One copy", F7="One copy too", D6="Also one copy", H6="Quarter 4"), by=eve)
    other_copy = write(download, D7="The other copy", H7="Quarter 4")
    sheet.upload(other_copy, by=eve)
    assert {outcome for outcome, _, _ in told(sheet, other_copy, eve)} == {Outcome.KEEP}


def test_a_file_whose_words_were_combined_with_a_colleagues_changes_nothing_when_it_comes_again(sheet, write, eve):
    action = sheet.now.under(sheet.requirement("2").id, Kind.ACTION)[0]
    sheet.change(action, "text", "One\nTwo\nThree")
    download = sheet.download()
    sheet.change(action, "text", "One, says a colleague\nTwo\nThree")
    week = write(download, F6="One\nTwo\nThree, says Eve")
    sheet.upload(week, by=eve)
    sheet.upload(week, by=eve)
    assert sheet.now[action.id].get("text") == "One, says a colleague\nTwo\nThree, says Eve"
