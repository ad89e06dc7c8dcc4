"""This file is the only door to change: it checks, writes the record, the history and what awaits sign-off together."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from plan import awaiting, cycle_dates, fields, ledger, numbering, periods, placing
from plan.fields import BY_NAME, PARENT, Invalid, Kind, Value
from plan.figures import audits
from plan.ledger import Moved, Step
from plan.models import MODELS, Audit, Change, Cycle, Person, Plan, Reading, Requirement, Revision, Source
from plan.models.records import AnyRecord
from plan.numbering import Unnumbered
from plan.rights import may_edit
from plan.roles import whom_to_ask

STRUCTURE = ("present", "parent", "position")
CHECKED_WHOLE = (Kind.AUDIT, Kind.CYCLE, Kind.READING, Kind.REQUIREMENT)
CHECKED_SOURCES = frozenset({Source.BROWSER, Source.WORKBOOK, Source.UNDO})
NOT_NAMED = (
    "Your account may change only the requirements that the programme office named to you, and this is about something "
    "else. Nothing was changed; ask the programme office."
)
NOT_HERE = "There is no such record in this plan. Nothing was changed; go back to the plan."


class NotAllowed(Exception):
    """The person may not change this; the message names it and who may."""


class NoSuchRecord(LookupError):
    """There is no such record in this plan."""


class Edit(NamedTuple):
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
    value a field cannot hold, NotAllowed where the person may not, NoSuchRecord for a record of
    another plan: then nothing of the batch is applied and the caller rolls back.
    """
    records = _Records(session, plan, edits)
    moves = [move for edit in records.complete(edits) if (move := _move(records, edit, step))]
    if not moves:
        return None
    _check_whole_records(session, records, moves, step)
    session.flush()
    records.add_new()
    revision = ledger.write(session, plan, step, moves)
    awaiting.follow(session, plan.id, moves, revision.number)
    return revision


class _Records:
    """The records a batch of edits speaks of, fetched once, made where they are new."""

    def __init__(self, session: Session, plan: Plan, edits: Sequence[Edit]) -> None:
        session.flush()  # a plan made just now must stand in its table before its records do
        self.session, self.plan = session, plan
        self.made: set[str] = set()
        self._under = {edit.record: str(edit.value) for edit in edits if edit.field == "parent" and edit.value}
        self._known: dict[str, AnyRecord] = {}
        for kind, ids in _spoken_of(edits).items():
            self._known.update(self._fetch(kind, ids))

    def __call__(self, kind: Kind, id: str) -> AnyRecord:
        record = self._known.get(id)
        if record is None or record.kind is not kind:
            raise NoSuchRecord(NOT_HERE)
        return record

    def complete(self, edits: Sequence[Edit]) -> list[Edit]:
        """The edits with records made for new ones and a number for each new action that has none."""
        making = {edit.record: edit for edit in edits if edit.field == "present" and edit.value}
        new = {id: edit for id, edit in making.items() if id not in self._known}
        self._refuse_taken(list(new))
        for edit in new.values():
            self._make(edit)
        return [*edits, *self._numbers(edits)]

    def add_new(self) -> None:
        """Write the new records, all of a kind at once: one by one, an import's would take as long as its reading."""
        new: dict[Kind, list[dict[str, Value]]] = {}
        for record in self._known.values():
            if record.id in self.made and record is not self.plan:
                new.setdefault(record.kind, []).append({name: getattr(record, name) for name in _columns(record.kind)})
        for kind, rows in new.items():
            self.session.connection().execute(insert(MODELS[kind]), rows)

    def requirements_of(self, edit: Edit) -> set[str | None]:
        """The requirements that an edit is about."""
        moved_to = str(edit.value) if edit.field == "parent" and edit.value else None
        return placing.requirements_of(edit.record, edit.kind, moved_to, self._parent)

    def _parent(self, id: str, kind: Kind) -> str | None:
        if id in self.made:
            return self._under.get(id)
        with self.session.no_autoflush:  # other records of the batch may be half changed
            record = self._known.get(id) or self._fetch(kind, [id]).get(id)
        return record.parent if record else None

    def _refuse_taken(self, ids: Sequence[str]) -> None:
        """An id that any history has spoken of names that record for ever, in that plan."""
        for some in _portions(ids):
            taken = select(Change.record_id).where(Change.record_id.in_(some)).limit(1)
            if self.session.scalar(taken) is not None:
                raise NoSuchRecord(NOT_HERE)

    def _make(self, edit: Edit) -> None:
        record = MODELS[edit.kind](id=edit.record, present=False, position=0.0)
        if not isinstance(record, Plan):
            record.plan_id = self.plan.id
        self._known[edit.record] = record
        self.made.add(edit.record)

    def _numbers(self, edits: Sequence[Edit]) -> list[Edit]:
        said = {(edit.record, edit.field): edit.value for edit in edits}
        given = [str(value) for (_, field), value in said.items() if field == "reference" and value]
        unnumbered = [
            Unnumbered(edit.record, str(edit.value), reference)
            for edit in edits
            if edit.kind is Kind.ACTION
            and edit.record in self.made
            and edit.field == "parent"
            and edit.value
            and not said.get((edit.record, "reference"))
            and (reference := self._reference(str(edit.value), said))
        ]
        numbered = numbering.numbers(self.session, self.plan.id, unnumbered, given)
        return [Edit(Kind.ACTION, action, "reference", number) for action, number in numbered]

    def _reference(self, requirement: str, said: Mapping[tuple[str, str], Value]) -> str:
        number = said.get((requirement, "reference")) or getattr(self._known.get(requirement), "reference", None)
        return str(number or "").strip()

    def _fetch(self, kind: Kind, ids: Sequence[str]) -> dict[str, AnyRecord]:
        if kind is Kind.PLAN:
            if ledger.latest(self.session, self.plan.id) == 0:
                self.made.add(self.plan.id)
            return {self.plan.id: self.plan}
        model = MODELS[kind]
        found: dict[str, AnyRecord] = {}
        for some in _portions(ids):
            of_plan = getattr(model, "plan_id") == self.plan.id  # noqa: B009 - the type is also the plan's, which has none
            mine = select(model).where(of_plan, model.id.in_(some))
            rows: Iterable[AnyRecord] = self.session.scalars(mine)
            found.update({record.id: record for record in rows})
        return found


