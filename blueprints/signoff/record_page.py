"""This file gets a requirement's sign-off record ready: its signed words, what waits, every decision there was."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from blueprints.signoff import telling
from blueprints.signoff.telling import NetView
from plan import awaiting, fields, history, signed
from plan.models import Outcome, Plan, Revision
from plan.questions.standing import family
from plan.signatures import Signature, Signed
from plan.signoffs.record import Decided, agreements, decided
from plan.snapshot import Item, Snapshot

OUTCOMES = {Outcome.SIGNED_OFF: "Signed off", Outcome.RETURNED: "Returned"}
AGREED = "Whole position agreed"


@dataclass(frozen=True)
class Said:
    """One field and its signed-off words."""

    label: str
    words: str


@dataclass(frozen=True)
class SignedView:
    """One record as it is signed off: its words, and under which signature."""

    heading: str
    said: tuple[Said, ...]
    signature: str
    is_signed: bool


@dataclass(frozen=True)
class DecisionView:
    """One decision: on what, by whom, when, with which words and why; its place in the history."""

    outcome: str
    heading: str
    nets: tuple[NetView, ...]
    by: str
    when: str
    comment: str
    number: int
    hash: str


@dataclass(frozen=True)
class RecordPage:
    """All that the record shows. `waits` are the fields that await sign-off, with since when."""

    id: str
    heading: str
    words: str
    theme: str
    team: str
    signed: tuple[SignedView, ...]
    waits: tuple[str, ...]
    decisions: tuple[DecisionView, ...]


def record_page(session: Session, plan: Plan, snapshot: Snapshot, item: Item) -> RecordPage:
    """The record of one requirement with all that stands or stood under it, headed by signed words if it has some."""
    items = family(snapshot, item, removed=True)
    kept = history.set_back(snapshot, awaiting.of_plan(session, plan.id))
    signatures = signed.read(session, plan, snapshot)
    position = kept[item.id]
    head = position if position.present else item
    theme = kept.get(head.parent or "")
    return RecordPage(
        item.id,
        telling.name_of(kept, head),
        str(head.get("text") or ""),
        str(theme.get("title") or "") if theme else "",
        str(head.get("team") or ""),
        tuple(_signed(kept, signatures, one) for one in family(kept, position) if one.present),
        tuple(waiting_words(session, plan, snapshot, item)),
        tuple(_in_order(session, plan, snapshot, items)),
    )


def waiting_words(session: Session, plan: Plan, snapshot: Snapshot, requirement: Item) -> Iterator[str]:
    """What of a requirement awaits sign-off: "Action 2.1: Timescale, since 1 July 2013 at 09:30"."""
    items = family(snapshot, requirement, removed=True)
    for one in signed.waiting(session, plan, snapshot, items):
        item = snapshot[one.record]
        what = telling.field_of(snapshot, item, one.field)
        yield f"{what}, since {telling.moment(one.since)}"


def signature_words(signature: Signature) -> str:
    """Under which signature something stands: "by Fay, 1 July 2013 at 09:30 (revision 12)"."""
    return f"by {signature.signer}, {telling.moment(signature.at)} (revision {signature.number:,})"


def _signed(kept: Snapshot, signatures: Signed, item: Item) -> SignedView:
    said = tuple(
        Said(row.label, fields.say(row, item.get(row.name)))
        for row in fields.of(item.kind)
        if item.get(row.name) is not None
    )
    last = signatures.last(item.id)
    waits = item.id in signatures.waits
    words = signature_words(last) if last else ""
    if waits:
        words = f"Last signed off {words}; changed since" if last else "Never signed off"
    return SignedView(telling.name_of(kept, item), said, f"{words}." if words else "", not waits)


def _in_order(session: Session, plan: Plan, snapshot: Snapshot, items: list[Item]) -> list[DecisionView]:
    made = [_decision(snapshot, one) for one in decided(session, items)]
    agreed = [_agreement(one) for one in agreements(session, plan)]
    return sorted([*made, *agreed], key=lambda one: one.number)


def _decision(snapshot: Snapshot, one: Decided) -> DecisionView:
    item, decision, revision = snapshot[one.decision.record_id], one.decision, one.revision
    return DecisionView(
        OUTCOMES[Outcome(decision.outcome)],
        telling.line_of(snapshot, item, decision.field, came=bool(decision.after), together=len(one.decisions) > 1),
        telling.under_heading(_nets(snapshot, item, one)),
        telling.signer(revision.by_name, decision.on_behalf_of),
        telling.moment(revision.at),
        decision.reason or "",
        revision.number,
        revision.hash,
    )


def _agreement(revision: Revision) -> DecisionView:
    return DecisionView(
        AGREED,
        "Everything that the plan said then",
        (),
        revision.by_name,
        telling.moment(revision.at),
        revision.note or "",
        revision.number,
        revision.hash,
    )


def _nets(snapshot: Snapshot, item: Item, one: Decided) -> Iterator[NetView]:
    order = {row.name: place for place, row in enumerate(fields.of(item.kind))}
    for decision in sorted(one.decisions, key=lambda d: order.get(d.field, -1)):
        came_or_went = one.decision.field == "present"
        if not (came_or_went and decision.field in telling.STRUCTURE):
            yield telling.net_view(snapshot, item.kind, decision.field, decision.before, decision.after)
