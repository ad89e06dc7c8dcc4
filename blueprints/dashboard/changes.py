"""This file is "What changed": between two days, revisions or cycles, in sentences by theme, or as JSON."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.dashboard.room import blueprint, record_address
from blueprints.extensions import db, today
from plan import changed, cycles, history, ledger, timescale
from plan.changed import Changed, Moment, NoSuchMoment
from plan.cycles import Cycle
from plan.models import Plan, What
from plan.snapshot import Snapshot


@dataclass(frozen=True)
class PlaceView:
    """One record of a sentence, and the page that shows it."""

    words: str
    address: str


@dataclass(frozen=True)
class SentenceView:
    """A sentence with its records; a single one is the sentence itself."""

    words: str
    address: str | None
    places: tuple[PlaceView, ...]


@dataclass(frozen=True)
class ThemeView:
    """A theme and what changed under it."""

    title: str
    sentences: tuple[SentenceView, ...]


@dataclass(frozen=True)
class ChangesView:
    """All that the page shows."""

    start: str
    end: str
    signed_off: bool
    words: str
    count: int
    themes: tuple[ThemeView, ...]
    cycles: tuple[tuple[str, str], ...]
    wrong: str = ""


@blueprint.get("/changes")
def changes(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    said = {name: request.args.get(name, "").strip() for name in ("from", "to")}
    signed_off = bool(request.args.get("signed-off"))
    try:
        start, end = moments(plan, said["from"], said["to"])
    except NoSuchMoment as why:
        return _refused(plan, said, signed_off, str(why))
    found = changed.between(db.session(), plan, start, end, signed_off=signed_off)
    if request.args.get("format") == "json":
        return told(plan, start, end, found, signed_off)
    return pages.page("dashboard/changes.html", plan=plan, view=_view(plan, said, (start, end), found, signed_off))


@blueprint.get("/changes.json", endpoint="changes_json")
def as_document(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    signed_off = bool(request.args.get("signed-off"))
    try:
        start, end = moments(plan, request.args.get("from", "").strip(), request.args.get("to", "").strip())
    except NoSuchMoment as why:
        return {"error": str(why)}, 422
    document = told(
        plan, start, end, changed.between(db.session(), plan, start, end, signed_off=signed_off), signed_off
    )
    access.note_taken(What.EXPORTED, plan=plan, about="what changed between two moments")
    return document


def told(plan: Plan, start: Moment, end: Moment, found: Changed, signed_off: bool) -> dict[str, object]:
    """What changed, as plain values for JSON."""
    return {
        "plan": plan.slug,
        "from": start.revision,
        "to": end.revision,
        "signed_off": signed_off,
        **changed.as_json(found),
    }


def moments(plan: Plan, start: str, end: str) -> tuple[Moment, Moment]:
    """The two moments asked for: the last board and now unless said. Raises NoSuchMoment, also for the wrong order."""
    session = db.session()
    first = changed.moment(session, plan, start) if start else changed.default_from(session, plan, today())
    latest = ledger.latest(session, plan.id)
    last = changed.moment(session, plan, end) if end else Moment(latest, "now")
    if first.revision > last.revision:
        raise NoSuchMoment(f"{first.words} comes after {last.words}. Give the earlier one first.")
    return first, last


def _refused(plan: Plan, said: dict[str, str], signed_off: bool, wrong: str) -> ResponseReturnValue:
    if request.args.get("format") == "json":
        return {"error": wrong}, 422
    view = ChangesView(said["from"], said["to"], signed_off, "", 0, (), _cycles(plan), wrong)
    return pages.page("dashboard/changes.html", status=422, plan=plan, view=view)


def _view(
    plan: Plan, said: dict[str, str], moments: tuple[Moment, Moment], found: Changed, signed_off: bool
) -> ChangesView:
    start, end = moments
    which = "What was signed off" if signed_off else "The working plan"
    snapshot = history.now(db.session(), plan)
    return ChangesView(
        start=said["from"],
        end=said["to"],
        signed_off=signed_off,
        words=f"{which}, from {start.words} to {end.words}",
        count=found.count,
        themes=tuple(_theme(plan, snapshot, theme) for theme in found.themes),
        cycles=_cycles(plan),
    )


def _theme(plan: Plan, snapshot: Snapshot, theme: changed.ChangedTheme) -> ThemeView:
    return ThemeView(theme.title, tuple(_sentence(plan, snapshot, one) for one in theme.sentences))


def _sentence(plan: Plan, snapshot: Snapshot, one: changed.Sentence) -> SentenceView:
    places = tuple(PlaceView(place.words, record_address(plan, snapshot, place.record)) for place in one.places)
    alone = len({place.record for place in one.places}) == 1
    return SentenceView(one.words, places[0].address if alone else None, () if alone else places)


def _cycles(plan: Plan) -> tuple[tuple[str, str], ...]:
    """The cycles that are over, newest first: what to call what changed since and in each, and its address."""
    past = [cycle for cycle in cycles.of_plan(db.session(), plan) if cycle.is_cut_off(today())]
    return tuple(link for cycle in reversed(past) for link in _links(plan, cycle))


def _links(plan: Plan, cycle: Cycle) -> tuple[tuple[str, str], tuple[str, str]]:
    page = url_for("dashboard.changes", slug=plan.slug)
    begins = str(cycles.bounds(db.session(), plan, cycle).revision_from)
    day = timescale.say_date(cycle.cut_off)
    return (
        (f"Since {cycle.title} (cut-off {day})", f"{page}?{urlencode({'from': cycle.id})}"),
        (f"In the cycle of {cycle.title}", f"{page}?{urlencode({'from': begins, 'to': cycle.id})}"),
    )
