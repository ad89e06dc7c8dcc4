"""This room is the programme office's people: who has an account, what they may do, and what a leaver hands over."""

from blueprints.people import changing, inviting
from blueprints.people.room import blueprint

__all__ = ["blueprint", "changing", "inviting"]
