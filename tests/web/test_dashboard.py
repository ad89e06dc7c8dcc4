"""This file tests where the plan stands on its pages: numbers that lead to their rows, questions, answers, changes."""

import json
import re

import pytest

from blueprints.extensions import now
from plan import edits, history
from plan.edits import Edit, new
from plan.fields import Kind
from plan.ledger import Step
from plan.models import Answer, Source
from tests.web.conftest import words

P = "/plans/small"
COUNT = re.compile(r'href="([^"]+)">\s*<span class="app-standing__number">(\d+)</span>')
UNEXPLAINED = {"rule": "off-track-without-reason", "record": "r20"}


@pytest.fixture
def save(session, plan, cast):
    """`save(edit, …)` makes the edits one revision by Eve, later than everything else."""

    def save(*made: Edit, by="eve") -> None:
        edits.apply(session, plan, made, Step(cast[by], now(), Source.BROWSER))
        session.commit()

    return save


def numbers(response) -> list[tuple[str, int]]:
    """Each number of the page with its address."""
    found = COUNT.findall(response.get_data(as_text=True))
    return [(address.replace("&amp;", "&"), int(number)) for address, number in found]


def rows(client, address: str) -> int:
    """How many rows a number's address shows."""
    body = client.get(address).get_data(as_text=True)
    is_list = "/standing/actions" in address
    return (
        body.count('data-label="Area for development"') if is_list else body.count('<article class="app-requirement"')
    )


def fingerprint(response, rule="off-track-without-reason") -> str:
    page = response.get_data(as_text=True)
    form = page[page.index(f'name="rule" value="{rule}"') :]
    return re.search(r'name="fingerprint" value="([^"]+)"', form)[1]


def test_every_number_on_the_page_leads_to_exactly_the_rows_it_counts(client, plan, save):
    save(Edit(Kind.ACTION, "act1", "timescale", "Quarter 3"), Edit(Kind.REQUIREMENT, "r7", "status", "amber"))
    client.sign_in("rita")
    found = numbers(client.get(f"{P}/standing"))
    assert len(found) > 15
    assert [(address, rows(client, address)) for address, _ in found] == found


def test_a_page_of_one_team_speaks_of_that_team_alone(client, plan):
    client.sign_in("rita")
    page = client.get(f"{P}/standing?team=Review")
    assert "Team Review" in words(page)
    assert "1 = 1 requirement" in words(page)
    assert all("team=Review" in address for address, _ in numbers(page))


def test_before_any_board_the_page_says_so(client, plan):
    client.sign_in("rita")
    page = words(client.get(f"{P}/standing"))
    assert "There was no board yet to compare with" in page
    assert "No cycle takes updates today" in page


def test_since_the_last_board_the_page_says_what_got_better(client, session, plan, cast, save):
    days = {"opens": "2013-07-01", "cut_off": "2013-07-20", "board_date": "2013-07-28"}
    save(*new(Kind.CYCLE, "cycle1", plan.id, {"title": "July board", **days}), by="olga")
    save(Edit(Kind.REQUIREMENT, "r7", "status", "green"))
    client.sign_in("rita")
    page = words(client.get(f"{P}/standing"))
    assert "Since the last board (July board)" in page
    assert "1 Better" in page
    assert "2 Green 1 at the last board" in page


def test_an_empty_choice_has_one_address(client, plan):
    client.sign_in("rita")
    assert client.get(f"{P}/standing?theme=&team=Review").location == f"{P}/standing?team=Review"


def test_what_the_plans_page_was_narrowed_to_is_said_and_kept_by_its_form(client, plan):
    client.sign_in("rita")
    page = client.get(f"{P}?when=late&team=Fieldwork")
    assert "With an action: late" in words(page)
    assert '<input type="hidden" name="team" value="Fieldwork">' in page.get_data(as_text=True)


def test_a_question_leads_to_the_place_that_mends_it_for_those_who_may(client, plan):
    client.sign_in("eve")
    page = client.get(f"{P}/challenges").get_data(as_text=True)
    assert f'href="{P}/requirement/r20/status_reason?back=' in page
    assert client.get(f"{P}/requirement/r20/status_reason").status_code == 200


