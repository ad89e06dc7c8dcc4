"""This file is about the programme office's settings: the plan's own fields, its scale and teams."""

import re

from plan import history

SETTINGS = "/plans/small/settings"


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.get_data(as_text=True))
    return re.sub(r"\s+", " ", text)


def team(session, plan, requirement):
    found = history.now(session, plan)[requirement].get("team")
    session.rollback()
    return found


def test_the_office_finds_each_field_of_the_plan_with_its_link(client, plan):
    page = client.sign_in("olga").get(SETTINGS)
    assert "Small plan" in words(page)
    assert "15 October 2013" in words(page)
    assert f"/plans/small/plan/{plan.id}/title" in page.get_data(as_text=True)
    assert "Change What red means of the plan" in words(page)


def test_the_settings_lead_to_the_people(client, plan):
    assert 'href="/people">Invite people, change their role' in client.sign_in("olga").get(SETTINGS).text


def test_teams_are_saved_in_one_revision(client, session, plan):
    client.sign_in("olga")
    chosen = {"was-r2": "Fieldwork", "team-r2": "Review", "was-r7": "Review", "team-r7": ""}
    assert client.post(SETTINGS, data=chosen).status_code == 303
    assert (team(session, plan, "r2"), team(session, plan, "r7")) == ("Review", None)
    assert "Saved the team of 2 requirements." in words(client.get(SETTINGS))


def test_a_team_set_by_somebody_else_meanwhile_is_not_overwritten_unseen(client, session, plan):
    client.sign_in("olga").post(SETTINGS, data={"was-r2": "Fieldwork", "team-r2": "Review"})
    answer = client.post(SETTINGS, data={"was-r2": "Fieldwork", "team-r2": "", "was-r7": "Review", "team-r7": ""})
    assert answer.status_code == 409
    assert "Somebody set it to Review meanwhile" in words(answer)
    assert (team(session, plan, "r2"), team(session, plan, "r7")) == ("Review", "Review")


def test_an_untouched_row_never_takes_a_newer_team_back(client, session, plan):
    client.sign_in("olga").post(SETTINGS, data={"was-r2": "Fieldwork", "team-r2": "Review"})
    old_page = {"was-r2": "Fieldwork", "team-r2": "Fieldwork", "was-r20": "Fieldwork", "team-r20": ""}
    assert client.post(SETTINGS, data=old_page).status_code == 303
    assert (team(session, plan, "r2"), team(session, plan, "r20")) == ("Review", None)


def test_a_team_that_does_not_exist_is_refused(client, session, plan):
    answer = client.sign_in("olga").post(SETTINGS, data={"was-r2": "Fieldwork", "team-r2": "Made up"})
    assert answer.status_code == 422
    assert team(session, plan, "r2") == "Fieldwork"


def test_saving_without_a_difference_says_so(client, plan):
    client.sign_in("olga").post(SETTINGS, data={"was-r2": "Fieldwork", "team-r2": "Fieldwork"})
    assert "nothing was saved" in words(client.get(SETTINGS))
