"""This file tests that real workbooks keep every part that a patch has no business with."""

import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from sync.ooxml import CellEdit, HiddenColumn, Package, Refused, RowInsert, RowRemove
from sync.ooxml.book import Book
from sync.ooxml.grid import Grid
from sync.ooxml.parts import Parts

SHARED = Path(os.environ.get("TRACKERS", Path(__file__).parents[4] / "shared"))
TRACKERS = sorted((SHARED / "trackers").glob("*.xlsx"))
CORPUS = sorted(path for path in (SHARED / "corpus").rglob("*.xls?") if path.suffix in (".xlsx", ".xlsm"))


def first_filled_sheet(package):
    """The first visible sheet that has rows, with their numbers."""
    book = Book(Parts(package._archive))
    visible = [sheet.name for sheet in package.sheets if sheet.state == "visible"]
    grids = ((name, Grid(book.parts[book.sheet(name).part]).numbers) for name in visible)
    return next(((name, numbers) for name, numbers in grids if numbers), (None, []))


def assert_only_these_parts_changed(before, patched):
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(patched.content)) as new:
        gone = set(old.namelist()) - set(new.namelist())
        changed = {name for name in new.namelist() if new.read(name) != old.read(name)} | gone
        assert changed == set(patched.parts_changed)
        assert [name for name in old.namelist() if name not in gone] == new.namelist()
        assert all("calcChain" in name for name in gone)
        written = [new.read(name) for name in changed - gone if name.endswith(".xml")]
        assert all(etree.fromstring(xml) is not None for xml in written)


def assert_patched_well(content, package, **changes):
    """The patch is refused in words, or changes only what it says and openpyxl can still read it."""
    try:
        patched = package.patch(**changes)
    except Refused as refusal:
        if refusal.__cause__ is not None:
            raise
        return
    assert_only_these_parts_changed(content, patched)
    openpyxl.load_workbook(io.BytesIO(patched.content))


@pytest.mark.skipif(not TRACKERS, reason="the shared trackers are not on this machine")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", TRACKERS, ids=lambda path: path.stem)
def test_a_tracker_gets_only_its_identity_column(path):
    content = path.read_bytes()
    package = Package.open(content)
    name, numbers = first_filled_sheet(package)
    cells = {number: f"id-{number}" for number in numbers[3:]}
    patched = package.patch(columns=[HiddenColumn(name, None, numbers[2], "plan 1", cells)])
    assert_only_these_parts_changed(content, patched)
    assert not {part for part in patched.parts_changed if "sheet1" not in part} - {"xl/workbook.xml"}
    assert Package.open(patched.content).patch().parts_changed == ()


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS, reason="the shared corpus is not on this machine")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", CORPUS or [None], ids=lambda path: path and f"{path.parent.name}-{path.stem}")
def test_a_real_workbook_is_patched_or_refused_in_words(path):
    content = path.read_bytes()
    try:
        package = Package.open(content)
        openpyxl.load_workbook(io.BytesIO(content))
    except Exception as error:
        pytest.skip(f"not a workbook that can be read at all: {type(error).__name__}")
    name, numbers = first_filled_sheet(package)
    if name is None:
        pytest.skip("no visible sheet with rows")
    first, middle, last = numbers[0], numbers[len(numbers) // 2], numbers[-1]
    edits = [(f"B{middle}", "=text"), (f"C{last}", "two\nlines"), (f"A{first}", 12.5)]
    new = [RowInsert(name, last, last, {"B": "end"}), RowInsert(name, middle, middle, {"ZZ": "middle"})]
    ids = HiddenColumn(name, None, first, "ids", {number: str(number) for number in numbers[1:]})
    assert_patched_well(content, package, cells=[CellEdit(name, cell, value) for cell, value in edits])
    assert_patched_well(content, package, inserts=new, columns=[ids])
    assert_patched_well(content, package, removes=[RowRemove(name, middle)])
