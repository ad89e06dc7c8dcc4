"""This file proves that `flask plan …` answers what cannot be done with a sentence, and changes nothing."""

import pytest

from plan import audit
from plan.audit import Asked

SHEET = "plan/sample/improvement-plan.xlsx"


def test_a_download_to_a_place_that_is_not_there_is_a_sentence(app):
    run = app.test_cli_runner()
    run.invoke(args=["plan", "import", SHEET])
    told = run.invoke(args=["plan", "download", "no/such/folder/out.xlsx"])
    assert (told.exit_code, told.stdout) == (1, "")
    assert "could not be written" in told.stderr


@pytest.mark.slow
def test_what_was_agreed_on_the_command_line_is_in_the_audit_log(app, session):
    app.test_cli_runner().invoke(args=["plan", "import", SHEET, "--agreed"])
    assert [event.what for event in audit.all_of(session(), Asked())] == ["declared agreed", "plan imported"]


def test_a_name_that_cannot_stand_in_an_address_is_refused(app):
    told = app.test_cli_runner().invoke(args=["plan", "import", SHEET, "--plan", "Our plan/2013"])
    assert (told.exit_code, told.stdout) == (1, "")
    assert "cannot stand in an address" in told.stderr


def test_notes_on_what_awaits_sign_off_and_the_signed_words_alone_exclude_each_other(app):
    told = app.test_cli_runner().invoke(args=["plan", "download", "out.xlsx", "--notes", "--signed-off"])
    assert told.exit_code == 2
    assert "leave --notes or --signed-off out" in told.stderr
