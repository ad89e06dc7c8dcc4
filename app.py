"""This file is the front door: it makes the app from its configuration, its extensions and its rooms."""

import os
import secrets
from pathlib import Path
from typing import Any

from flask import Flask

from blueprints import (
    access,
    account,
    audit,
    auth,
    board,
    commands,
    dashboard,
    documents,
    errors,
    extensions,
    fields,
    figures,
    history,
    office,
    pages,
    people,
    plan,
    requirements,
    rights,
    security,
    signoff,
    sso,
    welcome,
    workbooks,
)

ROOT = Path(__file__).resolve().parent
MEGABYTE = 1024 * 1024


def create_app(config: dict[str, Any] | None = None) -> Flask:
    """The app. `config` overrides the defaults; DATABASE_URL chooses the database (default: SQLite in `instance/`)."""
    app = Flask(__name__, instance_path=str(ROOT / "instance"))
    app.config.from_mapping(
        {name: os.environ.get(name) for name in sso.NAMES},
        SQLALCHEMY_DATABASE_URI=_database_url(app),
        SECRET_KEY=os.environ.get("SECRET_KEY"),
        MAX_CONTENT_LENGTH=25 * MEGABYTE,
        MAX_FORM_MEMORY_SIZE=4 * MEGABYTE,
        MAX_FORM_PARTS=5000,
        WTF_CSRF_TIME_LIMIT=None,  # a page left open over lunch must still save
        IDLE_MINUTES=float(os.environ.get("IDLE_MINUTES", "60")),
        ABSOLUTE_HOURS=float(os.environ.get("ABSOLUTE_HOURS", "12")),
        SSO_HOURS=float(os.environ.get("SSO_HOURS", "4")),
        TRUSTED_HOSTS=os.environ.get("TRUSTED_HOSTS", "").split(","),
        TRUSTED_PROXIES=int(os.environ.get("TRUSTED_PROXIES", "0")),
        LOCAL_SIGN_IN=os.environ.get("LOCAL_SIGN_IN", "on"),
    )
    app.config.from_pyfile("config.py", silent=True)
    app.config.update(config or {})
    app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or _kept_secret(app)
    for part in (extensions, security, access, pages, errors, commands, sso):
        part.prepare(app)
    for room in (
        auth,
        sso,
        board,
        welcome,
        account,
        audit,
        people,
        plan,
        dashboard,
        requirements,
        rights,
        fields,
        figures,
        signoff,
        history,
        workbooks,
        documents,
        office,
    ):
        app.register_blueprint(room.blueprint)
    return app


def _database_url(app: Flask) -> str:
    url = os.environ.get("DATABASE_URL", f"sqlite:///{Path(app.instance_path) / 'plan.sqlite'}")
    return url.replace("postgres://", "postgresql+psycopg://").replace("postgresql://", "postgresql+psycopg://")


def _kept_secret(app: Flask) -> str:
    """The secret that signs sessions, made once and kept beside the database, readable by its owner only."""
    kept = Path(app.instance_path) / "secret-key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(32), encoding="ascii")
    return kept.read_text(encoding="ascii").strip()
