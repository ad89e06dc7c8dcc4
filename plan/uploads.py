"""This file keeps the workbooks that people bring: waiting to be settled, accepted, or let go."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from plan.models import Person, Plan, Upload, UploadState
from plan.roles import Step

LONGEST_NAME = 120  # characters of a file's name that are kept
MOST_SHOWN = 50  # past uploads on the page; all of them stand in the history
NAMELESS = "workbook.xlsx"


@dataclass(frozen=True)
class Done:
    """What an accepted upload did: its changes, the clashes left as they are, what to know, what was not understood."""

    changes: int = 0
    undecided: int = 0
    withheld: int = 0
    notes: tuple[str, ...] = ()
    problems: int = 0


def file_name(posted: str | None) -> str:
    """The last part of the name a browser sent, which may be anything: no folders, no unseen marks, not too long."""
    last = (posted or "").replace("\\", "/").rpartition("/")[2]
    seen = "".join(mark for mark in last if mark.isprintable()).strip().lstrip(".")
    if len(seen) <= LONGEST_NAME:
        return seen or NAMELESS
    stem, dot, ending = seen.rpartition(".")
    kept = f"{dot}{ending}" if dot and len(ending) <= 5 else ""
    return f"{(stem if kept else seen)[: LONGEST_NAME - len(kept)]}{kept}"


def keep(
    session: Session, person: Person, name: str, content: bytes, *, at: datetime, plan: Plan | None = None
) -> Upload:
    """Keep a workbook as it came, for a plan or (None) to make a new one of it."""
    upload = Upload(
        plan_id=plan.id if plan else None, person_id=person.id, name=file_name(name), content=content, choices={}, at=at
    )
    session.add(upload)
    session.flush()
    return upload


def find(session: Session, id: str, person: Person, plan: Plan | None = None) -> Upload | None:
    """The upload, None where there is none for this plan or it is not this person's to see."""
    upload = session.get(Upload, id)
    if upload is None or upload.plan_id != (plan.id if plan else None):
        return None
    return upload if upload.person_id == person.id or person.may(Step.ADMINISTER) else None


def waiting(session: Session, plan: Plan, person: Person) -> Sequence[Upload]:
    """The uploads that wait to be settled, newest first: the person's own, for the office everybody's."""
    return session.scalars(_seen_by(plan, person).where(Upload.state == UploadState.WAITING.value)).all()


def past(session: Session, plan: Plan, person: Person) -> Sequence[Upload]:
    """The newest uploads that were accepted, the person's own, for the office everybody's."""
    accepted = _seen_by(plan, person).where(Upload.state == UploadState.ACCEPTED.value)
    return session.scalars(accepted.limit(MOST_SHOWN)).all()


def save(upload: Upload, choices: Mapping[str, Any]) -> None:
    """Keep what a person chose so far, to be come back to."""
    upload.choices = dict(choices)


def accept(upload: Upload, revision: int | None, done: Done, plan: Plan | None = None) -> None:
    """Say what became of an upload: the revision it made (None: it changed nothing), for a new plan which one."""
    upload.state = UploadState.ACCEPTED.value
    upload.revision = revision
    upload.choices = {**upload.choices, "done": asdict(done)}
    upload.plan_id = plan.id if plan else upload.plan_id


def done(upload: Upload) -> Done:
    """What an accepted upload did."""
    kept = dict(upload.choices.get("done", {}))
    return Done(**{**kept, "notes": tuple(kept.get("notes", ()))})


def let_go(upload: Upload) -> None:
    """Let go of an upload; the file is no longer kept here."""
    upload.state = UploadState.LET_GO.value
    upload.content = b""


def _seen_by(plan: Plan, person: Person) -> Select[Upload]:
    found = select(Upload).where(Upload.plan_id == plan.id).options(joinedload(Upload.person))
    mine = found if person.may(Step.ADMINISTER) else found.where(Upload.person_id == person.id)
    return mine.order_by(Upload.at.desc(), Upload.id)
