"""This file has LibreOffice open and save a download, in its own formats too, and proves that this changes nothing."""

import shutil
import subprocess
from datetime import date

import pytest

from plan.fields import Kind
from sync import foot_words, note_words, roundtrip
from sync.merge import Outcome

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]
DAY = date(2013, 8, 2)
FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods:calc8"}


@pytest.fixture
def resave(tmp_path):
    """`resave(content, "ods", "xlsx")` has LibreOffice convert a workbook to each of these in turn."""
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed on this machine")

    def resave(content: bytes, *endings: str) -> bytes:
        file = tmp_path / "staff.xlsx"
        file.write_bytes(content)
        for at, ending in enumerate(endings):
            folder = tmp_path / f"saved-{at}"
            command = [
                program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--norestore",
                "--convert-to", FILTERS[ending], "--outdir", str(folder), str(file),
            ]  # fmt: skip
            subprocess.run(command, check=True, capture_output=True, timeout=180)
            file = folder / f"staff.{ending}"
        return file.read_bytes()

    return resave


@pytest.mark.parametrize("route", [("xlsx",), ("ods", "xlsx")], ids=["as xlsx", "as ods and back"])
def test_a_download_saved_by_libreoffice_changes_nothing(desk, resave, route):
    saved = resave(desk.download(), *route)
    assert (desk.decided(saved), desk.preview(saved).certain) == ({}, True)


def test_a_download_with_inserted_rows_saved_by_libreoffice_changes_nothing(desk, resave):
    for number in range(6):
        desk.add(Kind.ACTION, desk.requirement("7").id, text=f"=Further step {number}", timescale="31 March 2014")
    assert desk.decided(resave(desk.download(), "xlsx")) == {}


def test_an_edit_saved_by_libreoffice_is_taken(desk, resave, in_excel, find_cell):
    text = desk.requirement("7").get("text")
    edited = in_excel(desk.download(), lambda book: setattr(find_cell(book, text), "value", "Escalate at once"))
    found = desk.preview(resave(edited, "xlsx")).decisions
    assert [(d.outcome, d.field, d.workbook) for d in found] == [(Outcome.TAKE, "text", "Escalate at once")]


def test_a_download_of_what_libreoffice_saved_still_opens_there(desk_of, resave):
    desk = desk_of("one-sheet")
    saved = resave(desk.download(), "xlsx")
    desk.upload(saved)
    desk.change(desk.requirement("7"), "status", "green")
    assert desk.decided(resave(desk.download(), "xlsx")) == {}


def test_what_awaits_sign_off_is_said_once_when_libreoffice_had_the_workbook_between(desk_of, resave, opened):
    desk = desk_of("one-sheet")
    action = next(item for item in desk.now.of(Kind.ACTION) if item.get("lead"))
    desk.change(action, "lead", "Head of Waiting")
    made = roundtrip.download(desk.session, desk.plan, on=DAY, with_notes=True)
    saved = resave(made.content, "xlsx")
    noted = [words for words in notes(opened(saved)) if note_words.BEGINS in words]
    assert len(noted) == 1
    assert noted[0].endswith(f"Signed-off words: “{action.get('lead')}”.")
    before = [words for words in notes(opened(saved)) if note_words.BEGINS not in words]
    assert desk.upload(saved).notes == ()
    book = opened(desk.download())
    foot = book.worksheets[0].oddFooter.center.text.splitlines()
    assert [line for line in foot if foot_words.OURS.fullmatch(line)] == foot[-1:]
    assert f"revision {desk.revision}: 1 entry awaits sign-off" in foot[-1]
    assert notes(book) == before


def notes(book):
    return [cell.comment.text for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
