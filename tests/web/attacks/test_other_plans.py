"""This file asks for another plan's records, uploads, revisions and decisions under this plan's address."""

import re

import pytest
from sqlalchemy import select
from werkzeug.routing import IntegerConverter

from blueprints.extensions import now, today
from plan import edits, history, ledger, standing, uploads
from plan.edits import Edit, new
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Decider, Decision, Outcome, Plan, Source, new_id

OCTOBER = {"title": "October", "opens": "2013-09-01", "cut_off": "2013-09-30", "board_date": "2013-10-07"}


def read(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


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
        ("GET", "figures/or1"),
        ("POST", "figures/or1/readings/told"),
        ("POST", "figures/or1/audits/told"),
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


def test_another_plans_uploads_are_not_listed(client, session, plan, other, cast):
    uploads.keep(session(), cast["olga"], "elsewhere.xlsx", b"x", at=now(), plan=other)
    session.commit()
    assert "elsewhere.xlsx" in read(client.sign_in("olga").get("/plans/other/workbook"))
    assert "elsewhere.xlsx" not in read(client.get("/plans/small/workbook"))


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


def test_another_plans_lines_are_not_decided_here(client, other):
    shown = re.findall(r'name="shown" value="([^"]+)"', client.sign_in("fay").get("/plans/other/sign-off").text)
    form = {"shown": shown, "line": [one.split()[1] for one in shown], "outcome": "signed off"}
    assert client.post("/plans/small/sign-off", data=form).status_code == 409
    assert client.post("/plans/other/sign-off", data=form).status_code == 303


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
