"""This file makes the workbooks beside it: layouts that staff use, unlike the sample plan's three.

Run it after changing one: `python tests/workbooks/layouts/make.py`. Each workbook has a `.json` of the same name
beside it, written by hand, which says what it must be read as.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).resolve().parent
MADE = datetime(2013, 6, 28, tzinfo=UTC).replace(tzinfo=None)
BOLD, ITALIC = Font(bold=True), Font(italic=True)
GREEN_ACCENT, RED_ACCENT, AMBER_ACCENT = 6, 5, 9  # of the theme that comes with a new workbook, by its numbers


def put(sheet: Worksheet, rows: Mapping[int, list[object]], first: int = 1) -> None:
    """Write rows of cells, each beginning in the column numbered `first`."""
    for row, cells in rows.items():
        for col, value in enumerate(cells, first):
            if value is not None:
                sheet.cell(row, col).value = value  # type: ignore[assignment]


def fill(sheet: Worksheet, cells: str, colour: Color | str) -> None:
    """Fill cells with a colour, of the theme or as "RRGGBB"."""
    for cell in cells.split():
        sheet[cell].fill = PatternFill("solid", fgColor=colour)


def performance(book: Workbook) -> None:
    """Headings on two rows, the months under a merged “Performance”; banners begin the themes; a scorecard below."""
    sheet = book.active
    sheet.title = "Plan and figures"
    put(
        sheet,
        {
            1: ["Wyebridge improvement plan: position as at 28 June 2013"],
            3: ["Ref", "What the Notice asks", None, "What we will do", None, None],
            4: [None, "Requirement", "RAG", "Action", "Who?", "When?"],
            5: ["Theme 1: Help at the right time"],
            6: ["1a", "Answer every contact within a day", "A", "Fill the two posts", "Ann Lead", "Q2"],
            7: [None, None, None, "Publish the thresholds", "Bob Owen", "Sept 2013"],
            8: [
                "1b",
                "Visit every child within ten days",
                "R",
                "Ring each family first",
                "Ann Lead",
                "Q2 and on going",
            ],
            9: ["Theme 2: Care that lasts"],
            10: ["2a", "Hear every child in care", "G", "Ask them twice a year", "Cat Reed", "In place"],
            14: ["Ref", "Indicator", "Unit", "Target", "Performance", None, None],
            15: [None, None, None, None, "Apr-13", "May-13", "Jun-13"],
            16: ["1a", "Contacts answered in a day", "%", 95, 71, 78, 84],
            17: ["1b", "Visits within ten days", "%", 90, 55.5, None, 61],
        },
    )
    for cells in ("A3:A4", "B3:C3", "D3:F3", "A5:F5", "A9:F9", "A6:A7", "B6:B7", "C6:C7", "E14:G14"):
        sheet.merge_cells(cells)
    for column in "ABCD":
        sheet.merge_cells(f"{column}14:{column}15")


def buried_and_tinted(book: Workbook) -> None:
    """Numbers in the words, a guidance row under the headings, statuses by the theme's colours alone, the key below."""
    sheet = book.active
    sheet.title = "Tracker"
    put(
        sheet,
        {
            2: ["Recommendation", "Key actions", "Responsible officer", "Target date", "Progress rating", "Commentary"],
            3: ["e.g. R1 – as in the report", "Please start with a verb", None, "Please give a quarter", None, None],
            4: ["R7 – Publish the plan", "Write it", "Ann Lead", "Quarter 1", None, "Written in May."],
            5: ["R2 – Visit every school", "Ring them\nGo there", "Ann Lead / Bob Owen", "Q2 2013/14", None, None],
            6: ["R11 – Hear every child in care", "Ask them", "Cat Reed", "w/c 22 July 2013", None, "Room booked"],
            7: ["R3 – Train every manager", "Choose a course", "Bob Owen", "TBC", None, None],
            10: ["Key", None, None],
            11: ["Not begun, or no way back to plan"],
            12: ["Under way, with risks"],
            13: ["Done"],
        },
    )
    fill(sheet, "E4 A13", Color(theme=GREEN_ACCENT, tint=0.4))
    fill(sheet, "E5 E7 A12", Color(theme=AMBER_ACCENT, tint=0.2))
    fill(sheet, "E6 A11", Color(theme=RED_ACCENT, tint=-0.25))
    for cell in sheet[3]:
        cell.font = ITALIC
    for row in range(14, 60):  # formatted long before anybody needs it
        for column in range(1, 7):
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")


