"""This file says what is asked of the board: extensions that nobody has agreed yet, and requirements off track."""

from collections.abc import Iterator

from plan.rag import Status
from plan.snapshot import Item
from reports.board.ground import Ground
from reports.board.words import number
from reports.document import Block, Bullets, Heading, Paragraph


def blocks(ground: Ground) -> Iterator[Block]:
    """The decisions, each a sentence."""
    yield Heading(1, "Decisions asked of the board", "decisions")
    found = asked(ground)
    yield Bullets(found) if found else Paragraph("No decision is asked of the board.")


def asked(ground: Ground) -> tuple[str, ...]:
    """Each decision in a sentence: proposed extensions, late actions for which none is proposed, red requirements."""
    return (*_extensions(ground), *_late(ground), *_red(ground))


def _extensions(ground: Ground) -> Iterator[str]:
    for action in ground.actions:
        if proposed := _proposed(ground, action):
            signed = ground.source.signed.get(action.id)
            before = str(signed.get("timescale") or "") if signed else ""
            from_ = f" from “{before}”" if before else ""
            yield f"Agree to move the timescale of action {number(action)}{from_} to “{proposed}”."


def _late(ground: Ground) -> Iterator[str]:
    late = [one for one in ground.actions if ground.position.is_late(one) and not _proposed(ground, one)]
    *others, last = [number(one) for one in late] or [""]
    if others:
        yield f"Agree how actions {', '.join(others)} and {last} are finished: they are late."
    elif last:
        yield f"Agree how action {last} is finished: it is late."


def _red(ground: Ground) -> Iterator[str]:
    for one in ground.source.requirements:
        if one.get("status") == Status.RED:
            yield f"Agree how requirement {number(one)} is brought back on track: it is red."


def _proposed(ground: Ground, action: Item) -> str:
    """The words of a timescale that await sign-off, empty where none do or the record itself is new."""
    if (action.id, "timescale") not in ground.source.pending or (action.id, "present") in ground.source.pending:
        return ""
    working = ground.source.working.get(action.id)
    return str(working.get("timescale") or "") if working else ""
