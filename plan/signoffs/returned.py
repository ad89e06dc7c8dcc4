"""This file is what came back, returned or withdrawn, to all who had a hand in it: to take up again or let go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from plan import edits, history
from plan.awaiting import says_the_same
from plan.edits import Edit
from plan.fields import BY_NAME, Invalid, Kind, Value, of
from plan.ledger import Step
from plan.models import Change, Decision, LettingGo, Outcome, Person, Plan, Revision, Source
from plan.signoffs.lines import changes_by_record, decided_together, has_place
from plan.snapshot import Item, Snapshot

Touched = Mapping[str, Sequence[Change]]
"""Every change of some records, newest first, by record."""

Hands = Mapping[int, str]
"""People by id, with their names."""

NOTHING_NEW = (
    "The plan says exactly this already, so there is nothing to sign off and nothing was sent. Change the words, or "
    "let them go."
)


class NoLongerReturned(LookupError):
    """The line is not among what was returned to this person any more."""


@dataclass(frozen=True)
class Returned:
    """A line that came back to its authors: one decision, or several for counts that are decided together.

    A lead returned it, or its author withdrew it. `authors` names all who had a hand in it since it was last signed,
    first the one who wrote it last.
    """

    decisions: tuple[Decision, ...]
    item: Item
    requirement: Item | None
    authors: tuple[str, ...] = ()

    @property
    def id(self) -> int:
        """What an address or a form calls it."""
        return self.decisions[0].id

    @property
    def decision(self) -> Decision:
        """The decision that stands for the line."""
        return self.decisions[0]

    @property
    def is_withdrawn(self) -> bool:
        """Whether its author withdrew it before anybody decided."""
        return self.decision.outcome == Outcome.WITHDRAWN

    @property
    def words(self) -> Mapping[str, Value]:
        """The author's words that can be written anew: what was decided on, or all that a new record says."""
        if self.decision.field != "present":
            return {d.field: d.after for d in self.decisions if (self.item.kind, d.field) in BY_NAME}
        said = {row.name: self.item.get(row.name) for row in of(self.item.kind)} if self.decision.after else {}
        return {name: value for name, value in said.items() if value is not None}


def returned_to(session: Session, plan: Plan, person: Person) -> list[Returned]:
    """What came back to this person and has neither been touched nor let go since, newest first.

    It comes back to everybody who had a hand in it; one of them settles it for all.
    """
    found = _returning(session, plan)
    if not found:
        return []
    touched = changes_by_record(session, {decision.record_id for decision in found})
    mine = [
        (some, wrote)
        for some in together(found)
        if person.id in (wrote := hands_in(some, touched)) and not touched_since(some, touched)
    ]
    return with_their_place(history.now(session, plan), mine)


def find_returned(session: Session, plan: Plan, person: Person, id: int) -> Returned:
    """The returned line of this id. Raises NoLongerReturned where it is settled or somebody else's."""
    for one in returned_to(session, plan, person):
        if one.id == id:
            return one
    raise NoLongerReturned(
        "That line is not among what came back to you any more: it was taken up, let go or changed "
        "meanwhile. Nothing was changed; the list below is as it is now."
    )


def take_up_again(
    session: Session, plan: Plan, returned: Returned, step: Step, words: Mapping[str, Value] | None = None
) -> Revision:
    """Put the author's words back into the plan, where they await sign-off again; `words` are those written anew.

    Raises Invalid where they are what the plan says anyway, and what `edits.apply` raises.
    """
    anew = {name: value for name, value in (words or {}).items() if name in returned.words}
    again = {d.field: d.after for d in returned.decisions} | anew
    kind, record = returned.item.kind, returned.item.id
    revision = edits.apply(session, plan, [Edit(kind, record, name, value) for name, value in again.items()], step)
    if revision is None:
        raise Invalid(NOTHING_NEW)
    return revision


def let_go(session: Session, returned: Returned, step: Step) -> None:
    """Take the line off its author's list; the plan keeps its signed words, the history the returned ones."""
    if step.by is None:
        raise ValueError("only the person that it was returned to lets it go")
    session.add_all(LettingGo(decision_id=d.id, person_id=step.by.id, at=step.at) for d in returned.decisions)
    session.flush()


def _returning(session: Session, plan: Plan) -> Sequence[Decision]:
    return session.scalars(
        select(Decision)
        .join(Revision)
        .where(
            Revision.plan_id == plan.id,
            Decision.outcome.in_([Outcome.RETURNED.value, Outcome.WITHDRAWN.value]),
            ~exists().where(LettingGo.decision_id == Decision.id),
        )
        .options(joinedload(Decision.revision))
        .order_by(Revision.number.desc(), Decision.id)
    ).all()


def together(found: Sequence[Decision]) -> list[list[Decision]]:
    """The decisions line by line. A record that came or went is one line, which its presence stands for."""
    whole = {(d.revision_id, d.record_id) for d in found if d.field == "present"}
    grouped: dict[tuple[int, str, str], list[Decision]] = {}
    for d in found:
        if d.field == "present" or (d.revision_id, d.record_id) not in whole:
            key = (d.revision_id, d.record_id, decided_together(Kind(d.kind), d.field))
            grouped.setdefault(key, []).append(d)
    return list(grouped.values())


def with_their_place(snapshot: Snapshot, lines: Iterable[tuple[Sequence[Decision], Hands]]) -> list[Returned]:
    """The lines as they are shown; those under a record that was taken out wait until that is back."""
    found = (
        Returned(tuple(some), item, snapshot.requirement_of(item.id), tuple(wrote.values()))
        for some, wrote in lines
        for item in [snapshot[some[0].record_id]]
    )
    return [one for one in found if has_place(snapshot, one.item)]


def touched_since(decisions: Sequence[Decision], touched: Touched) -> Change | None:
    """The first change of the line after it came back, None where nobody has changed it since."""
    number, fields = decisions[0].revision.number, {d.field for d in decisions}
    changes = (c for c in reversed(touched.get(decisions[0].record_id, [])) if c.field in fields)
    return next((c for c in changes if c.revision.number > number), None)


def hands_in(decisions: Sequence[Decision], touched: Touched) -> Hands:
    """Who moved the line from what was signed to what came back, by id with their names, the last first."""
    number = decisions[0].revision.number
    signed = {d.field: d.before for d in decisions}
    whole = "present" in signed
    hands: dict[int, str] = {}
    for change in _of_line(decisions, touched):
        if change.revision.number >= number or not (whole or change.field in signed):
            continue
        if change.revision.source != Source.SIGN_OFF and change.revision.by_id is not None:
            hands.setdefault(change.revision.by_id, change.revision.by_name)
        if change.field in signed and says_the_same(change.field, change.before, signed[change.field]):
            del signed[change.field]  # before this change it was as signed
            if not signed:
                break
    return hands


def _of_line(decisions: Sequence[Decision], touched: Touched) -> list[Change]:
    """The changes of the line's fields, or of all that a record says which came or went as a whole, newest first."""
    fields = {d.field for d in decisions}
    return [c for c in touched.get(decisions[0].record_id, []) if "present" in fields or c.field in fields]
