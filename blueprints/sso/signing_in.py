"""This file is the way in by the council's sign-in: out with a question, back with an answer, and what follows."""

import secrets
from dataclasses import asdict, dataclass

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages, security
from blueprints.extensions import db, now
from blueprints.sso import claims, refusals
from blueprints.sso.refusals import Refusal, Refused
from blueprints.sso.room import blueprint, the_provider, writing
from plan import audit, identities, people
from plan.identities import Arrival, Outcome, Vouched
from plan.models import Attempt, Person, What
from plan.sessions import VOUCHED

ASKED, CAME_SO = "sso-asked", VOUCHED  # what the browser's session remembers: the question; that it was the way in
ANSWERED_WITHIN = 600  # seconds
LONGEST_NEXT = 1000  # characters: the question travels in a cookie


@dataclass(frozen=True)
class Asked:
    """A question that this browser waits for the answer to: when it was asked, and where the person wanted to go."""

    state: str
    nonce: str
    verifier: str
    at: int
    next: str


@blueprint.get("/sign-in/council")
def begin() -> ResponseReturnValue:
    """A link, not a form: the strict policy lets no form end at another server."""
    provider = the_provider()
    after = security.local_path(request.args.get("next")) or "/"
    if access.person_or_none():
        return redirect(after, 303)
    asked = _new_question(after)
    try:
        address = provider.address_to_ask(asked.state, asked.nonce, asked.verifier, back=_back())
    except Refused as why:
        return _refused(why)
    session[ASKED] = asdict(asked)
    return redirect(address, 303)


@blueprint.get("/sign-in/council/back")
def arrive() -> ResponseReturnValue:
    """Where the provider sends the browser back to. Who is signed in already stays who they are."""
    the_provider()
    if access.person_or_none():
        return redirect("/", 303)
    asked = session.pop(ASKED, None)
    db.session.rollback()  # the provider takes its time: nothing is kept open meanwhile
    try:
        _check_patience()
        waiting = _check_state(asked)
        return _at_the_door(_vouched(waiting), waiting)
    except Refused as why:
        return _refused(why)


def came_so() -> bool:
    """Whether the person who is signed in came by this way in."""
    return session.get(CAME_SO) is True


def _new_question(after: str) -> Asked:
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    return Asked(state, nonce, verifier, int(now().timestamp()), after if len(after) <= LONGEST_NEXT else "/")


def _back() -> str:
    return url_for("sso.arrive", _external=True)


def _check_patience() -> None:
    try:
        people.check_patience(db.session(), _guesser(), access.address(), now())
    except people.Throttled:
        raise Refused(refusals.TOO_OFTEN, "too many failed") from None
    finally:
        db.session.rollback()


def _check_state(asked: dict[str, object] | None) -> Asked:
    """The question that this is the answer to: asked by this browser, lately, and answered once."""
    said = request.args.get("state", "").encode()
    waiting = Asked(**asked) if asked else None  # type: ignore[arg-type]  # our own words, in a cookie that we signed
    if waiting is None or not secrets.compare_digest(waiting.state.encode(), said):
        raise Refused(refusals.NOT_ASKED, "with another state")
    if now().timestamp() - waiting.at > ANSWERED_WITHIN:
        raise Refused(refusals.TOO_LATE, "came too late")
    return waiting


def _vouched(asked: Asked) -> Vouched:
    """Whom the provider's answer vouches for."""
    provider = the_provider()
    provider.check_mentioned(request.args.get("iss"))
    if "error" in request.args or "code" not in request.args:
        raise Refused(refusals.DENIED, f"denied: {request.args.get('error', 'no code')[:80]}")
    said = provider.answer(request.args["code"], asked.verifier, back=_back())
    return claims.vouched(said, provider.settings, issuer=provider.issuer(), nonce=asked.nonce, at=now().timestamp())


def _at_the_door(vouched: Vouched, asked: Asked) -> ResponseReturnValue:
    with writing():
        if not identities.spend(db.session(), asked.state, at=now()):
            raise Refused(refusals.NOT_ASKED, "used again")
        found = identities.arrive(db.session(), vouched, at=now())
        _note(found)
        outcome, number, person = found.outcome, found.identity.id, found.identity.person
        if outcome is Outcome.LET_IN and person is not None:
            access.begin(person)
            _put(What.SIGNED_IN, person, detail="council account")
    if outcome is Outcome.LET_IN:
        session[CAME_SO] = True
        return redirect(asked.next, 303)
    if outcome is Outcome.NEWCOMER:
        return pages.page("sso/newcomer.html", status=403, number=number, name=vouched.name, email=vouched.email)
    return _page(refusals.AT_THE_DOOR[outcome])


def _note(found: Arrival) -> None:
    """Put in the audit log what their groups did to the account, and that somebody was turned away."""
    person = found.identity.person
    if person is None:
        _put(What.NEWCOMER, None, about=found.identity.named)
        return
    if found.account_made:
        _put(What.ACCOUNT_MADE, person, about=person.named, detail=f"{person.who}, by their group")
    if found.role_changed:
        _put(What.ROLE_CHANGED, person, about=person.named, detail=f"{person.who}, by their group")
    if found.outcome is not Outcome.LET_IN:
        _put(What.SIGN_IN_FAILED, person, detail=f"council account: {found.outcome}")


def _put(what: What, by: Person | None, *, about: str | None = None, detail: str | None = None) -> None:
    stranger = None if by else ""
    where = access.address()
    audit.note(db.session(), what, by=by, email=stranger, at=now(), about=about, address=where, detail=detail)


def _refused(why: Refused) -> ResponseReturnValue:
    """Say why, and put it on record: of somebody who tries without end, no more than the tries before they wait."""
    if why.refusal is not refusals.TOO_OFTEN:
        with writing():
            _put(What.SIGN_IN_FAILED, None, detail=f"council account: {why.detail}")
            if why.refusal.counts:
                _count()
    return _page(why.refusal)


def _count() -> None:
    db.session.add(Attempt(at=now(), email=_guesser(), address=access.address(), succeeded=False))
    db.session.flush()
    try:
        people.check_patience(db.session(), _guesser(), access.address(), now())
    except people.Throttled:
        _put(What.THROTTLED, None, detail="council account")


def _page(refusal: Refusal) -> ResponseReturnValue:
    return pages.page("sso/refused.html", status=refusal.status, sentence=refusal.sentence)


def _guesser() -> str:
    """What stands for a browser without an account among the attempts to sign in; no e-mail address looks like it."""
    return f"council account from {access.address()}"
