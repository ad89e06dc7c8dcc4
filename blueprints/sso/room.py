"""This file is what the pages of single sign-on share: the room, whether it is set up, and writing on the way in."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, abort, current_app

from blueprints.extensions import db
from blueprints.sso import settings
from blueprints.sso.settings import NotSetUp
from plan import database

if TYPE_CHECKING:
    from blueprints.sso.provider import Provider

blueprint = Blueprint("sso", __name__)

NO_WAY_IN = "LOCAL_SIGN_IN is off and SSO_ISSUER is not set, so nobody could sign in. Change one of the two."


def prepare(app: Flask) -> None:
    """Read the settings. Raises NotSetUp with a sentence, so that the app does not start half-way."""
    said = settings.read(app.config)
    app.config["LOCAL_SIGN_IN"] = settings.passwords_count(app.config)
    if said is None and not app.config["LOCAL_SIGN_IN"]:
        raise NotSetUp(NO_WAY_IN)
    # Its libraries are an extra, which need not be there where single sign-on is not set up.
    app.extensions["sso"] = import_module("blueprints.sso.provider").Provider(said) if said else None
    app.context_processor(lambda: {"single_sign_on": is_set_up(), "passwords": app.config["LOCAL_SIGN_IN"]})


def is_set_up() -> bool:
    """Whether people can sign in with their council account."""
    return current_app.extensions["sso"] is not None


def passwords_count() -> bool:
    """Whether people can sign in with a password of this app."""
    return bool(current_app.config["LOCAL_SIGN_IN"])


def the_provider() -> "Provider":
    """The council's sign-in, or 404 where none is set up."""
    provider: Provider | None = current_app.extensions["sso"]
    if provider is None:
        abort(404)
    return provider


@contextmanager
def writing() -> Iterator[None]:
    """The way back from the provider is a GET, and it must write: in a transaction with the lock, committed at its end.

    Nothing that was read before it may be used after it.
    """
    db.session.rollback()
    database.look_only(False)
    try:
        yield
        db.session.commit()
    finally:
        db.session.rollback()
        database.look_only(True)
