"""This file is about starting: the database brought up to date where it is not, and nothing loaded for nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from blueprints.commands.upgrading import newest
from blueprints.extensions import MIGRATIONS, db
from plan import database
from tests.conftest import an_app

ROOT = Path(__file__).resolve().parents[2]
STARTING = """
import sys
from app import create_app
from blueprints.commands.upgrading import bring_up_to_date
from blueprints.extensions import db

app = create_app()
with app.app_context():
    bring_up_to_date(db.engine)
print(*sorted({name.partition(".")[0] for name in sys.modules} & set(sys.argv[1:])))
"""
SELDOM = ("alembic", "authlib", "docx", "flask_migrate", "requests", "weasyprint", "zxcvbn")


def test_the_newest_step_is_told_by_its_files_name_as_alembic_tells_it():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert newest() == ScriptDirectory.from_config(config).get_current_head()


@pytest.mark.slow
def test_the_commands_of_flask_migrate_are_there_though_it_is_loaded_late(tmp_path):
    with an_app(tmp_path / "plan.sqlite") as app:
        ran = [app.test_cli_runner().invoke(args=["db", word]) for word in ("--help", "upgrade", "check")]
        assert database.stands_at(db.engine) == newest()
    assert [one.exit_code for one in ran] == [0, 0, 0]
    assert "upgrade" in ran[0].output


@pytest.mark.slow
def test_a_second_start_loads_nothing_that_is_seldom_wanted(tmp_path):
    address = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'plan.sqlite'}", "SECRET_KEY": "for tests only"}
    words = [sys.executable, "-c", STARTING, *SELDOM]
    first, second = (
        subprocess.run(words, cwd=ROOT, env=address, capture_output=True, text=True, check=True) for _ in range(2)
    )
    assert first.stdout.split() == ["alembic", "flask_migrate"]
    assert second.stdout.split() == []


@pytest.mark.slow
def test_a_database_of_a_newer_version_is_not_served_and_stays_as_it_is(tmp_path):
    with an_app(tmp_path / "plan.sqlite") as app:
        db.session.execute(db.text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        db.session.execute(db.text("INSERT INTO alembic_version VALUES ('later')"))
        db.session.commit()
        done = app.test_cli_runner().invoke(args=["prepare"])
        assert database.stands_at(db.engine) == "later"
    assert done.exit_code == 1
    assert "made by a newer version of the app" in done.output