def _spoken_of(edits: Sequence[Edit]) -> dict[Kind, list[str]]:
    """The records that are edited, and those under which they are put, by kind."""
    found: dict[Kind, dict[str, None]] = {}
    for edit in edits:
        found.setdefault(edit.kind, {})[edit.record] = None
        if edit.field == "parent" and edit.value and edit.kind in PARENT:
            found.setdefault(PARENT[edit.kind], {})[str(edit.value)] = None
    return {kind: list(ids) for kind, ids in found.items()}


def _columns(kind: Kind) -> tuple[str, ...]:
    return ("id", "plan_id", *STRUCTURE, *(row.name for row in fields.of(kind)))


def _portions(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    """The ids five hundred at a time: SQLite takes a limited number of values in one statement."""
    return (ids[start : start + 500] for start in range(0, len(ids), 500))


def _move(records: _Records, edit: Edit, step: Step) -> Moved | None:
    record = records(edit.kind, edit.record)
    if edit.field == "parent" and edit.value and edit.kind in PARENT:
        records(PARENT[edit.kind], str(edit.value))
    if step.source in CHECKED_SOURCES:
        _check_right(records, edit, step.by)
    value = edit.value if edit.field in STRUCTURE else fields.clean(fields.field(edit.kind, edit.field), edit.value)
    fresh = edit.record in records.made and edit.field in STRUCTURE
    before: Value = None if fresh else getattr(record, edit.field)
    if value == before:
        return None
    setattr(record, edit.field, value)
    return Moved(edit.kind, edit.record, edit.field, before, value, edit.sheet, edit.cell)


def _check_right(records: _Records, edit: Edit, by: Person | None) -> None:
    is_limited = by is not None and by.is_limited
    about = records.requirements_of(edit) if is_limited else {None}
    if not all(may_edit(by, edit.kind, edit.field, requirement) for requirement in about):
        raise NotAllowed(NOT_NAMED if is_limited else _who_may(edit))


def _who_may(edit: Edit) -> str:
    row = BY_NAME.get((edit.kind, edit.field)) or fields.of(edit.kind)[0]
    return f"Your account may not change “{row.label}”. Nothing was changed; ask {whom_to_ask(row.step)}."


def _check_whole_records(session: Session, records: _Records, moves: Sequence[Moved], step: Step) -> None:
    for move in (move for move in moves if move.kind in CHECKED_WHOLE):
        record = records(move.kind, move.record)
        if isinstance(record, Audit):
            _check_adds_up(record)
        if isinstance(record, Cycle):
            cycle_dates.check(session, record, move)
        if isinstance(record, Reading) and record.present and step.source is Source.BROWSER:
            _check_period_is_free(session, record)
        numbered = move.kind is Kind.REQUIREMENT and move.field == "reference" and move.after is not None
        if numbered and step.source is Source.BROWSER:
            _check_number_is_free(session, records, move)


def _check_adds_up(record: Audit) -> None:
    fault = audits.off_by(record.total, tuple(getattr(record, grade) for grade in audits.GRADES))
    if fault:
        raise Invalid(f"{fault}. Nothing was changed; put the cases and their grades right together and save again.")


def _check_period_is_free(session: Session, record: Reading) -> None:
    taken = select(Reading.value).where(
        Reading.parent == record.parent, Reading.period == record.period, Reading.present, Reading.id != record.id
    )
    with session.no_autoflush:
        other = session.execute(taken.limit(1)).first()
    if other is not None and record.period is not None:
        held = "a reading without a value" if other.value is None else f"{other.value:g}"
        raise Invalid(
            f"The figure has {held} for {periods.say(record.period)} already. Nothing was changed; change that "
            "reading, or choose another period."
        )


def _check_number_is_free(session: Session, records: _Records, move: Moved) -> None:
    taken = select(Requirement.id).where(
        Requirement.plan_id == records.plan.id,
        Requirement.reference == str(move.after),
        Requirement.present,
        Requirement.id != move.record,
    )
    with session.no_autoflush:
        if session.scalar(taken):
            raise Invalid(
                f"Another requirement has the number {move.after}. Nothing was changed; choose another number."
            )
