"""This file gets a requirement's card on the plan's page ready: closed with its main facts, open with all of it."""

from dataclasses import dataclass

from flask import url_for

from blueprints.addresses import asking
from blueprints.fields import Fields, FieldView
from blueprints.fields.view import since_words
from blueprints.requirements.everything import Everything, Shelf, everything
from blueprints.requirements.removed import RemovedView, just_removed
from plan.questions import FoundAction, FoundRequirement
from plan.questions.standing import family
from plan.snapshot import Item


@dataclass(frozen=True)
class Opened:
    """The card that is open: `removed` was just taken out of it, `at` is the record the keyboard goes to."""

    id: str = ""
    removed: str = ""
    at: str = ""


@dataclass(frozen=True)
class ActionView:
    """An action as a row of its requirement."""

    reference: str
    waits: bool
    text: FieldView
    lead: FieldView
    timescale: FieldView
    status: FieldView


@dataclass(frozen=True)
class Toggle:
    """The link that opens or closes a card: a whole page's address, and the one that answers with the card alone."""

    words: str
    address: str
    card_address: str
    focus: bool


@dataclass(frozen=True)
class Card:
    """A requirement as it stands on the plan's page; `all` of it where the card is open."""

    id: str
    reference: str
    address: str
    waits: bool
    since: str
    late: int
    text: FieldView
    status: FieldView
    impact: FieldView
    lead: FieldView
    leads_of_actions: str
    achievements: str
    actions: tuple[ActionView, ...]
    toggle: Toggle
    all: Everything | None
    removed: RemovedView | None


class Cards:
    """Makes the cards of one page, of which `opened` says which is open; `alone` where htmx swaps one card."""

    def __init__(self, block: Fields, opened: Opened, *, alone: bool = False) -> None:
        self.block, self.opened, self.alone = block, opened, alone

    @property
    def address(self) -> str:
        """The whole page with this card open, or with none."""
        opened = self.opened.id
        return f"{asking(self.block.back, open=opened)}#requirement-{opened}" if opened else self.block.back

    def __call__(self, found: FoundRequirement) -> Card:
        """The card of one requirement."""
        item, is_open = found.item, found.item.id == self.opened.id
        block = self.block.coming_back_to(asking(self.block.back, open=item.id)) if is_open else self.block
        shelf = Shelf(level=4, swap=f"#requirement-{item.id}", at=self.opened.at)
        removed = just_removed(block, self.opened.removed, shelf.swap) if is_open else None
        return Card(
            id=item.id,
            reference=str(item.get("reference") or "without a number"),
            address=url_for("requirements.show", slug=block.slug, id=item.id),
            waits=found.waits,
            since=since_words(block.position.any_waits_since(one.id for one in _all_of(block, item))),
            late=found.late,
            text=block(item, "text"),
            status=block(item, "status"),
            impact=block(item, "impact_status"),
            lead=block(item, "lead"),
            leads_of_actions="" if item.get("lead") else ", ".join(found.leads),
            achievements=many(found.achievements, "achievement"),
            actions=() if is_open else tuple(_action(action, block) for action in found.actions),
            toggle=self._toggle(item.id, is_open, self.alone and not removed and not self.opened.at),
            all=everything(item, block, shelf) if is_open else None,
            removed=removed,
        )

    def _toggle(self, id: str, is_open: bool, focus: bool) -> Toggle:
        here = self.block.back
        if is_open:
            return Toggle("Show less", f"{here}#requirement-{id}", asking(here, close=id), focus)
        opened = asking(here, open=id)
        return Toggle("Show everything", f"{opened}#requirement-{id}", opened, focus)


def _all_of(block: Fields, item: Item) -> list[Item]:
    return family(block.position.snapshot, item, removed=True)


def many(count: int, noun: str) -> str:
    """So many of them, in words: "1 achievement", "3 achievements"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _action(found: FoundAction, block: Fields) -> ActionView:
    names = ("text", "lead", "timescale", "status")
    views = {name: block(found.item, name) for name in names}
    return ActionView(str(found.item.get("reference") or ""), found.waits, **views)
