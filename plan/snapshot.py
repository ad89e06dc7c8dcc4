"""This file is the plan as plain values at one moment: what history, the merge, the pages and the reports all read."""

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from dataclasses import dataclass, field
from typing import TypeVar, overload

from plan.fields import Kind, Value

Other = TypeVar("Other")


@dataclass(frozen=True)
class Item:
    """One record. `parent` is the id of the record it stands under; `position` orders it among its kind there."""

    id: str
    kind: Kind
    parent: str | None
    position: float = 0.0
    present: bool = True
    values: Mapping[str, Value] = field(default_factory=dict)

    def get(self, name: str) -> Value:
        """The value of a field, None where it holds nothing."""
        return self.values.get(name)


class Snapshot(Mapping[str, Item]):
    """All records by id, removed ones included (their `present` is false)."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self._items = {item.id: item for item in items}
        self._children: dict[tuple[str | None, Kind], list[Item]] = {}
        for item in sorted(self._items.values(), key=lambda item: (item.position, item.id)):
            self._children.setdefault((item.parent, item.kind), []).append(item)

    def __getitem__(self, id: str) -> Item:
        return self._items[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    # What a Mapping would answer as well, one record at a time: a plan may have tens of thousands.
    def __contains__(self, id: object) -> bool:
        return id in self._items

    @overload
    def get(self, id: str, /) -> Item | None: ...

    @overload
    def get(self, id: str, default: Item | Other, /) -> Item | Other: ...

    def get(self, id: str, default: Item | Other | None = None, /) -> Item | Other | None:
        return self._items.get(id, default)

    def keys(self) -> KeysView[str]:
        return self._items.keys()

    def values(self) -> ValuesView[Item]:
        return self._items.values()

    def items(self) -> ItemsView[str, Item]:
        return self._items.items()

    @property
    def plan(self) -> Item | None:
        """The plan's own record, None in a snapshot of a workbook, which never speaks of it."""
        return next((item for item in self._items.values() if item.kind is Kind.PLAN), None)

    def of(self, kind: Kind, *, removed: bool = False) -> list[Item]:
        """All records of one kind in the plan's order; removed ones only when asked for."""
        found = [item for item in self._items.values() if item.kind is kind and (item.present or removed)]
        return sorted(found, key=self._place)

    def under(self, parent: str | None, kind: Kind, *, removed: bool = False) -> list[Item]:
        """The records of one kind that stand directly under `parent`, in order."""
        return [item for item in self._children.get((parent, kind), []) if item.present or removed]

    def requirement_of(self, id: str) -> Item | None:
        """The requirement a record belongs to (itself, if it is one); None for themes and the plan."""
        item = self._items.get(id)
        while item is not None and item.kind is not Kind.REQUIREMENT:
            item = self._items.get(item.parent) if item.parent else None
        return item

    def _place(self, item: Item) -> tuple[tuple[float, str], ...]:
        steps: list[tuple[float, str]] = []
        at: Item | None = item
        while at is not None:
            steps.append((at.position, at.id))
            at = self._items.get(at.parent) if at.parent else None
        return tuple(reversed(steps))