def beside_and_beneath(book: Workbook) -> None:
    """Two tables beside each other and two beneath, each under the title of its theme; the key lies sideways."""
    sheet = book.active
    sheet.title = "Wall chart"
    heads = ["No.", "Requirement", "BRAG", "Action", "By when"]
    put(
        sheet,
        {
            1: ["Priority 1: Front door"],
            2: heads,
            3: [1, "Answer every contact", "Green", "Fill the posts", "Q1"],
            4: [None, None, None, "Publish thresholds", "Q2"],
            5: [2, "Record every contact", "Blue", "Buy forms", "Q1"],
            9: ["Priority 3: Leadership"],
            10: heads,
            11: [5, "Appoint a director", "Red", "Advertise", "Q3"],
            12: [6, "Meet monthly", "Green", "Fix the dates", "In place"],
            16: ["Key", "Red", "Off track", "Green", "On track", "Blue", "Done and embedded"],
        },
    )
    put(
        sheet,
        {
            1: ["Priority 2: Care"],
            2: heads,
            3: [3, "Visit every child", "Red", "Ring first", "October 2013"],
            4: [4, "Hear every child", "Red", "Ask twice a year", "Q4"],
            5: [None, None, None, "Write it down", "Q4"],
            9: ["Priority 4: Partners"],
            10: heads,
            11: [7, "Sign the protocol", "Green", "Draft it", "31/12/2013"],
        },
        first=7,
    )
    for cell in ("A1", "G1", "A9", "G9"):
        sheet[cell].font = BOLD


def rules_and_registers(book: Workbook) -> None:
    """A register of actions that names requirements kept on another sheet; colours by a rule on a word scale beside."""
    asked, register = book.active, book.create_sheet("Action register")
    asked.title = "What Ofsted asked"
    put(
        asked,
        {
            1: ["Rec No", "Ofsted Area for Improvement", "Strand", "SRO"],
            2: [1, "Decide on every referral in a day", "Front door", "Director"],
            3: [2, "Supervise every worker monthly", "Workforce", "Director"],
            4: [3, "Audit ten files a month", "Workforce", "Chair"],
        },
    )
    put(
        register,
        {
            1: ["Wyebridge action register"],
            2: [
                "Rec No",
                "Action ID",
                "Action (in SMART format)",
                "Action owner",
                "Original target date",
                "Revised target date",
                "RAG",
                "On hold?",
                "Progress May",
                "Progress June",
            ],
            3: [
                2,
                "A-01",
                "Diary every session by 31 May",
                "Ann Lead",
                "31/05/2013",
                None,
                None,
                "no",
                "Begun",
                "All are in the diary",
            ],
            4: [1, "A-02", "Staff the desk to 8 p.m.", "Bob Owen", "Q1", "Q3", None, "yes", None, "Held up"],
            5: [2, "A-03", "Report the gaps to the board", "Ann Lead", "Q2", None, None, "no", None, None],
            6: [3, "A-04", "Choose the files blind", "Cat Reed", "On-going", None, None, "late", "Begun", None],
        },
    )
    rule = {'=OR($H3="yes",$H3="late")': "FF0000", '=AND($H3="no",$J3<>"")': "00B050", '=$H3="no"': "FFC000"}
    for formula, colour in rule.items():
        shade = PatternFill("solid", bgColor=colour)
        register.conditional_formatting.add("G3:G40", FormulaRule(formula=[formula.removeprefix("=")], fill=shade))
    register.auto_filter.ref = "A2:J6"


