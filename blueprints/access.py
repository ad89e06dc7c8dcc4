"""This file says who may enter: nobody before signing in, and each step only the roles that may take it."""

from datetime import datetime, timedelta

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from blueprints import frame
from blueprints.extensions import db, now
from plan import standing
from plan.models import Person, Plan
from plan.roles import ROLE_NAMES, Role, Step

OPEN_TO_ALL = frozenset({"auth.sign_in", "welcome.choose", "static"})
UNASKED = frozenset({"signoff.count"})  # what a page asks by itself: no sign that anybody is there
LONG_AGO = "1970-01-01T00:00:00+00:00"

_login = LoginManager()


class SignedIn(UserMixin):  # type: ignore[misc]  # flask-login ships no types
    """A person as flask-login sees them; the stamp in the id ends every session when it is changed."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def get_id(self) -> str:
        return f"{self.person.id}.{self.person.stamp}"


def prepare(app: Flask) -> None:
    """Ask everybody to sign in first, and end sessions that are too old."""
    _login.init_app(app)
    _login.session_protection = None  # it would sign people out when their address changes between buildings
    app.before_request(_sign_in_first)
    # The cookie outlives the session by a day, so that the sign-in page can say that it ended.
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(hours=app.config["ABSOLUTE_HOURS"] + 24)
    app.context_processor(_known_to_templates)


def _known_to_templates() -> dict[str, object]:
    """Who is signed in and the frame of the page; an answer to a failure asks the database for neither."""
    signed_in = None if "failed" in g else person_or_none()
    return {"person": signed_in, "Step": Step, "frame": lambda: frame.around(signed_in, g.get("plan"))}


@_login.user_loader  # type: ignore[untyped-decorator]
def _load(signed: str) -> SignedIn | None:
    id, _, stamp = signed.partition(".")
    person = db.session.get(Person, int(id)) if id.isdigit() else None
    return SignedIn(person) if person and person.active and person.stamp == stamp else None


def begin(person: Person) -> None:
    """Sign this person in, in a fresh session."""
    session.clear()
    session.permanent = True
    session["began"] = session["seen"] = now().isoformat()
    login_user(SignedIn(person))


def end() -> None:
    """Sign the person out and forget the session."""
    logout_user()
    session.clear()


def person() -> Person:
    """The person who is signed in. Behind the guard there always is one."""
    signed: Person = current_user.person
    return signed


def person_or_none() -> Person | None:
    """The person who is signed in, None on the sign-in page."""
    return current_user.person if current_user and current_user.is_authenticated else None


def require(step: Step) -> None:
    """403 with a sentence unless the person's role may take this step."""
    if not person().may(step):
        role = ROLE_NAMES[Role(person().role)].lower()
        abort(
            403,
            f"Your account has the role of {role}, which may not {step.value}. Nothing was changed. "
            "If you need to do it, ask the programme office.",
        )


def the_plan(slug: str, step: Step = Step.READ) -> Plan:
    """The plan of this address and the right to take the step there, or 404 or 403."""
    require(step)
    plan = standing.find(db.session(), slug)
    if plan is None:
        abort(404)
    g.plan = plan
    return plan


def _sign_in_first() -> ResponseReturnValue | None:
    if request.endpoint in OPEN_TO_ALL:
        return None
    if person_or_none() is not None and not _too_old():
        if request.endpoint not in UNASKED:
            session["seen"] = now().isoformat()
        return None
    expired = "began" in session
    if expired:  # a stranger's session holds the forgery token of the sign-in page they are looking at: leave it
        end()
    if request.endpoint in UNASKED and "HX-Request" in request.headers:
        return Response(status=401)  # it must take nobody away from what they are typing
    return to_sign_in(expired=expired)


def to_sign_in(*, expired: bool) -> ResponseReturnValue:
    """To the sign-in page and then back here; htmx is told in a header, for it would swap a redirect in."""
    by_htmx = "HX-Request" in request.headers
    back = request.full_path.rstrip("?") if request.method == "GET" and not by_htmx else None
    address = url_for("auth.sign_in", next=back, expired="yes" if expired else None)
    if by_htmx:
        return Response(status=401, headers={"HX-Redirect": address})
    return redirect(address, 303)


def _too_old() -> bool:
    began, seen = (datetime.fromisoformat(session.get(key, LONG_AGO)) for key in ("began", "seen"))
    idle = timedelta(minutes=current_app.config["IDLE_MINUTES"])
    absolute = timedelta(hours=current_app.config["ABSOLUTE_HOURS"])
    return now() - seen > idle or now() - began > absolute
