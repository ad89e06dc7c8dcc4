"""This file seals what no revision holds, frozen packs and answers to the board: the audit log keeps each seal."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import dropwhile

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan.models import Event, What

WRITTEN = re.compile(r"\bseal ([0-9a-f]{64})$")


def seal(said: Sequence[object]) -> str:
    """The SHA-256 over plain values, lists of them included, as 64 hex digits."""
    written = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def in_words(sealed: str) -> str:
    """A seal as it ends the detail of an event."""
    return f"seal {sealed}"


def broken(session: Session, what: What, kept: Mapping[str, str]) -> list[str]:
    """What is wrong with things that were sealed as they were made, in sentences.

    `kept` is what each thing of all plans is called, by its seal now, the oldest first. Those before the first that is
    whole may be from before there were seals: they count as wrong only where the log tells of others.
    """
    told = dict(_told(session, what))
    lost = [about for sealed, about in told.items() if sealed not in kept]
    strange = [sealed for sealed in dropwhile(lambda one: one not in told, kept) if sealed not in told]
    return [
        *(f"“{about}”, {what} as the audit log tells, was altered or is not there any more." for about in lost),
        *(
            f"{kept[one]} is not as the audit log tells of it, or was put there behind the app's back."
            for one in strange
        ),
    ]


def _told(session: Session, what: What) -> Iterator[tuple[str, str]]:
    """Each seal in the log, and of what."""
    events = select(Event.about, Event.detail).where(Event.what == what.value)
    for about, detail in session.execute(events.order_by(Event.id)):
        found = WRITTEN.search(detail or "")
        if found:
            yield found.group(1), about or ""
