"""This file lays out what awaits sign-off as the page shows it: by requirement, mine and other people's."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from blueprints.signoff import telling
from blueprints.signoff.telling import NetView, TouchView
from plan import history, signoffs
from plan.fields import Kind, of
from plan.models import Person, Plan
from plan.signoff import Powers, Verdict, explain
from plan.signoffs import Line, Shown, Sort
from plan.snapshot import Item, Snapshot

HEADINGS = {Sort.ADDED: "New: {name}", Sort.REMOVED: "Taken out: {name}"}
UNSHOWN = frozenset({"present", "parent", "position"})


@dataclass(frozen=True)
class LineView:
    """One line as shown: its difference, who touched it, how long it waits, who decides where I do not."""

    key: str
    token: str
    heading: str
    nets: tuple[NetView, ...]
    touches: tuple[TouchView, ...]
    waited: str
    who_decides: str
    is_ticked: bool = False
    has_moved: bool = False


@dataclass(frozen=True)
class GroupView:
    """The lines of one requirement (or theme)."""

    id: str
    heading: str
    words: str
    address: str | None
    team: str | None
    lines: tuple[LineView, ...]


@dataclass(frozen=True)
class QueueView:
    """Everything that awaits sign-off: what this person decides on, and what somebody else does."""

    mine: tuple[GroupView, ...]
    others: tuple[GroupView, ...]
    count: int
    count_of_others: int
    decides: bool


def lay_out(
    session: Session,
    plan: Plan,
    person: Person,
    on: date,
    *,
    ticked: Collection[Shown] = (),
    shown: Collection[Shown] | None = None,
) -> QueueView:
    """The queue for this person. `shown` is what was on their screen, `ticked` what they chose there."""
    snapshot = history.now(session, plan)
    powers = signoffs.powers_of(session, person, on)
    everybody = signoffs.all_powers(session, on)
    every = signoffs.lines(session, plan)
    mine = [line for line in every if powers.verdict(line.team, line.authors) is Verdict.DECIDES]
    others = [line for line in every if line not in mine]
    seen = None if shown is None else {one.key: one.token for one in shown}

    def view_mine(line: Line) -> LineView:
        moved = seen is not None and seen.get(line.key) != line.token
        chosen = Shown(line.key, line.token) in ticked
        return replace(_line(snapshot, line, on, ""), is_ticked=chosen and not moved, has_moved=moved)

    def view_other(line: Line) -> LineView:
        return _line(snapshot, line, on, _who_decides(line, powers, everybody))

    return QueueView(
        tuple(_groups(snapshot, plan, mine, view_mine)),
        tuple(_groups(snapshot, plan, others, view_other)),
        len(mine),
        len(others),
        powers.any,
    )


def _groups(
    snapshot: Snapshot, plan: Plan, lines: Iterable[Line], view: Callable[[Line], LineView]
) -> Iterator[GroupView]:
    by_head: dict[str, list[Line]] = {}
    for line in lines:
        by_head.setdefault((line.requirement or line.item).id, []).append(line)
    for id, some in by_head.items():
        head = snapshot[id]
        yield GroupView(
            id,
            telling.name_of(snapshot, head),
            str(head.get("text") or ""),
            _address(plan, head),
            some[0].team,
            tuple(view(line) for line in some),
        )


def _line(snapshot: Snapshot, line: Line, on: date, who_decides: str) -> LineView:
    return LineView(
        line.key,
        line.token,
        _heading(snapshot, line),
        telling.under_heading(_nets(snapshot, line)),
        tuple(telling.touches(line.touches)),
        telling.waited(line.waiting_since, on),
        who_decides,
    )


def _heading(snapshot: Snapshot, line: Line) -> str:
    name = telling.name_of(snapshot, line.item)
    if line.sort is not Sort.CHANGED:
        return HEADINGS[line.sort].format(name=name)
    label = "Cases and grades" if len(line.nets) > 1 else _label(snapshot, line)
    return label if line.item.kind is Kind.REQUIREMENT else f"{name}: {label}"


def _label(snapshot: Snapshot, line: Line) -> str:
    net = line.nets[0]
    return telling.net_view(snapshot, line.item.kind, net.field, net.signed, net.current).label


def _nets(snapshot: Snapshot, line: Line) -> Iterator[NetView]:
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


def _who_decides(line: Line, powers: Powers, everybody: Iterable[Powers]) -> str:
    verdict = powers.verdict(line.team, line.authors)
    why = explain(verdict, line.team) if powers.any and verdict is Verdict.SOMEBODY_ELSE else ""
    names = " or ".join(signoffs.names_for(line, everybody))
    with_whom = f"With {names}." if names else _nobody(line)
    return f"{why} {with_whom}".strip()


def _nobody(line: Line) -> str:
    of = f" of the team {line.team}" if line.team else ""
    why = f"no lead{of} is free of a hand in it"
    return f"Nobody may decide on it yet: {why}. The programme office can name one."


def _address(plan: Plan, head: Item) -> str | None:
    if head.kind is not Kind.REQUIREMENT:
        return None
    return url_for("requirements.show", slug=plan.slug, id=head.id)
