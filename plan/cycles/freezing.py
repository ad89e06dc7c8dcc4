"""This file freezes a cycle's pack: its data and documents are kept for good, and can be proved to be the same."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from plan import audit, history, seals, show
from plan.cycles.standing import Cycle
from plan.ledger import COMMAND_LINE, Step
from plan.models import Cycle as Record
from plan.models import Pack, PackFormat, PackKind, Plan, Revision, What
from plan.snapshot import Item
from plan.timescale import say_date

NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # what one system or another cannot hold in a file's name


class Document(NamedTuple):
    """A document of the pack, ready made: what it is, in which form, its file's name and its bytes."""

    kind: PackKind
    format: PackFormat
    name: str
    content: bytes


class CannotFreeze(ValueError):
    """No pack can be frozen; the message says why and what to do."""


def position_of(session: Session, plan: Plan, cycle: Cycle) -> int:
    """The number of the revision that a cycle's pack tells: the last one of its cut-off day, 0 where there is none."""
    return history.number_at(session, plan, cycle.cut_off)


def freeze(
    session: Session,
    plan: Plan,
    cycle: Cycle,
    documents: Iterable[Document],
    step: Step,
    *,
    edition: int,
    on: date,
    address: str | None = None,
) -> list[Pack]:
    """Keep these documents and the signed-off position as at the cut-off, for good, as this edition (from 1).

    An edition is made once: another is made beside it and leaves it as it is. The audit log keeps its seal, with
    the `address` where the browser was. Raises CannotFreeze like `check_may_freeze`. The caller holds the write lock.
    """
    check_may_freeze(session, plan, cycle, edition, on=on)
    revision = _revision(session, plan, position_of(session, plan, cycle))
    made = [_pack(cycle, one, revision, step, edition) for one in (_position(session, plan, cycle), *documents)]
    session.add_all(made)
    session.flush()
    detail = f"revision {revision.number}, {seals.in_words(_seal(made))}"
    audit.note(
        session, What.FROZEN, by=step.by, at=step.at, plan=plan.slug, about=made[0].name, address=address, detail=detail
    )
    return made


def check_may_freeze(session: Session, plan: Plan, cycle: Cycle, edition: int, *, on: date) -> None:
    """Raise CannotFreeze before the cut-off has passed, without history up to it, and for any edition but the next."""
    if not cycle.is_cut_off(on):
        raise CannotFreeze(
            "The pack can be frozen once its cut-off has passed, for changes of that day still belong to it. "
            "Nothing was frozen; come back the day after."
        )
    if edition != next_edition(session, cycle):
        raise CannotFreeze(
            "Somebody froze this pack while you were looking. Theirs is kept and nothing was frozen again; look at it "
            "first, and make another beside it only if you still need one."
        )
    _revision(session, plan, position_of(session, plan, cycle))


def next_edition(session: Session, cycle: Cycle) -> int:
    """The number of the edition that would be frozen next; 1 where nothing is frozen."""
    last = session.scalar(select(func.max(Pack.edition)).where(Pack.cycle_id == cycle.id))
    return (last or 0) + 1


def packs_of(session: Session, cycle: Cycle) -> list[Pack]:
    """What is frozen of a cycle, the newest edition first. The bytes are read only where they are asked for."""
    order = (Pack.edition.desc(), Pack.id)
    return list(session.scalars(select(Pack).where(Pack.cycle_id == cycle.id).order_by(*order)))


def frozen(session: Session, plan: Plan) -> dict[str, datetime]:
    """When the pack of each cycle was first frozen, by the cycle's id; those without one left out."""
    found = select(Pack.cycle_id, func.min(Pack.at)).join(Record, Record.id == Pack.cycle_id)
    rows = session.execute(found.where(Record.plan_id == plan.id).group_by(Pack.cycle_id))
    return dict(rows.all())


