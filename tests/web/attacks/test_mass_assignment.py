"""This file posts more than the form asks for: nothing of it counts."""

import re

import pytest

from plan import history, people
from plan.models import Person

PASSWORD = "three words together"
EDIT = "/plans/small/action/act1/text"


def test_no_extra_field_of_a_form_makes_an_account_more_than_it_is(client, session, plan, cast):
    extra = {"role": "office", "active": "1", "id": "1", "person_id": "1", "email": "x@x.example", "password_hash": "x"}
    new_password = {"old": PASSWORD, "password": "a quiet river bank", "again": "a quiet river bank"}
    client.sign_in("eve").post("/account/password", data=new_password | extra)
    client.post("/account/sessions/end", data=extra)
    session.expire_all()
    eve = session.get(Person, cast["eve"].id)
    assert (eve.role, eve.email, eve.active) == ("editor", "eve@council.example", True)
    assert eve.password_hash != "x"


def test_no_extra_field_of_an_edit_changes_anything_else(client, session, plan):
    before = history.now(session(), plan)
    extra = {"plan_id": "other", "parent": "r7", "present": "", "position": "9", "id": "r7", "team": "Review"}
    page = client.sign_in("eve").get(EDIT).get_data(as_text=True)
    was = re.search(r'name="text.was" value="([^"]*)"', page).group(1)
    assert client.post(EDIT, data={"text.was": was, "text": "Mine", **extra}).status_code == 303
    session.rollback()
    session.expire_all()
    after = history.now(session(), plan)
    assert [id for id in after if after[id] != before.get(id)] == ["act1"]
    assert (after["act1"].parent, after["act1"].present, after["act1"].get("text")) == (
        before["act1"].parent,
        True,
        "Mine",
    )


@pytest.mark.parametrize("field", ["present", "parent", "position", "plan_id", "id", "__class__", "made_up"])
def test_what_is_no_field_for_people_cannot_be_edited(client, plan, revision, field):
    before = revision()
    answer = client.sign_in("olga").post(f"/plans/small/action/act1/{field}", data={f"{field}.was": "", field: "x"})
    assert answer.status_code == 404
    assert revision() == before


def test_an_invited_reader_is_not_made_more_by_the_link(client, session, cast):
    page = client.sign_in("olga").post(
        "/people/invite", data={"email": "new@council.example", "name": "New", "role": "reader"}
    )
    link = re.search(r"/welcome/[\w-]+", page.get_data(as_text=True)).group()
    client.post("/sign-out")
    chosen = {"password": "a quiet river bank", "again": "a quiet river bank"}
    assert client.post(link, data=chosen | {"role": "office", "email": "other@council.example"}).status_code == 303
    session.rollback()
    assert people.find(session(), "new@council.example").role == "reader"
