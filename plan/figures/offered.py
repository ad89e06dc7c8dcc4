"""This file offers the figures found in a requirement's words that the plan does not hold as figures yet."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from plan.fields import Kind
from plan.figures.audits import GRADES, audits_of
from plan.figures.narrative import Told, read
from plan.figures.series import Figure, figures_of
from plan.figures.told_audits import ToldAudit, read_audits
from plan.periods import Period
from plan.snapshot import Item, Snapshot

READ = ((Kind.ACHIEVEMENT, ("text", "evidence")), (Kind.ACTION, ("progress", "evidence")))
ALIKE = 0.6  # names less alike than this are left for a person to bring together


@dataclass(frozen=True)
class Place:
    """Where words stand: the record and its field."""

    kind: Kind
    record: str
    field: str


@dataclass(frozen=True)
class Offer:
    """A reading to take, from the sentence that tells it; `figure` is the id of the indicator it seems to be of."""

    key: str
    place: Place
    told: Told
    figure: str | None


@dataclass(frozen=True)
class AuditOffer:
    """An audit to take, from the sentence that tells it."""

    key: str
    place: Place
    told: ToldAudit


def offers(snapshot: Snapshot, requirement: Item) -> list[Offer]:
    """The readings to take. One that a figure of the requirement holds already, period and value, is not offered."""
    figures = figures_of(snapshot, requirement)
    found = [(place, told) for place, text in _texts(snapshot, requirement) for told in read(text)]
    return [
        Offer(_key(place, told.sentence, told.literal, str(told.period)), place, told, _likeliest(told.name, figures))
        for place, told in _not_held(found, figures)
    ]


def audit_offers(snapshot: Snapshot, requirement: Item) -> list[AuditOffer]:
    """The audits to take. One that an audit of the requirement holds already, grade by grade, is not offered."""
    held = [tuple(audit.grades.get(grade) for grade in GRADES) for audit in audits_of(snapshot, requirement)]
    found: dict[str, AuditOffer] = {}
    for place, text in _texts(snapshot, requirement):
        for told in read_audits(text):
            if tuple(told.grades.values()) not in held:
                offer = AuditOffer(_key(place, told.sentence), place, told)
                found[offer.key] = offer
    return list(found.values())


def _texts(snapshot: Snapshot, requirement: Item) -> Iterator[tuple[Place, str]]:
    for kind, names in READ:
        for item in snapshot.under(requirement.id, kind):
            for name in names:
                if item.get(name):
                    yield Place(kind, item.id, name), str(item.get(name))


def _not_held(found: list[tuple[Place, Told]], figures: Iterable[Figure]) -> list[tuple[Place, Told]]:
    """Each reading of the plan accounts for one that was found, by name if one is named so, or else the first.

    What the words say twice, of one name, period and value, is one figure.
    """
    left = list({(told.name, told.period, told.value): (place, told) for place, told in reversed(found)}.values())[::-1]
    for figure in figures:
        for one in figure.readings:
            same = [each for each in left if (each[1].period, each[1].value) == (one.period, one.value)]
            if same:
                left.remove(max(same, key=lambda each: _likeness(each[1].name, figure.name)))
    return left


def _likeliest(name: str, figures: Iterable[Figure]) -> str | None:
    best = max(((_likeness(name, figure.name), figure.id) for figure in figures), default=(0.0, ""))
    return best[1] if best[0] >= ALIKE else None


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()


def _key(place: Place, *words: str) -> str:
    """A name for the offer that changes with the words it came from."""
    said = "\x1f".join((place.record, place.field, *words))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def held_for(figure: Figure, period: Period) -> float | None:
    """The value that a figure holds for a period already."""
    return next((one.value for one in figure.readings if one.period == period), None)
