"""This file answers with a whole page, or with the one block of it that htmx asked for."""

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from jinja2_fragments.flask import render_block

from plan import fields, rag, timescale


def prepare(app: Flask) -> None:
    """Give every template the words and addresses it needs, ready made."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset=asset, say=fields.say, field=fields.field)
    app.jinja_env.filters.update(day=timescale.say_date, moment=moment, status_words=_status_words)


def be_ready(app: Flask) -> None:
    """Compile every template, so that whoever opens a page first does not wait for that."""
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)


def is_htmx() -> bool:
    """Whether htmx asked (and not for a whole page again after Back)."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def page(template: str, *, block: str | None = None, status: int = 200, **context: Any) -> ResponseReturnValue:
    """The page; where htmx asked and the page names a block, that block alone."""
    if block and is_htmx():
        return make_response(render_block(template, block, **context), status)
    return make_response(render_template(template, **context), status)


def done(message: str, address: str) -> ResponseReturnValue:
    """After a change: say so, and show the page it led to (303, so that reloading does not change again)."""
    flash(message)
    return redirect(address, 303)


def asset(name: str) -> str:
    """The address of a static file under the hash of its content, so that browsers may keep it for ever."""
    return url_for("static", filename=name, v=_content_hash(name))


@cache
def _content_hash(name: str) -> str:
    file = Path(__file__).resolve().parent.parent / "static" / name
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.exists() else "missing"


def moment(at: datetime) -> str:
    """A moment in words, on this server's clock: "1 July 2013 at 10:05"."""
    here = at.astimezone()
    return f"{timescale.say_date(here.date())} at {here:%H:%M}"


def _status_words(value: str | None) -> str:
    return rag.say(rag.Status(value)) if value else "No status"
