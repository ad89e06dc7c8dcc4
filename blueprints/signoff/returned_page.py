"""This file lays out what came back to its author: the reason, the difference, and their words to edit and resend."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import url_for
from flask.typing import ResponseReturnValue

from blueprints import access, ended, pages
from blueprints.extensions import db, now, today
from blueprints.fields import Fields, of_page
from blueprints.fields.view import Part
from blueprints.fields.words import write
from blueprints.signoff import telling
from blueprints.signoff.telling import NetView
from plan import fields, history, questions, rights, signoffs
from plan.fields import Invalid, Value
from plan.models import Plan
from plan.signoffs import Returned, Settled
from plan.snapshot import Snapshot


@dataclass(frozen=True)
class Rewritten:
    """A line that came back, as its author has written it anew."""

    id: int
    parts: tuple[Part, ...]

    @property
    def at_fault(self) -> Part | None:
        """The first input that cannot be kept as it is."""
        return next((part for part in self.parts if part.error), None)

    @property
    def words(self) -> dict[str, Value]:
        """What was written anew, by field; Invalid where one cannot be kept."""
        return {part.row.name: fields.clean(part.row, part.typed) for part in self.parts if _is_anew(part)}


@dataclass(frozen=True)
class ReturnedView:
    """One line that came back: what the author wrote, against what was signed; who returned it, when and why.

    `parts` are the author's words to edit; there are none where a record was taken out.
    """

    id: int
    heading: str
    name: str
    address: str | None
    nets: tuple[NetView, ...]
    parts: tuple[Part, ...]
    is_withdrawn: bool
    reason: str
    who: str
    when: str
    may_take_up: bool
    others: str = ""


@dataclass(frozen=True)
class SettledView:
    """A line that somebody else settled: what it was about, and what they did with it."""

    heading: str
    address: str | None
    told: str


def returned_page(
    plan: Plan, *, status: int = 200, wrong: str = "", refused: Rewritten | None = None
) -> ResponseReturnValue:
    """What came back to the person who is signed in; `refused` is a line as they have rewritten it.

    Where the line is not there any more (409), what was typed is shown to be copied.
    """
    found = signoffs.returned_to(db.session(), plan, access.person())
    block = _block(plan) if found else None
    at_fault = refused.at_fault if refused else None
    return pages.page(
        "signoff/returned.html",
        status=status,
        plan=plan,
        lines=[_view(plan, block, one, refused) for one in found] if block else [],
        settled=[_settled(plan, one) for one in signoffs.settled_by_others(db.session(), plan, access.person(), now())],
        wrong=at_fault.error if at_fault else wrong,
        wrong_at=at_fault.id if at_fault else None,
        kept=ended.typed() if status == 409 else [],
    )


def rewritten(plan: Plan, one: Returned, form: Mapping[str, str]) -> Rewritten:
    """A line with its words as they were posted, each with what stands in its way."""
    return Rewritten(one.id, tuple(_checked(part, form.get(part.row.name)) for part in _parts(_block(plan), one)))


def address_of(plan: Plan, one: Returned) -> str | None:
    """The page of the requirement that a line belongs to, None for a theme."""
    if one.requirement is None:
        return None
    return url_for("requirements.show", slug=plan.slug, id=one.requirement.id)


def _block(plan: Plan) -> Fields:
    position = questions.position(db.session(), plan, today())
    return of_page(plan, position, url_for("signoff.returned", slug=plan.slug))


def _view(plan: Plan, block: Fields, one: Returned, refused: Rewritten | None) -> ReturnedView:
    snapshot = block.position.snapshot
    nets = tuple(_nets(snapshot, one))
    revision = one.decision.revision
    return ReturnedView(
        one.id,
        _heading(snapshot, one, nets),
        telling.name_of(snapshot, one.item),
        address_of(plan, one),
        telling.under_heading(nets),
        refused.parts if refused and refused.id == one.id else tuple(_parts(block, one)),
        one.is_withdrawn,
        one.decision.reason or "",
        telling.signer(revision.by_name, one.decision.on_behalf_of),
        telling.moment(revision.at),
        all(rights.may_change(access.person(), snapshot, d.record_id, d.field) for d in one.decisions),
        ", ".join(name for name in one.authors if name != access.person().name),
    )


def _settled(plan: Plan, one: Settled) -> SettledView:
    snapshot = history.now(db.session(), plan)
    nets = tuple(_nets(snapshot, one.line))
    done = "let it go" if one.is_let_go else "changed the words since"
    told = f"{one.by} {done}, {telling.moment(one.at)}."
    return SettledView(_heading(snapshot, one.line, nets), address_of(plan, one.line), told)


def _parts(block: Fields, one: Returned) -> Iterator[Part]:
    """An input for each of the author's words, filled with them."""
    wrote = replace(one.item, values={**one.item.values, **one.words})
    for row in fields.of(one.item.kind):
        if row.name in one.words and rights.may_change(block.person, block.position.snapshot, wrote.id, row.name):
            yield replace(block.part(wrote, row), id=f"returned-{one.id}-{row.name}")


def _checked(part: Part, typed: str | None) -> Part:
    part = part if typed is None else replace(part, typed=typed.replace("\r\n", "\n"))
    try:
        fields.clean(part.row, part.typed)
    except Invalid as invalid:
        return replace(part, error=str(invalid)) if _is_anew(part) else part
    return part


def _is_anew(part: Part) -> bool:
    return part.typed != write(part.row, part.value)


def _nets(snapshot: Snapshot, one: Returned) -> Iterator[NetView]:
    """The words that came back; of a record that came or went, all of its words."""
    kind = one.item.kind
    if one.decision.field != "present":
        for d in one.decisions:
            yield telling.net_view(snapshot, kind, d.field, d.before, d.after)
        return
    for row in fields.of(kind):
        words = one.item.get(row.name)
        if words is not None:
            before, after = (None, words) if one.decision.after else (words, None)
            yield telling.net_view(snapshot, kind, row.name, before, after)


def _heading(snapshot: Snapshot, one: Returned, nets: Sequence[NetView]) -> str:
    name = telling.name_of(snapshot, one.item)
    if one.decision.field == "present":
        return f"New: {name}" if one.decision.after else f"Taken out: {name}"
    return f"{name}: {'Cases and grades' if len(nets) > 1 else nets[0].label}"
