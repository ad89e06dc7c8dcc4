"""This file reads and writes with every value checked: nothing is taken that cannot be held or written askew."""

from collections.abc import Sequence
from dataclasses import replace

from plan import fields
from plan.fields import BY_NAME, Invalid, Kind
from plan.snapshot import Item, Snapshot
from sync import merge, write_workbook
from sync.grid import Grid
from sync.identity import Resolved, resolve
from sync.layout import Layout
from sync.merge import Decision, Outcome, Stated
from sync.ooxml import Refused
from sync.read_workbook import grids, read_grids
from sync.reading import Origin, Problem, Reading
from sync.write_workbook import Left, Notice, Written


class Unwritable(Exception):
    """The workbook is of a kind that cannot be written back; the message says which and what to do."""


def resolve_checked(reading: Reading, base: Snapshot, plan: Snapshot, seed: str) -> Resolved:
    """Identity, and every value checked against its field: what cannot be kept becomes a problem."""
    resolved = resolve(reading, base, plan, seed=seed)
    problems = list(resolved.problems)
    checked = {id: _checked(one, plan.get(id), problems) for id, one in resolved.stated.items()}
    return replace(resolved, stated=checked, problems=tuple(problems))


def _checked(stated: Stated, held: Item | None, problems: list[Problem]) -> Stated:
    """The values that their fields can keep; one that the plan holds already was checked when it came in."""
    there = held.values if held else {}
    doubtful = [
        name for name, said in stated.values.items() if said.value is not None and said.value != there.get(name)
    ]
    if not doubtful:
        return stated
    kept = dict(stated.values)
    for name in doubtful:
        said = kept.pop(name)
        try:
            value = fields.clean(BY_NAME[stated.kind, name], said.value)
            kept[name] = said if value is said.value else said._replace(value=value)
        except Invalid as fault:
            problems.append(Problem(said.sheet or "", said.cell, str(said.value)[:200], str(fault)))
    return replace(stated, values={name: kept[name] for name in stated.values if name in kept})


def write_checked(
    content: bytes,
    sheets: Sequence[Grid],
    reading: Reading,
    resolved: Resolved,
    target: Snapshot,
    origin: Origin,
    former_markings: frozenset[str] = frozenset(),
    notice: Notice | None = None,
) -> Written:
    """The workbook written and read again: what it would not say rightly is left as it was and told.

    Raises Unwritable for a workbook that must not be changed.
    """

    def write(leave: Left) -> Written:
        return write_workbook.write(
            content, sheets, reading, resolved.ids, target, origin,
            leave=leave, former_markings=former_markings, notice=notice,
        )  # fmt: skip

    try:
        written, leave = write(Left()), Left()
        while (wrong := _misread(written, reading.layout, target)) and (more := _and_also(leave, wrong)) != leave:
            leave, written = more, write(more)
    except Refused as refusal:
        raise Unwritable(str(refusal)) from None
    notes = [
        f"{BY_NAME[kind, name].label} of the {kind} {_called(target[id])} could not be written so that it reads the "
        "same again; its cell was left. It is safe in the plan."
        for kind, id, name in sorted(leave.fields)
    ]
    notes += [
        f"The {target[id].kind} {_called(target[id])} found no place where it would be read "
        "again as what it is, so it was not written. It is safe in the plan."
        for id in sorted(leave.records)
    ]
    left = written.left | {(id, name) for _, id, name in leave.fields}
    return replace(written, notes=(*written.notes, *notes), left=left)


def _and_also(leave: Left, wrong: Left) -> Left:
    """What is left besides: a record in the wrong place makes its neighbours read askew, so it is taken out first."""
    return Left(leave.fields | (frozenset() if wrong.records else wrong.fields), leave.records | wrong.records)


def _called(item: Item) -> str:
    """A record by its number, or else by its first words."""
    words = item.get("reference") or item.get("text") or item.get("title") or item.get("name") or item.id
    return f"“{str(words)[:60]}”"


def _misread(written: Written, layout: Layout, target: Snapshot) -> Left | None:
    """What was written and reads otherwise, and the new records that are not found again; None where all is well."""
    if not written.wrote and not written.added:
        return None
    reading = read_grids(grids(written.content), layout)
    again = resolve_checked(reading, target, target, "reread").stated
    found: Sequence[Decision] = merge.decide(target, target, again, frozenset())
    askew = frozenset(
        (d.kind, d.record, d.field)
        for d in found
        if d.field
        and d.field != "parent"
        and d.record in target
        and d.outcome in (Outcome.TAKE, Outcome.CLEARED)
        and (d.record, d.field) in written.wrote
    )
    astray = (id for id in written.added if id not in again or not _is_home(again[id], target[id], target))
    wrong = Left(askew, frozenset(astray))
    return None if wrong == Left() else wrong


def _is_home(stated: Stated, item: Item, target: Snapshot) -> bool:
    """Whether a record stands under its parent, or under none where the workbook lacks it.

    That may be a theme, or a requirement without words.
    """
    parent = target.get(item.parent or "")
    wordless = parent is not None and not (parent.get("text") or parent.get("reference"))
    return stated.parent == item.parent or (stated.parent is None and (item.kind is Kind.REQUIREMENT or wordless))
