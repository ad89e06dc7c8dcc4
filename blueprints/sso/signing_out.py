"""This file is the way out of the council's sign-in, for whoever came in by it and sits at somebody else's computer."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from blueprints import pages
from blueprints.sso.refusals import Refused
from blueprints.sso.room import blueprint, the_provider

NOT_OFFERED = "The council's sign-in offers no sign-out of its own. On a shared computer, close the browser."


@blueprint.get("/sign-out/council")
def leave() -> ResponseReturnValue:
    """A link, like the way in. It ends nothing here: signing out of the plan comes first."""
    after = url_for("auth.sign_in", _external=True)
    try:
        address = the_provider().address_to_leave(after)
    except Refused:
        address = None
    return redirect(address, 303) if address else pages.done(NOT_OFFERED, url_for("auth.sign_in"))
