"""This file reads and writes with every value checked: nothing is taken that cannot be held or written askew."""

from collections.abc import Sequence
from dataclasses import replace

from plan import fields
from plan.fields import BY_NAME, Invalid, Kind
from plan.snapshot import Snapshot
from sync import merge, write_workbook
from sync.grid import Grid
from sync.identity import Resolved, resolve
from sync.layout import Layout
from sync.merge import Decision, Outcome, Stated
from sync.ooxml import Refused
from sync.read_workbook import grids, read_grids
from sync.reading import Origin, Problem, Reading
from sync.write_workbook import Written


class Unwritable(Exception):
    """The workbook is of a kind that cannot be written back; the message says which and what to do."""


def resolve_checked(reading: Reading, base: Snapshot, plan: Snapshot, seed: str) -> Resolved:
    """Identity, and every value checked against its field: what cannot be kept becomes a problem."""
    resolved = resolve(reading, base, plan, seed=seed)
    problems = list(resolved.problems)
    checked = {id: _checked(one, problems) for id, one in resolved.stated.items()}
    return replace(resolved, stated=checked, problems=tuple(problems))


def _checked(stated: Stated, problems: list[Problem]) -> Stated:
    kept = {}
    for name, said in stated.values.items():
        try:
            which = BY_NAME[stated.kind, name]
            value = None if said.value is None else fields.clean(which, said.value)
            kept[name] = replace(said, value=value)
        except Invalid as fault:
            problems.append(Problem(said.sheet or "", said.cell, str(said.value)[:200], str(fault)))
    return replace(stated, values=kept)


def write_checked(
    content: bytes, sheets: Sequence[Grid], reading: Reading, resolved: Resolved, target: Snapshot, origin: Origin
) -> Written:
    """The workbook written and read again: what it would not say rightly is left as it was and told.

    Raises Unwritable for a workbook that must not be changed.
    """
    try:
        written = write_workbook.write(content, sheets, reading, resolved.ids, target, origin)
    except Refused as refusal:
        raise Unwritable(str(refusal)) from None
    wrong = _misread(written, reading.layout, target) if written.wrote else []
    if not wrong:
        return written
    careful = write_workbook.write(content, sheets, reading, resolved.ids, target, origin, leave=frozenset(wrong))
    notes = [
        f"{BY_NAME[kind, name].label} of {id} could not be written so that it reads the same again; its cell was left."
        for kind, id, name in sorted(wrong)
    ]
    return replace(careful, notes=(*careful.notes, *notes), left=frozenset((id, name) for _, id, name in wrong))


def _misread(written: Written, layout: Layout, target: Snapshot) -> list[tuple[Kind, str, str]]:
    reading = read_grids(grids(written.content), layout)
    again = resolve_checked(reading, target, target, "reread")
    found: Sequence[Decision] = merge.decide(target, target, again.stated, frozenset())
    return [
        (d.kind, d.record, d.field)
        for d in found
        if d.field
        and d.field != "parent"
        and d.record in target
        and d.outcome in (Outcome.TAKE, Outcome.CLEARED)
        and (d.record, d.field) in written.wrote
    ]
