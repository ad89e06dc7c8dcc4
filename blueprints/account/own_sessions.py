"""This file is where one is signed in: ending a session elsewhere, and staying signed in here a while longer."""

from flask import abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages, session_cookie
from blueprints.account.room import blueprint
from blueprints.extensions import db, now
from plan import sessions
from plan.models import PersonSession, What

NO_SESSION = "That session is not one of yours, or it has ended already. Nothing was changed; look at your account."
STAYING = "You are still signed in."


@blueprint.post("/sessions/<int(max=2147483647):id>/end")
def end_session(id: int) -> ResponseReturnValue:
    mine = sessions.open_of(db.session(), access.person(), access.limits(), at=now())
    chosen = next((one for one in mine if one.id == id), None)
    if chosen is None:
        abort(404, NO_SESSION)
    if chosen is session_cookie.its_row():
        access.note(What.SIGNED_OUT)
        access.end()
        db.session.commit()
        return pages.done("You are signed out.", url_for("auth.sign_in"))
    sessions.end(chosen, at=now())
    access.note(What.SESSION_ENDED, about="1 other session", detail=chosen.browser)
    db.session.commit()
    return pages.done("That session has ended.", url_for("account.show", _anchor="sessions"))


@blueprint.post("/sessions/end")
def end_others() -> ResponseReturnValue:
    this = session_cookie.its_row()
    ended = sessions.end_all(db.session(), access.person(), at=now(), but=this.id if this else None)
    access.note(What.SESSION_ENDED, about=f"{ended} other {'session' if ended == 1 else 'sessions'}")
    db.session.commit()
    return pages.done("Every other session of yours has ended.", url_for("account.show", _anchor="sessions"))


@blueprint.get("/session")
def time_left() -> ResponseReturnValue:
    return jsonify(_left(session_cookie.its_row()))


@blueprint.post("/session")
def stay() -> ResponseReturnValue:
    row = session_cookie.its_row()
    if row is not None:
        row.seen = now()
        db.session.commit()
    if request.accept_mimetypes.best == "application/json":
        return jsonify(_left(row))
    return pages.done(STAYING, url_for("account.show"))


def _left(row: PersonSession | None) -> dict[str, int]:
    """The seconds until this session ends by itself, and those until it ends even if it is used."""
    if row is None:
        return {"left": 0, "at_most": 0}
    limits = access.limits()
    at_most = (row.began + limits.longest(row) - now()).total_seconds()
    idle = (row.seen + limits.idle - now()).total_seconds()
    return {"left": int(min(idle, at_most)), "at_most": int(at_most)}
