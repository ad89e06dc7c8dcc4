"""This file walks every route as every kind of person; a route without a row here fails.

To add a route: one row, "METHOD endpoint": its address on the small plan, what is posted, and the status for reader,
editor, lead (Fay, of the plan's own team Fieldwork) and office. Without signing in every one of them leads to the
sign-in page.
"""

from typing import NamedTuple

import pytest

from plan.models import Person

WHO = ("rita", "eve", "fay", "olga")


class Row(NamedTuple):
    address: str
    reader: int
    editor: int
    lead: int
    office: int
    form: dict | None = None


ALL, STAFF, NOBODY_YET = (200,) * 4, (403, 200, 200, 200), (403, 404, 404, 404)
P = "/plans/small"
NED = "/people/3"  # the third of the standing cast

ROUTES = {
    "GET plan.index": Row("/", 303, 303, 303, 303),
    "GET plan.show": Row(P, *ALL),
    "GET requirements.show": Row(f"{P}/requirements/r2", *ALL),
    "GET requirements.add": Row(f"{P}/requirements/r2/action", *STAFF),
    "POST requirements.add": Row(f"{P}/requirements/r2/action", 403, 303, 303, 303, {"text": "Do more"}),
    "POST requirements.remove": Row(f"{P}/records/action/act1/remove", 403, 303, 303, 303),
    "POST requirements.bring_back": Row(f"{P}/records/action/act1/bring-back", 403, 303, 303, 303),
    "GET fields.edit": Row(f"{P}/action/act1/text", *STAFF),
    "POST fields.edit": Row(
        f"{P}/action/act1/text", 403, 303, 303, 303, {"text.was": "", "text": "Share the vision widely"}
    ),
    "GET history.show": Row(f"{P}/history", *ALL),
    "GET history.revision": Row(f"{P}/history/1", *ALL),
    "POST history.undo": Row(f"{P}/history/999/undo", *NOBODY_YET),
    "GET signoff.queue": Row(f"{P}/sign-off", *ALL),
    "POST signoff.decide": Row(f"{P}/sign-off", 403, 403, 422, 403, {"outcome": "signed off"}),
    "GET signoff.count": Row(f"{P}/sign-off/count", *ALL),
    "GET signoff.agree": Row(f"{P}/sign-off/agree", 403, 403, 403, 200),
    "POST signoff.agree": Row(f"{P}/sign-off/agree", 403, 403, 403, 409, {"revision": "1"}),
    "GET signoff.returned": Row(f"{P}/returned", *ALL),
    "POST signoff.take_up": Row(f"{P}/returned/1/take-up", 403, 409, 409, 409),
    "POST signoff.let_go": Row(f"{P}/returned/1/let-go", 403, 409, 409, 409),
    "GET office.settings": Row(f"{P}/settings", 403, 403, 403, 200),
    "POST office.set_teams": Row(f"{P}/settings", 403, 403, 403, 303),
    "GET workbooks.show": Row(f"{P}/workbook", *ALL),
    "GET workbooks.download": Row(f"{P}/workbook/download", 404, 404, 404, 404),  # it never had a tracker
    "POST workbooks.upload": Row(f"{P}/workbook", 403, 422, 422, 422),
    "GET workbooks.preview": Row(f"{P}/uploads/1", *NOBODY_YET),
    "POST workbooks.save": Row(f"{P}/uploads/1/save", *NOBODY_YET),
    "POST workbooks.mean": Row(f"{P}/uploads/1/meanings", 403, 403, 403, 404),
    "GET workbooks.annotated": Row(f"{P}/uploads/1/with-notes", *NOBODY_YET),
    "POST workbooks.let_go": Row(f"{P}/uploads/1/let-go", *NOBODY_YET),
    "POST workbooks.accept": Row(f"{P}/uploads/1/accept", *NOBODY_YET),
    "GET workbooks.accepted": Row(f"{P}/uploads/1/done", *NOBODY_YET),
    "GET workbooks.start_import": Row("/import", 403, 403, 403, 200),
    "POST workbooks.bring": Row("/import", 403, 403, 403, 422),
    "GET workbooks.mapping": Row("/import/1", 403, 403, 403, 404),
    "GET workbooks.updated": Row(f"{P}/uploads/1/up-to-date", *NOBODY_YET),
    "GET workbooks.annotated_tracker": Row("/import/1/with-notes", 403, 403, 403, 404),
    "POST workbooks.map": Row("/import/1", 403, 403, 403, 404),
    "GET people.show": Row("/people", 403, 403, 403, 200),
    "GET people.invite": Row("/people/invite", 403, 403, 403, 200),
    "POST people.send": Row("/people/invite", 403, 403, 403, 422),
    "GET people.person": Row(NED, 403, 403, 403, 200),
    "POST people.change": Row(NED, 403, 403, 403, 303, {"role": "reader"}),
    "POST people.close": Row(f"{NED}/close", 403, 403, 403, 303),
    "POST people.open": Row(f"{NED}/open", 403, 403, 403, 303),
    "POST people.link": Row(f"{NED}/link", 403, 403, 403, 200),
    "GET account.show": Row("/account", *ALL),
    "POST account.change_password": Row("/account/password", 422, 422, 422, 422),
    "POST account.name_deputy": Row("/account/deputies", 403, 403, 422, 403),
    "POST account.end_deputy": Row("/account/deputies/1/end", 403, 403, 404, 403),
}
OPEN_TO_ALL = {"GET auth.sign_in", "POST auth.sign_in", "GET welcome.choose", "POST welcome.choose", "GET static"}
FOR_EVERYBODY_SIGNED_IN = {"POST auth.sign_out"}


def routes_of(app):
    return {
        f"{method} {rule.endpoint}" for rule in app.url_map.iter_rules() for method in rule.methods & {"GET", "POST"}
    }


def test_every_route_has_a_row(app):
    assert routes_of(app) - ROUTES.keys() - OPEN_TO_ALL - FOR_EVERYBODY_SIGNED_IN == set()


def test_every_row_is_a_route(app):
    assert ROUTES.keys() - routes_of(app) == set()


@pytest.mark.parametrize("name", ROUTES)
def test_each_role_gets_exactly_what_its_row_says(client, plan, name):
    row = ROUTES[name]
    method = name.partition(" ")[0]
    got = [client.sign_in(who).open(row.address, method=method, data=row.form).status_code for who in WHO]
    assert got == [row.reader, row.editor, row.lead, row.office]


@pytest.mark.parametrize("name", ROUTES)
def test_nobody_gets_in_without_signing_in(client, plan, name):
    answer = client.open(ROUTES[name].address, method=name.partition(" ")[0], data=ROUTES[name].form)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize("name", ROUTES)
def test_an_unknown_plan_is_not_found_or_refused_but_never_shown(client, plan, name):
    row = ROUTES[name]
    if not row.address.startswith(P):
        pytest.skip("this address names no plan")
    method = name.partition(" ")[0]
    answer = client.sign_in("olga").open(row.address.replace(P, "/plans/other"), method=method, data=row.form)
    assert answer.status_code == 404


def test_who_signed_in_may_sign_out(client, session, plan):
    assert session.get(Person, 1) is not None
    assert client.sign_in("rita").post("/sign-out").status_code == 303
