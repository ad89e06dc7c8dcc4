"""This file finds out which record each row is: the hidden ids are a hint that the words confirm.

The order of belief, each record and each piece used once:

1. a hint whose record says the same words;
2. the same words (and number) elsewhere: the hint was left behind by a sort, or there is none; for a theme,
   the hints of the requirements under it;
3. a hint whose record says similar words, or stands in the same place and nobody else fits better;
4. the same number; then words alike enough, always shown as a doubt;
5. otherwise it is a new record.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from plan import fields
from plan.fields import BY_NAME, Kind, Value
from plan.models.base import ALPHABET, ID_LENGTH
from plan.snapshot import Item, Snapshot
from sync.layout import NO_TITLE, ThemesFrom
from sync.merge import Stated, Statement
from sync.reading import Piece, Problem, Reading, Said

SIMILAR = 50.0  # per cent: a row whose words were reworked but not replaced
ALIKE = 60.0  # per cent: without any hint, the least likeness that is worth suggesting
SURELY_ALIKE = 75.0

MAIN_WORDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.THEME: ("title",),
    Kind.REQUIREMENT: ("text", "reference"),
    Kind.ACHIEVEMENT: ("text", "evidence"),
    Kind.ACTION: ("text", "progress", "timescale", "lead"),
    Kind.INDICATOR: ("name",),
    Kind.READING: ("period",),
}
NUMBERED = frozenset({Kind.REQUIREMENT, Kind.ACTION})


@dataclass(frozen=True)
class Doubt:
    """A row whose record is not certain: where it stands and what it was taken for, in a sentence."""

    sheet: str
    row: int
    record: str
    message: str


@dataclass(frozen=True)
class Resolved:
    """The workbook's records by id, in its order; `ids` by piece; `doubts` and `problems` to be shown.

    `reworded` are the cells whose numbers were read as a second requirement's and are not.
    """

    stated: Mapping[str, Stated]
    ids: Mapping[int, str]
    doubts: tuple[Doubt, ...]
    problems: tuple[Problem, ...]
    reworded: frozenset[tuple[str, str | None]] = frozenset()


def resolve(reading: Reading, base: Snapshot, plan: Snapshot, *, seed: str) -> Resolved:
    """Give every piece of a reading its record's id, new records an id made from `seed`.

    `base` is the plan as the workbook was downloaded, `plan` as it is now: what was added since is
    recognised only by its very words, so that uploading twice adds once.
    """
    finder = _Finder(reading, base, plan, seed)
    for kind in MAIN_WORDS:
        finder.match(kind)
    stated, problems = _state(reading, base, finder.ids, plan)
    reworded = frozenset(
        (said.sheet, said.cell)
        for piece in reading.pieces
        if piece.key in finder.reworded
        for said in piece.values.get("reference", ())
    )
    return Resolved(stated, finder.ids, tuple(finder.said_doubts()), tuple(problems), reworded)


@dataclass
class _Finder:
    reading: Reading
    base: Snapshot
    plan: Snapshot
    seed: str
    ids: dict[int, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    doubts: list[Doubt] = field(default_factory=list)
    left_behind: Counter[str] = field(default_factory=Counter)
    reworded: dict[int, int] = field(default_factory=dict)

    def match(self, kind: Kind) -> None:
        """Give every piece of one kind an id."""
        pieces = [piece for piece in self.reading.pieces if piece.kind is kind]
        if kind is Kind.READING:
            self._match_readings(pieces)
        else:
            twins = _twins(pieces) if kind is Kind.REQUIREMENT else {}
            self._match_by_words(kind, [piece for piece in pieces if piece.key not in twins])
            self.reworded.update(twins)
        for piece in pieces:
            if piece.key in self.reworded:
                self.ids[piece.key] = self.ids[self.reworded[piece.key]]
            elif piece.key not in self.ids:
                self._is(piece, self._new_id(piece))

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
        yield from self.doubts

    def _match_by_words(self, kind: Kind, pieces: Sequence[Piece]) -> None:
        candidates = {item.id: item for item in self.base.values() if item.kind is kind and item.present}
        known = {**{item.id: item for item in self.plan.values() if item.kind is kind and item.present}, **candidates}
        self._hint_and_words(pieces, known)
        self._words_alone(kind, pieces, known)
        if kind is Kind.THEME:
            self._what_stands_under(pieces, candidates)
        self._hint_and_likeness(pieces, candidates)
        self._hint_and_place(pieces, candidates)
        if kind in NUMBERED:
            self._number(pieces, candidates)
        self._likeness_alone(pieces, candidates)

    def _hint_and_words(self, pieces: Sequence[Piece], known: Mapping[str, Item]) -> None:
        for piece in pieces:
            fits = [id for id in piece.hints if id in known and self._free(id) and _says_the_same(piece, known[id])]
            here = [id for id in fits if known[id].parent == self._parent(piece)]
            if fits:
                self._is(piece, (here or fits)[0])

    def _words_alone(self, kind: Kind, pieces: Sequence[Piece], known: Mapping[str, Item]) -> None:
        by_words: dict[Value, list[Item]] = {}
        for item in known.values():
            by_words.setdefault(_words_of(item), []).append(item)
        said = Counter(_words(piece) for piece in self._open(pieces))
        for piece in self._open(pieces):
            words = _words(piece)
            fits = [item for item in by_words.get(words, []) if self._free(item.id)] if words is not None else []
            here = [item for item in fits if item.parent == self._parent(piece) or kind is Kind.THEME]
            same_number = [
                item for item in here or fits if _number(piece) is not None and _number(piece) == item.get("reference")
            ]
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
            (_likeness(piece, candidates[id]), piece, id)
            for piece in self._open(pieces)
            for id in piece.hints
            if id in candidates and self._free(id)
        ]
        self._best_first(pairs, least=SIMILAR)

    def _hint_and_place(self, pieces: Sequence[Piece], candidates: Mapping[str, Item]) -> None:
        """A row whose words were replaced: its hint holds if it stands where it stood and nobody fits better."""
        loose = _worded(item for item in candidates.values() if self._free(item.id))
        lines_left = Counter(piece.hints for piece in self._open(pieces))
        for piece in self._open(pieces):
            open_hints = [id for id in piece.hints if id in candidates and self._free(id)]
            if not open_hints or len(open_hints) != lines_left[piece.hints]:
                continue
            item = candidates[open_hints[0]]
            stays = self._parent(piece) in (item.parent, None) or _words(piece) is None
            alike = (id for id, _ in _alike(piece, loose, SURELY_ALIKE))
            if stays and not any(id != item.id and self._free(id) for id in alike):
                self._is(piece, item.id)
                lines_left[piece.hints] -= 1

    def _number(self, pieces: Sequence[Piece], candidates: Mapping[str, Item]) -> None:
        by_number: dict[Value, list[Item]] = {}
        for item in candidates.values():
            by_number.setdefault(item.get("reference"), []).append(item)
        for piece in self._open(pieces):
            fits = [item for item in by_number.get(_number(piece), []) if self._free(item.id)]
            if _number(piece) is None or len(fits) != 1:
                continue
            alike = _likeness(piece, fits[0])
            self._is(piece, fits[0].id)
            if alike < SIMILAR and _words(piece) is not None:
                self._doubt(piece, f"is taken for {_call(fits[0])} by its number, though its words are others")

    def _likeness_alone(self, pieces: Sequence[Piece], candidates: Mapping[str, Item]) -> None:
        homes: dict[str | None, list[Item]] = {}
        for item in candidates.values():
            if self._free(item.id):
                homes.setdefault(_home(item.kind, item.parent), []).append(item)
        loose = {home: _worded(items) for home, items in homes.items()}
        pairs = [
            (alike, piece, id)
            for piece in self._open(pieces)
            for id, alike in _alike(piece, loose.get(_home(piece.kind, self._parent(piece)), {}), ALIKE)
        ]
        for piece, id, alike in self._best_first(pairs, least=ALIKE):
            self._doubt(piece, f"is taken for {_call(candidates[id])}: their words are {alike:.0f}% alike")

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
            id = by_month.get((self._parent(piece), _words(piece)))
            if id is not None and self._free(id):
                self._is(piece, id)

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


def _state(
    reading: Reading, base: Snapshot, ids: Mapping[int, str], plan: Snapshot
) -> tuple[dict[str, Stated], list[Problem]]:
    stated: dict[str, Stated] = {}
    problems: list[Problem] = []
    order: Counter[tuple[str | None, Kind]] = Counter()
    root = plan.plan.id if plan.plan else None
    for piece, told in _whole(reading, ids):
        id = ids[piece.key]
        says_nothing = id in base and _has_lost_its_title(reading, piece)
        parent = root if piece.kind is Kind.THEME else None if piece.parent is None else ids[piece.parent]
        values = {}
        for name, said in () if says_nothing else told.items():
            before = base[id].get(name) if id in base else None
            statement = _one_statement(piece, name, said, before, problems)
            if statement is not None:
                values[name] = statement
        first = next((s for said in told.values() for s in said), None)
        order[parent, piece.kind] += 1
        stated[id] = Stated(
            id, piece.kind, parent, float(order[parent, piece.kind]), values, piece.sheet, first.cell if first else None
        )
    return stated, problems


def _whole(reading: Reading, ids: Mapping[int, str]) -> Iterable[tuple[Piece, Mapping[str, Sequence[Said]]]]:
    """Each record once, with all that its pieces say (a requirement reworded on one of its rows is two pieces)."""
    told: dict[str, tuple[Piece, dict[str, list[Said]]]] = {}
    for piece in reading.pieces:
        _, values = told.setdefault(ids[piece.key], (piece, {}))
        for name, said in piece.values.items():
            values.setdefault(name, []).extend(said)
    return told.values()


def _one_statement(
    piece: Piece, name: str, said: Sequence[Said], before: Value, problems: list[Problem]
) -> Statement | None:
    """What a field's cells say together: where a repeated one was changed on one row, that row's words."""
    which = BY_NAME[piece.kind, name]
    changed = [one for one in said if not fields.same(which, one.value, before)]
    distinct: list[Said] = []
    for one in changed:
        if not any(fields.same(which, one.value, other.value) for other in distinct):
            distinct.append(one)
    if len(distinct) > 1 and before is None and len(said) > 1:
        blank_last = [one for one in distinct if one.value is not None]
        distinct = blank_last if len(blank_last) == 1 else distinct
    if len(distinct) > 1:
        cells = ", ".join(one.cell for one in distinct)
        problems.append(
            Problem(
                piece.sheet,
                distinct[0].cell,
                str(distinct[0].value or ""),
                f"{which.label} stands in several cells ({cells}) with different words. None of them was taken; "
                "make them the same.",
            )
        )
        return None
    chosen = (distinct or list(said))[:1]
    return Statement(chosen[0].value, chosen[0].sheet, chosen[0].cell) if chosen else None


def is_sheet_name(reading: Reading, piece: Piece) -> bool:
    """Whether a theme's words are only the name of its sheet."""
    tables = (t for t in reading.layout.tables if t.sheet == piece.sheet and t.themes is ThemesFrom.TITLE)
    return piece.kind is Kind.THEME and any(not t.theme_cell for t in tables)