def test_a_reader_sees_the_questions_and_changes_nothing(client, plan):
    client.sign_in("rita")
    page = client.get(f"{P}/challenges").get_data(as_text=True)
    assert "Requirement 20 is amber, and no reason is given." in page
    assert "Put it right" not in page
    assert "<textarea" not in page


def test_a_lead_answers_a_question_and_the_board_sees_it(client, session, plan):
    client.sign_in("fay")
    shown = fingerprint(client.get(f"{P}/challenges"))
    answer = client.post(
        f"{P}/challenges", data={**UNEXPLAINED, "fingerprint": shown, "reason": "Two posts are vacant"}
    )
    assert answer.location == f"{P}/challenges#off-track-without-reason-r20"
    client.post("/sign-out")
    client.sign_in("rita")
    assert "Two posts are vacant Answered by Fay Fieldwork-Lead" in words(client.get(f"{P}/challenges"))
    assert "2 questions , of which 1 is answered" in words(client.get(f"{P}/standing?theme=th1"))


def test_an_answer_without_a_reason_comes_back_with_the_form(client, session, plan):
    client.sign_in("fay")
    shown = fingerprint(client.get(f"{P}/challenges"))
    answer = client.post(f"{P}/challenges", data={**UNEXPLAINED, "fingerprint": shown, "reason": " "})
    assert answer.status_code == 422
    assert "An answer needs a reason" in words(answer)
    assert session.query(Answer).count() == 0


def test_an_answer_to_what_changed_meanwhile_is_refused_and_not_kept(client, session, plan, save):
    client.sign_in("fay")
    shown = fingerprint(client.get(f"{P}/challenges"))
    save(Edit(Kind.REQUIREMENT, "r20", "status", "red"))
    answer = client.post(f"{P}/challenges", data={**UNEXPLAINED, "fingerprint": shown, "reason": "Two posts"})
    assert answer.status_code == 409
    assert "Two posts" in words(answer)
    assert session.query(Answer).count() == 0


def test_what_changed_is_told_and_each_record_can_be_looked_at(client, plan, save):
    save(Edit(Kind.ACTION, "act1", "timescale", "Quarter 3"))
    client.sign_in("rita")
    page = client.get(f"{P}/changes?from=2")
    assert "The timescale of action 2.1 moved from “Quarter 2” to “Quarter 3” (by Eve Editor" in words(page)
    assert f'href="{P}/requirements/r2#row-act1"' in page.get_data(as_text=True)


@pytest.mark.parametrize("address", ["changes.json?from=2", "changes?from=2&format=json"])
def test_what_changed_can_be_had_as_json(client, plan, save, address):
    save(Edit(Kind.REQUIREMENT, "r7", "status", "amber"))
    client.sign_in("rita")
    told = client.get(f"{P}/{address}").get_json()
    assert (told["from"], told["to"], told["count"]) == (2, 3, 1)
    assert told["themes"][0]["sentences"][0]["places"][0]["record"] == "r7"


@pytest.mark.parametrize(
    ("asked", "said"),
    [("from=banana", "neither a day"), ("from=99", "no revision 99"), ("from=2&to=1", "comes after")],
)
def test_a_moment_that_is_none_is_said_in_a_sentence(client, plan, asked, said):
    client.sign_in("rita")
    page = client.get(f"{P}/changes?{asked}")
    assert (page.status_code, said in words(page)) == (422, True)
    assert said in client.get(f"{P}/changes.json?{asked}").get_json()["error"]


def test_the_command_says_what_changed_in_words_and_as_json(app, plan, save):
    save(Edit(Kind.REQUIREMENT, "r7", "status", "amber"))
    run = app.test_cli_runner().invoke
    assert "Requirement 7 went from red to amber (by Eve Editor" in run(args=["plan", "changes", "--from", "2"]).output
    told = json.loads(run(args=["plan", "changes", "--from", "2", "--json"]).output)
    assert told["themes"][0]["title"] == "Care planning"
    refused = run(args=["plan", "changes", "--from", "banana"])
    assert (refused.exit_code, "neither a day" in refused.output) == (1, True)


def test_only_what_was_signed_off_can_be_asked_for(client, session, plan, save):
    save(Edit(Kind.REQUIREMENT, "r7", "status", "amber"))
    assert history.signed_now(session, plan)["r7"].get("status") == "red"
    client.sign_in("rita")
    assert "Nothing changed between the two" in words(client.get(f"{P}/changes?from=2&signed-off=yes"))
