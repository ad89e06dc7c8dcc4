"""This file makes the sheets that stand around a plan: dashboard, scorecard, lists and guidance."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from sample import Plan
from xlsxwriter import Workbook
from xlsxwriter.format import Format

DASHBOARD, SCORECARD, LISTS, GUIDANCE = "Dashboard", "Scorecard", "Lists", "Guidance"


def add_dashboard(book: Workbook, plan: Plan, colours: Mapping[str, str]) -> None:
    """Promise a protected sheet that counts the colours over the name RagColumn, with a chart of them."""
    sheet = book.add_worksheet(DASHBOARD)
    sheet.write_string("A1", "How many requirements have each RAG", book.add_format({"bold": True}))
    counted = Counter(requirement.status.title() for requirement in plan.requirements)
    for row, word in enumerate(colours, start=1):
        sheet.write_string(row, 0, word)
        sheet.write_formula(row, 1, f'=COUNTIF(RagColumn,"{word}")', None, counted[word])
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "Requirements",
            "categories": f"={DASHBOARD}!$A$2:$A$4",
            "values": f"={DASHBOARD}!$B$2:$B$4",
            "points": [{"fill": {"color": colour}} for colour in colours.values()],
        }
    )
    chart.set_title({"name": "Colours on the day"})
    sheet.insert_chart("D2", chart)
    sheet.protect("", {"objects": True})


def add_scorecard(book: Workbook, plan: Plan, looks: Mapping[str, Format]) -> None:
    """Promise one row for each indicator, one column for each month that has a reading, and a sparkline."""
    sheet = book.add_worksheet(SCORECARD)
    sheet.set_column(1, 1, 45)
    rows = [(requirement.reference, it) for requirement in plan.requirements for it in requirement.indicators]
    months = sorted({period for _, indicator in rows for period in indicator.readings})
    for column, heading in enumerate(("Requirement", "Indicator", "Unit", "Target")):
        sheet.write_string(0, column, heading, looks["heading"])
    for column, month in enumerate(months, start=4):
        sheet.write_datetime(0, column, date.fromisoformat(f"{month}-01"), looks["month"])
    sheet.write_string(0, 4 + len(months), "Trend", looks["heading"])
    for row, (reference, indicator) in enumerate(rows, start=1):
        readings = [indicator.readings.get(month) for month in months]
        values = (int(reference), indicator.name, indicator.unit, indicator.target, *readings)
        for column, value in enumerate(values):
            sheet.write(row, column, value, looks["words"])
        trend = {"range": f"{SCORECARD}!E{row + 1}:G{row + 1}", "markers": True}
        sheet.add_sparkline(row, len(values), trend)


def add_lists(book: Workbook, colours: Mapping[str, str]) -> None:
    """Promise the hidden sheet that the drop-down of colours reads."""
    sheet = book.add_worksheet(LISTS)
    sheet.write_column("A1", ["RAG", *colours])
    sheet.hide()


def add_guidance(book: Workbook) -> None:
    """Promise a sheet that tells staff how to fill in the workbook; it holds no records."""
    sheet = book.add_worksheet(GUIDANCE)
    sheet.write_string("A1", "Filling this in", book.add_format({"bold": True}))
    sheet.write_string("A3", "Give every area for development a line of its own, and leave it there when it is done.")
    sheet.write_url("A5", "https://www.gov.uk/", string="'Working Together'")
