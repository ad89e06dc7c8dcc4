"""This file is the programme office's audit log: who did what and when, to read, filter and take away."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, make_response, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.extensions import db, today
from plan import audit, people
from plan.audit import Asked
from plan.models import Event, What
from plan.roles import Step

blueprint = Blueprint("audit", __name__, url_prefix="/audit-log")

NOT_A_DAY = "The days could not be read, so all are shown. Choose them again, or write them like 2013-07-01."
COLUMNS = ("When (UTC)", "Name", "E-mail address", "What", "Plan", "About", "Detail", "Address")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with which a spreadsheet takes a cell for a formula
FILTERS = ("person", "what", "start", "end")


@dataclass(frozen=True)
class EventView:
    """One event, as the page lists it."""

    at: datetime
    who: str
    what: str
    about: str
    address: str


@dataclass(frozen=True)
class Choice:
    """One option of a filter."""

    value: str
    words: str
    is_chosen: bool


@blueprint.get("")
def show() -> ResponseReturnValue:
    access.require(Step.ADMINISTER)
    wrong = any(request.args.get(name) and _day(name) is None for name in ("start", "end"))
    page = audit.page(db.session(), _asked(), request.args.get("page", 1, type=int))
    return pages.page(
        "audit/show.html",
        wrong=NOT_A_DAY if wrong else None,
        events=[_shown(event) for event in page.events],
        page=page,
        newer=_address(page.number - 1) if page.number > 1 else None,
        older=_address(page.number + 1) if page.number < page.last else None,
        everybody=[_choice("person", str(one.id), one.name) for one in people.everybody(db.session())],
        whats=[_choice("what", what.value, what.value.capitalize()) for what in sorted(What)],
        chosen={name: request.args.get(name, "") for name in FILTERS},
    )


@blueprint.post("/export")
def export() -> ResponseReturnValue:
    access.require(Step.ADMINISTER)
    written = _as_csv(audit.all_of(db.session(), _asked()))
    access.note(What.EXPORTED, about="the audit log", detail=_in_words())
    db.session.commit()
    answer = make_response(written)
    answer.mimetype = "text/csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="audit-log-{today().isoformat()}.csv"'
    return answer


def _asked() -> Asked:
    """What the filters ask for, whether they stand in the address or in a form; what cannot be read asks for all."""
    person, what = request.values.get("person", ""), request.values.get("what", "")
    return Asked(
        int(person) if person.isdecimal() and len(person) < 10 else None,
        What(what) if what in set(What) else None,
        _day("start"),
        _day("end"),
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.values.get(name, ""))
    except ValueError:
        return None


def _address(number: int) -> str:
    kept = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    return url_for("audit.show", page=number, **kept)  # type: ignore[arg-type]  # the filters are words


def _choice(name: str, value: str, words: str) -> Choice:
    return Choice(value, words, request.args.get(name) == value)


def _shown(event: Event) -> EventView:
    who = event.name or event.email or "Somebody not signed in"
    about = ": ".join(words for words in (event.plan, event.about, event.detail) if words)
    return EventView(event.at, who, event.what, about, event.address or "")


def _in_words() -> str:
    asked = _asked()
    said = (asked.person and f"person {asked.person}", asked.what, asked.start and f"from {asked.start}")
    return ", ".join(str(one) for one in (*said, asked.end and f"to {asked.end}") if one) or "all of it"


def _as_csv(events: Iterable[Event]) -> bytes:
    """A table that Excel opens rightly: marked as UTF-8, and no cell in it is taken for a formula."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    for one in events:
        said = (one.name, one.email, one.what, one.plan, one.about, one.detail, one.address)
        rows.writerow([f"{one.at:%Y-%m-%d %H:%M:%S}", *(_as_words(words or "") for words in said)])
    return written.getvalue().encode("utf-8-sig", "replace")


def _as_words(words: str) -> str:
    return f"'{words}" if words.lstrip(" ").startswith(FORMULA) else words
