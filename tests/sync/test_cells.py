"""This file proves what a cell gives a field: what a person sees in it, and never a guess."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.fields import FIELDS, Kind, field
from plan.rag import Status
from sync.cells import NotUnderstood, Reader, read_cell, shown
from sync.grid import Cell

MIDNIGHT = datetime.combine(date(2013, 9, 30), time())
TEXT = field(Kind.ACTION, "text")
TIMESCALE = field(Kind.ACTION, "timescale")
STATUS = field(Kind.ACTION, "status")
REFERENCE = field(Kind.REQUIREMENT, "reference")
VALUE = field(Kind.READING, "value")


@pytest.mark.parametrize(
    ("which", "cell", "value"),
    [
        (TEXT, Cell(), None),
        (TEXT, Cell(" “£5” –\u00a0two\r\nlines "), " “£5” –\u00a0two\nlines "),
        (TEXT, Cell("=SUM is a word"), "=SUM is a word"),
        (TEXT, Cell(71.0), "71"),
        (TEXT, Cell(23.7), "23.7"),
        (TEXT, Cell(0.75, "0%"), "75%"),
        (TEXT, Cell(True), "TRUE"),
        (TEXT, Cell(MIDNIGHT, "d mmm yyyy", is_date=True), "30 September 2013"),
        (TEXT, Cell(time(14, 30), "h:mm", is_date=True), "14:30"),
        (TIMESCALE, Cell(MIDNIGHT, "dd/mm/yyyy", is_date=True), "30 September 2013"),
        (TIMESCALE, Cell(date(2013, 10, 1), "mmm-yy", is_date=True), "October 2013"),
        (TIMESCALE, Cell("Quarter 2 and on going"), "Quarter 2 and on going"),
        (STATUS, Cell("a "), "amber"),
        (STATUS, Cell("Green (was Amber)"), "green"),
        (REFERENCE, Cell(2), "2"),
        (REFERENCE, Cell(2.0), "2"),
        (REFERENCE, Cell("2 "), "2"),
        (REFERENCE, Cell(1.1), "1.1"),
        (REFERENCE, Cell(1.1, "0.00"), "1.10"),
        (VALUE, Cell(0.7489, "0.00%"), 74.89),
        (VALUE, Cell("74.89%"), 74.89),
        (VALUE, Cell(71.0), 71),
    ],
)
def test_a_cell_gives_what_a_person_sees(which, cell, value):
    assert read_cell(which, cell) == value


@pytest.mark.parametrize(
    ("which", "cell", "found", "says"),
    [
        (STATUS, Cell("Amber/Green"), "Amber/Green", "is not on the plan's scale (red, amber, green, blue)"),
        (STATUS, Cell("Complete"), "Complete", "The cell is left as it is"),
        (STATUS, Cell(3), "3", "not on the plan's scale"),
        (TEXT, Cell(None, formula="=VLOOKUP(A1,B:C,2)"), "=VLOOKUP(A1,B:C,2)", "has no stored result"),
        (TEXT, Cell("#REF!", is_error=True), "#REF!", "shows the error #REF!"),
        (VALUE, Cell("n/a"), "n/a", "is not a number"),
        (TIMESCALE, Cell("x" * 301), "x" * 301, "takes 300 characters at most"),
    ],
)
def test_a_cell_that_is_not_understood_says_why_and_gives_nothing(which, cell, found, says):
    with pytest.raises(NotUnderstood) as why:
        read_cell(which, cell)
    assert why.value.found == found
    assert says in str(why.value)


def test_a_formula_gives_its_stored_result():
    assert read_cell(TEXT, Cell("Hire.", formula="=A1")) == "Hire."


def test_what_is_shown_of_a_day_with_a_time_has_both():
    assert (
        shown(Cell(datetime.combine(date(2013, 9, 30), time(9, 5)), "dd/mm/yyyy hh:mm", is_date=True))
        == "30 September 2013 09:05"
    )


WORDS = st.text(max_size=4) | st.sampled_from(["TRUE", " 7 ", "R07\r\n", "\u200b", "a\x0bb", "x" * 501, "done", "Red"])
VALUES = st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from([0.0, 1.0, 2.5, MIDNIGHT]) | WORDS
FORMATS = st.sampled_from(["General", "0.00", "0%", "mmm-yy"])
ANY = st.builds(
    Cell, VALUES, FORMATS, formula=st.sampled_from([None, "=A1"]), is_error=st.just(value=False) | st.booleans()
)
DONE = {"done": Status.BLUE}


def outcome(which, cell):
    try:
        return read_cell(which, cell, DONE)
    except NotUnderstood as why:
        return why.found, str(why)


@given(st.sampled_from(FIELDS), st.lists(ANY, min_size=1, max_size=4))
def test_a_reader_of_many_cells_says_of_each_what_it_says_alone(which, cells):
    reader = Reader(which, DONE)
    told = [reader.read(cell) for cell in (*cells, *cells)]
    assert [(type(value) is str, value) for value in told] == [
        (type(alone) is str, alone) for cell in (*cells, *cells) for alone in [outcome(which, cell)]
    ]
