"""This file proves that the workbook gets the plan's words in its own manner: fills, its own words, lists, lines."""

from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, PatternFill, Side

from plan.fields import Kind
from sync import roundtrip, trackers
from sync.read_workbook import shape

LATER = datetime(2013, 8, 1, tzinfo=UTC)
STAFFS_GREEN = "FF92D050"


def saved(book):
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def paint(cell, colour):
    cell.fill = PatternFill("solid", fgColor=colour)


def colour(content, cell, opened):
    found = opened(content).active[cell].fill
    return found.fgColor.rgb if found.patternType == "solid" else None


@pytest.fixture
def painted(bring):
    """Four requirements with an action each; their statuses are colours alone, the fourth has none."""
    book = openpyxl.Workbook()
    book.active.append(["No.", "Requirement", "RAG", "Action", "Timescale"])
    for number, shade in enumerate(["FF0000", "FFC000", STAFFS_GREEN, None], 1):
        book.active.append([number, f"Improve service {number}", None, f"Hire clerk {number}", "Q2"])
        book.active.cell(number + 1, 3).border = Border(bottom=Side("thick" if number == 1 else "thin"))
        if shade:
            paint(book.active.cell(number + 1, 3), shade)
    return bring(saved(book))


def test_a_status_told_by_a_fill_gets_staffs_own_shade_and_no_word(painted, opened):
    painted.change(painted.requirement("1"), "status", "green")
    content = painted.download()
    assert colour(content, "C2", opened) == STAFFS_GREEN
    assert opened(content).active["C2"].value is None
    assert opened(content).active["C2"].border.bottom.style == "thick"
    assert painted.decided(content) == {}


def test_a_colour_that_no_cell_shows_yet_is_a_usual_one(painted, opened):
    painted.change(painted.requirement("4"), "status", "blue")
    content = painted.download()
    assert colour(content, "C5", opened) == "FF0070C0"
    assert painted.decided(content) == {}
    assert painted.preview(content).resolved.stated[painted.requirement("4").id].values["status"].value == "blue"


def test_a_status_taken_back_loses_its_fill(painted, opened):
    painted.change(painted.requirement("2"), "status", None)
    content = painted.download()
    assert colour(content, "C3", opened) is None
    assert painted.decided(content) == {}


def test_colours_that_change_places_keep_their_shades(painted, opened):
    painted.change(painted.requirement("1"), "status", "green")
    painted.change(painted.requirement("3"), "status", "red")
    content = painted.download()
    assert (colour(content, "C2", opened), colour(content, "C4", opened)) == (STAFFS_GREEN, "FFFF0000")
    assert painted.decided(content) == {}


def test_a_new_row_has_its_own_colour_and_not_its_neighbours(painted, opened):
    theme = painted.requirement("3").parent
    painted.add(Kind.REQUIREMENT, theme, reference="5", text="Improve service 5", status="green")
    painted.add(Kind.REQUIREMENT, theme, reference="6", text="Improve service 6")
    painted.add(Kind.ACTION, painted.requirement("1").id, text="Hire one clerk more")
    content = painted.download()
    shades = {row[0].value: colour(content, row[2].coordinate, opened) for row in opened(content).active.iter_rows()}
    assert (shades[5], shades[6]) == (STAFFS_GREEN, None)
    assert painted.decided(content) == {}


def test_a_fill_changed_by_staff_is_taken(painted, in_excel):
    edited = in_excel(painted.download(), lambda book: paint(book.active["C5"], "00B050"))
    assert painted.decided(edited) == {"take": 1}
    painted.upload(edited)
    assert painted.requirement("4").get("status") == "green"


def worded(bring, words, rule=None):
    book = openpyxl.Workbook()
    book.active.append(["No.", "Requirement", "RAG", "Action", "Timescale"])
    for number, (word, shade) in enumerate(words, 1):
        book.active.append([number, f"Improve service {number}", word, f"Hire clerk {number}", "Q2"])
        if shade:
            paint(book.active.cell(number + 1, 3), shade)
    if rule:
        book.active.conditional_formatting.add("C2:C9", rule)
    return bring(saved(book))


def test_a_word_with_a_colour_behind_it_gets_both(bring, opened):
    desk = worded(bring, [("Red", "FF0000"), ("Green", STAFFS_GREEN), ("Amber", "FFC000")])
    desk.change(desk.requirement("1"), "status", "green")
    content = desk.download()
    assert (opened(content).active["C2"].value, colour(content, "C2", opened)) == ("Green", STAFFS_GREEN)
    assert desk.decided(content) == {}
    assert desk.preview(content).problems == ()


def test_a_word_whose_colour_is_a_rules_gets_the_word_alone(bring, opened):
    rule = CellIsRule(operator="equal", formula=['"Red"'], fill=PatternFill(bgColor="FFFF0000", fill_type="solid"))
    desk = worded(bring, [("Red", None), ("Green", None), ("Red", None)], rule)
    desk.change(desk.requirement("1"), "status", "green")
    content = desk.download()
    assert (opened(content).active["C2"].value, colour(content, "C2", opened)) == ("Green", None)
    assert desk.decided(content) == {}


# The workbook's own words


def own_words(said):
    book = openpyxl.Workbook()
    book.active.append(["No.", "Requirement", "RAG", "Action", "Timescale"])
    for number, word in enumerate(said, 1):
        book.active.append([number, f"Improve service {number}", word, f"Hire clerk {number}", "Q2"])
    return saved(book)


@pytest.mark.parametrize(
    ("status", "word"), [("blue", "Complete"), ("green", "On Track"), ("amber", "Slipping"), ("red", "Red")]
)
def test_a_workbook_with_words_of_its_own_gets_them(session, bring, opened, status, word):
    content = own_words(["Complete", "On Track", "On Track", "Slipping", "Complete"])
    layout = roundtrip.read_tracker(session, content).layout
    meanings = [("complete", "blue"), ("on track", "green"), ("slipping", "amber")]
    trackers.remember(session, shape(roundtrip.sheets_of(content)), layout.with_meanings(meanings), LATER)
    desk = bring(content)
    changed = "1" if status != "blue" else "2"
    desk.change(desk.requirement(changed), "status", status)
    downloaded = desk.download()
    assert opened(downloaded).active[f"C{int(changed) + 1}"].value == word
    assert desk.decided(downloaded) == {}


def test_a_word_that_stands_only_in_the_workbooks_key_is_written_as_it_is_spelt_there(bring, opened):
    book = openpyxl.load_workbook(BytesIO(own_words(["Closed Off", "Moving On", "Moving On"])))
    key = book.create_sheet("Key")
    for row in (["Key"], ["Green", "Moving On"], ["Blue", "Closed Off"], ["Red", "Stood Still"]):
        key.append(row)
    desk = bring(saved(book))
    desk.change(desk.requirement("2"), "status", "red")
    content = desk.download()
    assert opened(content).worksheets[0]["C3"].value == "Stood Still"
    assert desk.decided(content) == {}
