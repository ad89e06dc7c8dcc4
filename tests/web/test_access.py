"""This file walks every route as every kind of person; a route without a row here fails.

To add a route: one row, "METHOD endpoint": its address on the small plan, what is posted, and the status for reader,
limited editor (Ned, who may change requirement 7 only), editor, lead (Fay, of the plan's own team Fieldwork) and
office. Without signing in every one of them leads to the sign-in page.
"""

from typing import NamedTuple

import pytest

WHO = ("rita", "ned", "eve", "fay", "olga")


class Row(NamedTuple):
    address: str
    reader: int
    limited: int
    editor: int
    lead: int
    office: int
    form: dict | None = None


ALL, STAFF, NOBODY_YET = (200,) * 5, (403, 200, 200, 200, 200), (403, 404, 404, 404, 404)
UNLIMITED = (403, 403, 200, 200, 200)
P = "/plans/small"
NED = "/people/3"  # the third of the standing cast, limited to requirement 7

ROUTES = {
    "GET plan.index": Row("/", 303, 303, 303, 303, 303),
    "GET plan.show": Row(P, *ALL),
    "GET dashboard.show": Row(f"{P}/standing", *ALL),
    "GET dashboard.actions": Row(f"{P}/standing/actions", *ALL),
    "GET dashboard.challenges": Row(f"{P}/challenges", *ALL),
    "POST dashboard.answer": Row(
        f"{P}/challenges", 403, 403, 409, 409, 409, {"rule": "unchanged", "reason": "So be it"}
    ),
    "GET dashboard.changes": Row(f"{P}/changes", *ALL),
    "GET dashboard.changes_json": Row(f"{P}/changes.json", *ALL),
    "GET rights.show": Row("/who-may-do-what", *ALL),
    "GET requirements.show": Row(f"{P}/requirements/r2", *ALL),
    "GET requirements.add": Row(f"{P}/requirements/r2/action", *UNLIMITED),
    "POST requirements.add": Row(f"{P}/requirements/r2/action", 403, 403, 303, 303, 303, {"text": "Do more"}),
    "POST requirements.remove": Row(f"{P}/records/action/act1/remove", 403, 403, 303, 303, 303),
    "POST requirements.bring_back": Row(f"{P}/records/action/act1/bring-back", 403, 403, 303, 303, 303),
    "GET fields.edit": Row(f"{P}/action/act1/text", *UNLIMITED),
    "POST fields.edit": Row(
        f"{P}/action/act1/text", 403, 403, 303, 303, 303, {"text.was": "", "text": "Share the vision widely"}
    ),
    "GET figures.show": Row(f"{P}/figures", *ALL),
    "GET figures.drawn": Row(f"{P}/figures/ind1", *ALL),
    "POST figures.take": Row(f"{P}/figures/r2/readings/gone", 403, 403, 409, 409, 409),
    "POST figures.take_audit": Row(f"{P}/figures/r2/audits/gone", 403, 403, 409, 409, 409),
    "GET history.show": Row(f"{P}/history", *ALL),
    "GET history.revision": Row(f"{P}/history/1", *ALL),
    "POST history.undo": Row(f"{P}/history/999/undo", *NOBODY_YET),
    "GET signoff.queue": Row(f"{P}/sign-off", *ALL),
    "POST signoff.decide": Row(f"{P}/sign-off", 403, 403, 403, 422, 403, {"outcome": "signed off"}),
    "POST signoff.withdraw": Row(f"{P}/sign-off/withdraw", 403, 409, 409, 409, 409),
    "POST signoff.name_decider": Row(f"{P}/sign-off/deciders", 403, 403, 403, 403, 422),
    "POST signoff.end_decider": Row(f"{P}/sign-off/deciders/1/end", 403, 403, 403, 403, 404),
    "GET signoff.record": Row(f"{P}/requirements/r2/record", *ALL),
    "GET signoff.count": Row(f"{P}/sign-off/count", *ALL),
    "GET signoff.agree": Row(f"{P}/sign-off/agree", 403, 403, 403, 403, 200),
    "POST signoff.agree": Row(f"{P}/sign-off/agree", 403, 403, 403, 403, 409, {"revision": "1"}),
    "GET signoff.returned": Row(f"{P}/returned", *ALL),
    "POST signoff.take_up": Row(f"{P}/returned/1/take-up", 403, 409, 409, 409, 409),
    "POST signoff.let_go": Row(f"{P}/returned/1/let-go", 403, 409, 409, 409, 409),
    "GET office.settings": Row(f"{P}/settings", 403, 403, 403, 403, 200),
    "POST office.set_teams": Row(f"{P}/settings", 403, 403, 403, 403, 303),
    "GET documents.choose": Row(f"{P}/reports", *ALL),
    "GET documents.read": Row(f"{P}/reports/document", *ALL),
    "GET workbooks.show": Row(f"{P}/workbook", *ALL),
    "GET workbooks.download": Row(f"{P}/workbook/download", 404, 404, 404, 404, 404),  # it never had a tracker
    "POST workbooks.upload": Row(f"{P}/workbook", 403, 422, 422, 422, 422),
    "GET workbooks.preview": Row(f"{P}/uploads/1", *NOBODY_YET),
    "POST workbooks.save": Row(f"{P}/uploads/1/save", *NOBODY_YET),
    "POST workbooks.mean": Row(f"{P}/uploads/1/meanings", 403, 403, 403, 403, 404),
    "GET workbooks.annotated": Row(f"{P}/uploads/1/with-notes", *NOBODY_YET),
    "POST workbooks.let_go": Row(f"{P}/uploads/1/let-go", *NOBODY_YET),
    "POST workbooks.accept": Row(f"{P}/uploads/1/accept", *NOBODY_YET),
    "GET workbooks.accepted": Row(f"{P}/uploads/1/done", *NOBODY_YET),
    "GET workbooks.start_import": Row("/import", 403, 403, 403, 403, 200),
    "POST workbooks.bring": Row("/import", 403, 403, 403, 403, 422),
    "GET workbooks.mapping": Row("/import/1", 403, 403, 403, 403, 404),
    "GET workbooks.updated": Row(f"{P}/uploads/1/up-to-date", *NOBODY_YET),
    "GET workbooks.annotated_tracker": Row("/import/1/with-notes", 403, 403, 403, 403, 404),
    "POST workbooks.map": Row("/import/1", 403, 403, 403, 403, 404),
    "GET board.show": Row(f"{P}/board", *ALL),
    "POST board.make_year": Row(f"{P}/board/year", 403, 403, 403, 403, 422),
    "GET board.add": Row(f"{P}/board/add", 403, 403, 403, 403, 200),
    "POST board.add": Row(f"{P}/board/add", 403, 403, 403, 403, 422),
    "GET board.cycle": Row(f"{P}/board/none", 404, 404, 404, 404, 404),  # it has no cycle yet
    "POST board.remove": Row(f"{P}/board/none/remove", 403, 403, 403, 403, 404),
    "POST board.freeze": Row(f"{P}/board/none/freeze", 403, 403, 403, 403, 404),
    "GET board.pack": Row(f"{P}/board/packs/1", 404, 404, 404, 404, 404),
    "GET board.updates": Row(f"{P}/updates", *STAFF),
    "POST board.confirm": Row(f"{P}/updates", 403, 409, 409, 409, 409),
    "GET people.show": Row("/people", 403, 403, 403, 403, 200),
    "GET people.invite": Row("/people/invite", 403, 403, 403, 403, 200),
    "POST people.send": Row("/people/invite", 403, 403, 403, 403, 422),
    "GET people.person": Row(NED, 403, 403, 403, 403, 200),
    "POST people.change": Row(NED, 403, 403, 403, 403, 303, {"role": "reader"}),
    "POST people.limit": Row(f"{NED}/limits", 403, 403, 403, 403, 303, {"requirement": "r7"}),
    "POST people.close": Row(f"{NED}/close", 403, 403, 403, 403, 303),
    "POST people.open": Row(f"{NED}/open", 403, 403, 403, 403, 303),
    "POST people.link": Row(f"{NED}/link", 403, 403, 403, 403, 200),
    "GET sso.newcomers": Row("/people/council-accounts", 403, 403, 403, 403, 200),
    "GET sso.newcomer": Row("/people/council-accounts/1", 403, 403, 403, 403, 404),  # nobody came yet
    "POST sso.link": Row("/people/council-accounts/1/link", 403, 403, 403, 403, 404),
    "POST sso.make": Row("/people/council-accounts/1/account", 403, 403, 403, 403, 404),
    "POST sso.unlink": Row("/people/council-accounts/1/unlink", 403, 403, 403, 403, 404),
    "POST sso.let_go": Row("/people/council-accounts/1/let-go", 403, 403, 403, 403, 404),
    "GET audit.show": Row("/audit-log", 403, 403, 403, 403, 200),
    "POST audit.export": Row("/audit-log/export", 403, 403, 403, 403, 200),
    "GET account.show": Row("/account", *ALL),
    "POST account.change_password": Row("/account/password", 422, 422, 422, 422, 422),
    "POST account.end_session": Row("/account/sessions/999/end", 404, 404, 404, 404, 404),
    "POST account.end_others": Row("/account/sessions/end", 303, 303, 303, 303, 303),
    "GET account.time_left": Row("/account/session", *ALL),
    "POST account.stay": Row("/account/session", 303, 303, 303, 303, 303),
    "POST account.name_deputy": Row("/account/deputies", 403, 403, 403, 422, 403),
    "POST account.end_deputy": Row("/account/deputies/1/end", 403, 403, 403, 404, 403),
}
OPEN_TO_ALL = {
    "GET auth.sign_in",
    "POST auth.sign_in",
    "GET welcome.choose",
    "POST welcome.choose",
    "GET sso.begin",
    "GET sso.arrive",
    "GET sso.leave",
    "GET static",
}
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
def test_each_role_gets_exactly_what_its_row_says(walk, name):
    row = ROUTES[name]
    got = [walk(name, row.address, who).status_code for who in WHO]
    assert got == [row.reader, row.limited, row.editor, row.lead, row.office]


@pytest.mark.parametrize("name", ROUTES)
def test_nobody_gets_in_without_signing_in(walk, name):
    answer = walk(name, ROUTES[name].address)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize("name", [name for name, row in ROUTES.items() if row.address.startswith(P)])
def test_an_unknown_plan_is_not_found_but_never_shown(walk, name):
    answer = walk(name, ROUTES[name].address.replace(P, "/plans/other"), "olga")
    assert answer.status_code == 404


def test_who_signed_in_may_sign_out(walk):
    assert walk("POST auth.sign_out", "/sign-out", "rita").status_code == 303


@pytest.fixture(scope="module")
def walk(everybody_at):
    """`walk(name, address, who)` asks for a route as somebody; after each POST all is again as it was before."""

    def walk(name, address, who=None):
        form = ROUTES[name].form if name in ROUTES else None
        return everybody_at(who, name.partition(" ")[0], address, form)

    return walk
