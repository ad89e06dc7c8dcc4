"""This file is the sections of a preview: what each holds, how it is called, and the page of it that is shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from blueprints.workbooks import choosing, turning
from blueprints.workbooks.entries import Entry, Telling, entry, named
from blueprints.workbooks.turning import Turned
from plan.fields import Kind
from plan.models import Plan
from plan.snapshot import Item, Snapshot
from sync.merge import Decision, Outcome


@dataclass(frozen=True)
class Heading:
    """How a section is called: in its heading, in the summary's count, and what is to be known of it."""

    id: str
    title: str
    counted: str
    help: str
    is_quiet: bool = False
    tick: str = ""  # the boxes of its entries, where they have some


SECTIONS: Mapping[Outcome, Heading] = {
    Outcome.CONFLICT: Heading(
        "clashes",
        "Changed both here and in the workbook",
        "to settle",
        "Both sides changed the same words since the workbook was downloaded. Choose what the plan shall say; until "
        "you do, neither side is touched.",
    ),
    Outcome.CLEARED: Heading(
        "cleared",
        "Blank in the workbook",
        "blank",
        "A blank cell clears nothing by itself. Tick what was meant to be cleared.",
        tick="clear",
    ),
    Outcome.MISSING: Heading(
        "missing",
        "Not in the workbook any more",
        "missing",
        "A missing row takes nothing out of the plan by itself. Tick what was meant to go; it can be brought back.",
        tick="remove",
    ),
    Outcome.TAKE: Heading("changes", "Will change", "will change", "The workbook changed these and the plan did not."),
    Outcome.COMBINED: Heading(
        "combined",
        "Combined",
        "combined",
        "Both sides changed different lines of these texts. The plan will say both.",
    ),
    Outcome.ADDED: Heading(
        "added", "New", "new", "These rows are in the workbook and not in the plan. They will be added."
    ),
    Outcome.KEEP: Heading(
        "kept",
        "Changed here meanwhile, kept",
        "kept",
        "The plan changed these since the workbook was downloaded and the workbook did not. They stay as they are.",
        is_quiet=True,
    ),
    Outcome.AGREED: Heading(
        "agreed",
        "The same on both sides",
        "the same",
        "Both sides made the same change. There is nothing to do.",
        is_quiet=True,
    ),
}


@dataclass(frozen=True)
class Group:
    """The entries of one requirement, or of what stands above requirements."""

    heading: str
    words: str
    address: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Section:
    """The decisions of one kind, by requirement; of many those shown at once, and what the buttons for others send."""

    heading: Heading
    count: int
    groups: tuple[Group, ...]
    first: int
    last: int
    earlier: str | None
    later: str | None
    is_turned: bool


def section(plan: Plan, told: Telling, outcome: Outcome, turned: Turned) -> Section:
    """A section on the page it is turned to; if something on another page is wrong and nothing here, on that page."""
    decisions, heading = told.seen.of(outcome), SECTIONS[outcome]
    at_once = turning.ASKED_AT_ONCE if outcome in choosing.ASKED_ABOUT else turning.TOLD_AT_ONCE
    start = _start(decisions, told.wrong, turned.start(heading.id, len(decisions), at_once), at_once)
    some = decisions[start : start + at_once]
    last = start + len(some)
    return Section(
        heading,
        len(decisions),
        tuple(_groups(plan, told, some)),
        start + 1,
        last,
        turning.button(heading.id, start - at_once) if start else None,
        turning.button(heading.id, last) if last < len(decisions) else None,
        heading.id in turned.starts,
    )


def _start(decisions: Sequence[Decision], wrong: Mapping[str, str], start: int, at_once: int) -> int:
    places = [place for place, d in enumerate(decisions) if d.key in wrong]
    if not places or any(start <= place < start + at_once for place in places):
        return start
    return places[0] - places[0] % at_once


def _groups(plan: Plan, told: Telling, decisions: Iterable[Decision]) -> Iterator[Group]:
    by_head: dict[str, list[Decision]] = {}
    for d in decisions:
        by_head.setdefault(_head(told.whole, d).id, []).append(d)
    for id, some in by_head.items():
        head = told.whole[id]
        words = str(head.get("text") or "") if head.kind is Kind.REQUIREMENT else ""
        entries = tuple(entry(told, d) for d in some)
        yield Group(named(told.whole, head), words, _address(plan, told.seen.plan, head), entries)


def _head(snapshot: Snapshot, d: Decision) -> Item:
    """What a decision is shown under: its requirement, or the record itself where it belongs to none."""
    return snapshot.requirement_of(d.record) or snapshot[d.record]


def _address(plan: Plan, now: Snapshot, head: Item) -> str | None:
    known = head.kind is Kind.REQUIREMENT and head.id in now and now[head.id].present
    return url_for("requirements.show", slug=plan.slug, id=head.id) if known else None
