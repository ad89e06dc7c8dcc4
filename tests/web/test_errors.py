"""This file is about failures: each gets a sentence on what happened, what is safe and what to do."""

import json

import pytest
from sqlalchemy.exc import DataError, OperationalError

from blueprints import errors


def words(response):
    return " ".join(response.get_data(as_text=True).split())


def test_an_unknown_address_leads_to_the_sign_in_page_first(client):
    assert client.get("/nowhere").location.startswith("/sign-in")


def test_an_unknown_address_is_explained(client, plan):
    answer = client.sign_in("eve").get("/nowhere")
    assert answer.status_code == 404
    assert "There is no such page" in words(answer)


def test_a_step_one_may_not_take_is_explained_by_name(client, plan):
    answer = client.sign_in("rita").get("/plans/small/settings")
    assert answer.status_code == 403
    assert "role of reader, which may not set the plan up" in words(answer)
    assert "ask the programme office" in words(answer)


def test_a_wrong_method_is_explained(client, plan):
    assert "cannot be used in this way" in words(client.sign_in("eve").get("/sign-out"))


def test_htmx_is_given_the_sentence_to_read_out(client, plan):
    answer = client.sign_in("rita").get("/plans/small/settings", headers={"HX-Request": "true"})
    assert "may not set the plan up" in json.loads(answer.headers["HX-Trigger"])["announce"]


def test_every_explanation_says_what_is_safe():
    assert [e.heading for e in errors.EXPLAINED.values() if "." not in e.sentence[:-1]] == []


@pytest.mark.parametrize(
    ("failure", "status", "says"),
    [
        (OperationalError("", {}, Exception("database is locked")), 503, "Wait a moment"),
        (OperationalError("", {}, Exception("disk I/O error")), 500, "What you saved before is safe"),
        (DataError("", {}, Exception("text fields cannot contain NUL")), 400, "That could not be understood"),
        (ZeroDivisionError("secret detail"), 500, "What you saved before is safe"),
    ],
)
def test_a_failure_is_explained_without_asking_the_database(app, failure, status, says):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.config["TESTING"] = False

    def fail():
        raise failure

    app.add_url_rule("/sign-in/fail", "auth.sign_in.fail", fail)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("blueprints.access.OPEN_TO_ALL", frozenset({"auth.sign_in.fail"}))
        answer = app.test_client().get("/sign-in/fail")
    assert answer.status_code == status
    assert says in words(answer)
    assert "secret detail" not in words(answer)
    assert "Traceback" not in words(answer)
