"""This file finds the sheets that are copies of another one, and the rows there that repeat a record's row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plan.fields import Kind, Value
from plan.snapshot import Item
from sync.identity.words import MAIN_WORDS, likeness, says_the_same, words_of, words_said
from sync.reading import Piece

FEWEST = 2  # rows: one row that stands on two sheets was copied by itself
SIMILAR = 50.0  # per cent: a row whose words were reworked but not replaced


def copied_sheets(pieces: Sequence[Piece], base: Mapping[str, Item], plan: Mapping[str, Item]) -> dict[str, str]:
    """Each sheet that is a copy, with the sheet before it that it repeats.

    Most of its rows say the words of records that rows of the other sheet tell of, by their hidden ids or, where it
    was copied without the hidden column, by their words. A sheet that was copied to be filled with other words is none.
    """
    if len({piece.sheet for piece in pieces}) < 2:
        return {}
    known = {**plan, **base}
    bare = _without_hints(pieces)
    unique = _said_once(known) if bare else {}
    named: dict[str, dict[str, None]] = {}
    for piece in pieces:
        named.setdefault(piece.sheet, {}).update(dict.fromkeys(piece.hints or _said_by(piece, unique)))
    if len({id for ids in named.values() for id in ids}) == sum(len(ids) for ids in named.values()):
        return {}
    copies: dict[str, str] = {}
    sheets = list(named)
    for place, sheet in enumerate(sheets):
        rows = [piece for piece in pieces if piece.sheet == sheet and (piece.hints or sheet in bare)]
        told = [_confirmed(piece, known) if piece.hints else _said_by(piece, unique) for piece in rows]
        for earlier in sheets[:place]:
            again = sum(any(id in named[earlier] for id in ids) for ids in told)
            if again >= FEWEST and 2 * again > len(rows):
                copies[sheet] = copies.get(earlier, earlier)
                break
    return copies


def repeats(
    pieces: Iterable[Piece], claimed: Mapping[str, frozenset[str]], known: Mapping[str, Item]
) -> dict[int, str]:
    """The record that each of these open rows repeats, by the row's key.

    `claimed` are, by sheet, the records that rows of its other copies were found to be and its own were not. Words
    are believed before hints, as a copy may have been sorted too.
    """
    worded = Counter(words_of(item) for item in known.values())
    left = {sheet: _Left({id: known[id] for id in ids if id in known}) for sheet, ids in claimed.items()}
    found: dict[int, str] = {}
    for (sheet, hints), rows in _by_row(pieces).items():
        if sheet in left:
            alone = [piece for piece in rows if piece.hints or worded[words_said(piece)] == 1]
            found.update(left[sheet].by_words(alone, hints))
    for (sheet, hints), rows in _by_row(pieces).items():
        unsaid = [piece for piece in rows if piece.key not in found and words_said(piece) not in worded]
        if sheet in left:
            found.update(left[sheet].by_hint(unsaid, hints))
    return found


@dataclass
class _Left:
    """The records that a copied sheet is still to tell of."""

    items: dict[str, Item]

    def __post_init__(self) -> None:
        self._worded: dict[Value, list[str]] = {}
        for item in self.items.values():
            self._worded.setdefault(words_of(item), []).append(item.id)

    def by_words(self, rows: Sequence[Piece], hints: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Rows that say a record's very words: the one their hint names, or the only one."""
        for piece in rows:
            fits = [id for id in self._worded.get(words_said(piece), ()) if id in self.items]
            chosen = [id for id in fits if id in hints] or (fits if len(fits) == 1 else [])
            if chosen and words_said(piece) is not None:
                del self.items[chosen[0]]
                yield piece.key, chosen[0]

    def by_hint(self, rows: Sequence[Piece], hints: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Reworded rows: the most alike of the records their hints name, or in order where as many are left."""
        open_rows = {piece.key: piece for piece in rows}
        hinted = [id for id in hints if id in self.items]
        pairs = [(likeness(piece, self.items[id]), piece.key, id) for piece in rows for id in hinted]
        for alike, key, id in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
            if alike >= SIMILAR and key in open_rows and id in self.items:
                del self.items[id], open_rows[key]
                yield key, id
        still = [id for id in hinted if id in self.items]
        if len(still) == len(open_rows):
            for key, id in zip(open_rows, still, strict=True):
                del self.items[id]
                yield key, id


def same_new(piece: Piece, others: Iterable[Piece], copies: Mapping[str, str]) -> Piece | None:
    """The row of another copy that says the words of this new one."""
    words, group = words_said(piece), copies.get(piece.sheet, piece.sheet)
    alike = (one for one in others if one.sheet != piece.sheet and copies.get(one.sheet, one.sheet) == group)
    return next((one for one in alike if words is not None and words_said(one) == words), None)


def _without_hints(pieces: Iterable[Piece]) -> frozenset[str]:
    """The sheets on most of whose rows the hidden column says nothing."""
    told = Counter((piece.sheet, bool(piece.hints)) for piece in pieces)
    return frozenset(sheet for sheet, _ in told if told[sheet, False] > told[sheet, True])


def _said_once(known: Mapping[str, Item]) -> Mapping[tuple[Kind, Value], str]:
    """The records whose words no other of their kind says."""
    times = Counter((item.kind, words_of(item)) for item in known.values() if item.kind in MAIN_WORDS)
    return {
        (item.kind, words_of(item)): item.id
        for item in known.values()
        if item.kind in MAIN_WORDS and times[item.kind, words_of(item)] == 1
    }


def _said_by(piece: Piece, unique: Mapping[tuple[Kind, Value], str]) -> Sequence[str]:
    words = words_said(piece)
    id = None if words is None else unique.get((piece.kind, words))
    return [id] if id else []


def _confirmed(piece: Piece, known: Mapping[str, Item]) -> Sequence[str]:
    """The records that a row's hidden cell names and its words confirm."""
    return [id for id in piece.hints if id in known and says_the_same(piece, known[id])]


def _by_row(pieces: Iterable[Piece]) -> dict[tuple[str, tuple[str, ...]], list[Piece]]:
    rows: dict[tuple[str, tuple[str, ...]], list[Piece]] = {}
    for piece in pieces:
        rows.setdefault((piece.sheet, piece.hints), []).append(piece)
    return rows
