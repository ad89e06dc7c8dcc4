"""This file is about `flask plan verify`: it finds out whoever alters the database's file behind the app's back."""

import json
import sqlite3
from contextlib import closing

import pytest

from blueprints.extensions import now
from plan import audit
from plan.models import What


@pytest.fixture
def verify(app, session, plan, cast):
    """`verify()` is the exit status and what the command says as JSON, of a plan and a log with something in them."""
    audit.note(session(), What.SIGNED_IN, by=cast["eve"], at=now())
    audit.note(session(), What.SIGNED_OUT, by=cast["eve"], at=now())
    session.commit()

    def verify(*more):
        session.remove()
        done = app.test_cli_runner().invoke(args=["plan", "verify", "--json", *more])
        return done.exit_code, json.loads(done.stdout)

    return verify


@pytest.fixture
def tamper(app):
    """`tamper(table, sql)` does what somebody with the file can: drops the triggers of a table, then alters it."""

    def tamper(table: str, sql: str) -> None:
        file = app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
        with closing(sqlite3.connect(file)) as raw:
            for act in ("update", "delete", "replace"):
                raw.execute(f"DROP TRIGGER {table}_no_{act}")
            raw.execute(sql)
            raw.commit()

    return tamper


def test_what_nobody_touched_is_whole(verify):
    status, told = verify()
    assert (status, told["whole"], told["audit_log"]["whole"]) == (0, True, True)
    assert len(told["plans"][0]["head"]) == len(told["audit_log"]["head"]) == 64


def test_with_the_triggers_in_place_the_file_refuses_by_itself(app, verify):
    file = app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(file)) as raw, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute("UPDATE revision SET by_name = 'Nobody'")


@pytest.mark.parametrize(
    ("table", "sql", "says"),
    [
        ("revision", "UPDATE revision SET by_name = 'Nobody' WHERE number = 1", "Revision 1 was altered"),
        ("change", "UPDATE change SET after = '\"blue\"' WHERE field = 'status'", "Revision 1 was altered"),
        ("change", "DELETE FROM change WHERE record_id = 'r7'", "Revision 1 was altered"),
        ("change", "UPDATE change SET kind = 'nonsense' WHERE record_id = 'r7'", "Revision 1 was altered"),
        ("revision", "DELETE FROM revision WHERE number = 1", "Revision 1 is missing"),
    ],
)
def test_altered_history_is_found_out_and_the_first_broken_link_named(verify, tamper, table, sql, says):
    tamper(table, sql)
    status, told = verify()
    assert (status, told["whole"], told["audit_log"]["whole"]) == (1, False, True)
    assert told["plans"][0]["faults"][0].startswith(says)


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE event SET name = 'Nobody' WHERE id = 1", "Event 1 of the audit log was altered"),
        ("DELETE FROM event WHERE id = 1", "Event 2 does not follow"),
    ],
)
def test_an_altered_audit_log_is_found_out(verify, tamper, sql, says):
    tamper("event", sql)
    status, told = verify()
    assert (status, told["whole"], told["plans"][0]["whole"]) == (1, False, True)
    assert told["audit_log"]["fault"].startswith(says)


def test_a_plan_that_was_taken_away_is_missed(verify, tamper):
    tamper("revision", "DELETE FROM plan")
    status, told = verify()
    assert (status, told["plans"]) == (1, [])
    assert "is not there any more, and its history is" in told["faults"][0]


def test_one_plan_is_proved_by_itself(verify):
    status, told = verify("--plan", "small")
    assert (status, told["whole"], told["plan"]) == (0, True, "small")
