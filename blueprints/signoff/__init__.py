"""This room is sign-off on the web: the queue, what was returned, the record, and the first agreement."""

from blueprints.signoff import agreed, naming, queue, record, returned
from blueprints.signoff.room import blueprint

__all__ = ["agreed", "blueprint", "naming", "queue", "record", "returned"]
