"""This file is about the settings: what is wrong with them is a sentence at the start; passwords can be turned off."""

import pytest

from app import create_app
from blueprints.sso.settings import NAMES, NotSetUp
from plan import invitations, people

HTTPS = {"SSO_ISSUER": "https://council.example/v2.0", "SSO_CLIENT_ID": "plan"}


def start(**settings):
    return create_app({"SQLALCHEMY_DATABASE_URI": "sqlite://", "SECRET_KEY": "for tests only", **settings})


WRONG = {
    "no client": ({"SSO_ISSUER": "https://council.example"}, "SSO_CLIENT_ID is not"),
    "plain http": ({**HTTPS, "SSO_ISSUER": "http://council.example"}, "must begin with https"),
    "no such role": ({**HTTPS, "SSO_GROUPS": "staff=king"}, "maps “staff” to “king”"),
    "no group": ({**HTTPS, "SSO_GROUPS": "editor"}, "Write group=role"),
    "nobody could sign in": ({"LOCAL_SIGN_IN": "off"}, "nobody could sign in"),
    "neither on nor off": ({"LOCAL_SIGN_IN": "perhaps"}, "is “perhaps”"),
}


@pytest.mark.parametrize(("settings", "words"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_a_sentence_at_the_start(settings, words):
    with pytest.raises(NotSetUp, match=words):
        start(**settings)


def test_libraries_that_are_not_installed_are_a_sentence_at_the_start(monkeypatch):
    monkeypatch.setattr("blueprints.sso.settings.find_spec", lambda name: None)
    with pytest.raises(NotSetUp, match="pip install authlib requests"):
        start(**HTTPS)


def test_groups_can_be_written_in_python_too():
    app = start(**HTTPS, SSO_GROUPS={"staff": "editor"}, SSO_TENANTS=["ours"])
    assert [group for group, _ in app.extensions["sso"].settings.roles] == ["staff"]
    assert app.extensions["sso"].settings.tenants == {"ours"}


def test_the_secret_is_not_in_what_is_logged():
    assert "hidden" not in repr(start(**HTTPS, SSO_CLIENT_SECRET="hidden").extensions["sso"].settings)


@pytest.mark.parametrize("name", [*NAMES, "LOCAL_SIGN_IN"])
def test_every_setting_is_explained(pytestconfig, name):
    assert f"`{name}`" in (pytestconfig.rootpath / "docs" / "running.md").read_text(encoding="utf-8")


def test_without_settings_there_is_no_button_and_no_door(client, cast, read):
    assert "council account" not in read(client.get("/sign-in"))
    assert client.get("/sign-in/council").status_code == 404
    assert client.get("/sign-in/council/back?code=c&state=s").status_code == 404


def test_the_sign_in_page_offers_both_ways(client, use, forger, cast):
    use(SSO_ISSUER=forger.issuer)
    page = client.get("/sign-in?next=/account").get_data(as_text=True)
    assert 'href="/sign-in/council?next=/account"' in page
    assert 'type="password"' in page


@pytest.fixture
def no_passwords(use, forger, cast):
    """Single sign-on is the only way in."""
    use(SSO_ISSUER=forger.issuer, LOCAL_SIGN_IN="off")


def test_with_passwords_off_the_form_is_gone_and_its_post_refused(client, no_passwords, read):
    assert 'type="password"' not in client.get("/sign-in").get_data(as_text=True)
    said = {"email": "eve@council.example", "password": "three words together"}
    answer = client.post("/sign-in", data=said)
    assert answer.status_code == 403
    assert "Passwords are not used here" in read(answer)
    assert client.get("/account").location.startswith("/sign-in")


def test_with_passwords_off_one_time_links_open_nothing(client, session, cast, no_passwords, read):
    token = invitations.invite(session(), cast["ned"], by=cast["olga"], at=cast["ned"].created)
    session.commit()
    answer = client.post(f"/welcome/{token}", data={"password": "a quiet river bank", "again": "a quiet river bank"})
    assert answer.status_code == 404
    assert "Passwords are not used here any more" in read(answer)


def test_with_passwords_off_nobody_chooses_one(client, session, cast, no_passwords, eve_linked, answered, use, read):
    assert answered().status_code == 303
    assert 'type="password"' not in client.get("/account").get_data(as_text=True)
    new = {"old": "three words together", "password": "a quiet river bank", "again": "a quiet river bank"}
    assert client.post("/account/password", data=new).status_code == 403


def test_with_passwords_off_an_invited_person_is_told_to_use_their_council_account(
    client, app, cast, forger, use, read
):
    use(SSO_ISSUER=forger.issuer)
    client.sign_in("olga")
    app.config["LOCAL_SIGN_IN"] = False
    said = {"name": "Ida", "email": "ida@council.example", "role": "reader"}
    done = client.post("/people/invite", data=said)
    assert done.location == "/people/council-accounts"
    assert "there is no link to pass on" in read(client.get(done.location))
    assert people.find(app.extensions["sqlalchemy"].session, "ida@council.example") is not None


def test_who_came_by_the_council_is_offered_to_sign_out_there_too(client, eve_linked, answered, forger, read):
    forger.published = {"end_session_endpoint": f"{forger.issuer}/leave?a=b"}
    answered()
    left = client.post("/sign-out")
    assert left.location == "/sign-in?left=council"
    assert "sign out of your council account too" in read(client.get(left.location))
    away = client.get("/sign-out/council")
    assert away.location == (
        f"{forger.issuer}/leave?a=b&client_id=improvement-plan&post_logout_redirect_uri=http%3A%2F%2Flocalhost%2Fsign-in"
    )


def test_a_provider_without_a_way_out_is_no_dead_end(client, eve_linked, read):
    assert client.get("/sign-out/council").location == "/sign-in"
    assert "close the browser" in read(client.get("/sign-in"))


def test_who_came_by_password_is_not_sent_to_the_council(client, eve_linked):
    assert client.sign_in("eve").post("/sign-out").location == "/sign-in"
