"""This file has LibreOffice open and save a download, in its own formats too, and proves that this changes nothing."""

import shutil
import subprocess

import pytest

from plan.fields import Kind
from sync.merge import Outcome

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]
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
