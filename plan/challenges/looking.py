"""This file is the tests of the challenge list: each looks at the whole ground and says what it finds."""

import re
from collections.abc import Iterator
from datetime import date

from plan import figures
from plan.challenges.ground import Found, Ground, Place
from plan.fields import Kind, Value, of
from plan.questions.naming import first_upper, shorten
from plan.questions.position import When, family
from plan.rag import Status
from plan.snapshot import Item, Snapshot
from plan.timescale import say_date

WELL = (Status.GREEN, Status.BLUE)
OFF_TRACK = (Status.AMBER, Status.RED)
CYCLES = 3
_WHERE = r"(?:point|item|action|requirement|section|row|number|no|para(?:graph)?|page|ref(?:erence)?|theme|area)s?\.?"
_ELSEWHERE = re.compile(
    rf"(?:please )?(?:(?:see|refer to|as (?:in|for|per|at)|same as)(?: also)? (?:the )?"
    rf"(?:{_WHERE} ?#?[\d.]+[a-z]?(?:(?:,| and|,? &) ?[\d.]+[a-z]?)*(?: above| below)?|above|below|previous(?: \w+)?)"
    r"|as above|as below|ditto|above|see (?:above|below))[.!]?",
    re.IGNORECASE,
)


def green_without_evidence(ground: Ground) -> Iterator[Found]:
    """A requirement that is green or blue under which no achievement and no action has evidence."""
    for one in ground.requirements():
        records = [*ground.snapshot.under(one.id, Kind.ACHIEVEMENT), *ground.snapshot.under(one.id, Kind.ACTION)]
        if one.get("status") in WELL and not any(_said(record, "evidence") for record in records):
            first = next((record for record in records if record.kind is Kind.ACHIEVEMENT), None)
            place = Place(Kind.ACHIEVEMENT, first.id, "evidence") if first else _at(one, "status")
            sentence = f"{_named(ground, one)} is {one.get('status')}, and nothing stands as evidence."
            yield Found(one, sentence, place, (one.get("status"), *(record.get("text") for record in records)))


def off_track_without_reason(ground: Ground) -> Iterator[Found]:
    """A requirement that is amber or red without a reason for it."""
    for one in ground.requirements():
        if one.get("status") in OFF_TRACK and not _said(one, "status_reason"):
            sentence = f"{_named(ground, one)} is {one.get('status')}, and no reason is given."
            yield Found(one, sentence, _at(one, "status_reason"), (one.get("status"),))


def amber_past_timescale(ground: Ground) -> Iterator[Found]:
    """An action that is amber, itself or through its requirement, and late; a requirement past its theme's day."""
    position = ground.position
    for one in ground.requirements():
        theme = ground.snapshot.get(one.parent or "")
        by = theme.get("required_by") if theme else None
        if one.get("status") == Status.AMBER and by and date.fromisoformat(str(by)) < position.day:
            when = say_date(date.fromisoformat(str(by)))
            sentence = f"{_named(ground, one)} is amber, and was required by {when}."
            yield Found(one, sentence, _at(one, "status"), (Status.AMBER, by))
        for action in ground.snapshot.under(one.id, Kind.ACTION):
            if position.status(action) == Status.AMBER and position.when(action) is When.LATE:
                sentence = f"{_named(ground, action)} is amber, and its timescale has passed: {_quoted(action)}."
                yield Found(action, sentence, _at(action, "timescale"), (Status.AMBER, action.get("timescale")))


def green_while_worse(ground: Ground) -> Iterator[Found]:
    """A figure that got worse between its last two readings, under a requirement that is green or blue."""
    for one in ground.requirements():
        worse = [figure for figure in figures.figures_of(ground.snapshot, one) if figure.got_worse]
        for figure in worse if one.get("status") in WELL else ():
            way = figure.lately.words if figure.lately else ""
            sentence = f"{_named(ground, one)} is {one.get('status')}, while “{figure.name}” is {way}."
            values = tuple(reading.value for reading in figure.readings[-2:])
            yield Found(ground.snapshot[figure.id], sentence, _at(one, "status"), (one.get("status"), *values))


def done_unsigned(ground: Ground) -> Iterator[Found]:
    """A requirement or an action that is blue now and is not in the signed-off position."""
    for one in ground.requirements():
        for item in (one, *ground.snapshot.under(one.id, Kind.ACTION)):
            signed = ground.signed.get(item.id)
            is_signed = signed is not None and signed.present and signed.get("status") == Status.BLUE
            if item.get("status") == Status.BLUE and not is_signed:
                then = f" It is signed off as {signed.get('status')}." if signed and signed.get("status") else ""
                sentence = f"{_named(ground, item)} is done, and was never signed off as done.{then}"
                yield Found(
                    item, sentence, _at(item, "status"), (Status.BLUE, signed.get("status") if signed else None)
                )


def unchanged(ground: Ground) -> Iterator[Found]:
    """A requirement, not done, that said the same at the ends of the last three cycles and says it still."""
    ends = ground.earlier[-CYCLES:]
    for one in ground.requirements() if len(ends) == CYCLES else ():
        words = _words(ground.snapshot, one)
        if one.get("status") != Status.BLUE and all(_words(then, then.get(one.id)) == words for then in ends):
            stands = one.get("status") or "without a status"
            sentence = f"{_named(ground, one)} is {stands}, in the same words, for the third cycle or longer."
            yield Found(one, sentence, _at(one, "status"), words)


def evidence_elsewhere(ground: Ground) -> Iterator[Found]:
    """Evidence that is nothing but a pointer: "See point 1", "As above", "Ditto"."""
    for item in (*ground.under(Kind.ACHIEVEMENT), *ground.under(Kind.ACTION)):
        said = " ".join(str(item.get("evidence") or "").split())
        if said and _ELSEWHERE.fullmatch(said):
            requirement = ground.snapshot.requirement_of(item.id)
            of_what = f" of {ground.name(requirement)}" if requirement and item.kind is Kind.ACHIEVEMENT else ""
            sentence = f"The evidence of {ground.name(item)}{of_what} only says “{said}”."
            yield Found(item, sentence, _at(item, "evidence"), (said,))


def timescale_unknown(ground: Ground) -> Iterator[Found]:
    """An action, not closed, with a timescale whose words name no day."""
    for action in ground.under(Kind.ACTION):
        if ground.position.when(action) is When.UNKNOWN:
            sentence = (
                f"{_named(ground, action)} has a timescale from which no day can be worked out: {_quoted(action)}."
            )
            yield Found(action, sentence, _at(action, "timescale"), (action.get("timescale"),))


def figures_off(ground: Ground) -> Iterator[Found]:
    """An audit whose grades do not add up to its cases."""
    for item in ground.under(Kind.AUDIT):
        audit = figures.audit_of(item)
        if audit.fault:
            sentence = f"The audit “{audit.title}” does not add up: {audit.fault}."
            yield Found(item, sentence, _at(item, "total"), (audit.total, *audit.grades.values()))


def _words(snapshot: Snapshot, one: Item | None) -> tuple[Value, ...]:
    """All that a requirement and what stands under it says, in order; nothing where it was not there."""
    if one is None or not one.present:
        return ()
    return tuple(item.get(field.name) for item in family(snapshot, one) for field in of(item.kind))


def _named(ground: Ground, item: Item) -> str:
    return first_upper(ground.name(item))


def _quoted(item: Item) -> str:
    return f"“{shorten(str(item.get('timescale')))}”"


def _said(item: Item, field: str) -> bool:
    return bool(str(item.get(field) or "").strip())


def _at(item: Item, field: str) -> Place:
    return Place(item.kind, item.id, field)
