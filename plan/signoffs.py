"""This file is sign-off: what awaits a lead, the decision on it, and what was returned to its author (design 4).

| the line | signed off | returned (with a reason) |
| --- | --- | --- |
| a field moved | its words are the signed ones | it goes back to its signed words |
| a record is new | it and its words are signed | it is taken out again, its words kept in history |
| a record was removed | its removal is signed | it is brought back |
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan import awaiting, edits, history, ledger
from plan.edits import Edit
from plan.fields import Kind, Value
from plan.ledger import Moved, Step
from plan.models import MODELS, Awaiting, Change, Decision, Deputy, Outcome, Person, Plan, Revision, Team
from plan.roles import Role
from plan.snapshot import Item, Snapshot


class Sort(StrEnum):
    """What happened to the record or the field that awaits sign-off."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class Stale(Exception):
    """A line moved while the lead was looking; nothing was decided."""


class NotYours(Exception):
    """This person may not decide on this line; the message says why and who may."""


class ReasonNeeded(ValueError):
    """Returning needs a reason."""


@dataclass(frozen=True)
class Net:
    """The net change of one field: what was signed, and what it says now."""

    field: str
    signed: Value
    current: Value


@dataclass(frozen=True)
class Line:
    """One thing a lead decides on: the net change of a field, or a whole record that came or went.

    `key` names it in a form; `token` is the fingerprint of exactly what is shown; `changes` are everything
    that led to it, newest first; `requirement` is None for a theme.
    """

    key: str
    token: str
    sort: Sort
    item: Item
    requirement: Item | None
    nets: tuple[Net, ...]
    since: int
    changes: tuple[Change, ...]

    @property
    def authors(self) -> frozenset[int]:
        """The ids of everybody who had a hand in it."""
        return frozenset(c.revision.by_id for c in self.changes if c.revision.by_id is not None)


@dataclass(frozen=True)
class Shown:
    """A line as it was on the lead's screen."""

    key: str
    token: str


@dataclass(frozen=True)
class Returned:
    """A line that came back to its author: the words, the reason, who returned it."""

    decision: Decision
    item: Item
    requirement: Item | None


def lines(session: Session, plan: Plan) -> list[Line]:
    """Everything that awaits sign-off, in the plan's order."""
    snapshot = history.now(session, plan)
    waiting: dict[str, list[Awaiting]] = {}
    for row in awaiting.of_plan(session, plan.id):
        waiting.setdefault(row.record_id, []).append(row)
    touched = _changes(session, waiting)
    order = {item.id: place for place, item in enumerate(_in_order(snapshot))}
    found = [
        line
        for id in sorted(waiting, key=lambda id: order.get(id, len(order)))
        for line in _lines_of(snapshot, snapshot[id], waiting[id], touched.get(id, []))
    ]
    return found


def queue(session: Session, plan: Plan, person: Person, on: date) -> list[Line]:
    """The lines that this person may decide on today."""
    powers = Powers.of(session, person, on)
    return [line for line in lines(session, plan) if powers.refuse(line) is None]


@dataclass(frozen=True)
class Powers:
    """What a person may decide on a day: as lead of their own teams, and as deputy of others ("for" whom)."""

    person: Person
    teams: Mapping[str, str | None]  # team name -> the lead they stand in for, None for their own
    any_team: bool

    @classmethod
    def of(cls, session: Session, person: Person, on: date) -> "Powers":
        """The powers of this person on this day."""
        teams: dict[str, str | None] = {}
        deputising = session.scalars(
            select(Deputy).where(Deputy.deputy_id == person.id, Deputy.starts <= on, Deputy.ends >= on)
        )
        for deputy in deputising:
            teams.update({team.name: deputy.lead.name for team in deputy.lead.teams})
        leads = person.active and person.role == Role.LEAD
        if leads:
            teams.update({team.name: None for team in person.teams})
        return cls(person, teams, leads)

    def refuse(self, line: Line) -> str | None:
        """Why this person may not decide on the line, None when they may."""
        team = line.requirement.get("team") if line.requirement else None
        if team is not None and team not in self.teams:
            return f"It belongs to the team {team}; its lead decides, or the deputy they named."
        if team is None and not self.any_team:
            return "Only a team lead signs updates off."
        if self.person.id in line.authors:
            return "You had a hand in this change, so somebody else signs it off."
        return None

    def stands_in_for(self, line: Line) -> str | None:
        """The lead in whose place this person decides, None for their own team."""
        team = line.requirement.get("team") if line.requirement else None
        return self.teams.get(str(team)) if team else None


def decide(
    session: Session, plan: Plan, shown: Sequence[Shown], outcome: Outcome, step: Step, *, reason: str | None = None
) -> Revision:
    """Sign off or return exactly what was shown, as one revision.

    Raises Stale where a line has moved since, NotYours where the person may not decide, ReasonNeeded for a
    return without one. Then nothing is decided. The caller's transaction holds the write lock.
    """
    reason = reason.strip() if reason and reason.strip() else None
    if outcome is Outcome.RETURNED and reason is None:
        raise ReasonNeeded("Say why you return it, so that the author knows what to do. Nothing was returned yet.")
    if step.by is None:
        raise NotYours("Only a person who is signed in can sign off.")
    chosen = _chosen(session, plan, shown)
    powers = Powers.of(session, step.by, step.at.date())
    for line in chosen:
        refusal = powers.refuse(line)
        if refusal:
            raise NotYours(f"{refusal} Nothing was decided.")
    return _record(session, plan, chosen, outcome, step, reason, powers)


