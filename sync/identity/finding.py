"""This file finds the record of each piece of a workbook, in the order of belief that the room's front page tells."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from plan.fields import Kind, Value
from plan.models.base import ALPHABET, ID_LENGTH
from plan.snapshot import Item, Snapshot
from sync.identity.copies import copied_sheets, repeats, same_new
from sync.identity.replaced import in_place_of
from sync.identity.resolved import Doubt
from sync.identity.words import (
    call,
    home,
    likeness,
    number_said,
    records_alike,
    says_nothing,
    says_the_same,
    worded_by_id,
    words_of,
    words_said,
)
from sync.reading import Piece, Reading

SIMILAR = 50.0  # per cent: a row whose words were reworked but not replaced
ALIKE = 60.0  # per cent: without any hint, the least likeness that is worth suggesting
SURELY_ALIKE = 75.0
NUMBERED = frozenset({Kind.REQUIREMENT, Kind.ACTION})


@dataclass
class Finder:
    reading: Reading
    base: Snapshot
    plan: Snapshot
    seed: str
    ids: dict[int, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    doubts: list[Doubt] = field(default_factory=list)
    left_behind: Counter[str] = field(default_factory=Counter)
    reworded: dict[int, int] = field(default_factory=dict)
    copies: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.copies = copied_sheets(self.reading.pieces, self.base, self.plan)

    def match(self, kind: Kind) -> None:
        """Give every piece of one kind an id."""
        pieces = [piece for piece in self.reading.pieces if piece.kind is kind]
        if kind is Kind.READING:
            self._match_readings(pieces)
        else:
            twins = _twins(pieces, self.base) if kind is Kind.REQUIREMENT else {}
            self._match_by_words(kind, [piece for piece in pieces if piece.key not in twins])
            self.reworded.update(twins)
        self._blank_again(pieces)
        for piece in pieces:
            if piece.key in self.reworded:
                self.ids[piece.key] = self.ids[self.reworded[piece.key]]
            elif piece.key not in self.ids:
                self._new(piece, pieces)
        for piece, item in in_place_of(pieces, self.ids, self.base, self.plan):
            self._doubt(
                piece, f"has no hidden identity, so it is taken as new; it may be {call(item)}, which is missing"
            )

    def said_doubts(self) -> Iterable[Doubt]:
        """The doubts, those of a column left behind told once for each sheet."""
        for sheet, count in self.left_behind.items():
            yield Doubt(
                sheet,
                0,
                "",
                f"On sheet “{sheet}” the hidden column no longer stands beside its rows ({count} of them); "
                "they were recognised by their words instead.",
            )
        for sheet, original in self.copies.items():
            yield Doubt(
                sheet,
                0,
                "",
                f"Sheet “{sheet}” holds the rows of sheet “{original}” once more. Each is read as one record; where "
                "the two say different things, what was changed since the download counts.",
            )
        yield from self.doubts

    def _match_by_words(self, kind: Kind, pieces: Sequence[Piece]) -> None:
        candidates = {item.id: item for item in self.base.values() if item.kind is kind and item.present}
        known = {**{item.id: item for item in self.plan.values() if item.kind is kind and item.present}, **candidates}
        self._hint_and_words(pieces, known)
        self._repeated_on_copies(pieces, known)
        self._words_alone(kind, pieces, known)
        if kind is Kind.THEME:
            self._what_stands_under(pieces, candidates)
        self._hint_and_likeness(pieces, candidates)
        self._hint_and_place(pieces, candidates)
        self._repeated_on_copies(pieces, known)
        if kind in NUMBERED:
            self._number(pieces, candidates)
        self._likeness_alone(pieces, candidates)

    def _hint_and_words(self, pieces: Sequence[Piece], known: Mapping[str, Item]) -> None:
        for piece in pieces:
            fits = [id for id in piece.hints if id in known and self._free(id) and says_the_same(piece, known[id])]
            here = [id for id in fits if known[id].parent == self._parent(piece)]
            if fits:
                self._is(piece, (here or fits)[0])

    def _repeated_on_copies(self, pieces: Sequence[Piece], known: Mapping[str, Item]) -> None:
        if not self.copies:
            return
        told: dict[str, set[str]] = {sheet: set() for sheet in (*self.copies, *self.copies.values())}
        for piece in pieces:
            if piece.key in self.ids and piece.sheet in told:
                told[piece.sheet].add(self.ids[piece.key])
        claimed = {
            sheet: frozenset(
                id
                for other, ids in told.items()
                if other != sheet and self._original(other) == self._original(sheet)
                for id in ids - told[sheet]
            )
            for sheet in told
        }
        self.ids.update(repeats(self._open(pieces), claimed, known))

    def _original(self, sheet: str) -> str:
        return self.copies.get(sheet, sheet)

    def _words_alone(self, kind: Kind, pieces: Sequence[Piece], known: Mapping[str, Item]) -> None:
        by_words: dict[Value, list[Item]] = {}
        for item in known.values():
            if self._free(item.id):
                by_words.setdefault(words_of(item), []).append(item)
        said = Counter(words_said(piece) for piece in self._open(pieces))
        for piece in self._open(pieces):
            words = words_said(piece)
            fits = [item for item in by_words.get(words, []) if self._free(item.id)] if words is not None else []
            here = [item for item in fits if item.parent == self._parent(piece) or kind is Kind.THEME]
            number = number_said(piece)
            same_number = [item for item in here or fits if number is not None and number == item.get("reference")]
            unique = fits if len(fits) == 1 and said[words] == 1 else []
            chosen = (same_number or here or unique)[:1]
            if chosen:
                if piece.hints and chosen[0].id not in piece.hints:
                    self.left_behind[piece.sheet] += 1
                self._is(piece, chosen[0].id)

    def _what_stands_under(self, pieces: Sequence[Piece], candidates: Mapping[str, Item]) -> None:
        """A theme that is a title or the name of a sheet has no row: it is the one most of its requirements name."""
        for piece in self._open(pieces):
            named = [id for p in self.reading.pieces if p.parent == piece.key for id in p.hints if id in self.base]
            parents = Counter(parent for id in named if (parent := self.base[id].parent) is not None)
            most = [id for id, count in parents.most_common(1) if 2 * count > len(named) and id in candidates]
            if most and self._free(most[0]):
                self._is(piece, most[0])

    def _hint_and_likeness(self, pieces: Sequence[Piece], candidates: Mapping[str, Item]) -> None:
        pairs = [
            (likeness(piece, candidates[id]), piece, id)
            for piece in self._open(pieces)
            for id in piece.hints
            if id in candidates and self._free(id)
        ]
        self._best_first(pairs, least=SIMILAR)

    def _hint_and_place(self, pieces: Sequence[Piece], candidates: Mapping[str, Item]) -> None:
        """A row whose words were replaced: its hint holds if it stands where it stood and nobody fits better."""
        loose = worded_by_id(item for item in candidates.values() if self._free(item.id))
        lines_left = Counter(piece.hints for piece in self._open(pieces))
        for piece in self._open(pieces):
            open_hints = [id for id in piece.hints if id in candidates and self._free(id)]
            if not open_hints or len(open_hints) != lines_left[piece.hints]:
                continue
            item = candidates[open_hints[0]]
            stays = self._parent(piece) in (item.parent, None) or words_said(piece) is None
            alike = (id for id, _ in records_alike(piece, loose, SURELY_ALIKE))
            if stays and not any(id != item.id and self._free(id) for id in alike):
                self._is(piece, item.id)
                lines_left[piece.hints] -= 1

    def _number(self, pieces: Sequence[Piece], candidates: Mapping[str, Item]) -> None:
        by_number: dict[Value, list[Item]] = {}
        for item in candidates.values():
            if self._free(item.id):
                by_number.setdefault(item.get("reference"), []).append(item)
        for piece in self._open(pieces):
            fits = [item for item in by_number.get(number_said(piece), []) if self._free(item.id)]
            if number_said(piece) is None or len(fits) != 1:
                continue
            alike = likeness(piece, fits[0])
            self._is(piece, fits[0].id)
            if alike < SIMILAR and words_said(piece) is not None:
                self._doubt(piece, f"is taken for {call(fits[0])} by its number, though its words are others")

    def _likeness_alone(self, pieces: Sequence[Piece], candidates: Mapping[str, Item]) -> None:
        homes: dict[str | None, list[Item]] = {}
        for item in candidates.values():
            if self._free(item.id):
                homes.setdefault(home(item.kind, item.parent), []).append(item)
        loose = {home: worded_by_id(items) for home, items in homes.items()}
        pairs = [
            (alike, piece, id)
            for piece in self._open(pieces)
            for id, alike in records_alike(piece, loose.get(home(piece.kind, self._parent(piece)), {}), ALIKE)
        ]
        for piece, id, alike in self._best_first(pairs, least=ALIKE):
            self._doubt(piece, f"is taken for {call(candidates[id])}: their words are {alike:.0f}% alike")

    def _best_first(self, pairs: list[tuple[float, Piece, str]], *, least: float) -> list[tuple[Piece, str, float]]:
        chosen = []
        for alike, piece, id in sorted(pairs, key=lambda pair: (-pair[0], pair[1].key)):
            if alike >= least and piece.key not in self.ids and self._free(id):
                self._is(piece, id)
                chosen.append((piece, id, alike))
        return chosen

    def _match_readings(self, pieces: Sequence[Piece]) -> None:
        by_month = {
            (item.parent, item.get("period")): item.id
            for snapshot in (self.plan, self.base)
            for item in snapshot.values()
            if item.kind is Kind.READING
        }
        for piece in pieces:
            id = by_month.get((self._parent(piece), words_said(piece)))
            if id is not None and self._free(id):
                self._is(piece, id)

    def _blank_again(self, pieces: Sequence[Piece]) -> None:
        """A row whose cells are all blank and whose hint another row confirmed: the hidden column slipped."""
        for piece in self._open(pieces):
            if piece.kind is Kind.REQUIREMENT and says_nothing(piece) and not all(map(self._free, piece.hints[:1])):
                self.ids[piece.key] = piece.hints[0]

    def _new(self, piece: Piece, pieces: Sequence[Piece]) -> None:
        """A record of its own; where its row was copied with the hidden cell of another, that is said."""
        if self.copies and (again := self._new_on_another_copy(piece, pieces)):
            self.ids[piece.key] = again
            return
        copied = pieces if piece.hints and piece.rows else ()
        first = next((one for one in copied if self.ids.get(one.key) in piece.hints), None)
        self._is(piece, self._new_id(piece))
        if first and not says_nothing(piece) and (first.sheet, first.rows[:1]) != (piece.sheet, piece.rows[:1]):
            there = "" if first.sheet == piece.sheet else f" of sheet “{first.sheet}”"
            self._doubt(piece, f"carries the hidden identity of row {first.rows[0]}{there}, so it is taken as new")

    def _new_on_another_copy(self, piece: Piece, pieces: Sequence[Piece]) -> str | None:
        others = (
            one
            for one in pieces
            if one.key in self.ids and self.ids[one.key] not in self.base and self._parent(one) == self._parent(piece)
        )
        again = same_new(piece, others, self.copies)
        return self.ids[again.key] if again else None

    def _open(self, pieces: Sequence[Piece]) -> list[Piece]:
        return [piece for piece in pieces if piece.key not in self.ids]

    def _free(self, id: str) -> bool:
        return id not in self.taken

    def _is(self, piece: Piece, id: str) -> None:
        self.ids[piece.key] = id
        self.taken.add(id)

    def _parent(self, piece: Piece) -> str | None:
        return None if piece.parent is None else self.ids.get(piece.parent)

    def _doubt(self, piece: Piece, sentence: str) -> None:
        row = piece.rows[0] if piece.rows else 0
        self.doubts.append(
            Doubt(piece.sheet, row, self.ids[piece.key], f"Row {row} of sheet “{piece.sheet}” {sentence}.")
        )

    def _new_id(self, piece: Piece) -> str:
        digits = int.from_bytes(hashlib.sha256(f"{self.seed}/{piece.key}".encode()).digest(), "big")
        return "".join(ALPHABET[digits >> 5 * place & 31] for place in range(ID_LENGTH))


def _twins(pieces: Sequence[Piece], base: Snapshot) -> dict[int, int]:
    """Pieces that are one requirement by hint and number, though its words were changed on some of its rows.

    A new row that names it by its number and its words of before belongs to it too.
    """
    first: dict[tuple[str, Value], int] = {}
    twins = {}
    for piece in pieces:
        if len(piece.hints) == 1 and number_said(piece) is not None:
            one = first.setdefault((piece.hints[0], number_said(piece)), piece.key)
            if one != piece.key:
                twins[piece.key] = one
    hinted = {(base[id].get("text"), number): (id, key) for (id, number), key in first.items() if id in base}
    for piece in pieces:
        id, one = hinted.get((words_said(piece), number_said(piece)), ("", piece.key))
        if not piece.hints and one != piece.key and says_the_same(piece, base[id]):
            twins[piece.key] = one
    return twins
