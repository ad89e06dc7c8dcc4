"""This file tells the exceptions: red, late, put back, amber without a reason, worsened, or that there are none."""

from collections.abc import Iterator

from plan import figures
from plan.questions import shorten
from plan.questions.facets import RANK
from plan.rag import Status
from plan.snapshot import Item
from reports.board.ground import Ground
from reports.board.words import number
from reports.document import Block, Bullets, Cell, Heading, Paragraph, Table, status_cell
from reports.requirements import words

LONGEST = 160  # characters of a requirement's words


def blocks(ground: Ground) -> Iterator[Block]:
    """Every exception under its heading."""
    yield Heading(1, "Exceptions", "exceptions")
    told = ground.source.requirements
    red = [one for one in told if one.get("status") == Status.RED]
    yield from _requirements("Red", red, "No requirement is red.")
    late = [one for one in ground.actions if ground.position.is_late(one)]
    yield from _actions(ground, "Late", late, "No action is late.")
    slipped = [one for one in ground.actions if ground.position.moves(one).slips]
    yield from _actions(ground, "Put back", slipped, "No action was put back.")
    unexplained = [one for one in told if one.get("status") == Status.AMBER and not words(one, "status_reason").strip()]
    yield from _requirements("Amber without a reason", unexplained, "Every amber requirement has its reason.")
    yield from _worse(ground)


def _requirements(title: str, found: list[Item], none: str) -> Iterator[Block]:
    """The requirements in few words, for their whole words stand in the plan behind."""
    reasons = any(words(one, "status_reason") for one in found)
    headings = ("No.", "Requirement", "Status", *["Reason"] * reasons)
    rows = tuple(
        (
            Cell(number(one)),
            Cell(shorten(words(one, "text"), LONGEST)),
            status_cell(one.get("status")),
            *[Cell(words(one, "status_reason"))] * reasons,
        )
        for one in found
    )
    table = Table(f"{title}: requirements", headings, rows, (9, 47, 14, *[30] * reasons))
    yield from _section(title, len(found), table, none)


def _actions(ground: Ground, title: str, found: list[Item], none: str) -> Iterator[Block]:
    headings = ("No.", "Area for development", "Lead", "Timescale", "Put back")
    table = Table(f"{title}: actions", headings, tuple(_action(ground, one) for one in found), (9, 39, 18, 20, 14))
    yield from _section(title, len(found), table, none)


def _action(ground: Ground, action: Item) -> tuple[Cell, ...]:
    slips = ground.position.moves(action).slips
    times = {0: "", 1: "once", 2: "twice"}.get(slips, f"{slips} times")
    due = ground.position.due(action)
    return (
        Cell(number(action)),
        Cell(words(action, "text")),
        Cell(words(action, "lead") or words(ground.source.snapshot[action.parent or ""], "lead")),
        Cell(words(action, "timescale"), note=due if due != words(action, "timescale") else ""),
        Cell(times),
    )


def _worse(ground: Ground) -> Iterator[Block]:
    """Requirements at a worse status than at the last board, and figures worse than the reading before."""
    last = ground.position.around.last
    sentences = [
        f"Requirement {number(one)} is {_status(one)}; at the last board it was {_status(last[one.id])}."
        for one in ground.source.requirements
        if last is not None and one.id in last and _rank(one) < _rank(last[one.id])
    ]
    sentences += [
        f"Requirement {number(one)}: {figure.name} is {figure.lately.words}."
        for one in ground.source.requirements
        for figure in figures.figures_of(ground.source.snapshot, one)
        if figure.got_worse and figure.lately
    ]
    yield from _section("Worse than before", len(sentences), Bullets(tuple(sentences)), "Nothing got worse.")


def _section(title: str, count: int, found: Block, none: str) -> Iterator[Block]:
    yield Heading(2, f"{title} ({count})", f"exceptions-{title.lower().replace(' ', '-')}")
    yield found if count else Paragraph(none)


def _rank(item: Item) -> int:
    """Where the status stands from red to blue; one without a status is worse than none."""
    return RANK.get(str(item.get("status")), len(RANK))


def _status(item: Item) -> str:
    return str(item.get("status") or "without a status")
