"""This file turns a field's value into words to show and to type, and what was posted back into words."""

from collections.abc import Mapping

from plan import fields, questions
from plan.fields import Field, Kind, Shape, Value
from plan.timescale import canonical_date, say_date

AUDIT_COUNTS = ("total", "outstanding", "good", "adequate", "inadequate")


def rows_of(kind: Kind, name: str) -> tuple[Field, ...]:
    """The fields that are edited together with this one. Raises KeyError where there is no such field."""
    row = fields.field(kind, name)
    if kind is Kind.AUDIT and name in AUDIT_COUNTS:  # one alone would not add up
        return tuple(fields.field(kind, each) for each in AUDIT_COUNTS)
    return (row, fields.field(kind, row.reason)) if row.reason else (row,)


def show(row: Field, value: Value) -> str:
    """The value in words, as it stands on the page."""
    return questions.month(value) if row.shape is Shape.PERIOD and value else fields.say(row, value)


def write(row: Field, value: Value) -> str:
    """The value as a person would type it."""
    if value is None:
        return ""
    if row.shape is Shape.DATE and (day := canonical_date(str(value))):
        return say_date(day)
    return fields.say(row, value) if row.shape is Shape.NUMBER else str(value)


def posted(form: Mapping[str, str], row: Field) -> str:
    """What a person typed for a field or, after a clash, what they chose; what was shown if the form is silent."""
    choice = form.get(f"{row.name}.choice")
    source = {"plan": "was", "mine": "mine", "other": "other"}.get(choice or "")
    said = [f"{row.name}.{source}"] if source else [row.name, f"{row.name}.mine", f"{row.name}.was"]
    return next((form[name] for name in said if name in form), "")
