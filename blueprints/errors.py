"""This file answers when something went wrong: one sentence on what happened, what is safe and what to do."""

import json
from dataclasses import dataclass

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from blueprints import access, security
from blueprints.extensions import db
from plan import database


@dataclass(frozen=True)
class Explained:
    """A heading and a sentence for one kind of failure."""

    heading: str
    sentence: str


EXPLAINED = {
    400: Explained("That could not be understood", "Nothing was changed. Go back, check what you typed and try again."),
    401: Explained("You are not signed in", "Nothing was changed. Sign in and try again."),
    403: Explained(
        "Your account may not do this",
        "Nothing was changed. If you need to do it, ask the programme office to change your role.",
    ),
    404: Explained("There is no such page", "Nothing is lost. Go back to the plan and look for it there."),
    405: Explained(
        "That page cannot be used in this way", "Nothing was changed. Go back to the plan and try from there."
    ),
    409: Explained("Somebody else was faster", "Nothing was changed. Look at what it says now and decide again."),
    429: Explained("Too many tries at once", "Nothing was changed. Wait five minutes and try again."),
    413: Explained(
        "That file is too large",
        "Nothing was changed. A workbook may have 20 MB; take pictures or old sheets out, or ask the programme office.",
    ),
    500: Explained(
        "Something went wrong here",
        "What you saved before is safe; the last step was not carried out. Try it again, and tell the "
        "programme office if it happens twice.",
    ),
    503: Explained(
        "Too many people are saving at once",
        "Your last step was not carried out. Wait a moment and try it again.",
    ),
}


SPOKEN_BY_VIEWS = frozenset({403, 404, 409, 422})
SPOKEN = frozenset({security.NOT_OUR_HOST, security.OTHER_SITE})
OLD_PAGE = (
    "Your session ended or this form came from an old page, so nothing was changed. Copy what you typed, "
    "open the page again and save once more."
)
NO_COOKIES = (
    "This address is plain http, over which browsers do not keep our cookies, so nothing can be saved. "
    "Nothing was changed. Open the address that begins with https, or ask the programme office for it."
)


def prepare(app: Flask) -> None:
    """Show an explained page for every failure; never a stack trace."""
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(DataError, _unkeepable)
    app.register_error_handler(Exception, _unknown)


def explained(status: int, sentence: str | None = None) -> ResponseReturnValue:
    """The error page for a status, with a sentence of its own where one is given."""
    words = EXPLAINED.get(status, EXPLAINED[500 if status >= 500 else 400])
    said = sentence or words.sentence
    database.look_only(True)
    if status >= 500:
        g.failed = True  # the page is then drawn without asking the database, which may be what failed
    page = render_template("errors/error.html", words=words, sentence=said, status=status)
    return page, status, {"HX-Trigger": json.dumps({"announce": f"{words.heading}. {said}"})}


def _known(error: HTTPException) -> ResponseReturnValue:
    db.session.rollback()
    if error.code is None or error.code < 400:
        return error
    return explained(error.code, _own_sentence(error))


def _own_sentence(error: HTTPException) -> str | None:
    """The words a view gave with the refusal; the library's own stock phrases are not for staff."""
    said: str | None = vars(error).get("description")
    return said if error.code in SPOKEN_BY_VIEWS or said in SPOKEN else None


def _forged(_: CSRFError) -> ResponseReturnValue:
    db.session.rollback()
    if request.endpoint not in access.OPEN_TO_ALL and access.person_or_none() is None:
        return access.to_sign_in()
    return explained(400, OLD_PAGE if security.cookies_stick(request) else NO_COOKIES)


def _busy(error: OperationalError) -> ResponseReturnValue:
    db.session.rollback()
    if "locked" not in str(error):
        return _unknown(error)
    return explained(503)


def _unkeepable(_: DataError) -> ResponseReturnValue:
    """What was sent holds a value that the database cannot take, as a zero byte in words on PostgreSQL."""
    db.session.rollback()
    return explained(400)


def _unknown(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    current_app.logger.exception("A request failed.", exc_info=error)
    return explained(500)
