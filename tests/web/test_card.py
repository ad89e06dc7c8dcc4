"""This file tests a requirement's card on the plan's page: opened, all of it can be changed there."""

import html
import json
import re

import pytest

from plan import edits, fields, history
from plan.fields import Kind, Shape
from plan.ledger import Step
from plan.models import Source
from tests.conftest import THEN
from tests.web.conftest import words

HTMX = {"HX-Request": "true"}
OPEN = "/plans/small?open=r7"
TYPED = {
    Shape.LINE: "New words",
    Shape.TEXT: "New words",
    Shape.STATUS: "blue",
    Shape.TIMESCALE: "Quarter 4",
    Shape.DATE: "1 May 2014",
    Shape.PERIOD: "2014-01",
    Shape.NUMBER: "12",
    Shape.TEAM: "Fieldwork",
    Shape.DIRECTION: "lower",
    Shape.PUBLICATION: fields.WITHHELD,
}
COUNTED = {"year": "2014", "total": "10", "outstanding": "1", "good": "2", "adequate": "3", "inadequate": "4"}
RECORDS = {
    Kind.THEME: "th2",
    Kind.REQUIREMENT: "r7",
    Kind.ACHIEVEMENT: "ach7",
    Kind.ACTION: "act7",
    Kind.INDICATOR: "ind1",
    Kind.READING: "rd1",
    Kind.AUDIT: "aud7",
}


@pytest.fixture
def full(session, plan):
    """The small plan with a record of each kind under requirement 7."""
    audit = {"title": "Case audit", "total": 3, "outstanding": 0, "good": 0, "adequate": 0, "inadequate": 3}
    made = [
        *edits.new(Kind.ACHIEVEMENT, "ach7", "r7", {"text": "Panel set up", "evidence": "Its minutes"}),
        *edits.new(Kind.AUDIT, "aud7", "r7", audit),
    ]
    edits.apply(session, plan, made, Step(None, THEN, Source.IMPORT))
    session.commit()
    return plan


def now(session, plan):
    session.expire_all()
    return history.now(session, plan)


def changes(page, kind, id):
    """The page's own links that open a field of this record."""
    found = re.findall(rf'href="(/plans/small/{kind}/{id}/[^"]+)" hx-get', page.text)
    return [html.unescape(address) for address in found]


def fill(client, address):
    """Open a field by its link, write something new in each of its inputs, and save it as its form says."""
    form = client.get(address).text
    kind = Kind(address.split("/")[3])
    inputs = dict.fromkeys(re.findall(r' name="([a-z_]+)"', form.split('class="app-field__form"')[1]))
    names = [name for name in inputs if (kind, name) in fields.BY_NAME]
    shown = {f"{name}.was": html.unescape(was) for name, was in re.findall(r' name="(\w+)\.was" value="([^"]*)"', form)}
    typed = {name: COUNTED.get(name) or TYPED[fields.field(kind, name).shape] for name in names}
    action = html.unescape(re.search(r'action="([^"]+)" method="post" novalidate', form)[1])
    return names, client.post(action, data={**shown, **typed})


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CYCLE])
def test_every_field_is_changed_from_the_plans_page_by_the_links_on_it(client, session, full, kind):
    id = RECORDS.get(kind, full.id)
    before = now(session, full)[id].values
    page = client.sign_in("olga").get(OPEN)
    filled = [fill(client, address) for address in changes(page, kind, id)]
    after = now(session, full)[id].values
    assert {answer.status_code for _, answer in filled} == {303}
    assert sorted(name for names, _ in filled for name in names) == sorted(field.name for field in fields.of(kind))
    assert {field.name for field in fields.of(kind) if before.get(field.name) == after.get(field.name)} == set()


def test_who_saves_a_field_of_an_open_card_is_back_at_it(client, full):
    page = client.sign_in("eve").get("/plans/small?status=red&open=r7")
    answer = fill(client, changes(page, Kind.ACHIEVEMENT, "ach7")[0])[1]
    assert answer.location == "/plans/small?status=red&open=r7#f-ach7-text"


def test_a_reader_sees_everything_and_no_way_to_change_it(client, full):
    page = client.sign_in("rita").get(OPEN)
    assert "Its minutes" in words(page)
    assert "Visits within six weeks" in words(page)
    assert "Change<" not in page.text
    assert "Remove" not in page.text
    assert "Add a" not in page.text


def test_a_closed_card_says_how_to_open_it_and_an_open_one_how_to_close_it(client, full):
    client.sign_in("rita")
    opening = 'href="/plans/small?status=red&amp;open=r7#requirement-r7" hx-get="/plans/small?status=red&amp;open=r7"'
    closing = 'href="/plans/small?status=red#requirement-r7" hx-get="/plans/small?status=red&amp;close=r7"'
    assert opening in client.get("/plans/small?status=red").text
    assert closing in client.get("/plans/small?status=red&open=r7").text
    assert client.get("/plans/small?status=red&close=r7").location == "/plans/small?status=red"


