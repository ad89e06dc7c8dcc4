"""This file is the page on which a report is chosen: which, of which position, as at when, and in which form."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.documents.room import PUBLISHED, Asked, asked, blueprint
from blueprints.extensions import db
from plan import history
from plan.fields import Kind as Record
from plan.models import Plan
from reports import pdf
from reports.making import Format, Kind


@dataclass(frozen=True)
class Choice:
    """One answer of a list; `hint` says what it brings, `offered` is false where this server cannot make it."""

    value: str
    label: str
    hint: str
    chosen: bool
    offered: bool = True


@dataclass(frozen=True)
class ChoosingView:
    """All that the page shows."""

    address: str
    reports: tuple[Choice, ...]
    positions: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    forms: tuple[Choice, ...]
    as_at: str
    wrong: str


REPORTS = (
    (Kind.REVIEW.value, "Six-month review", "Every requirement in the Notice’s own order and words."),
    (Kind.BOARD.value, "Board pack", "A page of summary, exceptions first, what changed, decisions, then the plan."),
    (PUBLISHED, "Review for publication", "Signed off, without what is marked not for publication."),
)
POSITIONS = (
    ("signed-off", "Signed off", "What awaits sign-off is left out."),
    ("working", "Working", "As the plan says now; what awaits sign-off is marked."),
)
FORMS = (
    ("page", "A page", "To read here, or to print."),
    (Format.WORD.value, "Word", "With headings and contents; it stays editable."),
    (Format.PDF.value, "PDF", "Tagged, with bookmarks."),
    (Format.WORKBOOK.value, "Workbook", "A sheet for each kind of record, to sort and filter."),
    (Format.HTML.value, "One HTML file", "Everything in one accessible file, fit for a website."),
)


@blueprint.get("")
def choose(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    return choosing_page(plan, asked(request.args))


def choosing_page(plan: Plan, chosen: Asked, wrong: str = "", status: int = 200) -> ResponseReturnValue:
    """The page with what was chosen, and what stands in its way if anything does."""
    themes = [(one.id, str(one.get("title") or "")) for one in history.now(db.session(), plan).of(Record.THEME)]
    view = ChoosingView(
        address=url_for("documents.read", slug=plan.slug),
        reports=_choices(REPORTS, chosen.report),
        positions=_choices(POSITIONS, chosen.position),
        themes=_choices([("", "The whole plan", ""), *((id, title, "") for id, title in themes)], chosen.theme),
        forms=_choices(FORMS, chosen.form),
        as_at=chosen.as_at,
        wrong=wrong,
    )
    return pages.page("documents/choose.html", status=status, plan=plan, view=view)


def _choices(of: Iterable[tuple[str, str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(_choice(*one, chosen) for one in of)


def _choice(value: str, label: str, hint: str, chosen: str) -> Choice:
    offered = value != Format.PDF or pdf.is_possible()
    said = hint if offered else "Not on this server: its makers of PDF are not installed. Choose Word or the page."
    return Choice(value, label, said, value == chosen, offered)
