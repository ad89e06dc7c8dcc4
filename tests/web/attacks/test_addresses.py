"""This file tries to lead people elsewhere: by an address to go back to, by a file's name, by a forged host."""

import re

import pytest

from blueprints.extensions import now
from plan import uploads

PASSWORD = "three words together"
EDIT = "/plans/small/action/act1/text"
EVIL = "https://evil.example"


def read(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


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