def test_htmx_gets_the_one_card_open_or_closed(client, full):
    client.sign_in("eve")
    opened = client.get(OPEN, headers=HTMX)
    assert opened.text.strip().startswith('<article class="app-requirement" id="requirement-r7"')
    assert "Its minutes" in opened.text
    assert opened.text.count("autofocus") == 1
    closed = client.get("/plans/small?close=r7", headers=HTMX)
    assert closed.text.strip().startswith('<article class="app-requirement" id="requirement-r7"')
    assert "Its minutes" not in closed.text


@pytest.mark.parametrize("id", ["nothing", "th1", "act7"])
def test_what_is_no_requirement_has_no_card(client, full, id):
    assert client.sign_in("rita").get(f"/plans/small?open={id}", headers=HTMX).status_code == 404


def link(page, text):
    """Where the link or form with these words leads."""
    return html.unescape(
        re.search(rf'<(?:a|form)[^>]*(?:href|action)="([^"]+)"(?:(?!</?(?:a|form)\b).)*?{text}', page.text, re.S)[1]
    )


def test_an_action_is_added_removed_and_brought_back_and_the_person_stays_at_the_card(client, session, full):
    page = client.sign_in("eve").get("/plans/small?status=red&open=r7")
    added = client.post(link(page, "Add an area for development<"), data={"text": "Ask children"})
    made = now(session, full).under("r7", Kind.ACTION)[-1]
    assert added.location == f"/plans/small?status=red&open=r7#row-{made.id}"
    removed = client.post(link(client.get(added.location), r"Remove<span[^>]*> action 7.2"))
    assert removed.location == f"/plans/small?status=red&open=r7&removed={made.id}#removed-{made.id}"
    page = client.get(removed.location)
    assert words(page).count("Action 7.2 is removed") == 1
    back = client.post(link(page, r"Bring it back<span[^>]*>: Action 7.2"))
    assert back.location == f"/plans/small?status=red&open=r7#row-{made.id}"
    assert now(session, full)[made.id].present


def test_what_was_removed_is_offered_back_even_where_the_filter_leaves_its_card_out(client, full):
    client.sign_in("eve")
    removed = client.post(link(client.get("/plans/small?q=procedure&open=r7"), r"Remove<span[^>]*> action 7.1"))
    page = client.get(removed.location)
    assert "0 of 3 requirements shown" in words(page)
    assert "Action 7.1 is removed" in words(page)


def test_the_address_says_which_card_htmx_opened(client, full):
    client.sign_in("eve")
    opened, closed = (client.get(f"/plans/small?theme=th2&{asked}=r7", headers=HTMX) for asked in ("open", "close"))
    assert opened.headers["HX-Replace-Url"] == "/plans/small?theme=th2&open=r7#requirement-r7"
    assert closed.headers["HX-Replace-Url"] == "/plans/small?theme=th2"


def test_htmx_opens_the_form_in_the_place_of_its_link_and_gives_up_again(client, full):
    address = link(client.sign_in("eve").get(OPEN), "Add an achievement<")
    form = client.get(address, headers=HTMX).text
    assert form.strip().startswith('<form class="app-add app-field__form" id="add-r7-achievement"')
    given_up = client.get(f"{address}&shown=yes", headers=HTMX).text
    assert given_up.strip().startswith('<p class="app-add-link app-no-print" id="add-r7-achievement">')


def test_htmx_is_told_in_place_why_nothing_was_added(client, full):
    address = link(client.sign_in("eve").get(OPEN), "Add an achievement<")
    answer = client.post(address, data={"text": " "}, headers=HTMX)
    assert answer.status_code == 422
    assert "Nothing was added" in words(answer)
    assert "<h1" not in answer.text


def test_after_a_change_htmx_swaps_the_card_says_so_and_keeps_the_place(client, session, full):
    address = link(client.sign_in("eve").get(OPEN), "Add an achievement<")
    answer = client.post(address, data={"text": "Cards given out"}, headers=HTMX, follow_redirects=True)
    made = now(session, full).under("r7", Kind.ACHIEVEMENT)[-1]
    assert answer.headers["HX-Retarget"] == "#requirement-r7"
    assert json.loads(answer.headers["HX-Trigger"]) == {"announce": "Added: an achievement.", "saved": "r7"}
    assert re.search(rf'href="/plans/small/achievement/{made.id}/text[^>]*autofocus', answer.text)
    removed = client.post(link(answer, r"Remove<span[^>]*> achievement “Cards"), headers=HTMX, follow_redirects=True)
    assert "is removed" in json.loads(removed.headers["HX-Trigger"])["announce"]
    assert re.search(r"<button[^>]*autofocus[^>]*>Bring it back", removed.text)


def test_an_address_of_elsewhere_is_not_where_a_change_leads_back_to(client, full):
    client.sign_in("eve")
    away = client.post("/plans/small/records/action/act7/remove?back=https://elsewhere.example/")
    assert away.location.startswith("/plans/small/requirements/r7?removed=act7")
