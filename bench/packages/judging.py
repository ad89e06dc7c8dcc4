"""This file compares a workbook before and after the standard edit: what was lost, what changed for nothing."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import zip_longest

from lxml import etree

from bench.packages.faults import faults
from bench.packages.reading import CellValue, Reading
from bench.packages.standard_edit import Edit
from sync.ooxml import Patched

# What may change when cells change and rows move; the edited sheet itself, and what a formula's going takes along.
_MOVES = re.compile(
    r"(worksheets?/|tables?/|drawings?/|charts?/|comments|threadedcomments/|pivot|ctrlprops/|activex/)", re.IGNORECASE
)
_CHAIN = re.compile(r"(calcchain\.xml$|content_types\]\.xml$|workbook\.xml\.rels$)", re.IGNORECASE)
_MAY_GO = {"workbook": frozenset({"calcPr@calcCompleted"})}


@dataclass(frozen=True)
class Judgement:
    """What is wrong with an edited workbook, each as a sentence; all empty when it is faithful."""

    parts_changed: list[str] = field(default_factory=list)
    needlessly_changed: list[str] = field(default_factory=list)
    features_lost: list[str] = field(default_factory=list)
    values_wrong: list[str] = field(default_factory=list)
    new_faults: list[str] = field(default_factory=list)

    @property
    def is_faithful(self) -> bool:
        return not (self.needlessly_changed or self.features_lost or self.values_wrong or self.new_faults)

    def as_json(self) -> dict[str, list[str]]:
        return asdict(self)


def judge(before: bytes, patched: Patched, edit: Edit) -> Judgement:
    """What the edited workbook says beside the one before, both read afresh."""
    old, new = Reading(before), Reading(patched.content)
    gone = [name for name in old.names if name not in new.names]
    changed = [name for name in old.names if name in new.names and old.raw(name) != new.raw(name)]
    return Judgement(
        [*changed, *gone],
        list(_needless(old, new, changed, edit)),
        list(_lost(old, new, changed, gone)),
        list(_wrong_values(old, new, edit, _rows_added(old, patched, edit))),
        sorted(faults(new) - faults(old)),
    )


def _rows_added(old: Reading, patched: Patched, edit: Edit) -> list[int]:
    """After which rows the new ones stand: where they were asked for, or both at the end of the sheet."""
    if not any("therefore went to its end" in note for note in patched.notes):
        return sorted(edit.after)
    end = max((row for row, _, _ in old.cells(edit.part)), default=0)
    return sorted(max(row, end) for row in edit.after)


def _needless(old: Reading, new: Reading, changed: list[str], edit: Edit) -> Iterator[str]:
    workbook = old.workbook()
    for name in changed:
        plain = name.replace("\\", "/").lower()
        if plain == edit.part.lower():
            continue
        if plain != workbook.lower() and not _MOVES.search(plain) and not _CHAIN.search(plain):
            yield f"{name} has nothing to do with the edit"
        elif _meaning(old, name) == _meaning(new, name):
            yield f"{name} was written anew and says the same"


def _meaning(reading: Reading, name: str) -> bytes:
    root = reading.tree(name)
    if root is None:
        return reading.raw(name)
    for element in root.iter():
        element.tail = element.tail if (element.tail or "").strip() else None
    return bytes(etree.tostring(root, exclusive=False))


def _lost(old: Reading, new: Reading, changed: list[str], gone: list[str]) -> Iterator[str]:
    yield from (f"the part {name} is gone" for name in gone if "calcchain" not in name.lower())
    yield from (f"the part {name} is new" for name in new.names if name not in old.names)
    chain_went = any("calcchain" in name.lower() for name in gone)
    for name in changed:
        missing = old.features(name) - new.features(name)
        if chain_went and _CHAIN.search(name):
            missing -= Counter(list(missing))
        if name == old.workbook():
            missing = Counter({key: n for key, n in missing.items() if key not in _MAY_GO["workbook"]})
        yield from (f"{name}: {n} of {key}" for key, n in sorted(missing.items()))


def _wrong_values(old: Reading, new: Reading, edit: Edit, after: list[int]) -> Iterator[str]:
    sheets = [target for _, kind, target in old.relations(old.workbook()) if kind == "worksheet" and old.has(target)]
    for part in sheets:
        moved = after if part == edit.part else []
        edited = set(edit.cells) if part == edit.part else set()
        if moved or old.part(part) != new.part(part):
            yield from _wrong_in(part, old, new, edited, moved)


def _wrong_in(part: str, old: Reading, new: Reading, edited: set[str], after: list[int]) -> Iterator[str]:
    fresh = {row + place + 1 for place, row in enumerate(after)}
    shifted = ((row + sum(a < row for a in after), row, column, value) for row, column, value in old.cells(part))
    found = ((row, column, value) for row, column, value in new.cells(part) if row not in fresh)
    for was, now in zip_longest(shifted, found):
        if was is None or now is None or (was[0], was[2]) != now[:2]:
            yield f"{part}: {was} stands at {now}"
            return
        if _called(was[1], was[2]) not in edited and not _same(was[3], now[2]):
            yield f"{part}: {was} says {now}"


def _same(was: CellValue, now: CellValue) -> bool:
    # A formula's words change with the rows, and a shared one is written out: that it is there, and its last
    # result, must stay.
    formulas = (was.formula is None) == (now.formula is None)
    return formulas and was[:2] == now[:2] and was[3:] == now[3:]


def _called(row: int, column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
