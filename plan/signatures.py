"""This file is what signatures say as plain values: the last under each record, what waits, who ever signed what."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from plan import midnight


@dataclass(frozen=True)
class Signature:
    """Who signed, in whose place (None: as themselves), when, and by which revision of the history."""

    by: str
    instead_of: str | None
    at: datetime
    number: int

    @property
    def signer(self) -> str:
        """Who signed, and for whom: "Ned Editor for Ravi Review-Lead"."""
        return f"{self.by} for {self.instead_of}" if self.instead_of else self.by

    @property
    def day(self) -> date:
        """The day of it on this server's calendar."""
        return midnight.day_of(self.at)


@dataclass(frozen=True)
class Signed:
    """The plan's signatures at one moment: the last of each record, what waits, and the first agreement if any.

    `ever` is every signature that a record had, `agreements` those of the whole position.
    """

    signatures: Mapping[str, Signature] = field(default_factory=dict)
    waits: Collection[str] = ()
    agreed: Signature | None = None
    ever: Mapping[str, Collection[Signature]] = field(default_factory=dict)
    agreements: Collection[Signature] = ()

    def of(self, records: Iterable[str]) -> Signature | None:
        """The last signature under these records together; None where something of them waits or none was signed.

        A record that nobody has decided on since the whole position was agreed was signed by that agreement.
        """
        every = tuple(records)
        if any(record in self.waits for record in every):
            return None
        found = [self.last(record) for record in every]
        return max((one for one in found if one is not None), key=lambda one: one.number, default=None)

    def last(self, record: str) -> Signature | None:
        """The last signature under a record, whatever awaits since; None where it was never signed."""
        return self.signatures.get(record) or self.agreed

    def ever_of(self, records: Iterable[str]) -> list[Signature]:
        """Every signature that these records ever had."""
        return [*self.agreements, *(one for record in records for one in self.ever.get(record, ()))]


@dataclass(frozen=True)
class Outline:
    """What awaits sign-off: the records that came, those that went, and of others the fields that changed."""

    came: frozenset[str] = frozenset()
    went: frozenset[str] = frozenset()
    changed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many lines `signoffs.lines` would list."""
        return len(self.came) + len(self.went) + sum(len(names) for names in self.changed.values())
