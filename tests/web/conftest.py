"""This file is the strict client: it signs people in, carries the forgery token and checks every answer it gets."""

import re
import shutil
from collections import Counter
from html.parser import HTMLParser

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from blueprints.extensions import db
from plan import limits, people
from plan.roles import Who

CAST = ("rita", "ned", "eve", "fay", "olga")
PASSWORD = "three words together"
VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


class Markup(HTMLParser):
    """Checks that tags close in order, ids are unique and forms say where they go."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if said.get("id"):
            self.ids[str(said["id"])] += 1
        if tag == "form" and not said.get("action"):
            self.faults.append("a form without an action")
        if "style" in said or any(name.startswith("on") for name in said):
            self.faults.append(f"<{tag}> has inline style or script, which the policy blocks")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if dict(attrs).get("id"):
            self.ids[str(dict(attrs)["id"])] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes what was not open")

    def complaints(self) -> list[str]:
        twice = [f"the id {id} stands twice" for id, count in self.ids.items() if count > 1]
        return [*self.faults, *twice, *(f"<{tag}> is never closed" for tag in self.open)]


class StrictClient(FlaskClient):
    """A client that reads each page it gets as strictly as a browser's developer would."""

    def open(self, *args, **kwargs) -> TestResponse:
        for kept in list(g):  # the tests' own app context would carry it from one request into the next
            g.pop(kept)
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303}:
            body = response.get_data(as_text=True)
            markup = Markup()
            markup.feed(body)
            assert not markup.complaints(), (args, markup.complaints())
            assert body.count("<html") <= 1
            fragment = "HX-Request" in (kwargs.get("headers") or {})
            assert not (fragment and response.status_code < 400 and "<html" in body), f"{args}: a page inside a page"
        assert response.status_code != 500, args
        return response

    def sign_in(self, first: str) -> "StrictClient":
        """Sign somebody of the standing cast in."""
        answer = self.post("/sign-in", data={"email": f"{first}@council.example", "password": PASSWORD})
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return self


def words(response: TestResponse) -> str:
    """What a person reads on the page, white space folded."""
    text = re.sub(r"<[^>]+>", " ", response.get_data(as_text=True))
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def client(app: Flask) -> StrictClient:
    """A strict client that nobody has signed in with. Forgery protection has tests of its own."""
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = StrictClient
    return app.test_client()


@pytest.fixture(scope="module")
def everybody_at(open_app, made_before, compiled, tmp_path_factory):
    """`everybody_at(who, method, address, form)`: all of the cast signed in at one app, Ned limited to requirement 7.

    After each POST the database is as it was before, so that one app serves the whole walk of all routes.
    """
    file = tmp_path_factory.mktemp("walk") / "plan.sqlite"
    before = file.with_name("before.sqlite")
    shutil.copyfile(made_before["plan"], file)

    def copy(one, other):
        db.session.remove()
        db.engine.dispose()
        shutil.copyfile(one, other)

    def ask(who, method, address, form):
        answer = clients[who].open(address, method=method, data=form)
        if method == "POST":
            copy(before, file)
        return answer

    with open_app(file) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        app.test_client_class, app.jinja_env.bytecode_cache = StrictClient, compiled
        ned = people.find(db.session(), "ned@council.example")
        ned.become(Who.LIMITED_EDITOR)
        limits.name(db.session(), ned, ["r7"])
        db.session.commit()
        clients = {who: app.test_client().sign_in(who) for who in CAST}
        clients[None] = app.test_client()
        copy(file, before)
        yield ask