def returned_to(session: Session, plan: Plan, person: Person) -> list[Returned]:
    """What was returned to this person and has not been touched since, newest first."""
    snapshot = history.now(session, plan)
    found = session.scalars(
        select(Decision).join(Revision).where(Revision.plan_id == plan.id, Decision.outcome == Outcome.RETURNED)
        .order_by(Revision.number.desc(), Decision.id)
    ).all()
    touched = _changes(session, {decision.record_id for decision in found})
    mine = [d for d in found if _is_open(d, touched.get(d.record_id, []), person)]
    return [Returned(d, snapshot[d.record_id], snapshot.requirement_of(d.record_id)) for d in mine if _leads_its_line(d)]


def take_up_again(session: Session, plan: Plan, returned: Returned, step: Step) -> Revision | None:
    """Put the author's returned words back into the plan, where they await sign-off again."""
    decision = returned.decision
    kind = Kind(decision.kind)
    return edits.apply(session, plan, [Edit(kind, decision.record_id, decision.field, decision.after)], step)


def team_names(session: Session) -> list[str]:
    """The names of all teams, in order of name."""
    return list(session.scalars(select(Team.name).order_by(Team.name)))


def _in_order(snapshot: Snapshot) -> Iterable[Item]:
    for theme in snapshot.of(Kind.THEME, removed=True):
        yield theme
        for requirement in snapshot.under(theme.id, Kind.REQUIREMENT, removed=True):
            yield requirement
            for kind in (Kind.ACHIEVEMENT, Kind.ACTION, Kind.AUDIT, Kind.INDICATOR):
                for item in snapshot.under(requirement.id, kind, removed=True):
                    yield item
                    yield from snapshot.under(item.id, Kind.READING, removed=True)


def _changes(session: Session, records: Iterable[str]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    wanted = list(records)
    for start in range(0, len(wanted), 500):
        for change in history.changes_of(session, wanted[start : start + 500]):
            found.setdefault(change.record_id, []).append(change)
    return found


def _lines_of(snapshot: Snapshot, item: Item, rows: list[Awaiting], changes: list[Change]) -> list[Line]:
    presence = next((row for row in rows if row.field == "present"), None)
    if presence is not None:
        sort = Sort.ADDED if item.present else Sort.REMOVED
        return [_line(snapshot, item, sort, rows, changes)]
    if not item.present:
        return []  # removed before it was ever signed: nothing is left to decide
    return [_line(snapshot, item, Sort.CHANGED, [row], changes) for row in rows]


def _line(snapshot: Snapshot, item: Item, sort: Sort, rows: list[Awaiting], changes: list[Change]) -> Line:
    nets = tuple(Net(row.field, row.signed, _current(item, row.field)) for row in sorted(rows, key=lambda r: r.field))
    since = min(row.since for row in rows)
    concerned = {row.field for row in rows}
    led_here = tuple(c for c in changes if c.field in concerned and c.revision.number >= since)
    key = item.id if sort is not Sort.CHANGED else f"{item.id}.{rows[0].field}"
    said = json.dumps([key, sort, [[n.field, n.signed, n.current] for n in nets]], ensure_ascii=False)
    token = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return Line(key, token, sort, item, snapshot.requirement_of(item.id), nets, since, led_here)


def _current(item: Item, field: str) -> Value:
    structure: dict[str, Value] = {"present": item.present, "parent": item.parent, "position": item.position}
    return structure[field] if field in structure else item.get(field)


def _chosen(session: Session, plan: Plan, shown: Sequence[Shown]) -> list[Line]:
    now = {line.key: line for line in lines(session, plan)}
    chosen = [now.get(one.key) for one in shown]
    if not shown or any(line is None or line.token != one.token for line, one in zip(chosen, shown, strict=True)):
        raise Stale(
            "What you were looking at has changed or was decided meanwhile, so nothing was decided. "
            "The lines below are as they are now; look at them and decide again."
        )
    return [line for line in chosen if line is not None]


def _record(
    session: Session, plan: Plan, chosen: Sequence[Line], outcome: Outcome, step: Step, reason: str | None, powers: Powers
) -> Revision:
    decisions = [
        Decision(
            kind=line.item.kind.value, record_id=line.item.id, field=net.field, outcome=outcome.value, before=net.signed,
            after=net.current, reason=reason, on_behalf_of=powers.stands_in_for(line),
        )
        for line in chosen
        for net in line.nets
    ]
    moves = [move for line in chosen for move in _going_back(session, line)] if outcome is Outcome.RETURNED else []
    revision = ledger.write(session, plan, step, moves, decisions)
    if outcome is Outcome.SIGNED_OFF:
        awaiting.settle(session, plan.id, [(d.record_id, d.field) for d in decisions])
    else:
        awaiting.follow(session, plan.id, moves, revision.number)
    return revision


def _going_back(session: Session, line: Line) -> list[Moved]:
    """The changes that take a returned line back to what was signed; an added record keeps its words, out of sight."""
    model = MODELS[line.item.kind]
    record = session.get_one(model, line.item.id)
    back = [net for net in line.nets if line.sort is Sort.CHANGED or net.field == "present"]
    moves = []
    for net in back:
        target = bool(net.signed) if net.field == "present" else net.signed
        setattr(record, net.field, target)
        moves.append(Moved(line.item.kind, line.item.id, net.field, net.current, target))
    session.flush()
    return moves


def _is_open(decision: Decision, changes: Sequence[Change], person: Person) -> bool:
    number = decision.revision.number
    of_field = [c for c in changes if c.field == decision.field]
    later = [c for c in of_field if c.revision.number > number]
    authors = {c.revision.by_id for c in of_field if c.revision.number < number and c.after == decision.after}
    return not later and person.id in authors


def _leads_its_line(decision: Decision) -> bool:
    """Whether the decision stands for its whole line: a returned new record is shown once, by its presence."""
    whole = {d.record_id for d in decision.revision.decisions if d.field == "present"}
    return decision.field == "present" or decision.record_id not in whole
