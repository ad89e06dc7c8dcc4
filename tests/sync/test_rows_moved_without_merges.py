"""This file tells of programs that move rows and leave the merged ranges where they were."""

import pytest

from plan.fields import Kind

PLAN = "Improvement Plan"


@pytest.fixture
def sheet(desk_of):
    return desk_of("one-sheet")


def insert(row, **cells):
    """The act of inserting a row and filling it, as a program does that knows nothing of merges."""

    def act(book):
        book[PLAN].insert_rows(row)
        for column, words in cells.items():
            book[PLAN][f"{column}{row}"] = words

    return act


def test_an_inserted_row_is_the_only_thing_an_upload_would_add(sheet, in_excel):
    assert sheet.decided(in_excel(sheet.download(), insert(9, F="Visit every school", H="Quarter 3"))) == {"added": 1}


def test_a_deleted_row_is_the_only_thing_an_upload_finds_missing(sheet, in_excel):
    assert sheet.decided(in_excel(sheet.download(), lambda book: book[PLAN].delete_rows(8))) == {"missing": 1}


def test_the_upload_is_taken_and_the_plans_own_workbook_stays_the_one_with_its_merges_in_order(sheet, in_excel, opened):
    accepted = sheet.upload(in_excel(sheet.download(), insert(9, F="Visit every school", H="Quarter 3")))
    assert sheet.find(Kind.ACTION, "Visit every school")
    assert any("merged" in note for note in accepted.notes)
    again = opened(sheet.download())[PLAN]
    assert {"A6:A9", "A10:A14"} <= {str(merged) for merged in again.merged_cells.ranges}


def test_it_is_said_that_words_are_hidden(sheet, in_excel):
    seen = sheet.preview(in_excel(sheet.download(), insert(9, F="Visit every school")))
    assert any("merged cells were not" in note for note in seen.reading.notes)
