"""This file is the only door to change: it checks, writes the record, the history and what awaits sign-off together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan import awaiting, fields, ledger
from plan.fields import BY_NAME, Invalid, Kind, Value
from plan.ledger import Moved, Step
from plan.models import MODELS, Person, Plan, Revision, Source
from plan.models.records import AnyRecord
from plan.roles import Role

STRUCTURE = ("present", "parent", "position")
CHECKED_SOURCES = frozenset({Source.BROWSER, Source.WORKBOOK, Source.UNDO})
GRADES = ("outstanding", "good", "adequate", "inadequate")


class NotAllowed(Exception):
    """The person's role may not change this; the message names the field and who may."""


class NoSuchRecord(LookupError):
    """There is no such record in this plan."""


@dataclass(frozen=True)
class Edit:
    """One field of one record and the value it shall have; from a workbook, with its sheet and cell."""

    kind: Kind
    record: str
    field: str
    value: Value
    sheet: str | None = None
    cell: str | None = None


def new(
    kind: Kind, record: str, parent: str | None, values: Mapping[str, Value], *, position: float = 0.0
) -> list[Edit]:
    """The edits that make a new record under `parent` with these values (blank ones are left out)."""
    structure = {"present": True, "parent": parent, "position": position}
    said = {**structure, **{name: value for name, value in values.items() if value is not None}}
    return [Edit(kind, record, name, value) for name, value in said.items()]


def remove(kind: Kind, record: str) -> list[Edit]:
    """The edits that take a record out of the plan; its words and history stay and can be brought back."""
    return [Edit(kind, record, "present", False)]


def bring_back(kind: Kind, record: str) -> list[Edit]:
    """The edits that put a removed record back as it was."""
    return [Edit(kind, record, "present", True)]


def apply(session: Session, plan: Plan, edits: Sequence[Edit], step: Step) -> Revision | None:
    """Make these edits one revision; None when they change nothing.

    All in the caller's transaction, which must hold the write lock (a POST does). Raises Invalid for a
    value a field cannot hold, NotAllowed where the person's role may not, NoSuchRecord for a record of
    another plan: then nothing of the batch is applied and the caller rolls back.
    """
    records = _Records(session, plan, edits)
    moves = [move for edit in records.complete(edits) if (move := _move(records, edit, step))]
    if not moves:
        return None
    _check_whole_records(session, records, moves, step)
    session.flush()
    revision = ledger.write(session, plan, step, moves)
    awaiting.follow(session, plan.id, moves, revision.number)
    return revision


def may_edit(person: Person | None, kind: Kind, name: str) -> bool:
    """Whether this person's role may change the field; None is the command line, which may."""
    if person is None:
        return True
    row = BY_NAME.get((kind, name))
    allowed = row.edited_by if row else fields.of(kind)[0].edited_by
    return person.active and Role(person.role) in allowed


