"""This file ticks blank cells and missing rows that were meant, one by one and all at once."""

import re

import pytest

from plan import history
from plan.fields import Kind


def ticked(page, name):
    return len(re.findall(rf'name="{name}" value="[^"]+" checked', page.get_data(as_text=True)))


def test_a_blank_cell_clears_only_what_is_ticked(eve, edited, upload, record, shown, read, press):
    minutes, report = record(Kind.ACHIEVEMENT, "Minutes"), record(Kind.ACHIEVEMENT, "Report")
    page = upload(edited({"F2": None, "F4": None}))
    assert "Blank in the workbook 2" in read(page)
    press(page, "accept", clear=f"{minutes.id}.evidence")
    assert shown(minutes, "evidence") is None
    assert shown(report, "evidence") == "Report"


def test_a_missing_row_takes_out_only_what_is_ticked(eve, edited, upload, record, read, session, tracked, press):
    action = record(Kind.ACTION, "Sharpen the focus")
    page = upload(edited(without=[3]))
    assert "Not in the workbook any more" in read(page)
    press(page, "accept", remove=f"{action.id}.record")
    session.rollback()
    now = history.now(session, tracked)
    assert not now[action.id].present
    assert [i.get("evidence") for i in now.of(Kind.ACHIEVEMENT)] == ["Minutes", "Web page", "Report"]


@pytest.mark.parametrize(("tick", "count"), [("clear", 2), ("no clear", 0)])
def test_all_blank_cells_are_ticked_or_unticked_at_once(client, eve, edited, upload, record, shown, press, tick, count):
    page = upload(edited({"F2": None, "F4": None}))
    minutes = record(Kind.ACHIEVEMENT, "Minutes")
    answer = press(page, "save", tick=tick, clear=f"{minutes.id}.evidence")
    assert answer.location.endswith("#cleared")
    assert ticked(client.get(answer.location), "clear") == count
    assert shown(minutes, "evidence") == "Minutes"


def test_all_missing_rows_are_ticked_at_once_and_the_other_choices_stay(client, eve, edited, upload, press):
    page = upload(edited({"F2": None}, without=[3, 5]))
    blank = re.search(r'name="clear" value="([^"]+)"', page.get_data(as_text=True))[1]
    again = client.get(press(page, "save", tick="remove", clear=blank).location)
    assert ticked(again, "remove") == len(re.findall('name="remove"', again.get_data(as_text=True))) > 1
    assert ticked(again, "clear") == 1
