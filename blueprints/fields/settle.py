"""This file settles an inline edit by the merge's own table: what was shown, what it says, what was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from blueprints.fields.view import FieldView, Part, State, Theirs
from blueprints.fields.words import posted, show
from plan import differences, fields
from plan.edits import Edit
from plan.fields import Field, Invalid, Value
from plan.snapshot import Item
from sync.merge import Outcome, decide_field

WhoWrote = Callable[[Field], tuple[str, str]]


class Ending(StrEnum):
    """How an edit ended, in a sentence that is announced."""

    SAVED = "Saved: {}."
    COMBINED = "Saved: {}. Somebody else had changed other lines of it meanwhile; both are in it now."
    AGREED = "The plan already says so: {}. Nothing needed saving."
    NOTHING = "Nothing was changed: {}."


@dataclass(frozen=True)
class Settled:
    """The edits to make, or the block with what stands in their way (`status` 422 or 409)."""

    view: FieldView
    edits: tuple[Edit, ...] = ()
    ending: Ending = Ending.NOTHING
    status: int = 200


def settle(item: Item, view: FieldView, form: Mapping[str, str], who_wrote: WhoWrote) -> Settled:
    """Decide on every part of the block. One that cannot be kept or clashes leaves all as they are."""
    settled = [_part(item, part, form, who_wrote) for part in view.parts]
    parts = tuple(part for part, _, _ in settled)
    if any(part.theirs for part in parts):
        return Settled(replace(view, parts=parts, state=State.CLASH), status=422 if _asked(parts) else 409)
    if any(part.error for part in parts):
        return Settled(replace(view, parts=parts, state=State.INVALID), status=422)
    outcomes = {outcome for _, outcome, _ in settled}
    edits = tuple(edit for _, _, edit in settled if edit)
    return Settled(view, edits, _ending(outcomes, edits))


def refused(view: FieldView, form: Mapping[str, str], sentence: str) -> FieldView:
    """The block with everything that was typed and one sentence on why it could not be kept."""
    parts = [_as_typed(part, form) for part in view.parts]
    return replace(view, parts=(replace(parts[0], error=sentence), *parts[1:]), state=State.INVALID)


def _part(item: Item, part: Part, form: Mapping[str, str], who_wrote: WhoWrote) -> tuple[Part, Outcome, Edit | None]:
    part = _as_typed(part, form)
    try:
        mine = fields.clean(part.row, part.typed)
    except Invalid as invalid:
        return replace(part, error=str(invalid)), Outcome.NOTHING, None
    was, now = _as_shown(part.row, part.was), item.get(part.row.name)
    outcome, result = decide_field(part.row, was, now, mine)
    if outcome is Outcome.CLEARED and fields.same(part.row, was, now):
        outcome, result = Outcome.TAKE, None  # whoever empties a field in the browser means it
    if outcome in (Outcome.CONFLICT, Outcome.CLEARED):
        return _clash(part, now, mine, form, who_wrote), outcome, None
    # `same` overlooks another way of writing a date; whoever types one in the browser means that too.
    rewritten = outcome is Outcome.NOTHING and mine not in (now, was)
    changed = outcome in (Outcome.TAKE, Outcome.COMBINED) or rewritten
    return (
        part,
        outcome,
        Edit(item.kind, item.id, part.row.name, mine if rewritten else result) if changed else None,
    )


def _as_typed(part: Part, form: Mapping[str, str]) -> Part:
    typed, was = posted(form, part.row), form.get(f"{part.row.name}.was", "")
    return replace(part, typed=typed.replace("\r\n", "\n"), was=was.replace("\r\n", "\n"))


def _as_shown(row: Field, was: str) -> Value:
    """The value that was shown; one that the field could not hold now is left as it is."""
    try:
        return fields.clean(row, was)
    except Invalid:
        return was or None


def _clash(part: Part, now: Value, mine: Value, form: Mapping[str, str], who_wrote: WhoWrote) -> Part:
    by, at = who_wrote(part.row)
    theirs, yours = show(part.row, now), show(part.row, mine)
    unanswered = f"{part.row.name}.mine" in form and not form.get(f"{part.row.name}.choice")
    return replace(
        part,
        was="" if now is None else str(now),
        error="Choose one of the answers. Nothing was changed yet." if unanswered else "",
        theirs=Theirs(by, at, theirs, yours, differences.words(theirs, yours)),
    )


def _asked(parts: tuple[Part, ...]) -> bool:
    return any(part.error for part in parts)


def _ending(outcomes: set[Outcome], edits: tuple[Edit, ...]) -> Ending:
    if Outcome.COMBINED in outcomes:
        return Ending.COMBINED
    if edits:
        return Ending.SAVED
    return Ending.AGREED if Outcome.AGREED in outcomes else Ending.NOTHING
