"""This file talks to the council's sign-in: where it is, what to ask it, and whether an answer bears its signature."""

import time
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from blueprints.sso import refusals
from blueprints.sso.claims import TENANT
from blueprints.sso.refusals import Refused
from blueprints.sso.settings import Settings, is_safe

DISCOVERY = "/.well-known/openid-configuration"
SCOPE = "openid profile email"
SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")  # no secret, never none
KEY_TYPES = frozenset({"RSA", "EC"})
SEVERAL_TENANTS = ("common", "organizations")
SECONDS = (3, 5)  # to connect, to answer: eight threads serve everybody
KEPT = 300.0  # seconds for which what the provider publishes is believed
KEPT_AT_LEAST = 30.0  # or a stranger could have us ask it again and again


@dataclass
class Published:
    """A document of the provider, or that it could not be had, and when we asked."""

    asked: float
    document: dict[str, Any] | None


class Provider:
    """The council's sign-in, an OpenID Connect provider. Everything raises Refused with a sentence."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._published: dict[str, Published] = {}
        self._lock = Lock()

    def address_to_ask(self, state: str, nonce: str, verifier: str, *, back: str) -> str:
        """Where the browser goes with our question: the code flow, with a challenge of the kind S256 (RFC 7636).

        The answer comes `back` to an address of ours, which the provider must know.
        """
        asked = self._address("authorization_endpoint")
        client = self._client(back)
        address, _ = client.create_authorization_url(asked, state=state, nonce=nonce, code_verifier=verifier)
        return str(address)

    def answer(self, code: str, verifier: str, *, back: str) -> dict[str, Any]:
        """What the provider says of whoever brought this code, its signature checked and nothing else."""
        address = self._address("token_endpoint")
        try:
            said = self._client(back).fetch_token(
                address,
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
                timeout=SECONDS,
                allow_redirects=False,
            )
        except OAuthError as why:
            used = why.error == "invalid_grant"
            raise Refused(refusals.USED if used else refusals.NOT_SET_UP, f"token refused: {why.error}") from None
        except (requests.RequestException, ValueError) as why:
            raise Refused(refusals.UNREACHABLE, f"no token: {type(why).__name__}") from None
        token = said.get("id_token") if isinstance(said, dict) else None
        if not isinstance(token, str):
            raise Refused(refusals.UNREADABLE, "no identity token")
        return self._checked(token)

    def issuer(self) -> str:
        """What the provider calls itself; it must be what the settings call it."""
        said, meant = str(self._document().get("issuer", "")), self.settings.issuer
        called = {said, *(said.replace(TENANT, name) for name in SEVERAL_TENANTS)}
        if meant.rstrip("/") not in {name.rstrip("/") for name in called}:
            raise Refused(refusals.NOT_SET_UP, f"SSO_ISSUER is {meant}, it calls itself {said}")
        if TENANT in said and not self.settings.tenants:
            raise Refused(refusals.NOT_SET_UP, "SSO_TENANTS must name the tenants where the issuer serves several")
        return said

    def check_mentioned(self, issuer: str | None) -> None:
        """Raise Refused where an answer names another issuer, or ours says that it would name itself (RFC 9207)."""
        names_itself = self._document().get("authorization_response_iss_parameter_supported") is True
        if issuer is None and not names_itself:
            return
        tenants = self.settings.tenants if TENANT in self.issuer() else {""}
        if issuer not in {self.issuer().replace(TENANT, tenant) for tenant in tenants}:
            raise Refused(refusals.OTHER_ISSUER, f"answer of {issuer}")

    def address_to_leave(self, after: str) -> str | None:
        """Where the browser goes to sign out of the provider too, None where it offers no such thing."""
        address = self._document().get("end_session_endpoint")
        if not is_safe(address):
            return None
        asked = urlencode({"client_id": self.settings.client_id, "post_logout_redirect_uri": after})
        return f"{address}{'&' if urlsplit(str(address)).query else '?'}{asked}"

    def _client(self, back: str) -> OAuth2Session:
        secret = self.settings.client_secret
        known = self._document().get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        # Sent in the body no secret needs quoting, about which providers disagree.
        way = "client_secret_post" if "client_secret_post" in known else "client_secret_basic"
        return OAuth2Session(
            self.settings.client_id,
            secret or None,
            token_endpoint_auth_method=way if secret else "none",
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
        )

    def _checked(self, token: str) -> dict[str, Any]:
        try:
            try:
                return dict(jwt.decode(token, self._keys(KEPT), algorithms=SIGNED_WITH).claims)
            except InvalidKeyIdError:  # the provider has a new key since we looked
                return dict(jwt.decode(token, self._keys(KEPT_AT_LEAST), algorithms=SIGNED_WITH).claims)
        except (JoseError, ValueError, TypeError) as why:
            raise Refused(refusals.FORGED, f"signature: {type(why).__name__}") from None

    def _keys(self, kept: float) -> KeySet:
        listed = self._get(self._address("jwks_uri"), kept).get("keys")
        signing = [key for key in listed if _is_for_signing(key)] if isinstance(listed, list) else []
        if not signing:
            raise Refused(refusals.NOT_SET_UP, "it publishes no key to sign with")
        return KeySet.import_key_set({"keys": signing})

    def _address(self, name: str) -> str:
        self.issuer()
        address = self._document().get(name)
        if not is_safe(address):
            raise Refused(refusals.NOT_SET_UP, f"{name} is {address}")
        return str(address)

    def _document(self) -> dict[str, Any]:
        return self._get(self.settings.issuer.rstrip("/") + DISCOVERY, KEPT)

    def _get(self, address: str, kept: float) -> dict[str, Any]:
        """A document that the provider publishes; asked for by one thread at a time, and not at once again if down."""
        with self._lock:
            published, now = self._published.get(address), time.monotonic()
            lasts = KEPT_AT_LEAST if published and published.document is None else kept
            if published is None or now - published.asked > lasts:
                published = self._published[address] = Published(now, _fetch(address))
        if published.document is None:
            raise Refused(refusals.UNREACHABLE, f"no answer from {address}")
        return published.document


def _fetch(address: str) -> dict[str, Any] | None:
    try:
        answer = requests.get(address, timeout=SECONDS, allow_redirects=False)
        said = answer.json() if answer.status_code == 200 else None
    except (requests.RequestException, ValueError):
        return None
    return said if isinstance(said, dict) else None


def _is_for_signing(key: object) -> bool:
    return isinstance(key, dict) and key.get("kty") in KEY_TYPES and key.get("use", "sig") == "sig"
