"""This file tests that a large sheet is in memory but twice while it is written: as it was and as it becomes."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

ROOT = Path(__file__).resolve().parents[3]
ROWS, COLUMNS = 10_000, 12
AT_ONCE = 2.7  # of the sheet's own size; two are needed, the rest is the rows' places and the new cells
OF_ITSELF = Path("/proc/self/status")  # what `resource` tells counts the memory of who started the process, too
WRITING = """
import re, sys
from sync.ooxml import CellEdit, HiddenColumn, Marking, Package, RowInsert

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]) * 1024

package = Package.open(open(sys.argv[1], "rb").read())
before, last = peak(), int(sys.argv[2])
ids = {row: f"action:{row:010}" for row in range(2, last + 1)}
package.patch(
    cells=[CellEdit("Sheet", "C100", "Changed")],
    inserts=[RowInsert("Sheet", last // 2, last // 2, {"A": "New"})],
    columns=[HiddenColumn("Sheet", None, 1, "Plan record [abc revision 1]", ids)],
    marking=Marking("OFFICIAL", None, frozenset()),
)
print(peak() - before)
"""


@pytest.fixture
def large(tmp_path) -> tuple[Path, int]:
    """A workbook with one long sheet of words in its cells, and the sheet's size in bytes."""
    words = "each referral is read on the day it comes and passed to a manager who decides" * 2
    cells = "".join(f'<c t="inlineStr"><is><t>{words}</t></is></c>' for _ in range(COLUMNS))
    rows = "".join(f'<row r="{number}">{cells}</row>' for number in range(1, ROWS + 1))
    made = BytesIO()
    Workbook().save(made)
    sheet, place = "xl/worksheets/sheet1.xml", tmp_path / "large.xlsx"
    with ZipFile(made) as plain, ZipFile(place, "w", ZIP_DEFLATED, compresslevel=1) as target:
        for name in plain.namelist():
            content = plain.read(name).decode()
            target.writestr(name, content.replace("</sheetData>", f"{rows}</sheetData>"))
        return place, target.getinfo(sheet).file_size


@pytest.mark.slow
@pytest.mark.skipif(not OF_ITSELF.exists(), reason="This system does not tell a process's own memory")
def test_a_large_sheet_is_in_memory_as_it_was_and_as_it_becomes_and_no_third_time(large):
    place, size = large
    words = [sys.executable, "-c", WRITING, str(place), str(ROWS)]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(told.stdout) < AT_ONCE * size
