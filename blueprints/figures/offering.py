"""This file gets the figures that were found in words ready to be taken, for those who may."""

from dataclasses import dataclass

from flask import url_for

from plan import figures, questions, rights
from plan.fields import Kind, field
from plan.figures import GRADES, AuditOffer, Offer
from plan.figures.offered import Place
from plan.models import Person
from plan.snapshot import Item, Snapshot

WHERE = {
    (Kind.ACHIEVEMENT, "text"): "an achievement",
    (Kind.ACHIEVEMENT, "evidence"): "the evidence of an achievement",
    (Kind.ACTION, "progress"): "the progress of an area for development",
    (Kind.ACTION, "evidence"): "the evidence of an area for development",
}


@dataclass(frozen=True)
class Choice:
    """A figure that a reading can be taken for; an empty id is a new one."""

    id: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class OfferView:
    """An offer: its sentence, what would be taken, the address that takes it; `fault` stands in its way."""

    id: str
    sentence: str
    where: str
    says: str
    address: str
    back: str
    name: str
    longest: int
    asks: str
    choices: tuple[Choice, ...] = ()
    fault: str = ""


def offers_of(slug: str, snapshot: Snapshot, requirement: Item, person: Person, back: str) -> tuple[OfferView, ...]:
    """The offers of one requirement; none for somebody who may not take them."""
    if not requirement.present or not rights.may_add(person, snapshot, requirement.id, Kind.INDICATOR):
        return ()
    held = figures.figures_of(snapshot, requirement)
    readings = (
        _reading(slug, requirement, one, back, [(figure.id, figure.name) for figure in held])
        for one in figures.offers(snapshot, requirement)
    )
    audits = (_audit(slug, requirement, one, back) for one in figures.audit_offers(snapshot, requirement))
    return (*readings, *audits)


def _reading(slug: str, requirement: Item, offer: Offer, back: str, held: list[tuple[str, str]]) -> OfferView:
    told = offer.told
    known = [Choice(id, f"“{questions.shorten(name)}”", id == offer.figure) for id, name in held]
    return OfferView(
        id=f"offer-{offer.key}",
        sentence=told.sentence,
        where=_where(offer.place),
        says=f"{told.literal} for {told.period.words}",
        address=url_for("figures.take", slug=slug, id=requirement.id, key=offer.key),
        back=back,
        name=told.name,
        longest=field(Kind.INDICATOR, "name").limit,
        asks="Name, if it is a new figure" if known else "What is counted",
        choices=(*known, Choice("", "A new figure, named below", offer.figure is None)) if known else (),
    )


def _audit(slug: str, requirement: Item, offer: AuditOffer, back: str) -> OfferView:
    told = offer.told
    grades = ", ".join(f"{told.grades[grade]:,} {grade}" for grade in GRADES)
    return OfferView(
        id=f"offer-{offer.key}",
        sentence=told.sentence,
        where=_where(offer.place),
        says=f"an audit of {told.total:,} cases: {grades}",
        address=url_for("figures.take_audit", slug=slug, id=requirement.id, key=offer.key),
        back=back,
        name=told.title,
        longest=field(Kind.AUDIT, "title").limit,
        asks="What was audited",
        fault=told.fault,
    )


def _where(place: Place) -> str:
    return WHERE[place.kind, place.field]
