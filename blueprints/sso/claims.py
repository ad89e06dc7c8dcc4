"""This file judges what the council's sign-in says of somebody: meant for us, now, as the answer to our question."""

from collections.abc import Mapping
from typing import Any

from blueprints.sso import refusals
from blueprints.sso.refusals import Refused
from blueprints.sso.settings import Settings
from plan.identities import Vouched

LEEWAY = 60  # seconds by which two servers' clocks may differ
LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, section 2
LONGEST_NAME = 200
LATEST = 1e12  # seconds since 1970, far beyond any clock
TENANT = "{tenantid}"  # in the issuer of Entra ID's addresses that serve several tenants

Claims = Mapping[str, Any]


def vouched(claims: Claims, settings: Settings, *, issuer: str, nonce: str, at: float) -> Vouched:
    """Whom these claims, whose signature was checked, vouch for. Raises Refused.

    `issuer` is what the provider calls itself, `at` the moment in seconds since 1970. The checks are those of OpenID
    Connect Core 1.0, section 3.1.3.7, and that the tenant is one of the settings'.
    """
    tenant = _tenant(claims)
    _check_sender(claims, issuer.replace(TENANT, tenant))
    _check_audience(claims, settings.client_id)
    if claims.get("nonce") != nonce:
        raise Refused(refusals.OTHER_NONCE, "with another nonce")
    _check_time(claims, at)
    subject = _subject(claims)
    if settings.tenants and tenant not in settings.tenants:
        raise Refused(refusals.OTHER_TENANT, f"tenant {tenant}")
    groups = _groups(claims.get(settings.group_claim))
    return Vouched(
        tenant,
        subject,
        _word(claims, "name", "preferred_username", "email"),
        _word(claims, "email", "preferred_username", "upn").lower(),
        settings.role_of(groups),
        groups_told=not _left_out(claims, settings.group_claim),
    )


def _tenant(claims: Claims) -> str:
    """Entra ID says the tenant; of any other provider the issuer is the tenant."""
    tenant = claims.get("tid", claims.get("iss"))
    if not isinstance(tenant, str) or not tenant.isprintable() or not tenant:
        raise Refused(refusals.OTHER_ISSUER, "no issuer")
    return tenant


def _subject(claims: Claims) -> str:
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise Refused(refusals.UNREADABLE, "no subject")
    return subject


def _check_sender(claims: Claims, issuer: str) -> None:
    if claims.get("iss") != issuer:
        raise Refused(refusals.OTHER_ISSUER, f"issuer {claims.get('iss')}")


def _check_audience(claims: Claims, client_id: str) -> None:
    said = claims.get("aud")
    audience = said if isinstance(said, list) else [said]
    party = claims.get("azp", client_id if len(audience) == 1 else None)
    if client_id not in audience or party != client_id:
        raise Refused(refusals.OTHER_AUDIENCE, f"audience {said}, asked for by {claims.get('azp')}")


def _check_time(claims: Claims, at: float) -> None:
    ends, issued, begins = (_seconds(claims.get(name)) for name in ("exp", "iat", "nbf"))
    if ends is None or issued is None or ("nbf" in claims and begins is None):
        raise Refused(refusals.RUN_OUT, "without its times")
    if ends <= at - LEEWAY or max(issued, begins or issued) > at + LEEWAY:
        raise Refused(refusals.RUN_OUT, f"good from {issued:.0f} to {ends:.0f}, came at {at:.0f}")


def _seconds(said: object) -> float | None:
    if isinstance(said, bool) or not isinstance(said, (int, float)):
        return None
    return float(said) if abs(said) < LATEST else None  # neither infinite nor no number at all


def _groups(said: object) -> frozenset[str]:
    listed = said if isinstance(said, list) else [said]
    return frozenset(one for one in listed if isinstance(one, str))


def _left_out(claims: Claims, claim: str) -> bool:
    """Entra ID leaves groups out of the token where there are more than 200, and says where to ask for them."""
    elsewhere = claims.get("_claim_names")
    return claim not in claims and (
        bool(claims.get("hasgroups")) or (isinstance(elsewhere, dict) and claim in elsewhere)
    )


def _word(claims: Claims, *names: str) -> str:
    said = (claims.get(name) for name in names)
    word = next((one for one in said if isinstance(one, str) and one.strip()), "")
    return "".join(mark for mark in word if mark.isprintable()).strip()[:LONGEST_NAME]
