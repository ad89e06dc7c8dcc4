"""This file puts the record of sign-offs into a download, and tells what staff typed into its columns themselves."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from plan import history, signed
from plan.models import Plan
from plan.snapshot import Snapshot
from sync.checked import resolve_checked
from sync.grid import Grid
from sync.identity import Resolved
from sync.layout import Layout
from sync.ooxml import CellEdit, Package, UnfitCells
from sync.read_workbook import grids, read_grids
from sync.reading import Problem, Reading
from sync.sign_off_columns import cells_of, filled, has_any, not_borne_out


def with_signatures(
    session: Session, plan: Plan, content: bytes, layout: Layout, target: Snapshot, *, signed_off: bool
) -> tuple[bytes, tuple[str, ...]]:
    """A workbook written to say `target`, its own columns filled with who signed each row off and when; what to know.

    A row of which something awaits sign-off says neither, but in a download of the signed-off position, where it
    shows what was signed. A workbook without such columns stays as it is.
    """
    if not has_any(layout):
        return content, ()
    sheets = grids(content)
    reading = read_grids(sheets, layout)
    now = history.now(session, plan)
    resolved = resolve_checked(reading, target, now, "signed")
    found = signed.read(session, plan, now)
    if signed_off:
        found = replace(found, waits=())
    cells = list(cells_of(sheets, reading, resolved.ids))
    edits = filled(cells, found)
    if not edits:
        return content, ()
    changed = {(edit.sheet, edit.cell) for edit in edits}
    lost = [one for one in not_borne_out(cells, found) if (one.sheet, one.cell) in changed]
    written, left = _signed(Package.open(content), edits)
    return written, (*_told(lost), *left)


def _signed(package: Package, edits: Sequence[CellEdit]) -> tuple[bytes, tuple[str, ...]]:
    """The workbook with these cells; those that cannot be written stay as they are, and it is said why."""
    try:
        return package.patch(cells=edits).content, ()
    except UnfitCells as unfit:
        able = [edit for edit in edits if (edit.sheet, edit.cell) not in unfit.reasons]
        told = (f"{why} It was left as it is, and does not say the sign-off." for why in unfit.reasons.values())
        return package.patch(cells=able).content, tuple(told)


def typed_signatures(
    session: Session, plan: Plan, sheets: Sequence[Grid], reading: Reading, resolved: Resolved, now: Snapshot
) -> list[Problem]:
    """What staff typed into those columns that no sign-off bears out."""
    if not has_any(reading.layout):
        return []
    return not_borne_out(cells_of(sheets, reading, resolved.ids), signed.read(session, plan, now))


def _told(lost: Sequence[Problem]) -> tuple[str, ...]:
    if not lost:
        return ()
    first = f"“{lost[0].found}” in cell {lost[0].cell} of sheet {lost[0].sheet}"
    more = f" and {len(lost) - 1:,} more" if lost[1:] else ""
    told = "The columns for sign-offs say what the app's record says. What it does not bear out was not kept there: "
    return (f"{told}{first}{more}.",)
