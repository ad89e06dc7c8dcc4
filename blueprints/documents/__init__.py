"""This room is the reports: the six-month review and the board pack, to read, to print and to take away."""

from blueprints.documents import choosing, reading
from blueprints.documents.room import blueprint

__all__ = ["blueprint", "choosing", "reading"]