class _Records:
    """The records a batch of edits speaks of, fetched once, made where they are new."""

    def __init__(self, session: Session, plan: Plan, edits: Sequence[Edit]) -> None:
        session.flush()  # a plan made just now must stand in its table before its records do
        self.session, self.plan = session, plan
        self.made: set[str] = set()
        self._known: dict[str, AnyRecord] = {}
        for kind in {edit.kind for edit in edits}:
            wanted = {edit.record for edit in edits if edit.kind is kind}
            self._known.update(self._fetch(kind, wanted))

    def __call__(self, kind: Kind, id: str) -> AnyRecord:
        record = self._known.get(id)
        if record is None or record.kind is not kind:
            raise NoSuchRecord("There is no such record in this plan. Nothing was changed; go back to the plan.")
        return record

    def complete(self, edits: Sequence[Edit]) -> list[Edit]:
        """The edits with records made for new ones and a number for each new action that has none."""
        for edit in edits:
            if edit.field == "present" and edit.value and edit.record not in self._known:
                self._make(edit)
        said = {(edit.record, edit.field): edit.value for edit in edits}
        unnumbered = [
            edit for edit in edits
            if edit.kind is Kind.ACTION and edit.record in self.made and edit.field == "parent"
            and (edit.record, "reference") not in said
        ]
        counts: dict[str, int] = {}
        numbers = [self._number(edit, said, counts) for edit in unnumbered]
        return [*edits, *(number for number in numbers if number)]

    def _make(self, edit: Edit) -> None:
        record = MODELS[edit.kind](id=edit.record, present=False, position=0.0)
        if not isinstance(record, Plan):
            record.plan_id = self.plan.id
        self.session.add(record)
        self._known[edit.record] = record
        self.made.add(edit.record)

    def _number(self, edit: Edit, said: Mapping[tuple[str, str], Value], counts: dict[str, int]) -> Edit | None:
        requirement = str(edit.value)
        model = MODELS[Kind.REQUIREMENT]
        known = self._known.get(requirement) or self.session.get(model, requirement)
        reference = said.get((requirement, "reference")) or getattr(known, "reference", None)
        if not reference:
            return None
        if requirement not in counts:
            counts[requirement] = self._highest(requirement, str(reference))
        counts[requirement] += 1
        return Edit(Kind.ACTION, edit.record, "reference", f"{reference}.{counts[requirement]}")

    def _highest(self, requirement: str, reference: str) -> int:
        """The highest number any action of the requirement ever had, removed ones included."""
        model = MODELS[Kind.ACTION]
        with self.session.no_autoflush:
            siblings = self.session.scalars(select(model).where(model.parent == requirement)).all()
        tails = (str(getattr(s, "reference", "") or "").removeprefix(f"{reference}.") for s in siblings)
        return max((int(tail) for tail in tails if tail.isdigit()), default=len(siblings))

    def _fetch(self, kind: Kind, ids: set[str]) -> dict[str, AnyRecord]:
        if kind is Kind.PLAN:
            if ledger.latest(self.session, self.plan.id) == 0:
                self.made.add(self.plan.id)
            return {self.plan.id: self.plan}
        model = MODELS[kind]
        found = select(model).where(getattr(model, "plan_id") == self.plan.id)
        if len(ids) < 500:  # SQLite takes a limited number of values in one statement
            found = found.where(model.id.in_(ids))
        with self.session.no_autoflush:
            rows: Iterable[AnyRecord] = self.session.scalars(found)
            return {record.id: record for record in rows}


def _move(records: _Records, edit: Edit, step: Step) -> Moved | None:
    record = records(edit.kind, edit.record)
    if step.source in CHECKED_SOURCES and not may_edit(step.by, edit.kind, edit.field):
        raise NotAllowed(_who_may(edit))
    value = edit.value if edit.field in STRUCTURE else fields.clean(fields.field(edit.kind, edit.field), edit.value)
    fresh = edit.record in records.made and edit.field in STRUCTURE
    before: Value = None if fresh else getattr(record, edit.field)
    if value == before:
        return None
    setattr(record, edit.field, value)
    return Moved(edit.kind, edit.record, edit.field, before, value, edit.sheet, edit.cell)


def _who_may(edit: Edit) -> str:
    row = BY_NAME.get((edit.kind, edit.field)) or fields.of(edit.kind)[0]
    roles = " or ".join(sorted(role.value for role in row.edited_by))
    return f"Your account may not change “{row.label}”. Nothing was changed; ask somebody of: {roles}."


def _check_whole_records(session: Session, records: _Records, moves: Sequence[Moved], step: Step) -> None:
    for move in moves:
        if move.kind is Kind.AUDIT:
            _check_adds_up(records(move.kind, move.record))
        if move.kind is Kind.REQUIREMENT and move.field == "reference" and step.source is Source.BROWSER:
            _check_number_is_free(session, records, move)


def _check_adds_up(record: AnyRecord) -> None:
    parts = [getattr(record, grade) for grade in GRADES]
    total = getattr(record, "total")
    if total is None or any(part is None for part in parts) or sum(parts) == total:
        return
    raise Invalid(
        f"The grades add up to {sum(parts):,} and the cases are {total:,}, a difference of {abs(sum(parts) - total):,}. "
        "Nothing was changed; put the numbers right and save again."
    )


def _check_number_is_free(session: Session, records: _Records, move: Moved) -> None:
    model = MODELS[Kind.REQUIREMENT]
    with session.no_autoflush:
        taken = session.scalar(
            select(model.id).where(
                getattr(model, "plan_id") == records.plan.id, getattr(model, "reference") == move.after, model.present,
                model.id != move.record,
            )
        )
    if taken:
        raise Invalid(f"Another requirement has the number {move.after}. Nothing was changed; choose another number.")
