"""This file says what changed between two snapshots, in sentences by theme; pure."""

from collections.abc import Callable, Iterator, Sequence

from plan.changed import figures_moved, records, timescales
from plan.changed.ground import Ground
from plan.changed.values import Changed, ChangedTheme, Sentence, Way
from plan.fields import Kind
from plan.questions.position import family
from plan.snapshot import Item, Snapshot

THE_PLAN = "The plan itself"
TOLD: Sequence[Callable[[Ground, Sequence[Item]], Iterator[Sentence]]] = (
    records.statuses,
    records.came,
    records.went,
    timescales.moved,
    figures_moved.readings,
    figures_moved.audits,
    records.reworded,
)


def since(before: Snapshot, after: Snapshot, told: Way | None = None) -> Changed:
    """What changed from one snapshot to a later one, in the later one's order; themes that went come last.

    Every record that came, went or says something else is in a sentence; what only changed its place in the order
    is not told.
    """
    ground = Ground(before, after, told or Way())
    plan = [("", THE_PLAN, [after.plan])] if after.plan else []
    themes = [(one.id, _title(one), _members(ground, one)) for one in [*_themes(after), *_gone(before, after)]]
    told_of = (ChangedTheme(id, title, _sentences(ground, members)) for id, title, members in [*plan, *themes])
    return Changed(tuple(theme for theme in told_of if theme.sentences))


def _sentences(ground: Ground, members: Sequence[Item]) -> tuple[Sentence, ...]:
    return tuple(sentence for tell in TOLD for sentence in tell(ground, members))


def _members(ground: Ground, theme: Item) -> list[Item]:
    """The theme and all that stands under it, in order: first what is there, then what went."""
    now = _under(ground.after, theme) if ground.now(theme.id) else []
    then = _under(ground.before, theme) if ground.then(theme.id) else []
    return [*now, *(item for item in then if ground.now(item.id) is None)]


def _under(snapshot: Snapshot, theme: Item) -> list[Item]:
    requirements = snapshot.under(theme.id, Kind.REQUIREMENT)
    return [snapshot[theme.id], *(item for one in requirements for item in family(snapshot, one))]


def _themes(snapshot: Snapshot) -> list[Item]:
    plan = snapshot.plan
    return snapshot.under(plan.id if plan else None, Kind.THEME)


def _gone(before: Snapshot, after: Snapshot) -> list[Item]:
    here = {theme.id for theme in _themes(after)}
    return [theme for theme in _themes(before) if theme.id not in here]


def _title(theme: Item) -> str:
    return str(theme.get("title") or "Theme without a title")
