"""This file keeps sessions on the server: the cookie of somebody signed in holds a random token and nothing else."""

from typing import Any, cast

from flask import Flask, Request, Response, current_app, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from sqlalchemy.exc import SQLAlchemyError

from blueprints import security
from blueprints.extensions import db, now
from plan import database, sessions
from plan.models import PersonSession

TOKEN = "t"  # noqa: S105 - the name of it in the cookie


class Kept(SecureCookieSession):
    """What is remembered between two pages: of somebody signed in on the server, of a stranger in the cookie itself."""

    token: str | None = None
    is_new = False
    is_in_use = False


class KeptSessions(SecureCookieSessionInterface):
    """Sessions that can be ended from here, in cookies that travel over https only, except on this very machine."""

    session_class = Kept

    def get_cookie_secure(self, app: Flask) -> bool:
        return not security.is_plain_loopback(request)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if request.path.startswith(f"{app.static_url_path}/"):
            return Kept()
        in_cookie = super().open_session(app, request)
        token = dict(in_cookie or {}).get(TOKEN)
        if not isinstance(token, str):
            return in_cookie
        kept = Kept(_remembered(token))
        kept.token = token
        return kept

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        kept = cast(Kept, session)
        if kept.token is None:
            super().save_session(app, session, response)
            return
        response.vary.add("Cookie")
        if kept.is_new:
            super().save_session(app, _in_cookie(kept.token), response)
        if (kept.modified or kept.is_in_use) and response.status_code < 500:
            _write(kept)


def current() -> Kept:
    """The session of this request."""
    return cast(Kept, session)


def its_row() -> PersonSession | None:
    """What the database says of this request's session, None for a stranger's; asked once for each answer."""
    token = current().token
    if token is None:
        return None
    if "session_row" not in g:
        g.session_row = sessions.find(db.session(), token)
    row: PersonSession | None = g.session_row
    return row


def begin(row: PersonSession, token: str) -> None:
    """Give the browser this session's token with the answer."""
    kept = current()
    kept.token, kept.is_new, kept.modified = token, True, False
    g.session_row = row


def leave() -> None:
    """Take the token from the browser with the answer, and forget what was remembered."""
    current().clear()
    current().token = None
    g.pop("session_row", None)
    g.pop("csrf_token", None)  # the form library's; it belongs to what was forgotten


def _remembered(token: str) -> dict[str, Any]:
    """What was kept for this token, in a transaction of its own that takes no lock; nothing where it has ended."""
    with database.only_looking():
        try:
            found = sessions.find(db.session(), token)
            return dict(found.kept) if found is not None and found.ended is None else {}
        except SQLAlchemyError:
            return {}  # the page that follows asks the database too, and is answered as any failure is
        finally:
            db.session.rollback()


def _in_cookie(token: str) -> Kept:
    carried = Kept({TOKEN: token, "_permanent": True})
    carried.modified = True
    return carried


def _write(kept: Kept) -> None:
    """Keep it on the server. The answer is made by now, so what it left open in the database is done with."""
    db.session.rollback()
    database.look_only(False)
    try:
        row = sessions.find(db.session(), kept.token or "")
        if row is not None and row.ended is None:
            remembered = dict(kept) if kept.modified else None
            if sessions.keep(row, remembered, at=now(), in_use=kept.is_in_use):
                db.session.commit()
    except SQLAlchemyError:
        current_app.logger.warning("What a session remembers could not be kept.", exc_info=True)
    finally:
        db.session.rollback()
