"""This room is where the plan stands: counts that add up, the questions a board would ask, and what changed."""

from blueprints.dashboard import actions, challenges, changes, show  # noqa: F401 - they hang their pages on it
from blueprints.dashboard.room import blueprint

__all__ = ["blueprint"]
