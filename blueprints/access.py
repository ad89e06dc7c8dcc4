"""This file says who may enter: nobody before signing in, and each step only the roles that may take it."""

import secrets
from datetime import timedelta

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from blueprints import ended, frame, session_cookie
from blueprints.extensions import db, now
from plan import audit, database, people, sessions, standing
from plan.edits import NOT_NAMED
from plan.models import Person, Plan, What
from plan.roles import WHO_NAMES, Step
from plan.sessions import Limits

OPEN_TO_ALL = frozenset({"auth.sign_in", "welcome.choose", "sso.begin", "sso.arrive", "sso.leave", "static"})
UNASKED = frozenset({"signoff.count", "account.time_left"})  # asked for by a page itself: no sign that anybody is there

NOT_YOURS = "Your account may not change this. Nothing was changed; ask the programme office, or see who may do what."

_login = LoginManager()


class SignedIn(UserMixin):  # type: ignore[misc]  # flask-login ships no types
    """A person as flask-login sees them."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def get_id(self) -> str:
        return str(self.person.id)


def prepare(app: Flask) -> None:
    """Ask everybody to sign in first, and end sessions that are too old."""
    app.session_interface = session_cookie.KeptSessions()
    _login.init_app(app)
    _login.session_protection = None  # it would sign people out when their address changes between buildings
    app.before_request(_sign_in_first)
    # The cookie outlives the session by a day, so that the sign-in page can say that it ended.
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(hours=app.config["ABSOLUTE_HOURS"] + 24)
    app.context_processor(_known_to_templates)


def _known_to_templates() -> dict[str, object]:
    """Who is signed in and the frame of the page; an answer to a failure asks the database for neither."""
    signed_in = None if "failed" in g else person_or_none()
    return {"person": signed_in, "frame": lambda: frame.around(signed_in, g.get("plan"))}


@_login.request_loader  # type: ignore[untyped-decorator]
def _load(_: object) -> SignedIn | None:
    row = session_cookie.its_row()
    return SignedIn(row.person) if row is not None and sessions.is_open(row, limits(), at=now()) else None


def limits() -> Limits:
    """How long sessions last here, from the configuration."""
    idle, absolute, vouched = (current_app.config[name] for name in ("IDLE_MINUTES", "ABSOLUTE_HOURS", "SSO_HOURS"))
    return Limits(timedelta(minutes=idle), timedelta(hours=absolute), timedelta(hours=vouched))


def begin(person: Person) -> None:
    """Sign this person in, in a fresh session with a token of its own. The caller commits."""
    was_here = str(person.id) in (session.get(ended.WAS), session.get("_user_id"))
    forgery_token = session.get("csrf_token") if was_here else None  # a form of theirs that is open can then be saved
    session_cookie.leave()
    session["csrf_token"] = forgery_token or secrets.token_hex(20)
    login_user(SignedIn(person))
    sessions.forget_old(db.session(), person, limits(), at=now())
    kept, browser = dict(session), request.user_agent.string
    begun = sessions.begin(db.session(), person, at=now(), address=address(), browser=browser, kept=kept)
    session_cookie.begin(*begun)


def end() -> None:
    """Sign the person out and forget the session, whoever may still hold its token. The caller commits."""
    row = session_cookie.its_row()
    if row is not None:
        sessions.end(row, at=now())
    logout_user()
    session_cookie.leave()


def note(what: What, *, plan: Plan | None = None, about: str | None = None, detail: str | None = None) -> None:
    """Put in the audit log what the person who is signed in does. The caller commits, with the deed itself."""
    slug = plan.slug if plan else None
    audit.note(
        db.session(), what, by=person_or_none(), at=now(), plan=slug, about=about, address=address(), detail=detail
    )


def note_taken(what: What, *, plan: Plan | None = None, about: str | None = None, detail: str | None = None) -> None:
    """Put in the audit log what somebody takes away with a page that only looks; committed at once, so call it last."""
    by, slug = person().id, plan.slug if plan else None
    db.session.rollback()
    database.look_only(False)
    taker = people.by_id(db.session(), by)
    audit.note(db.session(), what, by=taker, at=now(), plan=slug, about=about, address=address(), detail=detail)
    db.session.commit()
    database.look_only(True)


def note_read(plan: Plan, about: str, revision: int) -> None:
    """Put in the audit log that somebody read what is made to be printed: once for a revision, not on each reload.

    Committed at once, so call it last, when the page is made.
    """
    detail = f"revision {revision}"
    if not audit.is_noted(db.session(), What.READ, person(), plan.slug, about, detail):
        note_taken(What.READ, plan=plan, about=about, detail=detail)


def address() -> str:
    """Where the browser is, as far as the proxies that we trust tell."""
    return request.remote_addr or ""


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
        role = WHO_NAMES[person().who].lower()
        abort(
            403,
            f"Your account has the role of {role}, which may not {step.value}. Nothing was changed. "
            "If you need to do it, ask the programme office.",
        )


def allow(may: bool) -> None:
    """403 with a sentence unless the table of rights lets the person do this."""
    if not may:
        abort(403, NOT_NAMED if person().is_limited else NOT_YOURS)


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
        if has_ended():
            _forget()
        return None
    if person_or_none() is None:
        return to_sign_in()
    row = session_cookie.its_row()
    if row is not None and request.endpoint not in UNASKED:
        session_cookie.current().is_in_use = now() - row.seen >= sessions.MINUTE
    return None


def has_ended() -> bool:
    """Whether the browser still holds a session that lets nobody in any more."""
    return person_or_none() is None and session_cookie.its_row() is not None


def to_sign_in() -> ResponseReturnValue:
    """To the sign-in page and then back here; htmx is told in a header, for it would swap a redirect in.

    Whoever was typing when their session ended keeps their words: on the page where htmx asked, else on one of ours.
    """
    expired = _how_it_ended()
    if expired:  # a stranger's session holds the forgery token of the sign-in page they are looking at: leave it
        _forget()
    by_htmx = "HX-Request" in request.headers
    by_script = by_htmx or request.accept_mimetypes.best == "application/json"
    if by_script and (request.endpoint in UNASKED or request.method == "POST"):
        return Response(status=401)  # it must take nobody away from what they are typing
    if request.method == "POST" and (typed := ended.typed()):
        return ended.keeping_words(typed)
    back = request.full_path.rstrip("?") if request.method == "GET" and not by_htmx else None
    address = url_for("auth.sign_in", next=back, expired=expired)
    if by_htmx:
        return Response(status=401, headers={"HX-Redirect": address})
    return redirect(address, 303)


def _how_it_ended() -> str | None:
    """How the browser's session ended: "by-itself", or "by-somebody", who closed the account among others."""
    row = session_cookie.its_row()
    if row is None or not has_ended():
        return None
    return "by-itself" if row.ended is None and row.person.active else "by-somebody"


def _forget() -> None:
    """Leave a session that has ended, with just enough kept for its person to sign in and save what they typed."""
    row, forgery_token = session_cookie.its_row(), session.get("csrf_token")
    session_cookie.leave()
    if row is not None and forgery_token:
        session.update({ended.WAS: str(row.person_id), "csrf_token": forgery_token})
