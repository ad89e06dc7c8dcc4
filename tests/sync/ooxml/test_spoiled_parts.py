"""This file tests that parts which nobody can read cost next to nothing, and stay as they are."""

import time

import pytest

from sync.ooxml import CellEdit, Package, Refused, RowInsert, Unmovable, grid, parts
from sync.ooxml.markup import first_tag, parse
from sync.ooxml.rows import formulas
from sync.ooxml.rows.moves import RowMoves
from sync.ooxml.rows.ranges import Moved, move_ranges
from sync.ooxml.rows.references import Shift
from sync.ooxml.shapes import with_shapes

MANY = 20_000
PATIENCE = 2.0  # seconds of the processor; each of these took minutes once


@pytest.fixture
def soon():
    """Everything in the test is done before anybody would notice."""
    began = time.process_time()
    yield
    assert time.process_time() - began < PATIENCE


def test_tags_that_nothing_closes_are_not_looked_for_to_the_end(soon):
    assert first_tag(b'<f a=">"' * MANY, "f") is None


def test_shapes_that_nothing_closes_are_left(soon):
    drawing = b"<v:rect>1</v:rect>" + b"<v:shape> " * MANY + b"<v:rect>2</v:rect >"
    moved = with_shapes(drawing, lambda shape: shape.lower().replace(b"v:rect", b"moved"))
    assert moved == b"<moved>1</moved>" + b"<v:shape> " * MANY + b"<moved>2</moved >"


def test_a_rule_in_very_many_pieces_takes_a_new_row_in(soon):
    pieces = " ".join(f"A{row} C{row}:D{row + 9}" for row in range(1, MANY // 2, 4))
    rule = parse(f'<worksheet><conditionalFormatting sqref="{pieces}"/></worksheet>'.encode())
    moves = RowMoves(inserted=(5,))
    move_ranges(rule, Moved("Plan", moves, Shift({"Plan": moves}, ("Plan",)), ((6, RowInsert("Plan", 5, 5, {})),)))
    assert rule[0].get("sqref").startswith("A1 C1:D11 A5 C5:D15 A10")
    assert rule[0].get("sqref").endswith(" A6")


def test_one_part_cannot_be_two_sheets(plan_workbook, with_text):
    twice = '<sheet name="Board" sheetId="2" r:id="rId1"/>'
    content = with_text(plan_workbook, "xl/workbook.xml", '<sheet name="Board" sheetId="2" r:id="rId2"/>', twice)
    assert [sheet.name for sheet in Package.open(content).sheets] == ["The Plan", "Lists"]


def test_relations_without_end_are_refused(plan_workbook, monkeypatch):
    monkeypatch.setattr(parts, "MOST_RELATIONS", 3)
    with pytest.raises(Refused, match="far larger inside"):
        Package.open(plan_workbook)


def test_a_sheet_with_rules_without_end_is_not_written(plan_workbook, monkeypatch):
    monkeypatch.setattr(grid, "MOST_AROUND", 1000)
    with pytest.raises(Refused, match="far more merged cells, rules or links"):
        Package.open(plan_workbook).patch(cells=[CellEdit("The Plan", "D4", "x")])


def test_formulas_without_end_keep_rows_where_they_are(plan_workbook, monkeypatch):
    monkeypatch.setattr(formulas, "MOST_FORMULAS", 4)
    with pytest.raises(Unmovable, match="too many to be moved"):
        Package.open(plan_workbook).patch(inserts=[RowInsert("The Plan", 5, 5, {"D": "x"})], else_at_end=True)
