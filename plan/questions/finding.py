"""This file finds requirements and actions: by theme, team, lead, each of the facets, and words anywhere."""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from plan.fields import Kind
from plan.questions.facets import NONE as NO_STATUS
from plan.questions.facets import OF_ACTION, OF_REQUIREMENT, STATUSES, FoundAction, FoundRequirement
from plan.questions.position import Position, family
from plan.snapshot import Item

__all__ = ["NO_STATUS", "STATUSES", "FoundAction", "FoundRequirement"]

WORDS = ("q", "theme", "status", "lead", "team", "since", "decider", "update", "figures", "when", "slipped")
BOXES = ("late", "awaiting")
SCOPES = ("theme", "team", "lead")
NEEDS_SURROUNDINGS = ("since", "decider", "update", "when", "slipped")


@dataclass(frozen=True)
class Asked:
    """What a person asked to see; empty means everything. The words of the facets are those of `facets`."""

    q: str = ""
    theme: str = ""
    status: str = ""
    lead: str = ""
    late: bool = False
    awaiting: bool = False
    team: str = ""
    since: str = ""
    decider: str = ""
    update: str = ""
    figures: str = ""
    when: str = ""
    slipped: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """What an address asks for."""
        text = {name: query.get(name, "").strip() for name in WORDS}
        return cls(**text, late=bool(query.get("late")), awaiting=bool(query.get("awaiting")))

    def query(self) -> dict[str, str]:
        """The same as an address says it: one way of saying each view."""
        text = {name: value for name in WORDS if (value := str(getattr(self, name)))}
        return {**text, **{name: "yes" for name in BOXES if getattr(self, name)}}

    def query_string(self) -> str:
        """The same as the end of an address, empty for everything."""
        return f"?{urlencode(self.query())}" if self.query() else ""

    @property
    def scope(self) -> "Asked":
        """Of what the person asked, only the theme, the team and the lead."""
        return Asked(**{name: getattr(self, name) for name in SCOPES})

    def narrowed(self, question: str, group: str) -> "Asked":
        """The same, but only those in one group."""
        return Asked.of({**self.query(), question: group})

    @property
    def looks_around(self) -> bool:
        """Whether answering takes more than the plan itself: its past, its people, its cycle."""
        return any(getattr(self, name) for name in NEEDS_SURROUNDINGS)


@dataclass(frozen=True)
class FoundTheme:
    """A theme with those of its requirements that were asked for."""

    item: Item
    requirements: tuple[FoundRequirement, ...]


@dataclass(frozen=True)
class Answer:
    """What was found, out of how many, and the counts and choices of the whole plan."""

    themes: tuple[FoundTheme, ...]
    shown: int
    total: int
    counts: Mapping[str, int]
    late: int
    awaiting: int
    leads: tuple[str, ...]
    all_themes: tuple[Item, ...]
    teams: tuple[str, ...] = ()

    @property
    def requirements(self) -> tuple[FoundRequirement, ...]:
        """All that was found, in the plan's order."""
        return tuple(one for theme in self.themes for one in theme.requirements)


def find(position: Position, asked: Asked) -> Answer:
    """The requirements asked for, in the plan's order, under their themes."""
    plan = position.snapshot.plan
    themes = position.snapshot.under(plan.id if plan else None, Kind.THEME)
    standing = [
        FoundTheme(theme, tuple(found_requirement(position, item) for item in _requirements(position, theme)))
        for theme in themes
    ]
    everyone = [one for theme in standing for one in theme.requirements]
    found = [_only(position, theme, asked) for theme in standing]
    counted = Counter(str(one.item.get("status") or NO_STATUS) for one in everyone)
    return Answer(
        themes=tuple(theme for theme in found if theme.requirements or not asked.query()),
        shown=sum(len(theme.requirements) for theme in found),
        total=len(everyone),
        counts={status: counted[status] for status in STATUSES},
        late=sum(bool(one.late) for one in everyone),
        awaiting=sum(one.waits for one in everyone),
        leads=tuple(sorted({lead for one in everyone for lead in _all_leads(one)}, key=str.casefold)),
        all_themes=tuple(themes),
        teams=tuple(sorted({str(one.item.get("team")) for one in everyone if one.item.get("team")}, key=str.casefold)),
    )


def found_actions(position: Position, asked: Asked, of: tuple[FoundRequirement, ...]) -> tuple[FoundAction, ...]:
    """Those actions of these requirements that were asked for: of the lead, and in the groups, named."""
    return tuple(action for one in of for action in one.actions if _is_action_asked_for(position, one, action, asked))


def found_requirement(position: Position, item: Item) -> FoundRequirement:
    """One requirement as it stands, with its actions."""
    actions = tuple(
        FoundAction(action, position.due(action), position.is_late(action), position.waits(action))
        for action in position.snapshot.under(item.id, Kind.ACTION)
    )
    own = item.get("lead")
    leads = [str(own)] if own else [str(one.item.get("lead")) for one in actions if one.item.get("lead")]
    return FoundRequirement(
        item=item,
        actions=actions,
        achievements=sum(bool(one.get("text")) for one in position.snapshot.under(item.id, Kind.ACHIEVEMENT)),
        leads=tuple(dict.fromkeys(leads)),
        waits=any(position.waits(one) for one in family(position.snapshot, item, removed=True)),
        late=sum(one.late for one in actions),
    )


def _requirements(position: Position, theme: Item) -> list[Item]:
    return position.snapshot.under(theme.id, Kind.REQUIREMENT)


def _only(position: Position, theme: FoundTheme, asked: Asked) -> FoundTheme:
    if asked.theme and asked.theme != theme.item.id:
        return FoundTheme(theme.item, ())
    words = _plain(asked.q).split()
    return FoundTheme(
        theme.item, tuple(one for one in theme.requirements if _is_asked_for(position, one, asked, words))
    )


def _is_asked_for(position: Position, one: FoundRequirement, asked: Asked, words: list[str]) -> bool:
    if any(
        wanted != facet(position, one) for name, facet in OF_REQUIREMENT.items() if (wanted := getattr(asked, name))
    ):
        return False
    if asked.lead and asked.lead not in _all_leads(one):
        return False
    if (asked.late and not one.late) or (asked.awaiting and not one.waits):
        return False
    if (asked.when or asked.slipped) and not found_actions(position, asked, (one,)):
        return False
    return not words or _says(position, one.item, words)


def _is_action_asked_for(position: Position, one: FoundRequirement, action: FoundAction, asked: Asked) -> bool:
    """An action without a lead is its requirement's lead's."""
    if asked.lead and asked.lead != (action.item.get("lead") or one.item.get("lead")):
        return False
    groups = ((getattr(asked, name), facet) for name, facet in OF_ACTION.items())
    return all(not wanted or wanted == facet(position, action.item) for wanted, facet in groups)


def _says(position: Position, requirement: Item, words: list[str]) -> bool:
    """Whether all these words stand somewhere in the requirement or what is under it."""
    everything = " ".join(
        str(value)
        for item in family(position.snapshot, requirement)
        for value in item.values.values()
        if value is not None
    )
    said = _plain(everything)
    return all(word in said for word in words)


def _all_leads(one: FoundRequirement) -> set[str]:
    of_actions = {str(action.item.get("lead")) for action in one.actions if action.item.get("lead")}
    return {str(one.item.get("lead"))} | of_actions if one.item.get("lead") else of_actions


def _plain(words: str) -> str:
    """As compared: small letters, straight quotes, one kind of dash."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    return plain.translate(str.maketrans("‘’“”–—", "''\"\"--"))
