"""This file lays out one line of the queue: its difference, who touched it, how long it waits, who decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from blueprints.signoff import telling
from blueprints.signoff.telling import NetView, TouchView
from plan import signoffs
from plan.fields import Kind, of
from plan.signoff import Powers, Verdict, explain
from plan.signoffs import Line, Sort
from plan.snapshot import Snapshot

HEADINGS = {Sort.ADDED: "New: {name}", Sort.REMOVED: "Taken out: {name}"}
UNSHOWN = frozenset({"present", "parent", "position"})


@dataclass(frozen=True)
class LineView:
    """One line as shown. `title` is its heading with what it belongs to; `is_own` lets it be withdrawn."""

    key: str
    token: str
    heading: str
    title: str
    nets: tuple[NetView, ...]
    touches: tuple[TouchView, ...]
    waited: str
    who_decides: str = ""
    is_ticked: bool = False
    has_moved: bool = False
    is_own: bool = False


def line_view(snapshot: Snapshot, line: Line, on: date) -> LineView:
    """The line as it stands, for somebody who decides on it."""
    return LineView(
        line.key,
        line.token,
        heading(snapshot, line),
        title(snapshot, line),
        telling.under_heading(nets(snapshot, line)),
        tuple(telling.touches(line.touches)),
        telling.waited(line.waiting_since, on),
    )


def heading(snapshot: Snapshot, line: Line) -> str:
    """What the line is about: "Status", "Action 2.1: Timescale", "New: Achievement “New guide”"."""
    name = telling.name_of(snapshot, line.item)
    if line.sort is not Sort.CHANGED:
        return HEADINGS[line.sort].format(name=name)
    label = "Cases and grades" if len(line.nets) > 1 else _label(snapshot, line)
    return label if line.item.kind is Kind.REQUIREMENT else f"{name}: {label}"


def title(snapshot: Snapshot, line: Line) -> str:
    """The heading with the requirement it belongs to: "Requirement 2: Status"."""
    own = heading(snapshot, line)
    is_named = line.item is line.head and (line.sort is not Sort.CHANGED or line.item.kind is not Kind.REQUIREMENT)
    return own if is_named else f"{telling.name_of(snapshot, line.head)}: {own}"


def nets(snapshot: Snapshot, line: Line) -> Iterator[NetView]:
    """Each field's difference. A record that was taken out shows all of its words as going."""
    if line.sort is Sort.REMOVED:
        signed = {net.field: net.signed for net in line.nets}
        for row in of(line.item.kind):
            going = signed.get(row.name, line.item.get(row.name))
            if going is not None:
                yield telling.net_view(snapshot, line.item.kind, row.name, going, None)
        return
    order = {row.name: place for place, row in enumerate(of(line.item.kind))}
    for net in sorted(line.nets, key=lambda net: order.get(net.field, -1)):
        if line.sort is Sort.CHANGED or net.field not in UNSHOWN:
            yield telling.net_view(snapshot, line.item.kind, net.field, net.signed, net.current)


def who_decides(line: Line, powers: Powers, everybody: Sequence[Powers]) -> str:
    """Why this person does not decide, and who does; where nobody may, what the office can do about it."""
    verdict = powers.verdict(line.team, line.authors, line.head.id)
    why = explain(verdict, line.team) if powers.any and verdict is Verdict.SOMEBODY_ELSE else ""
    names = " or ".join(signoffs.names_for(line, everybody))
    with_whom = f"With {names}." if names else _nobody(line, everybody)
    return f"{why} {with_whom}".strip()


def _label(snapshot: Snapshot, line: Line) -> str:
    net = line.nets[0]
    return telling.net_view(snapshot, line.item.kind, net.field, net.signed, net.current).label


def _nobody(line: Line, everybody: Sequence[Powers]) -> str:
    of = f" of the team {line.team}" if line.team else ""
    is_led = any(one.verdict(line.team, (), line.head.id) is Verdict.DECIDES for one in everybody)
    why = f"no lead{of} is free of a hand in it" if is_led else f"there is no lead{of} and no deputy today"
    return f"Nobody may decide on it yet: {why}. The programme office can name somebody, on this page."
