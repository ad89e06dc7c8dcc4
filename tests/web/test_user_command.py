"""This file is about `flask user add`: the account it makes, what it prints, what it refuses."""

import json

import pytest

from plan import audit, people
from tests.conftest import an_app

PASSWORD = "three words together\n"


def add(app, *arguments, typed=PASSWORD):
    return app.test_cli_runner().invoke(args=["user", "add", *arguments], input=typed)


def test_an_account_is_made_with_the_password_from_standard_input(app, session, cast):
    done = add(app, "Ann@council.example", "--name", "Ann Able", "--role", "lead", "--team", "Review", "--team", "New")
    assert done.exit_code == 0, done.output
    assert "Ann Able may sign in as ann@council.example (lead, New, Review)." in done.output
    ann = people.find(session, "ann@council.example")
    guess = people.look_up(session, ann.email, address="", at=ann.created)
    assert people.is_right(guess, PASSWORD.strip())
    noted = audit.head(session)
    assert (noted.name, noted.what, noted.about) == ("Command line", "account made", ann.named)


def test_json_prints_one_document_and_nothing_else(app, cast):
    done = add(app, "ann@council.example", "--name", "Ann Able", "--json")
    assert json.loads(done.stdout) == {
        "email": "ann@council.example",
        "name": "Ann Able",
        "role": "reader",
        "teams": [],
    }


def test_a_refusal_is_a_sentence_and_makes_nothing(app, session, cast):
    done = add(app, "ann@council.example", "--name", "Ann", "--team", "New team", typed="short\n")
    assert done.exit_code == 1
    assert "12 characters or more" in done.stderr
    assert "Traceback" not in done.output
    assert people.find(session, "ann@council.example") is None
    assert "New team" not in people.team_names(session)


def test_an_account_in_use_is_refused(app, cast):
    assert "has an account already" in add(app, "EVE@council.example", "--name", "Eve").stderr


def test_wrong_use_is_exit_status_two(app, cast):
    assert add(app, "ann@council.example").exit_code == 2
    assert add(app, "ann@council.example", "--name", "Ann", "--role", "king").exit_code == 2


@pytest.mark.parametrize("command", [["plan", "verify"], ["user", "add", "a@b.example", "--name", "A"]])
def test_a_database_without_tables_is_said_in_a_sentence(tmp_path, command):
    with an_app(tmp_path / "empty.sqlite") as app:
        done = app.test_cli_runner().invoke(args=command, input=PASSWORD)
    assert done.exit_code == 1
    assert "Run “flask db upgrade” and try again" in done.stderr
    assert "Traceback" not in done.output
