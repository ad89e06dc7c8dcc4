"""This room is a person's own account: their password, the deputy they name, where they are signed in."""

from blueprints.account import deputising, own_sessions, password
from blueprints.account.room import blueprint

__all__ = ["blueprint", "deputising", "own_sessions", "password"]
