"""This file tells the board which questions the plan leaves open, and what its leads answered."""

from collections.abc import Iterator

from plan.challenges import RULES
from reports.board.ground import Ground
from reports.document import Block, Cell, Heading, Paragraph, Table


def blocks(ground: Ground) -> Iterator[Block]:
    """The challenge list, rule by rule, each question beside its answer."""
    yield Heading(1, "Questions that the plan leaves open", "questions")
    if not ground.asked:
        yield Paragraph("The plan leaves none open.")
    for rule in RULES:
        found = [one for one in ground.asked if one.finding.rule == rule.name]
        if found:
            rows = tuple((Cell(one.finding.sentence), Cell(one.answer or "Not answered yet")) for one in found)
            yield Heading(2, f"{rule.sentence} ({len(found)})")
            yield Table(rule.sentence, ("Question", "The lead's answer"), rows, (60, 40))