def _has_lost_its_title(reading: Reading, piece: Piece) -> bool:
    """Whether a theme's words are only the name of its sheet because the title that stood there was deleted."""
    tables = (t for t in reading.layout.tables if t.sheet == piece.sheet and t.themes is ThemesFrom.TITLE)
    return piece.kind is Kind.THEME and any(t.theme_cell == NO_TITLE for t in tables)


def _twins(pieces: Sequence[Piece]) -> dict[int, int]:
    """Pieces that are one requirement by hint and number, though its words were changed on some of its rows."""
    first: dict[tuple[tuple[str, ...], Value], int] = {}
    twins = {}
    for piece in pieces:
        if len(piece.hints) == 1 and _number(piece) is not None:
            one = first.setdefault((piece.hints, _number(piece)), piece.key)
            if one != piece.key:
                twins[piece.key] = one
    return twins


def _words(piece: Piece) -> Value:
    for name in MAIN_WORDS[piece.kind]:
        for said in piece.values.get(name, ()):
            if said.value is not None:
                return said.value
    return None


def _words_of(item: Item) -> Value:
    return next((item.get(name) for name in MAIN_WORDS[item.kind] if item.get(name) is not None), None)


def _says_the_same(piece: Piece, item: Item) -> bool:
    """Whether the words are the same, those compared for which the workbook has a column."""
    spoken = [name for name in MAIN_WORDS[piece.kind] if name in piece.values]
    words = next((item.get(name) for name in spoken if item.get(name) is not None), None)
    return _words(piece) == words


