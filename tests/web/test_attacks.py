"""This file tries what an attacker would, each in turn: every try is refused, and nothing is changed by it."""

import re

import pytest
from sqlalchemy import select
from werkzeug.routing import IntegerConverter

from blueprints.extensions import now, today
from plan import edits, history, ledger, people, standing, uploads
from plan.edits import Edit, new
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Decider, Decision, Outcome, Person, Plan, Source, new_id

PASSWORD = "three words together"
COOKIE = "improvement-plan"
EDIT = "/plans/small/action/act1/text"
OCTOBER = {"title": "October", "opens": "2013-09-01", "cut_off": "2013-09-30", "board_date": "2013-10-07"}
EVIL = "https://evil.example"


def read(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


def token_of(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True)).group(1)


@pytest.fixture
def guarded(app, client):
    """The client with forgery protection on, as it is outside tests."""
    app.config["WTF_CSRF_ENABLED"] = True
    return client


@pytest.fixture
def signed_in(app, client, plan):
    """Eve, signed in, with forgery protection on from then."""
    client.sign_in("eve")
    app.config["WTF_CSRF_ENABLED"] = True
    return client


@pytest.fixture
def revision(session, plan):
    """`revision()` is the number of the plan's newest revision."""

    def revision() -> int:
        session.rollback()
        return ledger.latest(session(), plan.id)

    return revision


@pytest.fixture
def other(session, plan, cast) -> Plan:
    """Another plan, whose ids must open nothing under the small plan's address."""
    made = Plan(id=new_id(), slug="other", present=False)
    session.add(made)
    step = Step(cast["eve"], now(), Source.IMPORT)
    written = [
        Edit(Kind.PLAN, made.id, "present", True),
        Edit(Kind.PLAN, made.id, "title", "Other"),
        *new(Kind.THEME, "oth", made.id, {"title": "Other theme"}),
        *new(Kind.REQUIREMENT, "or1", "oth", {"reference": "1", "text": "Other requirement"}),
        *new(Kind.ACTION, "oact1", "or1", {"text": "Other action"}),
        *new(Kind.ACHIEVEMENT, "oach1", "or1", {"text": "Other achievement"}),
        *new(Kind.CYCLE, "ocycle", made.id, OCTOBER),
    ]
    edits.apply(session(), made, written, step)
    session.commit()
    return made


# Cross-site requests


@pytest.mark.parametrize(
    "form",
    [{}, {"csrf_token": ""}, {"csrf_token": "made up"}, {"csrf_token": "ImFhYWEi.aN3CQg.c2lnbmF0dXJl"}],
)
def test_a_form_without_our_token_changes_nothing(signed_in, revision, form):
    before = revision()
    answer = signed_in.post(EDIT, data={"text.was": "x", "text": "Forged", **form})
    assert answer.status_code == 400
    assert "Nothing was changed" in read(answer) or "nothing was changed" in read(answer)
    assert revision() == before


def test_the_token_of_another_session_is_not_ours(app, signed_in, cast):
    thief = app.test_client()
    assert (
        signed_in.post("/account/sessions/end", data={"csrf_token": token_of(thief.get("/sign-in"))}).status_code == 400
    )


@pytest.mark.parametrize("headers", [{"Referer": f"{EVIL}/page"}, {"Referer": "https://localhost.evil.example/"}, {}])
def test_over_https_a_form_from_another_sites_page_is_refused_even_with_our_token(guarded, cast, headers):
    page = guarded.get("/sign-in", base_url="https://localhost")
    form = {"email": "eve@council.example", "password": PASSWORD, "csrf_token": token_of(page)}
    assert guarded.post("/sign-in", data=form, base_url="https://localhost", headers=headers).status_code == 400
    ours = {"Referer": "https://localhost/sign-in"}
    assert guarded.post("/sign-in", data=form, base_url="https://localhost", headers=ours).status_code == 303


