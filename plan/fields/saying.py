"""This file says a field's value in words for a person."""

from datetime import date

from plan import rag, timescale
from plan.fields.shapes import DIRECTIONS, PUBLICATION, Field, Shape, Value


def say(which: Field, value: Value) -> str:
    """The value in words for a person; blank is the empty string."""
    if value is None:
        return ""
    if which.shape is Shape.STATUS:
        return rag.say(rag.Status(str(value)))
    if which.shape is Shape.DATE:
        return timescale.say_date(date.fromisoformat(str(value)))
    if which.shape is Shape.DIRECTION:
        return DIRECTIONS[str(value)]
    if which.shape is Shape.PUBLICATION:
        return PUBLICATION[str(value)]
    if which.shape is Shape.COUNT and which.name != "year":
        return f"{int(value):,}"
    if isinstance(value, float) and value.is_integer():  # the database gives 71 back as 71.0
        return str(int(value))
    return str(value)