def _number(piece: Piece) -> Value:
    return next((said.value for said in piece.values.get("reference", ()) if said.value is not None), None)


def _home(kind: Kind, parent: str | None) -> str | None:
    """Under what a row is looked for: a theme or a requirement may have moved anywhere."""
    return None if kind in (Kind.THEME, Kind.REQUIREMENT) else parent


def _worded(items: Iterable[Item]) -> dict[str, str]:
    """The words of records by their ids."""
    return {item.id: str(words) for item in items if (words := _words_of(item)) is not None}


def _alike(piece: Piece, worded: Mapping[str, str], least: float) -> Iterator[tuple[str, float]]:
    """The records whose words are at least so alike, in per cent. Thousands are compared in one go."""
    words = _words(piece)
    if words is not None:
        for _, alike, id in process.extract_iter(str(words), worded, scorer=fuzz.ratio, score_cutoff=least):
            yield id, alike


def _likeness(piece: Piece, item: Item) -> float:
    one, other = _words(piece), _words_of(item)
    if one is None or other is None:
        return 0.0
    return fuzz.ratio(str(one), str(other))


def _call(item: Item) -> str:
    number = item.get("reference")
    return f"{item.kind} {number}" if number else f"the {item.kind} “{str(_words_of(item) or '')[:60]}”"