@pytest.mark.parametrize("headers", [{"Origin": EVIL}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_that_the_browser_says_came_from_another_site_is_refused_even_with_our_token(
    signed_in, revision, headers
):
    before, token = revision(), token_of(signed_in.get(EDIT))
    answer = signed_in.post(EDIT, data={"text.was": "x", "text": "Forged", "csrf_token": token}, headers=headers)
    assert answer.status_code == 400
    assert "another site" in read(answer)
    assert revision() == before


@pytest.mark.parametrize("address", ["/sign-out", "/account/sessions/end", "/people/3/close", "/audit-log/export"])
def test_nothing_is_changed_by_following_a_link(client, plan, address):
    assert client.sign_in("olga").get(address).status_code == 405


def test_no_other_site_may_read_our_answers(client, plan):
    answer = client.sign_in("eve").get("/plans/small", headers={"Origin": EVIL})
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


# Clickjacking


@pytest.mark.parametrize("address", ["/sign-in", "/plans/small", "/nowhere", "/account"])
def test_no_page_can_be_shown_inside_another(client, plan, address):
    headers = client.sign_in("eve").get(address).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


# Open redirects and header injection


@pytest.mark.parametrize(
    "next",
    [EVIL, "//evil.example", "/\\evil.example", "/\t/evil.example", "\n/x", "///evil.example", "/%0d%0aSet-Cookie:a=b"],
)
def test_signing_in_leads_nowhere_else(client, cast, next):
    answer = client.post("/sign-in", data={"email": "eve@council.example", "password": PASSWORD, "next": next})
    assert "evil.example" not in answer.location
    assert "a=b" not in str(answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize("back", [EVIL, "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_an_edit_leads_back_to_nowhere_else(client, plan, back):
    page = client.sign_in("eve").get(EDIT, query_string={"back": back}).get_data(as_text=True)
    assert "evil.example" not in page
    assert "javascript:" not in page
    answer = client.post(EDIT, data={"text.was": "x", "text": "y", "back": back})
    assert "evil.example" not in (answer.location or "")


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: a=b.xlsx", 'a"; filename="b.exe', "\u202exslx.exe"])
def test_the_name_of_a_file_never_becomes_a_header(client, session, plan, cast, name):
    kept = uploads.keep(session(), cast["eve"], name, b"not a workbook", at=now(), plan=plan)
    session.commit()
    answer = client.sign_in("eve").get(f"/plans/small/uploads/{kept.id}/with-notes")
    assert "a=b" not in str(answer.headers.getlist("Set-Cookie"))
    assert "\r" not in str(dict(answer.headers))
    assert "b.exe" not in answer.headers.get("Content-Disposition", "")


# Host header


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:80@evil.example", "", "a b"])
@pytest.mark.parametrize("address", ["/sign-in", "/plans/small"])
def test_a_name_that_is_not_ours_is_refused_in_a_sentence(client, plan, host, address):
    answer = client.sign_in("eve").get(address, headers={"Host": host})
    assert answer.status_code == 400
    assert "does not answer to the name" in read(answer)
    assert "evil.example" not in answer.get_data(as_text=True)


def test_a_link_to_a_new_account_never_names_a_forged_host(client, cast):
    client.sign_in("olga")
    answer = client.post(f"/people/{cast['eve'].id}/link", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "/welcome/" not in answer.get_data(as_text=True)


def test_a_forwarded_name_is_not_believed_where_no_proxy_is_ours(client, cast):
    answer = client.sign_in("olga").post(
        f"/people/{cast['eve'].id}/link", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "10.9.9.9"}
    )
    assert "http://localhost/welcome/" in answer.get_data(as_text=True)


def test_names_of_ours_are_set_in_the_configuration(tmp_path):
    from app import create_app

    settings = {
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'x.sqlite'}",
        "TRUSTED_HOSTS": ["Plan.Council.example"],
    }
    asked = create_app({**settings, "SECRET_KEY": "for tests only"}).test_client()
    assert asked.get("/", base_url="https://plan.council.example:8443").status_code == 303
    assert asked.get("/", base_url="https://other.council.example").status_code == 400


# Mass assignment


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


# Another plan's ids under this plan's address


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "requirements/or1"),
        ("GET", "requirements/or1/action"),
        ("POST", "requirements/or1/action"),
        ("GET", "requirements/or1/record"),
        ("GET", "action/oact1/text"),
        ("POST", "action/oact1/text"),
        ("POST", "achievement/oach1/evidence"),
        ("POST", "theme/oth/title"),
        ("POST", "records/action/oact1/remove"),
        ("POST", "records/action/oact1/bring-back"),
        ("GET", "board/ocycle"),
        ("POST", "board/ocycle/freeze"),
        ("POST", "board/ocycle/remove"),
        ("POST", "cycle/ocycle/title"),
    ],
)
def test_another_plans_records_are_not_found(client, session, other, method, path):
    before = history.now(session(), other)
    form = {"text.was": "Other action", "text": "Mine"} if method == "POST" else None
    assert client.sign_in("olga").open(f"/plans/small/{path}", method=method, data=form).status_code == 404
    session.rollback()
    session.expire_all()
    assert history.now(session(), other) == before


def test_another_plan_itself_cannot_be_edited_under_this_ones_address(client, other):
    answer = client.sign_in("olga").post(f"/plans/small/plan/{other.id}/title", data={"title": "Mine"})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("method", "rest"),
    [
        ("GET", ""),
        ("GET", "/done"),
        ("GET", "/with-notes"),
        ("GET", "/up-to-date"),
        ("POST", "/save"),
        ("POST", "/meanings"),
        ("POST", "/let-go"),
        ("POST", "/accept"),
    ],
)
def test_another_plans_uploads_and_other_peoples_are_not_found(client, session, plan, other, cast, method, rest):
    elsewhere = uploads.keep(session(), cast["olga"], "a.xlsx", b"x", at=now(), plan=other).id
    hers = uploads.keep(session(), cast["fay"], "a.xlsx", b"x", at=now(), plan=plan).id
    session.commit()
    assert client.sign_in("olga").open(f"/plans/small/uploads/{elsewhere}{rest}", method=method).status_code == 404
    if rest != "/meanings":  # the office's alone, so 403
        assert client.sign_in("eve").open(f"/plans/small/uploads/{hers}{rest}", method=method).status_code == 404


