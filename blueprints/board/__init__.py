"""This room is the board's cycle: its days, who owes an update, one's own updates, and frozen packs."""

from blueprints.board import calendar, cycle, packs, updates
from blueprints.board.room import blueprint

__all__ = ["blueprint", "calendar", "cycle", "packs", "updates"]
