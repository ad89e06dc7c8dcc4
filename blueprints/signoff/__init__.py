"""This room is sign-off on the web: the queue, what was returned, and the first agreement."""

from blueprints.signoff import agreed, queue, returned
from blueprints.signoff.room import blueprint

__all__ = ["agreed", "blueprint", "queue", "returned"]
