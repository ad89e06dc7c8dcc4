"""This file builds the six-month review: the plan in the Notice's own order and words, as the board is used to it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from plan import rag, timescale
from plan.fields import Kind
from plan.snapshot import Item
from plan.timescale.days import MONTHS
from reports import charts, requirements
from reports.document import Block, Cell, Contents, Document, Drawing, Heading, Manner, Paragraph, Table, status_cell
from reports.sheets import sheets
from reports.source import Source

KIND = "Six-month review"
PUBLISHED = "Published review"


def review(source: Source) -> Document:
    """The six-month review of this position."""
    return document(source, PUBLISHED if source.wanted.published else KIND, tuple(_blocks(source)))


def document(source: Source, kind: str, blocks: tuple[Block, ...]) -> Document:
    """A document of this kind with the plan's own title, marking and provenance."""
    plan = source.plan
    return Document(
        title=_said(plan, "title") or "Improvement plan",
        kind=kind,
        council=_said(plan, "council"),
        marking=_marking(source),
        as_at=source.as_at,
        position="Signed-off position" if source.wanted.signed_off else "Working position",
        revision=source.number,
        record=source.record,
        blocks=blocks,
        sheets=sheets(source),
        scope=source.scope,
    )


def counts(source: Source) -> str:
    """How many requirements stand at which status, as a sum that anybody can check."""
    found = Counter(str(one.get("status") or "") for one in source.requirements)
    terms = [f"{found[status]} {status.value}" for status in rag.Status if found[status]]
    terms += [f"{found['']} without a status"] if found[""] else []
    total = len(source.requirements)
    return f"{' + '.join(terms) or 'None'} = {total} requirement{'' if total == 1 else 's'}."


def assessment(source: Source, *, numbered: bool = False) -> Iterator[Block]:
    """Every theme and requirement in the plan's order."""
    for theme in source.themes:
        yield Heading(2, _said(theme, "title") or "Theme without a title", f"theme-{theme.id}")
        if required := _required_by(theme):
            yield Paragraph(required, Manner.QUIET)
        for requirement in source.snapshot.under(theme.id, Kind.REQUIREMENT):
            yield from requirements.blocks(source, requirement, numbered=numbered)


def scale(source: Source) -> Table:
    """What each colour means in this plan."""
    meanings = [(status, _said(source.plan, f"scale_{status}") or rag.DEFAULT_SCALE[status]) for status in rag.Status]
    rows = tuple((status_cell(status), Cell(meaning)) for status, meaning in meanings)
    return Table("What the colours mean", ("Status", "Meaning"), rows, (22, 78))


def _blocks(source: Source) -> Iterator[Block]:
    yield Contents()
    yield Heading(1, "Purpose", "purpose")
    yield Paragraph(_purpose(source))
    if source.scope:
        yield Paragraph(f"It tells one theme of the plan: {source.scope}.")
    if source.wanted.published:
        yield Paragraph("This is the version for publication: it leaves out what is marked not for publication.")
    if source.waiting:
        yield Paragraph("It tells the working position: what awaits sign-off is told too, and marked as such.")
    yield Heading(1, "Where the plan stands", "position")
    yield Paragraph(counts(source))
    if picture := charts.status_by_theme(source.snapshot):
        yield Drawing(picture)
    yield scale(source)
    yield Heading(1, "Assessment of progress against the measures set out in the Improvement Notice", "assessment")
    yield from assessment(source)


def _purpose(source: Source) -> str:
    council, issued = _said(source.plan, "council"), timescale.canonical_date(_said(source.plan, "notice_date"))
    to = f" issued to {council}" if council else ""
    when = f" in {_month(issued)}" if issued else ""
    return (
        "This document provides a summary of progress made against the requirements of the Improvement Notice"
        f"{to}{when}."
    )


def _marking(source: Source) -> str:
    """The plan's own marking; the version for publication says that it is one, and how the plan is marked."""
    marking = _said(source.plan, "marking")
    if not source.wanted.published:
        return marking
    return f"For publication, from a plan marked {marking}" if marking else "For publication"


def _required_by(theme: Item) -> str:
    day = timescale.canonical_date(_said(theme, "required_by"))
    said = f"required by {timescale.say_date(day)}" if day else ""
    return "" if said.casefold() in _said(theme, "title").casefold() else f"R{said[1:]}."


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _said(item: Item, field: str) -> str:
    return str(item.get(field) or "")
