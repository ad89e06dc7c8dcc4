"""This file tells the plan as sheets of a workbook: a row for each record, to be sorted and filtered."""

from collections.abc import Iterator
from datetime import date

from plan import figures, timescale
from plan.fields import Kind
from plan.figures.travel import number
from plan.snapshot import Item
from reports.document import Cell, Sheet, Table, status_cell
from reports.requirements import words
from reports.source import Source

Rows = Iterator[tuple[Cell, ...]]


def sheets(source: Source) -> tuple[Sheet, ...]:
    """Requirements, achievements, areas for development, and figures and audits where there are any."""
    made = (
        _sheet("Requirements", _REQUIREMENTS, _requirements(source)),
        _sheet("Achievements", _ACHIEVEMENTS, _achievements(source)),
        _sheet("Areas for development", _ACTIONS, _actions(source)),
        _sheet("Figures", _FIGURES, _readings(source)),
        _sheet("Audits", _AUDITS, _audits(source)),
    )
    return tuple(one for place, one in enumerate(made) if one.table.rows or place < 3)


Columns = tuple[tuple[str, int], ...]
_REQUIREMENTS: Columns = (
    ("Theme", 30),
    ("No.", 8),
    ("Requirement", 70),
    ("Status", 12),
    ("Reason for the status", 40),
    ("Impact status", 12),
)
_ACHIEVEMENTS: Columns = (("No.", 8), ("Achievement to date", 70), ("Evidence", 50))
_ACTIONS: Columns = (
    ("Requirement", 12),
    ("No.", 8),
    ("Key area for development", 60),
    ("Lead", 25),
    ("Timescale", 22),
    ("Due from", 14),
    ("Due by", 14),
    ("Status", 12),
    ("Progress", 40),
    ("Evidence", 40),
)
_FIGURES: Columns = (("No.", 8), ("Figure", 40), ("Unit", 10), ("Target", 10), ("As at", 18), ("Value", 12))
_AUDITS: Columns = (
    ("No.", 8),
    ("Audit", 40),
    ("As at", 18),
    ("Cases", 10),
    *((grade.capitalize(), 12) for grade in figures.GRADES),
)


def _sheet(name: str, columns: Columns, rows: Rows) -> Sheet:
    headings, widths = tuple(label for label, _ in columns), tuple(width for _, width in columns)
    return Sheet(name, Table(name, headings, tuple(rows), widths))


def _requirements(source: Source) -> Rows:
    for theme in source.themes:
        for one in source.snapshot.under(theme.id, Kind.REQUIREMENT):
            yield (
                _text(theme, "title"),
                _text(one, "reference"),
                _marked(source, one, "text"),
                status_cell(one.get("status"), source.awaits(one, "status")),
                _marked(source, one, "status_reason"),
                status_cell(one.get("impact_status"), source.awaits(one, "impact_status")),
            )


def _achievements(source: Source) -> Rows:
    for requirement, one in _under(source, Kind.ACHIEVEMENT):
        yield _text(requirement, "reference"), _marked(source, one, "text"), _marked(source, one, "evidence")


def _actions(source: Source) -> Rows:
    for requirement, one in _under(source, Kind.ACTION):
        window = timescale.parse(words(one, "timescale"), source.year)
        yield (
            _text(requirement, "reference"),
            _text(one, "reference"),
            _marked(source, one, "text"),
            Cell() if source.wanted.published else _marked(source, one, "lead"),
            _marked(source, one, "timescale"),
            *(Cell(timescale.say_date(day) if day else "", value=day) for day in _ends(window)),
            status_cell(one.get("status"), source.awaits(one, "status")),
            _marked(source, one, "progress"),
            _marked(source, one, "evidence"),
        )


def _readings(source: Source) -> Rows:
    for requirement in source.requirements:
        for figure in figures.figures_of(source.snapshot, requirement):
            for one in figure.readings:
                yield (
                    _text(requirement, "reference"),
                    Cell(figure.name),
                    Cell(figure.unit),
                    _number(figure.target),
                    Cell(one.period.words),
                    _number(one.value),
                )


def _audits(source: Source) -> Rows:
    for requirement in source.requirements:
        for audit in figures.audits_of(source.snapshot, requirement):
            grades = (_number(audit.grades.get(grade)) for grade in figures.GRADES)
            yield _text(requirement, "reference"), Cell(audit.title), Cell(audit.as_at), _number(audit.total), *grades


def _under(source: Source, kind: Kind) -> Iterator[tuple[Item, Item]]:
    for requirement in source.requirements:
        for one in source.snapshot.under(requirement.id, kind):
            yield requirement, one


def _ends(window: timescale.Window | None) -> tuple[date | None, date | None]:
    return (window.starts, window.ends) if window else (None, None)


def _number(value: float | None) -> Cell:
    return Cell("" if value is None else number(value), number=True, value=value)


def _text(item: Item, field: str) -> Cell:
    return Cell(words(item, field))


def _marked(source: Source, item: Item, *names: str) -> Cell:
    return Cell(words(item, names[0]), note=source.awaits(item, *names))
