"""This file asks the table of rights for one person and one record: views draw from it, the door to change refuses."""

from plan import fields
from plan.fields import Kind
from plan.models import Person
from plan.roles import may
from plan.snapshot import Snapshot


def may_edit(person: Person | None, kind: Kind, name: str, requirement: str | None) -> bool:
    """Whether this person may change the field of a record; None is the command line, which may.

    `requirement` is what the record belongs to (itself, if it is one), None above the requirements.
    """
    if person is None:
        return True
    return person.active and may(person.who, fields.step_of(kind, name), own=person.is_named_for(requirement))


def may_change(person: Person | None, snapshot: Snapshot, id: str, name: str) -> bool:
    """Whether this person may change the field of a record of this snapshot."""
    return may_edit(person, snapshot[id].kind, name, _requirement(snapshot, id))


def may_remove(person: Person | None, snapshot: Snapshot, id: str) -> bool:
    """Whether this person may take the record out, or put it back."""
    return may_change(person, snapshot, id, "present")


def may_add(person: Person | None, snapshot: Snapshot, parent: str, kind: Kind, name: str = "present") -> bool:
    """Whether this person may add a record of this kind under another and, with `name`, fill that field in."""
    return may_edit(person, kind, name, _requirement(snapshot, parent))


def _requirement(snapshot: Snapshot, id: str) -> str | None:
    found = snapshot.requirement_of(id)
    return found.id if found else None
