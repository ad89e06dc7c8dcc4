"""This file is the door: signing in and out."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages, security
from blueprints.extensions import db, now
from plan import database, people
from plan.models import Person
from plan.roles import ROLE_NAMES, Role

blueprint = Blueprint("auth", __name__)

WRONG = (
    "That e-mail address and password do not go together. Nothing is lost; check both and try again, or ask "
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
    try:
        person = recognise(request.form.get("email", ""), request.form.get("password", ""))
    except people.Throttled as wait:
        return _page(429, str(wait))
    if person is None:
        return _page(422, WRONG)
    access.begin(person)
    return redirect(_after(), 303)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    access.end()
    return pages.done("You are signed out.", url_for("auth.sign_in"))


def recognise(email: str, password: str) -> Person | None:
    """The person, or None. The hash takes a fifth of a second, in which nobody who saves may be held up."""
    with database.only_looking():
        guess = people.look_up(db.session(), email, address=request.remote_addr or "", at=now())
        db.session.rollback()
    right = people.is_right(guess, password)
    person = people.sign_in(db.session(), guess, right, at=now())
    db.session.commit()
    return person


def _after() -> str:
    return security.local_path(request.values.get("next")) or "/"


def _page(status: int, wrong: str | None = None) -> ResponseReturnValue:
    return pages.page(
        "auth/sign_in.html",
        status=status,
        wrong=wrong,
        email=request.form.get("email", ""),
        next=security.local_path(request.values.get("next")),
        expired=request.args.get("expired") == "yes",
        cookies_stick=security.cookies_stick(request),
        samples=[
            SampleView(one.email, one.name, ROLE_NAMES[Role(one.role)].lower())
            for one in people.sample_accounts(db.session())
        ],
        sample_password=people.SAMPLE_PASSWORD,
    )
