"""This file tells one requirement as the review does: the Notice's words, its status, what is done, what is to do."""

from collections.abc import Iterator

from plan import figures
from plan.fields import Kind
from plan.figures import Audit, Figure, shares
from plan.figures.travel import number, say
from plan.snapshot import Item
from reports.document import Block, Cell, Heading, Manner, Paragraph, Table, status_cell
from reports.source import Source

READING_HEADINGS = ("Figure", "As at", "Value", "Target")
NEWEST = 12  # readings of a figure that a report tells; a picture shows them all


def blocks(source: Source, requirement: Item, *, numbered: bool = False) -> Iterator[Block]:
    """The requirement, in the order of the review. `numbered` adds each action's number and lead."""
    named = name(requirement)
    yield Heading(3, named, f"requirement-{requirement.id}")
    yield Paragraph(words(requirement, "text"), Manner.NOTICE)
    yield _standing(source, requirement, named)
    yield from _achievements(source, requirement, named)
    yield from _actions(source, requirement, named, numbered=numbered)
    yield from _figures(source, requirement, named)


def name(requirement: Item) -> str:
    """How the report calls it: "Requirement 2"."""
    return f"Requirement {requirement.get('reference') or 'without a number'}"


def words(item: Item, field: str) -> str:
    """What the field says, empty where it says nothing."""
    return str(item.get(field) or "")


def percent(share: float) -> str:
    """A share as people write it."""
    return f"{share:g}%"


def grade_cells(audit: Audit) -> tuple[Cell, ...]:
    """The cases of each grade with their share: "18 (1.3%)"."""
    counts = [audit.grades.get(grade) for grade in figures.GRADES]
    parts = shares(audit.counts) if audit.counts else None
    return tuple(
        Cell("" if count is None else f"{count:,}{f' ({percent(parts[at])})' if parts else ''}", number=True)
        for at, count in enumerate(counts)
    )


def reading_rows(figure: Figure) -> Iterator[tuple[Cell, ...]]:
    """A figure's newest readings: its name, the period, the value, the target."""
    target = "" if figure.target is None else say(figure.target, figure.unit)
    for one in figure.readings[-NEWEST:]:
        value = Cell(say(one.value, figure.unit), number=True, value=one.value)
        yield Cell(figure.name), Cell(one.period.words), value, Cell(target, number=True)


def _standing(source: Source, requirement: Item, named: str) -> Table:
    status = status_cell(requirement.get("status"), source.awaits(requirement, "status"))
    rows = [(Cell("Status", strong=True), status)]
    if reason := words(requirement, "status_reason"):
        rows.append((Cell("Reason", strong=True), Cell(reason, note=source.awaits(requirement, "status_reason"))))
    if impact := requirement.get("impact_status"):
        note = source.awaits(requirement, "impact_status")
        rows.append((Cell("Impact status", strong=True), status_cell(impact, note)))
    return Table(f"Status of {_small(named)}", (), tuple(rows), (22, 78))


def _achievements(source: Source, requirement: Item, named: str) -> Iterator[Block]:
    done = source.snapshot.under(requirement.id, Kind.ACHIEVEMENT)
    if not done:
        yield Paragraph("No achievements are recorded yet.", Manner.QUIET)
        return
    rows = tuple((_said(source, one, "text"), _said(source, one, "evidence")) for one in done)
    caption = f"What has been done towards {_small(named)}, and its evidence"
    yield Table(caption, ("Achievements to date", "Evidence"), rows, (62, 38))


def _actions(source: Source, requirement: Item, named: str, *, numbered: bool) -> Iterator[Block]:
    actions = source.snapshot.under(requirement.id, Kind.ACTION)
    if not actions:
        yield Paragraph("No areas for development are recorded.", Manner.QUIET)
        return
    judged = any(one.get("status") for one in actions)
    columns = [("No.", 9)] * numbered + [("Key areas for development", 50)] + [("Lead", 20)] * numbered
    columns += [("Timescale", 23)] + [("Status", 14)] * judged
    rows = tuple(tuple(_action(source, one, numbered=numbered, judged=judged)) for one in actions)
    caption = f"What is still to be done for {_small(named)}, and by when"
    yield Table(caption, tuple(label for label, _ in columns), rows, tuple(width for _, width in columns))


def _action(source: Source, action: Item, *, numbered: bool, judged: bool) -> Iterator[Cell]:
    if numbered:
        yield Cell(words(action, "reference"))
    told = [f"{label}: {said}" for label, field in _UNDER if (said := words(action, field))]
    main = _said(source, action, "text", *(field for _, field in _UNDER))
    yield Cell("\n".join([main.text, *told]), note=main.note)
    if numbered:
        yield _said(source, action, "lead")
    yield _said(source, action, "timescale")
    if judged:
        yield status_cell(action.get("status"), source.awaits(action, "status"))


_UNDER = (("Progress", "progress"), ("Evidence", "evidence"))


def _figures(source: Source, requirement: Item, named: str) -> Iterator[Block]:
    read = [one for one in figures.figures_of(source.snapshot, requirement) if one.readings]
    if read:
        rows = tuple(row for one in read for row in reading_rows(one))
        yield Table(f"Figures of {_small(named)}", READING_HEADINGS, rows, (46, 20, 17, 17))
        for one in read:
            if one.lately:
                yield Paragraph(f"{one.name}: {one.lately.words}.", Manner.QUIET)
    audits = figures.audits_of(source.snapshot, requirement)
    if audits:
        headings = ("Audit", "As at", "Cases", *(grade.capitalize() for grade in figures.GRADES))
        rows = tuple(_audit(one) for one in audits)
        yield Table(f"Audits of {_small(named)} by grade", headings, rows, (22, 12, 10, 15, 13, 14, 14))


def _audit(audit: Audit) -> tuple[Cell, ...]:
    total = Cell("" if audit.total is None else number(audit.total), number=True)
    return (Cell(audit.title, note=audit.fault), Cell(audit.as_at), total, *grade_cells(audit))


def _said(source: Source, item: Item, *names: str) -> Cell:
    return Cell(words(item, names[0]), note=source.awaits(item, *names))


def _small(named: str) -> str:
    return named[:1].lower() + named[1:]
