"""This file is a provider of ours that forges: a test says what it answers, and with which key it signs."""

import html
import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from flask import Flask
from joserfc import jws, jwt
from joserfc.jwk import RSAKey

from blueprints import sso
from blueprints.extensions import now
from plan import audit, identities
from plan.audit import Asked

CLIENT = "improvement-plan"
SECRET = "a secret between two servers"
BACK = "/sign-in/council/back"


class Forger:
    """An OpenID provider that answers whatever a test tells it to."""

    def __init__(self, port: int, key: RSAKey) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.at = ""  # where below its address its discovery document lies
        self.key = key
        self.kid = "first"
        self.published: dict = {}  # what its discovery document says besides
        self.token: str | None = None
        self.refusal: dict | None = None
        self.asked: list[dict] = []  # what the app sent for a token
        self.is_down = False

    def discovery(self) -> dict:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **self.published,
        }

    def keys(self) -> dict:
        return {"keys": [{**self.key.as_dict(private=False), "kid": self.kid, "use": "sig"}]}

    def claims(self, nonce: str, /, **changed) -> dict:
        """What an honest provider says of Eve; a test changes one thing, or takes it away with None."""
        at = int(now().timestamp())
        honest = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "e-1",
            "nonce": nonce,
            "iat": at,
            "exp": at + 300,
            "name": "Eve of the Council",
            "email": "eve@council.example",
        }
        return {name: value for name, value in {**honest, **changed}.items() if value is not None}

    def sign(self, claims: dict, *, key=None, algorithm="RS256", kid="first") -> str:
        header = {"alg": algorithm, "kid": kid}
        if algorithm == "none":
            return jws.serialize_compact(header, json.dumps(claims), None, algorithms=["none"])
        return jwt.encode(header, claims, key or self.key, algorithms=[algorithm])


@pytest.fixture(scope="session")
def forging_key() -> RSAKey:
    return RSAKey.generate_key(2048)


@pytest.fixture
def forger(forging_key) -> Iterator[Forger]:
    """A provider on an address of its own, in a thread of this process."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            known = {f"{made.at}/.well-known/openid-configuration": made.discovery, "/keys": made.keys}
            self.say(known[self.path](), 503 if made.is_down else 200)

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            made.asked.append(dict(parse_qsl(body)))
            token = {"access_token": "a", "token_type": "Bearer", "id_token": made.token}
            self.say(made.refusal or token, 400 if made.refusal else 200)

        def say(self, document, status):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(document).encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    made = Forger(server.server_port, forging_key)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def use(app: Flask):
    """`use(SSO_ISSUER=…)` sets single sign-on up in the app of this test."""

    def set_up(**settings: str) -> None:
        app.config.update({"SSO_CLIENT_ID": CLIENT, "SSO_CLIENT_SECRET": SECRET, **settings})
        sso.prepare(app)

    return set_up


@pytest.fixture
def begin(client):
    """Go to the provider as a browser does; what it is asked: state, nonce and the like."""

    def begin(**asked: str) -> dict[str, str]:
        answer = client.get("/sign-in/council", query_string=asked)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return {name: values[0] for name, values in parse_qs(urlsplit(answer.location).query).items()}

    return begin


@pytest.fixture
def answered(client, forger, begin):
    """`answered(aud="other")`: the provider's whole answer to our question, with one claim changed."""

    def answer(*, state: str | None = None, signed: dict | None = None, **changed):
        asked = begin()
        forger.token = forger.sign(forger.claims(asked["nonce"], **changed), **(signed or {}))
        return client.get(BACK, query_string={"code": "c", "state": state or asked["state"]})

    return answer


@pytest.fixture
def eve_linked(session, cast, forger, use):
    """Single sign-on with the forging provider, at which Eve is linked already."""
    use(SSO_ISSUER=forger.issuer)
    vouched = identities.Vouched(forger.issuer, "e-1", "Eve of the Council", "eve@council.example")
    arrival = identities.arrive(session(), vouched, at=now())
    identities.link(session(), arrival.identity, cast["eve"])
    session.commit()
    return arrival.identity.id


@pytest.fixture
def noted(session):
    """`noted()` is what the audit log says, oldest first: (who, what, detail)."""

    def noted() -> list[tuple]:
        session.rollback()
        events = audit.all_of(session(), Asked())
        return [(event.name, event.what, event.detail) for event in reversed(events)]

    return noted


@pytest.fixture
def read():
    """What a person reads on a page."""

    def read(response) -> str:
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True))))

    return read