def one_cell_each(book: Workbook) -> None:
    """A sheet for each theme, one row for each requirement, everything listed in its cells; headings again halfway."""
    heads = [
        "#",
        "Must do",
        "Overall RAG",
        "Achievements to date",
        "Evidence",
        "Areas for development",
        "Lead Officer(s)",
        "Timescale(s)",
    ]
    told = {
        "1 Workforce": [
            [
                "1.10",
                "Recruit to every post",
                "amber ↑",
                "• Advert placed\n• Six people interviewed\n• Four in post",
                "HR report\nPanel notes\nPayroll",
                "Fill the last two",
                "Ann Lead; Bob Owen",
                "Quarters 2 and 3",
            ],
            [
                "1.2",
                "Keep those we have",
                "🔴",
                "• Exit interviews begun",
                None,
                "Write the offer\n\nAsk the union",
                "TBC",
                "ASAP",
            ],
            heads,
            ["1.3", "Train every manager", "Green (was Amber)", None, None, "Book the course", "Bob Owen", 41547],
        ],
        "2 Practice": [
            [
                "2.1",
                "Assess within 45 days",
                "G",
                "• Backlog cleared in May\n• Weekly list to managers",
                "Weekly list",
                "Keep it clear",
                "Cat Reed",
                "Quarter 2 onwards",
            ],
        ],
    }
    del book["Sheet"]
    for name, rows in told.items():
        sheet = book.create_sheet(name)
        put(sheet, dict(enumerate([heads, *rows], 3)))
        sheet["A1"] = "Wyebridge improvement plan"
        for row in sheet.iter_rows(min_row=4):
            row[0].number_format = "@"
            if isinstance(row[7].value, int):
                row[7].number_format = "dd/mm/yyyy"


def months_in_the_plan(book: Workbook) -> None:
    """A plan whose figures stand month by month between action and lead, under one heading; titles between the rows."""
    sheet = book.active
    put(sheet, {1: ["No", "Issue", "R/A/G", "How?", "Performance", None, None, "Who?"]})
    put(sheet, {2: ["Apr-13", "May-13", "Jun-13"]}, first=5)
    put(sheet, {3: [1, "Contacts wait too long", "R", "Staff the desk to 8 p.m.", 71, 78, 84, "Ann Lead"]})
    put(sheet, {4: [2, "Visits are late", "A", "Ring each family first", 55, None, 61, "Bob Owen"]})
    for cells in ("E1:G1", "A1:A2", "B1:B2", "C1:C2", "D1:D2", "H1:H2"):
        sheet.merge_cells(cells)
    again = book.create_sheet("Partners")
    for row, number in ((1, 4), (7, 5)):
        put(again, {row: [f"Priority {number}: {'Health' if number == 4 else 'Police'}"]})
        put(again, {row + 1: ["Ref", "What needs to change", "RAG", "How?", "Who?", "When?"]})
        put(again, {row + 2: [f"{number}.1", f"Share plan {number}", "A", "Sign it", "Cat Reed", "Q1"]})
        put(again, {row + 3: [f"{number}.2", f"Share cost {number}", "G", "Agree it", "Cat Reed", "End Oct 13"]})


LAYOUTS: Mapping[str, Callable[[Workbook], None]] = {
    "two-rows-of-headings": performance,
    "numbers-in-words-colours-of-the-theme": buried_and_tinted,
    "beside-and-beneath": beside_and_beneath,
    "register-with-rules": rules_and_registers,
    "one-cell-each": one_cell_each,
    "months-in-the-plan": months_in_the_plan,
}


def make(into: Path) -> None:
    """Promise all of them in one folder."""
    for name, lay_out in LAYOUTS.items():
        book = openpyxl.Workbook()
        book.properties.created = book.properties.modified = MADE
        lay_out(book)
        book.save(into / f"{name}.xlsx")


if __name__ == "__main__":
    make(HERE)
