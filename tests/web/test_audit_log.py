"""This file is about the audit log: what is noted of what people do, and how the office reads and takes it away."""

import csv
import io
import re

import pytest

from blueprints.extensions import now
from plan import audit, edits
from plan.audit import Asked
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Plan, Source, new_id

PASSWORD = "three words together"


def read(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


@pytest.fixture
def noted(session):
    """`noted()` is what the log says, oldest first: (who, what, about)."""

    def noted() -> list[tuple]:
        session.rollback()
        events = audit.all_of(session(), Asked())
        return [(event.name or event.email, event.what, event.about) for event in reversed(events)]

    return noted


def test_coming_and_going_is_noted(client, cast, noted):
    client.post("/sign-in", data={"email": "eve@council.example", "password": "wrong"})
    client.sign_in("eve").post("/sign-out")
    assert noted() == [
        ("eve@council.example", "sign-in failed", None),
        ("Eve Editor", "signed in", None),
        ("Eve Editor", "signed out", None),
    ]


def test_who_is_made_to_wait_is_noted_once_for_each_wait(client, cast, noted):
    [client.post("/sign-in", data={"email": "eve@council.example", "password": "wrong"}) for _ in range(13)]
    assert [what for _, what, _ in noted()] == ["sign-in failed"] * 10 + ["made to wait"]


def test_what_is_taken_away_as_a_document_of_changes_is_noted(client, plan, noted):
    assert client.sign_in("rita").get("/plans/small/changes.json").json["plan"] == "small"
    assert noted()[-1] == ("Rita Reader", "exported", "what changed between two moments")


def test_what_the_office_does_to_an_account_is_noted(client, cast, noted):
    eve, address = "Eve Editor <eve@council.example>", f"/people/{cast['eve'].id}"
    client.sign_in("olga").post(address, data={"role": "lead", "team": ["Review"]})
    client.post(f"{address}/close")
    client.post(f"{address}/open")
    client.post(f"{address}/link")
    assert noted()[1:] == [
        ("Olga Office", "role changed", eve),
        ("Olga Office", "teams changed", eve),
        ("Olga Office", "account closed", eve),
        ("Olga Office", "account opened again", eve),
        ("Olga Office", "link made", eve),
    ]


def test_a_change_that_is_withdrawn_and_who_decides_for_whom_is_noted(client, plan, cast, noted):
    queue, days, ned = "/plans/small/sign-off", {"starts": "2999-01-01", "ends": "2999-01-09"}, cast["ned"].id
    client.sign_in("fay").post("/plans/small/requirement/r2/lead", data={"lead.was": "", "lead": "Director"})
    client.post("/account/deputies", data={"deputy": ned, **days})
    client.post("/account/deputies/1/end")
    client.sign_in("olga").post(f"{queue}/deciders", data={"place": "team Fieldwork", "person": ned, **days})
    client.post(f"{queue}/deciders/1/end")
    shown = re.search(
        r'"line" value="([^"]+)">\s*<input type="hidden" name="token" value="([^"]+)"', withdrawing(client)
    )
    client.post(f"{queue}/withdraw", data={"line": shown[1], "token": shown[2]})
    whom = "Ned Editor <ned@council.example>"
    assert [one for one in noted() if one[1] != "signed in"] == [
        ("Fay Fieldwork-Lead", "deputy named", whom),
        ("Fay Fieldwork-Lead", "deputy ended", whom),
        ("Olga Office", "deputy named", whom),
        ("Olga Office", "deputy ended", whom),
        ("Fay Fieldwork-Lead", "withdrawn", "revision 4"),
    ]


def withdrawing(client):
    """Fay's queue, on which her own change has its button."""
    return client.sign_in("fay").get("/plans/small/sign-off").get_data(as_text=True)


def test_sessions_that_one_ends_and_the_agreed_position_are_noted(client, app, session, cast, noted):
    make_unagreed(session, cast)
    client.sign_in("olga").post("/plans/fresh/sign-off/agree", data={"revision": "1"})
    app.test_client().sign_in("olga")
    client.post("/account/sessions/end")
    assert [one for one in noted() if one[1] != "signed in"] == [
        ("Olga Office", "declared agreed", "the whole position"),
        ("Olga Office", "session ended", "1 other session"),
    ]


def make_unagreed(session, cast):
    """A plan of which nothing is agreed."""
    made = Plan(id=new_id(), slug="fresh", present=False)
    session.add(made)
    told = edits.new(Kind.PLAN, made.id, None, {"title": "Fresh plan"})
    theme = edits.new(Kind.THEME, "fth", made.id, {"title": "Everything"})
    edits.apply(session(), made, [*told, *theme], Step(cast["olga"], now(), Source.IMPORT))
    session.commit()


def test_an_invitation_and_what_becomes_of_its_link_are_noted(client, cast, noted):
    invited = {"email": "ann@council.example", "name": "Ann", "role": "reader"}
    page = client.sign_in("olga").post("/people/invite", data=invited).get_data(as_text=True)
    link, chosen = (
        re.search(r"/welcome/[\w-]+", page)[0],
        {"password": "a quiet river bank", "again": "a quiet river bank"},
    )
    client.post("/welcome/guessed", data=chosen)
    client.post(link, data=chosen)
    ann = "Ann <ann@council.example>"
    assert [(what, about) for _, what, about in noted()[1:]] == [
        ("account made", ann),
        ("link made", ann),
        ("link failed", None),
        ("link used", None),
    ]


def test_a_new_password_is_noted_and_is_not_in_the_log(client, session, cast, noted):
    new = "a quiet river bank"
    client.sign_in("eve").post("/account/password", data={"old": PASSWORD, "password": new, "again": new})
    assert noted()[-1] == ("Eve Editor", "password changed", None)
    assert new not in str([vars(event) for event in audit.all_of(session(), Asked())])


def test_what_is_refused_is_not_noted_as_done(client, cast, noted):
    client.sign_in("olga").post(f"/people/{cast['olga'].id}/close")
    client.post(f"/people/{cast['eve'].id}", data={"role": "king"})
    assert [what for _, what, _ in noted()] == ["signed in"]


def test_the_office_reads_it_by_person_kind_and_day(client, cast, noted):
    client.sign_in("eve").post("/sign-out")
    client.sign_in("olga")
    everything = read(client.get("/audit-log"))
    assert "3 events" in everything
    assert "Eve Editor signed out" in everything
    assert "1 event," in read(client.get("/audit-log?what=signed+out"))
    assert "2 events" in read(client.get(f"/audit-log?person={cast['eve'].id}"))
    assert "Nothing of that kind was noted" in read(client.get("/audit-log?end=2013-01-01"))


@pytest.mark.parametrize(
    "asked", ["start=soon", "end=2013-13-01", "page=x", "person=x", "what=x", "person=99999999999"]
)
def test_a_filter_that_cannot_be_read_breaks_nothing(client, cast, asked):
    answer = client.sign_in("olga").get(f"/audit-log?{asked}")
    assert answer.status_code == 200
    assert "Olga Office" in read(answer)


def test_taking_it_away_is_itself_noted(client, cast, noted):
    taken = client.sign_in("olga").post("/audit-log/export", data={"what": "signed in"})
    assert taken.headers["Content-Disposition"].startswith('attachment; filename="audit-log-')
    rows = list(csv.reader(io.StringIO(taken.get_data().decode("utf-8-sig"))))
    assert [row[1:4] for row in rows[1:]] == [["Olga Office", "olga@council.example", "signed in"]]
    assert noted()[-1] == ("Olga Office", "exported", "the audit log")


@pytest.mark.parametrize("words", ["=1+1@x.example", "+1@x.example", "-1@x.example", "@x@x.example", " =1@x.example"])
def test_no_cell_of_the_table_is_taken_for_a_formula(client, cast, words):
    client.post("/sign-in", data={"email": words, "password": "wrong"})
    table = client.sign_in("olga").post("/audit-log/export").get_data().decode("utf-8-sig")
    cells = [row[2] for row in csv.reader(io.StringIO(table))]
    assert f"'{words.strip()}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
