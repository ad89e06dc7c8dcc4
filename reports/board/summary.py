"""This file is the first page of a board pack: how many of each status, and what asks for the board's eye."""

from collections.abc import Iterator

from plan import figures, rag, timescale
from plan.fields import Kind
from plan.questions import Position, When
from reports.board import decisions
from reports.board.ground import Ground
from reports.board.words import many
from reports.document import Block, Bullets, Cell, Heading, Paragraph, Table, status_cell
from reports.review import counts


def blocks(ground: Ground) -> Iterator[Block]:
    """The summary."""
    yield Heading(1, "Summary", "summary")
    yield Paragraph(counts(ground.source))
    yield _statuses(ground)
    yield Bullets(tuple(_eye_catchers(ground)))


def _statuses(ground: Ground) -> Table:
    """Each status now and at the last board; both columns add up to their totals."""
    now = [str(one.get("status") or "") for one in ground.source.requirements]
    before = _before(ground)
    headings = ("Status", "Requirements", f"At “{ground.last.title}”") if ground.last else ("Status", "Requirements")
    rows = [(status_cell(status or None), now.count(status), before.count(status)) for status in (*rag.Status, "")]
    rows = [row for row in rows if row[1] or row[2] or row[0].text != "No status"]
    rows.append((Cell("Together", strong=True), len(now), len(before)))
    told = tuple((first, *(_count(one) for one in numbers[: len(headings) - 1])) for first, *numbers in rows)
    return Table("Requirements by status, now and at the last board", headings, told, (40, 30, 30)[: len(headings)])


def _before(ground: Ground) -> list[str]:
    last = ground.position.around.last
    plan = last.plan if last else None
    if last is None or plan is None:
        return []
    themes = last.under(plan.id, Kind.THEME)
    return [str(one.get("status") or "") for theme in themes for one in last.under(theme.id, Kind.REQUIREMENT)]


def _eye_catchers(ground: Ground) -> Iterator[str]:
    position = ground.position
    when = [position.when(action) for action in ground.actions]
    slipped = sum(1 for action in ground.actions if position.moves(action).slips)
    worse = sum(
        one.got_worse for each in ground.source.requirements for one in figures.figures_of(position.snapshot, each)
    )
    if ground.last is None:
        yield "There was no board before, so nothing is compared."
    yield f"{many(when.count(When.LATE), 'action is', 'actions are')} late on {timescale.say_date(position.day)}."
    if ground.coming:
        due, board = when.count(When.BEFORE_BOARD), timescale.say_date(ground.coming.board)
        yield f"{many(due, 'action falls', 'actions fall')} due before the board of {board}{_held(position)}."
    yield f"{many(slipped, 'action was', 'actions were')} put back at least once."
    yield f"{many(worse, 'figure', 'figures')} got worse between the last two readings."
    yield f"{many(len(decisions.asked(ground)), 'decision is', 'decisions are')} asked of the board."
    records = len({record for record, _ in ground.source.pending})
    if records and ground.source.wanted.signed_off:
        yield f"{many(records, 'record has', 'records have')} updates that await sign-off and are left out."


def _held(position: Position) -> str:
    """Up to which day that is, where the plan is held at a day of its own."""
    until = position.around.due_until
    return (
        f" (by {timescale.say_date(until)}, as the plan is held at {timescale.say_date(position.day)})"
        if (until and position.around.held)
        else ""
    )


def _count(number: int) -> Cell:
    return Cell(f"{number:,}", number=True)
