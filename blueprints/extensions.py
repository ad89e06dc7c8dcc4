"""This file joins the app to its extensions: the database, migrations, forgery protection and htmx."""

from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from htmx_flask import Htmx

from plan import database
from plan.models import Base

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"

db = SQLAlchemy(metadata=Base.metadata)
csrf = CSRFProtect()
htmx = Htmx()


def prepare(app: Flask) -> None:
    """Join the extensions to the app; pages that look take no write lock (trap 2 of the database)."""
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        Path(app.instance_path).mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    app.extensions["migrate"] = _Migrations(app)
    csrf.init_app(app)
    htmx.init_app(app)
    with app.app_context():
        database.prepare(db.engine)

    @app.before_request
    def look_or_change() -> None:
        database.look_only(request.method in {"GET", "HEAD", "OPTIONS"})


class _Migrations:
    """Flask-Migrate's own word on the app, written when it is first asked for: it takes a tenth of a start to load."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:
        import_module("flask_migrate").Migrate(directory=str(MIGRATIONS)).init_app(self._app, db)
        return getattr(self._app.extensions["migrate"], name)


def now() -> datetime:
    """This moment in UTC: the web's only clock."""
    return datetime.now(UTC)


def today() -> date:
    """Today on this server's calendar."""
    return datetime.now().astimezone().date()
