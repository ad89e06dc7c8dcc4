"""This file tells the board what moved: timescales with who agreed, and all that changed since it last met."""

from collections.abc import Iterator

from plan import timescale
from plan.snapshot import Item
from reports.board.ground import Ground
from reports.board.words import many, number
from reports.document import Block, Bullets, Cell, Heading, Manner, Paragraph, Table
from reports.requirements import words


def extensions(ground: Ground) -> Iterator[Block]:
    """Every action whose timescale moved: the first promise, today's, how often, and who agreed."""
    yield Heading(1, "Extensions", "extensions")
    moved = [one for one in ground.actions if ground.position.moves(one).count]
    if not moved:
        yield Paragraph("No timescale was moved.")
        return
    headings = ("No.", "Area for development", "First promised", "Now", "Moved", "Agreed by")
    rows = tuple(_extension(ground, one) for one in moved)
    yield Table("Timescales that were moved, and who agreed", headings, rows, (9, 33, 16, 16, 9, 17))


def since_last_board(ground: Ground) -> Iterator[Block]:
    """What changed since the cut-off of the last board, in sentences by theme."""
    yield Heading(1, "What changed since the last board", "changes")
    if ground.changed is None or ground.last is None:
        yield Paragraph("There was no board before, so there is nothing to compare with.")
        return
    day = timescale.say_date(ground.last.cut_off)
    total = many(ground.changed.count, "change", "changes")
    yield Paragraph(f"{total} since the cut-off of “{ground.last.title}” ({day}).", Manner.QUIET)
    for theme in ground.changed.themes:
        yield Heading(2, theme.title or "Under no theme")
        yield Bullets(tuple(sentence.words for sentence in theme.sentences))


def _extension(ground: Ground, action: Item) -> tuple[Cell, ...]:
    moves = ground.position.moves(action)
    return (
        Cell(number(action)),
        Cell(words(action, "text")),
        Cell(moves.first),
        Cell(words(action, "timescale"), note=ground.source.awaits(action, "timescale")),
        Cell({1: "once", 2: "twice"}.get(moves.count, f"{moves.count} times")),
        Cell(moves.agreed_by or "Nobody yet"),
    )
