"""This file proves that tables are found where staff put them, and that what surrounds them is left out."""

from plan.fields import Kind
from sync.detect import find_layout, fit, shape
from sync.grid import Box, Cell, Grid
from sync.layout import Layout, ThemesFrom

HEADINGS = ["No.", "Requirement", "RAG", "Action", "Timescale"]
ROWS = [["1", "Improve visits.", "Red", "Hire.", "Q2"], ["2", "Improve files.", "Green", "Audit.", "Q3"]]


def grid(*rows, sheet="Plan", merges=(), filled=(), italic=(), **more):
    places = ((row, col, value) for row, cells in enumerate(rows, 1) for col, value in enumerate(cells, 1))
    cells = {
        (row, col): Cell(value, fill="1F497D" if row in filled else None, italic=row in italic)
        for row, col, value in places
        if value not in (None, "")
    }
    return Grid(sheet, cells=cells, merges=tuple(Box(*box) for box in merges), **more)


def tables(*grids):
    return find_layout(grids)[0].tables


def where(*grids):
    return [(t.sheet, t.heading_rows, t.first_row, t.last_row) for t in tables(*grids)]


def test_headings_are_found_below_a_title():
    found = where(grid(["Improvement plan"], ["As at 1 July 2013"], [], HEADINGS, *ROWS))
    assert found == [("Plan", (4,), 5, 6)]


def test_a_heading_merged_down_two_rows_is_one_heading():
    sheet = grid(
        ["No.", "Requirement", "What we will do", ""],
        ["", "", "Action", "Who"],
        ["1", "Improve.", "Hire.", "Ann"],
        merges=[(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4)],
    )
    (table,) = tables(sheet)
    assert table.heading_rows == (1, 2)
    assert [column.heading for column in table.columns] == ["No.", "Requirement", "Action", "Who"]


def test_a_table_ends_at_its_key_and_at_three_blank_rows():
    assert where(grid(HEADINGS, *ROWS, [], ["Key"], ["Red"]))[0][3] == 3
    assert where(grid(HEADINGS, *ROWS, [], [], [], ["Printed by Ann"]))[0][3] == 3
    assert where(grid(HEADINGS, *ROWS, [], [], ROWS[0]))[0][3] == 6


def test_blank_rows_within_an_excel_table_do_not_end_it():
    sheet = grid(HEADINGS, *ROWS, [], [], [], [], ["3", "Improve.", "", "", ""], tables=(("tbl", "A1:E8"),))
    assert where(sheet)[0][3] == 8


def test_headings_repeated_after_a_page_break_are_one_table():
    assert where(grid(HEADINGS, *ROWS, HEADINGS, *ROWS)) == [("Plan", (1,), 2, 6)]


def test_another_table_below_is_a_table_of_its_own_without_the_title_between():
    sheet = grid(HEADINGS, *ROWS, ["Achievements"], ["Requirement number", "Achievement"], ["1", "Done."])
    assert where(sheet) == [("Plan", (1,), 2, 3), ("Plan", (5,), 6, 6)]


def test_guidance_under_the_headings_is_no_row_of_the_table():
    hints = ["number", "in the Notice's words", "choose", "what will be done", "by when"]
    assert where(grid(HEADINGS, hints, *ROWS, italic=[2]))[0][2] == 3
    assert where(grid(HEADINGS, ["Please fill in every column."], *ROWS))[0][2] == 3


def test_sheets_that_are_summaries_lists_or_guidance_are_no_tables():
    summary = grid(["Theme", "Requirements", "Red"], ["Care", 3, 1], sheet="Dashboard")
    lists = grid(HEADINGS, *ROWS, sheet="Last year", visible=False)
    guidance = grid(["How to fill in this workbook"], ["One row per action."], sheet="Guidance")
    assert where(summary, lists, guidance, grid(HEADINGS, *ROWS)) == [("Plan", (1,), 2, 3)]


def test_a_hidden_sheet_is_read_where_no_other_has_a_table():
    assert where(grid(HEADINGS, *ROWS, visible=False)) == [("Plan", (1,), 2, 3)]


def test_banner_rows_show_the_themes():
    merged = grid(HEADINGS, ["Leadership"], *ROWS, ["Care planning"], *ROWS, merges=[(2, 1, 2, 5), (5, 1, 5, 5)])
    assert tables(merged)[0].themes is ThemesFrom.BANNER
    filled = grid(HEADINGS, ["Leadership"], *ROWS, filled=[2])
    assert tables(filled)[0].themes is ThemesFrom.BANNER


