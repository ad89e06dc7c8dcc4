"""This file is the figures of a board pack: statuses over time, what falls due, each indicator, audits by grade."""

from collections.abc import Iterator

from plan import figures
from reports import charts
from reports.board.ground import Ground
from reports.document import Block, Drawing, Heading, Paragraph, Table
from reports.requirements import reading_rows


def blocks(ground: Ground) -> Iterator[Block]:
    """Every picture that has something to show, and the figures that were read once so far."""
    yield Heading(1, "Figures", "figures")
    drawn = [picture for picture in _pictures(ground) if picture]
    yield from (Drawing(picture) for picture in drawn)
    once = tuple(row for one in _figures(ground) if len(one.readings) == 1 for row in reading_rows(one))
    if once:
        yield Table(
            "Figures that were read once so far", ("Figure", "As at", "Value", "Target"), once, (46, 20, 17, 17)
        )
    if not drawn and not once:
        yield Paragraph("There are no figures to show yet.")


def _pictures(ground: Ground) -> Iterator[charts.Picture | None]:
    source = ground.source
    yield charts.status_by_theme(source.snapshot)
    if ground.boards:
        yield charts.status_over_time((*ground.boards, ("Now", source.snapshot)))
    yield charts.actions_by_due(source.snapshot, source.year, source.day)
    yield from (charts.indicator(one) for one in _figures(ground) if len(one.readings) > 1)
    audits = [audit for one in source.requirements for audit in figures.audits_of(source.snapshot, one)]
    yield charts.audits_by_grade(audits)


def _figures(ground: Ground) -> Iterator[figures.Figure]:
    for one in ground.source.requirements:
        yield from figures.figures_of(ground.source.snapshot, one)
