"""This file is the door: signing in and out."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages, security, sso
from blueprints.extensions import db, now
from plan import audit, database, people
from plan.models import Person, What
from plan.roles import ROLE_NAMES, Role

blueprint = Blueprint("auth", __name__)

WRONG = (
    "That e-mail address and password do not go together. Nothing is lost; check both and try again, or ask "
    "the programme office."
)
NO_PASSWORDS = (
    "Passwords are not used here, so nobody was signed in. Nothing is lost; sign in with your council account, or ask "
    "the programme office."
)


@dataclass(frozen=True)
class SampleView:
    """One of the sample's accounts, as the sign-in page lists it."""

    email: str
    name: str
    role: str


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    if request.method == "GET":
        return redirect(_after(), 303) if access.person_or_none() else _page(200)
    if not sso.passwords_count():
        return _page(403, NO_PASSWORDS)
    email = request.form.get("email", "")
    try:
        person = recognise(email, request.form.get("password", ""))
    except people.Throttled as wait:
        note_throttled(email)
        return _page(429, str(wait))
    if person is None:
        return _page(422, WRONG)
    access.begin(person)
    access.note(What.SIGNED_IN)
    db.session.commit()
    return redirect(_after(), 303)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    access.note(What.SIGNED_OUT)
    by_sso = sso.came_so()
    access.end()
    db.session.commit()
    return pages.done("You are signed out.", url_for("auth.sign_in", left="council" if by_sso else None))


def recognise(email: str, password: str) -> Person | None:
    """The person, or None. The hash takes a fifth of a second, in which nobody who saves may be held up."""
    with database.only_looking():
        guess = people.look_up(db.session(), email, address=access.address(), at=now())
        db.session.rollback()
    right = people.is_right(guess, password)
    person = people.sign_in(db.session(), guess, right, at=now())
    if person is None:
        _note_stranger(What.SIGN_IN_FAILED, email)
    db.session.commit()
    return person


def note_throttled(email: str) -> None:
    """Put in the audit log that somebody was made to wait: once for each wait, or a flood would fill it."""
    since = now() - people.WITHIN
    if not audit.lately(db.session(), What.THROTTLED, email, access.address(), since=since):
        _note_stranger(What.THROTTLED, email)
        db.session.commit()


def _note_stranger(what: What, email: str) -> None:
    audit.note(db.session(), what, by=None, at=now(), email=email, address=access.address())


def _after() -> str:
    return security.local_path(request.values.get("next")) or "/"


def _page(status: int, wrong: str | None = None) -> ResponseReturnValue:
    return pages.page(
        "auth/sign_in.html",
        status=status,
        wrong=wrong,
        email=request.form.get("email", ""),
        next=security.local_path(request.values.get("next")),
        expired=request.args.get("expired"),
        left_council=request.args.get("left") == "council",
        cookies_stick=security.cookies_stick(request),
        samples=[
            SampleView(one.email, one.name, ROLE_NAMES[Role(one.role)].lower())
            for one in people.sample_accounts(db.session())
        ],
        sample_password=people.SAMPLE_PASSWORD,
    )