def pack(session: Session, plan: Plan, id: int) -> Pack | None:
    """One frozen part of a pack of this plan, None where there is none."""
    found = select(Pack).join(Record, Record.id == Pack.cycle_id).where(Pack.id == id, Record.plan_id == plan.id)
    return session.scalar(found)


def verify(session: Session, plan: Plan) -> list[str]:
    """What is wrong with the bytes of the plan's frozen packs and with what they tell of, in sentences."""
    revisions = select(Revision.number, Revision.hash).where(Revision.plan_id == plan.id)
    hashes = dict(session.execute(revisions).all())
    kept = select(Pack).join(Record, Record.id == Pack.cycle_id).where(Record.plan_id == plan.id).order_by(Pack.id)
    return [fault for one in session.scalars(kept) for fault in _faults(one, hashes.get(one.revision))]


def broken_seals(session: Session) -> list[str]:
    """The frozen packs of all plans that are not as the audit log tells of them, in sentences."""
    return seals.broken(session, What.FROZEN, dict(_sealed(session.scalars(select(Pack).order_by(Pack.id)))))


def _sealed(packs: Iterable[Pack]) -> Iterator[tuple[str, str]]:
    for (_, edition), some in groupby(packs, key=lambda one: (one.cycle_id, one.edition)):
        files = list(some)
        yield _seal(files), f"Edition {edition} of the frozen pack “{files[0].name}”"


def _seal(edition: Sequence[Pack]) -> str:
    """What binds the files of an edition to each other, and to who froze them, when and of what."""
    return seals.seal([_said(one) for one in edition])


def _said(one: Pack) -> list[object]:
    file = (one.kind, one.format, one.name, one.size, one.sha256)
    frozen = (one.at.astimezone(UTC).isoformat(), one.by_id, one.by_name)
    return [one.cycle_id, one.edition, *file, one.revision, one.head, *frozen]


def _faults(one: Pack, head: str | None) -> Iterable[str]:
    if hashlib.sha256(one.content).hexdigest() != one.sha256:
        yield f"The frozen file “{one.name}” was altered after it was frozen."
    if one.head != head:
        yield f"The frozen file “{one.name}” names a revision {one.revision} that the history does not have."


def _position(session: Session, plan: Plan, cycle: Cycle) -> Document:
    number = position_of(session, plan, cycle)
    position = history.as_at(session, plan, number, signed_off=True)
    written = json.dumps(show.as_json(position, number), ensure_ascii=False, indent=1) + "\n"
    return Document(PackKind.POSITION, PackFormat.JSON, _file_name(position[plan.id], cycle), written.encode())


def _file_name(plan: Item, cycle: Cycle) -> str:
    """What it is, of when, and how it was marked then: the marking stands in file names too."""
    parts = (str(plan.get("title") or ""), "position", say_date(cycle.cut_off), str(plan.get("marking") or ""))
    return " – ".join(safe for part in parts if (safe := " ".join(NOT_IN_NAMES.sub(" ", part).split()))) + ".json"


def _revision(session: Session, plan: Plan, number: int) -> Revision:
    found = session.scalar(select(Revision).where(Revision.plan_id == plan.id, Revision.number == number))
    if found is None:
        raise CannotFreeze(
            "The plan did not exist yet at the cut-off, so there is nothing to freeze. Nothing was changed; look at "
            "the cycle's days."
        )
    return found


def _pack(cycle: Cycle, one: Document, revision: Revision, step: Step, edition: int) -> Pack:
    return Pack(
        cycle_id=cycle.id,
        edition=edition,
        kind=one.kind.value,
        format=one.format.value,
        name=one.name,
        content=one.content,
        size=len(one.content),
        sha256=hashlib.sha256(one.content).hexdigest(),
        revision=revision.number,
        head=revision.hash,
        at=step.at,
        by_id=step.by.id if step.by else None,
        by_name=step.by.name if step.by else COMMAND_LINE,
    )
