"""This file is about guessing at passwords: slow by account and by address, over a restart, and telling nothing."""

import re
from datetime import timedelta

import pytest
import time_machine

from app import create_app
from blueprints.extensions import now
from plan import people
from plan.roles import Role

PASSWORD = "three words together"


def guess(client, email="eve@council.example", password="wrong", address="10.0.0.1"):
    where = {"REMOTE_ADDR": address}
    return client.post("/sign-in", data={"email": email, "password": password}, environ_base=where)


def read(response):
    page = re.sub(r'value="[^"]*"', "", response.get_data(as_text=True))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


class Counting:
    """A hasher that counts how often it was asked, which is what makes an answer slow."""

    def __init__(self, hasher) -> None:
        self.hasher, self.asked = hasher, 0

    def hash(self, password):
        return self.hasher.hash(password)

    def verify(self, stored, password):
        self.asked += 1
        return self.hasher.verify(stored, password)


def test_an_account_is_closed_to_guesses_from_anywhere_after_ten(client, cast):
    answers = [guess(client, address=f"10.0.0.{n}").status_code for n in range(12)]
    assert answers == [422] * 10 + [429] * 2
    assert guess(client, password=PASSWORD, address="10.9.9.9").status_code == 429
    assert guess(client, "fay@council.example", PASSWORD, "10.9.9.9").status_code == 303


def test_an_address_is_closed_to_guesses_at_anybody_after_ten(client, cast):
    answers = [guess(client, f"somebody{n}@council.example").status_code for n in range(12)]
    assert answers == [422] * 10 + [429] * 2
    assert guess(client, password=PASSWORD, address="10.9.9.9").status_code == 303


def test_there_are_never_more_than_ten_guesses_in_any_five_minutes(client, cast):
    start, answered = now(), []
    for minute in range(12):
        with time_machine.travel(start + timedelta(minutes=minute), tick=False):
            answered += [minute for _ in range(4) if guess(client).status_code == 422]
    assert answered[:10] == [0] * 4 + [1] * 4 + [2] * 2
    assert max(sum(minute <= other < minute + 5 for other in answered) for minute in range(12)) == 10


def test_a_restart_forgets_nothing(app, client, session, cast):
    [guess(client) for _ in range(10)]
    session.remove()
    again = create_app(
        {
            "SQLALCHEMY_DATABASE_URI": app.config["SQLALCHEMY_DATABASE_URI"],
            "SECRET_KEY": "another",
            "WTF_CSRF_ENABLED": False,
        }
    )
    assert guess(again.test_client(), password=PASSWORD).status_code == 429


def test_the_address_is_the_browsers_not_what_it_claims(client, cast):
    for n in range(10):
        client.post(
            "/sign-in",
            data={"email": f"x{n}@council.example", "password": "wrong"},
            headers={"X-Forwarded-For": f"10.1.1.{n}"},
        )
    last = client.post("/sign-in", data={"email": "eve@council.example", "password": PASSWORD})
    assert last.status_code == 429


@pytest.mark.parametrize("email", ["eve@council.example", "nobody@council.example", "closed@council.example", "", "x"])
def test_an_unknown_account_gets_the_same_answer_after_the_same_work(client, session, cast, monkeypatch, email):
    people.add(session, "closed@council.example", "Closed", PASSWORD, role=Role.READER, at=now()).active = False
    session.commit()
    people._nobodys_hash.cache_clear()
    counting = Counting(people.hasher)
    monkeypatch.setattr(people, "hasher", counting)
    answer = guess(client, email)
    assert (answer.status_code, counting.asked) == (422, 1)
    assert "do not go together" in read(answer)


def test_a_throttled_guess_tells_nothing_of_the_account_either(client, cast):
    [guess(client, "nobody@council.example", address="10.0.0.1") for _ in range(10)]
    [guess(client, "eve@council.example", address="10.0.0.2") for _ in range(10)]
    unknown, known = guess(client, "nobody@council.example"), guess(client, "eve@council.example", PASSWORD)
    assert unknown.status_code == known.status_code == 429
    assert read(unknown) == read(known)