def test_another_plans_revisions_are_not_found(client, session, plan, other, cast):
    [edits.apply(session(), other, [Edit(Kind.ACTION, "oact1", "text", f"{n}")], step_of(cast)) for n in range(3)]
    session.commit()
    assert client.sign_in("olga").get("/plans/other/history/4").status_code == 200
    assert client.get("/plans/small/history/4").status_code == 404
    assert client.post("/plans/small/history/4/undo").status_code == 404


def test_another_plans_decisions_cannot_be_taken_up_here(client, session, plan, other, cast):
    edits.apply(session(), other, [Edit(Kind.ACTION, "oact1", "text", "Words")], step_of(cast))
    returned = Decision(
        kind="action", record_id="oact1", field="text", outcome=Outcome.RETURNED.value, before=None, after="Words"
    )
    step = Step(cast["fay"], now(), Source.SIGN_OFF)
    ledger.write(session(), other, step, [], [returned])
    session.commit()
    id = session.scalar(select(Decision.id))
    session.rollback()
    client.sign_in("eve")
    assert client.post(f"/plans/small/returned/{id}/take-up").status_code in {404, 409}
    assert client.post(f"/plans/small/returned/{id}/let-go").status_code in {404, 409}
    assert standing.find(session(), "other") is not None


def test_whom_the_office_named_for_another_plan_is_not_shown_nor_ended_here(client, session, plan, other, cast):
    named = {"person": cast["ned"], "named_by": cast["olga"], "at": now(), "starts": today(), "ends": today()}
    session.add(Decider(record_id="or1", **named))
    session.commit()
    client.sign_in("olga")
    assert "Named by the office" not in read(client.get("/plans/small/sign-off"))
    assert client.post("/plans/small/sign-off/deciders/1/end").status_code == 404
    assert "Ned Editor decides for Requirement 1" in read(client.get("/plans/other/sign-off"))
    assert client.post("/plans/other/sign-off/deciders/1/end").status_code == 303


@pytest.mark.parametrize(
    "address",
    ["history/99999999999999999999", "history/2147483648", "history/99999999999999999999/undo", "returned/1e9/let-go"],
)
def test_a_number_that_no_database_holds_is_not_found(client, plan, address):
    client.sign_in("olga")
    assert client.open(f"/plans/small/{address}", method="GET" if address[-1].isdigit() else "POST").status_code == 404


def test_every_number_in_an_address_has_a_limit(app):
    numbers = [
        c for rule in app.url_map.iter_rules() for c in rule._converters.values() if isinstance(c, IntegerConverter)
    ]
    assert len(numbers) > 10
    assert all(one.max == 2**31 - 1 for one in numbers)


def step_of(cast):
    return Step(cast["eve"], now(), Source.BROWSER)
