"""This file is the one-time link: whoever holds it chooses a password, once, before signing in."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages, sso
from blueprints.extensions import db, now
from plan import audit, database, invitations, people
from plan.invitations import LinkGone
from plan.models import What
from plan.people import CannotAdd, Throttled

blueprint = Blueprint("welcome", __name__)

CHOSEN = "Your password is set, and it ended any session you had elsewhere. Sign in with it now."
NOT_USED = (
    "Passwords are not used here any more, so this link opens nothing. Nothing was changed. Sign in with your council "
    "account, or ask the programme office."
)


@blueprint.route("/welcome/<token>", methods=["GET", "POST"])
def choose(token: str) -> ResponseReturnValue:
    if not sso.passwords_count():
        return _page(token, 404, gone=NOT_USED)
    try:
        email = _whose(token)
        if request.method == "GET":  # looking uses nothing up: mail programs look at links by themselves
            return _page(token, 200, email=email)
        _choose(token, email)
        access.end()
        db.session.commit()
    except LinkGone as why:
        return _gone(token, str(why))
    except Throttled as wait:
        return _page(token, 429, gone=str(wait))
    except CannotAdd as why:
        return _page(token, 422, email=email, wrong=str(why))
    return pages.done(CHOSEN, url_for("auth.sign_in"))


def _whose(token: str) -> str:
    """The address of the account. No lock is held after it, for the hash that comes next is slow."""
    with database.only_looking():
        email = invitations.invited(db.session(), token, address=access.address(), at=now()).email
        db.session.rollback()
    return email


def _choose(token: str, email: str) -> None:
    password = request.form.get("password", "")
    people.check_choice(password, request.form.get("again", ""), email)
    chosen = people.hashed(password)
    person = invitations.use(db.session(), token, chosen, address=access.address(), at=now())
    audit.note(db.session(), What.LINK_USED, by=person, at=now(), address=access.address())


def _gone(token: str, why: str) -> ResponseReturnValue:
    db.session.rollback()
    if request.method == "POST":
        invitations.note_wrong(db.session(), token, address=access.address(), at=now())
        audit.note(db.session(), What.LINK_FAILED, by=None, email="", at=now(), address=access.address())
        db.session.commit()
    return _page(token, 404, gone=why)


def _page(
    token: str, status: int, *, email: str = "", wrong: str | None = None, gone: str | None = None
) -> ResponseReturnValue:
    shortest = people.SHORTEST_PASSWORD
    return pages.page(
        "welcome/choose.html", status=status, token=token, email=email, wrong=wrong, gone=gone, shortest=shortest
    )
