"""This file is how the hidden column says whose row it is: record ids on each row, plan and revision in its heading."""

import re
from collections.abc import Mapping, Sequence

from plan.fields import Kind
from sync.reading import Origin

_HEADING = re.compile(
    r"plan record\b.*\[(?P<plan>[0-9a-z]+) revision (?P<revision>\d+)(?P<signed> signed off)?\]", re.IGNORECASE
)
_ROW = re.compile(r"(?P<kind>[a-z]+):(?P<ids>[0-9a-z,]+)")
_KINDS = {kind.value: kind for kind in Kind}


def heading(origin: Origin) -> str:
    """The words that head the hidden column: "Plan record, please leave [k3f9 revision 12]"."""
    position = " signed off" if origin.signed_off else ""
    return f"Plan record, please leave [{origin.plan} revision {origin.revision}{position}]"


def read_heading(words: object) -> Origin | None:
    """The plan and revision a heading names; None where it is no heading of ours."""
    found = _HEADING.search(words) if isinstance(words, str) else None
    return Origin(found["plan"], int(found["revision"]), bool(found["signed"])) if found else None


def row(ids: Mapping[Kind, Sequence[str]]) -> str:
    """The ids of one row: "requirement:k3f9 achievement:a1b2,c3d4 action:e5f6"."""
    return " ".join(f"{kind.value}:{','.join(ids[kind])}" for kind in Kind if ids.get(kind))


def begins_with_ids(words: str) -> bool:
    """Whether words begin as a row's cell of the hidden column does; quicker than reading them."""
    found = _ROW.match(words)
    return found is not None and found["kind"] in _KINDS


def read_row(words: object) -> dict[Kind, tuple[str, ...]]:
    """The ids that a row's cell names, by kind; empty where it names none. Never raises."""
    if not isinstance(words, str):
        return {}
    found = ((_KINDS.get(kind), ids) for kind, ids in _ROW.findall(words))
    return {kind: tuple(filter(None, ids.split(","))) for kind, ids in found if kind}
