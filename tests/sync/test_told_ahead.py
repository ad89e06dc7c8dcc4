"""This file tells that cells told while a sheet is still being read arrive as they are in the whole sheet."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.grid import Cell, Grid
from sync.opening import sheet as sheet_part
from sync.opening.colours import Palette
from sync.opening.messages import Answer, HeardAhead, ToldAhead, packed, receive, unpacked
from sync.opening.sheet import Sheet
from sync.opening.styles import Styles
from sync.opening.values import Values

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ROWS = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 6))
RULE = '<conditionalFormatting sqref="A1"><cfRule type="cellIs"/></conditionalFormatting>'
values = st.none() | st.text(max_size=3) | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.dates()
cells = st.builds(Cell, values, st.sampled_from(["General", "0.00"]), st.none() | st.just("FF0000"))
sheets = st.lists(st.dictionaries(st.tuples(st.integers(1, 9), st.integers(1, 9)), cells, max_size=12), max_size=3)


def heard(pipe, last):
    """What the one who asked makes of all that was sent."""
    pipe.seek(0)
    ahead = HeardAhead()
    while (message := receive(pipe)) is not None:
        ahead.take(message)
    return unpacked(last, ahead)


@given(sheets, st.data())
def test_a_sheet_told_in_parts_arrives_whole_even_where_cells_became_others(whole, data):
    pipe = io.BytesIO()
    ahead = ToldAhead(pipe)
    for number, one in enumerate(whole):
        some = data.draw(st.integers(0, len(one)))
        ahead.tell(number, dict(list(one.items())[:some]))
        ahead.tell(number, one)
        for place in data.draw(st.lists(st.sampled_from(sorted(one)), max_size=1)) if one else []:
            one[place] = data.draw(cells)
    answer = Answer(tuple(Grid(f"Sheet {number}", cells=one) for number, one in enumerate(whole)))
    assert heard(pipe, packed(answer, ahead)) == answer


def test_a_sheet_put_into_another_order_since_is_told_again():
    one, other = Cell("one"), Cell(date(2013, 7, 1), is_date=True)
    ahead = ToldAhead(io.BytesIO())
    ahead.tell(0, {(1, 1): one, (2, 1): other})
    assert ahead.count(0, {(1, 1): one, (2, 1): other, (3, 1): one}) == 2
    assert ahead.count(0, {(2, 1): other, (1, 1): one}) == 0
    assert ahead.count(0, {(1, 1): one}) == 0


def test_an_answer_that_counts_on_cells_which_never_came_is_not_taken():
    ahead = ToldAhead(io.BytesIO())
    ahead.tell(0, {(1, 1): Cell("one")})
    message = packed(Answer((Grid("Plan", cells={(1, 1): Cell("one")}),)), ahead)
    told = packed(Answer((Grid("Plan", cells=dict.fromkeys([(1, 1)], next(iter(ahead._told[0][1])))),)), ahead)
    assert unpacked(message).sheets[0].cells == {(1, 1): Cell("one")}
    with pytest.raises(ValueError, match="1"):
        unpacked(told)


@pytest.mark.parametrize(("after", "told"), [("", [2, 4]), (RULE, [])])
def test_a_long_sheet_is_told_as_it_is_read_unless_rules_may_colour_it(monkeypatch, after, told):
    monkeypatch.setattr(sheet_part, "_MANY", 2)
    seen = []
    sheet = Sheet(
        Styles(None, Palette(None, None)), Values([], date1904=False), ahead=lambda cells: seen.append(len(cells))
    )
    xml = f"<worksheet {MAIN}><sheetData>{ROWS}</sheetData>{after}</worksheet>"
    assert len(sheet.grid("Plan", xml.encode(), [], visible=True).cells) == 5
    assert seen == told
