"""This file is about `flask backup` and `flask restore`: what they say, what they leave on record, what they refuse."""

import hashlib

import pytest
from flask_migrate import upgrade
from sqlalchemy import select

from blueprints.extensions import db
from plan.models import Event, Person
from tests.conftest import an_app, make_cast

pytestmark = pytest.mark.slow


@pytest.fixture
def run(tmp_path):
    """`run(…)` runs a command of an app whose database the migrations made, with the standing cast in it."""
    with an_app(tmp_path / "plan.sqlite") as app:
        upgrade()
        make_cast(db.session())
        db.session.commit()

        def run(*words, typed=""):
            db.session.remove()
            return app.test_cli_runner().invoke(args=[str(word) for word in words], input=typed)

        yield run


def noted() -> Event:
    return db.session.scalar(select(Event).order_by(Event.id.desc()).limit(1))


def test_a_backup_says_its_checksum_and_is_on_record(run, tmp_path):
    done = run("backup", tmp_path / "kept.sqlite")
    digest = hashlib.sha256((tmp_path / "kept.sqlite").read_bytes()).hexdigest()
    assert done.exit_code == 0, done.output
    assert digest in done.output
    assert (noted().what, noted().name, digest in noted().detail) == ("backup made", "Command line", True)


def test_a_backup_is_put_back_and_what_it_replaced_is_kept(run, tmp_path):
    run("backup", tmp_path / "kept.sqlite")
    run("user", "add", "new@council.example", "--name", "New", typed="three words together\n")
    done = run("restore", tmp_path / "kept.sqlite", "--yes")
    assert done.exit_code == 0, done.output
    assert not db.session.scalar(select(Person).where(Person.email == "new@council.example"))
    assert noted().what == "backup put back"
    [replaced] = tmp_path.glob("kept-replaced-*.sqlite")
    assert str(replaced) in done.output


def test_nothing_is_replaced_without_a_yes(run, tmp_path):
    run("backup", tmp_path / "kept.sqlite")
    done = run("restore", tmp_path / "kept.sqlite", typed="n\n")
    assert (done.exit_code, noted().what) == (1, "backup made")


def test_what_is_no_backup_is_refused_in_a_sentence(run, tmp_path):
    (tmp_path / "tracker.xlsx").write_bytes(b"PK\x03\x04")
    done = run("restore", tmp_path / "tracker.xlsx", "--yes")
    assert done.exit_code == 1
    assert "Nothing was changed; choose another file." in done.stderr
    assert "Traceback" not in done.output


def test_a_backup_of_a_newer_version_is_refused(run, tmp_path):
    db.session.execute(db.text("UPDATE alembic_version SET version_num = 'later'"))
    db.session.commit()
    run("backup", tmp_path / "kept.sqlite")
    done = run("restore", tmp_path / "kept.sqlite", "--yes")
    assert done.exit_code == 1
    assert "a newer version of the app" in done.stderr


def test_wrong_use_is_exit_status_two(run, tmp_path):
    assert run("backup").exit_code == 2
    assert run("restore", tmp_path / "absent.sqlite").exit_code == 2
