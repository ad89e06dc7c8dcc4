"""This room is single sign-on: the way in by the council's own sign-in, and who of its people has an account here."""

from blueprints.sso import newcomers, signing_in, signing_out
from blueprints.sso.room import blueprint, is_set_up, passwords_count, prepare
from blueprints.sso.settings import NAMES
from blueprints.sso.signing_in import came_so

__all__ = [
    "NAMES",
    "blueprint",
    "came_so",
    "is_set_up",
    "newcomers",
    "passwords_count",
    "prepare",
    "signing_in",
    "signing_out",
]
