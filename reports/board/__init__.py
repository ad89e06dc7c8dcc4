"""This room builds the board pack: a page of summary, exceptions first, what changed, what to decide, then the plan."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from plan.models import Plan
from reports.board import changes, decisions, exceptions, pictures, questions, summary
from reports.board.ground import Ground, gather
from reports.document import Block, Contents, Document, Heading, PageBreak
from reports.review import assessment, document, scale
from reports.source import Source

KIND = "Board pack"


def board(session: Session, plan: Plan, source: Source) -> Document:
    """The board pack of this position."""
    return of_ground(gather(session, plan, source))


def of_ground(ground: Ground) -> Document:
    """The board pack of plain values."""
    return document(ground.source, KIND, tuple(_blocks(ground)))


def _blocks(ground: Ground) -> Iterator[Block]:
    yield from summary.blocks(ground)
    yield PageBreak()
    yield Contents()
    yield from exceptions.blocks(ground)
    yield from changes.extensions(ground)
    yield from changes.since_last_board(ground)
    yield from pictures.blocks(ground)
    yield from questions.blocks(ground)
    yield from decisions.blocks(ground)
    yield Heading(1, "The plan", "plan")
    yield scale(ground.source)
    yield from assessment(ground.source, numbered=True)
