"""This file changes one's own password, which ends every other session of one's own."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, auth, pages, sso
from blueprints.account.room import blueprint, page
from blueprints.extensions import db, now
from plan import people
from plan.models import What
from plan.people import CannotAdd, Throttled

OLD_WRONG = "That is not your current password, so nothing was changed. Type it again, or ask the programme office."
NOT_USED = "Passwords are not used here, so nothing was changed. You sign in with your council account."
CHANGED = "Your password is changed. You are still signed in here; any other session of yours has ended."


@blueprint.post("/password")
def change_password() -> ResponseReturnValue:
    if not sso.passwords_count():
        return page(403, NOT_USED)
    person = access.person()
    email, new = person.email, request.form.get("password", "")
    try:
        people.check_choice(new, request.form.get("again", ""), email)
        known = auth.recognise(email, request.form.get("old", ""))
    except CannotAdd as why:
        return page(422, str(why), "password")
    except Throttled as wait:
        auth.note_throttled(email)
        return page(429, str(wait), "old")
    if known is None:
        return page(422, OLD_WRONG, "old")
    chosen = people.hashed(new)  # between two transactions, for it is slow
    people.set_password(db.session(), person, chosen, at=now())
    access.begin(person)
    access.note(What.PASSWORD_CHANGED)
    db.session.commit()
    return pages.done(CHANGED, url_for("account.show"))