def test_a_requirement_with_nothing_beside_it_is_no_banner():
    (table,) = tables(grid(["Requirement", "Action", "Lead"], ["Improve visits."], ["Improve files.", "Hire.", "Ann"]))
    assert table.themes is ThemesFrom.NONE


def test_a_sheet_a_theme_shows_it_in_the_title_that_no_two_sheets_share():
    one = grid(["Improvement plan"], ["Leadership"], HEADINGS, *ROWS, sheet="1")
    two = grid(["Improvement plan"], ["Care planning"], HEADINGS, *ROWS, sheet="2")
    assert [(t.themes, t.theme_cell) for t in tables(one, two)] == [(ThemesFrom.TITLE, "A2")] * 2


def test_without_titles_the_sheets_names_are_the_themes():
    found = tables(grid(HEADINGS, *ROWS, sheet="1 Leadership"), grid(HEADINGS, *ROWS, sheet="2 Care"))
    assert [(t.themes, t.theme_cell) for t in found] == [(ThemesFrom.TITLE, None)] * 2


def test_a_remark_far_right_of_the_headings_is_no_column():
    far = [*HEADINGS, *[""] * 30, "ask Ann"]
    assert len(tables(grid(far, *ROWS))[0].columns) == 5


def corrected(layout):
    """A person said that the timescale column holds the progress."""
    old = layout.tables[0].columns[4]
    return layout.with_column(0, type(old)(old.letter, old.heading, Kind.ACTION, "progress"))


def meant(layout):
    return {column.heading: column.field for column in layout.tables[0].columns}


def test_a_remembered_layout_is_found_again_after_rows_columns_and_sheets_moved():
    layout = corrected(find_layout([grid(HEADINGS, *ROWS)])[0])
    moved = grid(["A title"], [], ["Owner note", *HEADINGS], *(["", *row] for row in ROWS), sheet="Renamed")
    again = fit(layout, [moved])
    assert meant(again) == {**meant(layout), "Owner note": None}
    assert (again.tables[0].sheet, again.tables[0].heading_rows, again.tables[0].last_row) == (
        "Renamed",
        (3,),
        5,
    )
    assert again.tables[0].columns[5].letter == "F"


def test_a_dropped_column_is_simply_not_spoken_of():
    layout = corrected(find_layout([grid(HEADINGS, *ROWS)])[0])
    assert list(meant(fit(layout, [grid(HEADINGS[:4], *(row[:4] for row in ROWS))]))) == HEADINGS[:4]


def test_a_column_renamed_in_place_keeps_its_meaning_unless_its_new_words_mean_another():
    layout = corrected(find_layout([grid(HEADINGS, *ROWS)])[0])
    assert meant(fit(layout, [grid([*HEADINGS[:4], "How far"], *ROWS)]))["How far"] == "progress"
    assert meant(fit(layout, [grid([*HEADINGS[:4], "Lead"], *ROWS)]))["Lead"] is None


def test_a_new_month_and_a_new_sheet_are_read_like_the_others():
    months = ["Requirement", "Indicator", "Jan-13"]
    layout, _ = find_layout([grid(months, ["1", "Visits", 3], sheet="Scorecard"), grid(HEADINGS, *ROWS, sheet="1 A")])
    now = [
        grid([*months, "Feb-13"], ["1", "Visits", 3, 4], sheet="Scorecard"),
        grid(HEADINGS, *ROWS, sheet="1 A"),
        grid(HEADINGS, *ROWS, sheet="2 B"),
    ]
    again = fit(layout, now)
    assert [table.sheet for table in again.tables] == ["Scorecard", "1 A", "2 B"]
    assert [column.period for column in again.tables[0].columns] == [None, None, "2013-01", "2013-02"]


def test_a_layout_is_the_same_after_json():
    layout, _ = find_layout([grid(HEADINGS, *ROWS)])
    assert Layout.from_json(layout.as_json()) == layout == fit(layout, [grid(HEADINGS, *ROWS)])


def test_the_shape_is_the_same_next_month_and_another_for_other_headings():
    june = grid([*HEADINGS, "Progress June 2013"], *ROWS, sheet="June")
    july = grid(["A title"], [*HEADINGS, "Progress July 2013"], *ROWS, *ROWS, sheet="July")
    assert shape([june]) == shape([july])
    assert shape([june]) != shape([grid([*HEADINGS, "Lead"], *ROWS)])


def test_a_row_of_words_that_happen_to_be_headings_does_not_end_the_table():
    headings = ["No.", "Requirement", "Achievements", "Action", "Lead", "Record"]
    row = ["1", "Improve visits.", "Visits are up.", "Raise pupils' achievement", "Head of Service", "achievement:k3f9"]
    assert where(grid(headings, row, row)) == [("Plan", (1,), 2, 3)]
