"""This file is how sheets cross from the process that opened them to the one that asked: as plain tuples."""

import io
import pickle
import struct
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from operator import is_
from typing import IO, Any, NamedTuple

from sync.grid import Box, Cell, Grid, Place

LENGTH = struct.Struct("<Q")
AHEAD = b"+"  # begins a message that comes before the answer
# Rebuilding a day or a time is all that an answer may ask for: what opened the workbook is not trusted either.
_ALLOWED = {("datetime", "datetime"), ("datetime", "date"), ("datetime", "time")}


class Answer(NamedTuple):
    """What came of one workbook: its sheets, or the sentence why not. `spent`: ask another process next time."""

    sheets: tuple[Grid, ...]
    refusal: str | None = None
    spent: bool = False


class Unsafe(ValueError):
    """An answer holds something that no answer holds."""


def receive(stream: IO[bytes]) -> bytes | None:
    """The next message, None at the end or where it breaks off."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    content = stream.read(length)
    return content if len(content) == length else None


def send(stream: IO[bytes], message: bytes) -> None:
    """Write a message, its length before it."""
    stream.write(LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


class ToldAhead:
    """The cells that are told while the rest of their sheet is still being read, so that both can work at once."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._told: dict[int, tuple[list[Place], list[Cell]]] = {}

    def tell(self, sheet: int, cells: Mapping[Place, Cell]) -> None:
        """Send what has come to the cells of a sheet since the last time. Sheets are counted from 0."""
        places, told = self._told.setdefault(sheet, ([], []))
        new = _after(cells, len(places))
        places += new[0]
        told += new[1]
        send(self._stream, AHEAD + pickle.dumps((sheet, _spread(*new)), protocol=5))

    def count(self, sheet: int, cells: Mapping[Place, Cell]) -> int:
        """How many cells of a whole sheet were told; none where one of them has become another since."""
        places, told = self._told.get(sheet, ([], []))
        stand = places == list(islice(cells, len(places))) and all(map(is_, told, cells.values()))
        return len(places) if stand else 0


class HeardAhead:
    """The same cells where they arrive."""

    def __init__(self) -> None:
        self._heard: dict[int, dict[Place, Cell]] = {}

    def take(self, message: bytes) -> None:
        """Keep the cells of a message that begins with AHEAD. Raises as `unpacked` does."""
        sheet, spread = _plain_values(message[len(AHEAD) :])
        self._heard.setdefault(sheet, {}).update(_together(spread))

    def of(self, sheet: int, count: int) -> dict[Place, Cell]:
        """So many cells of a sheet. Raises Unsafe where not exactly so many have come; 0 asks for none."""
        heard = self._heard.pop(sheet, {}) if count else {}
        if len(heard) != count:
            raise Unsafe(count)
        return heard


def packed(answer: Answer, ahead: ToldAhead | None = None) -> bytes:
    """An answer as bytes, without the cells that were told ahead of it."""
    told = [ahead.count(place, grid.cells) if ahead else 0 for place, grid in enumerate(answer.sheets)]
    plain = [(count, *_plain(grid, count)) for count, grid in zip(told, answer.sheets, strict=True)]
    return pickle.dumps((plain, answer.refusal, answer.spent), protocol=5)


def unpacked(message: bytes, ahead: HeardAhead | None = None) -> Answer:
    """The answer that `packed` made. Raises Unsafe or pickle's errors for other bytes."""
    plain, refusal, spent = _plain_values(message)
    heard = ahead or HeardAhead()
    sheets = (_grid(heard.of(place, count), *each) for place, (count, *each) in enumerate(plain))
    return Answer(tuple(sheets), refusal, spent)


def _plain_values(message: bytes) -> Any:
    return _Plain(io.BytesIO(message)).load()


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise Unsafe(name)
        return super().find_class(module, name)


def _after(cells: Mapping[Place, Cell], count: int) -> tuple[list[Place], list[Cell]]:
    return list(islice(cells, count, None)), list(islice(cells.values(), count, None))


def _spread(places: list[Place], cells: list[Cell]) -> tuple[list[Any], ...]:
    looks: dict[tuple[Any, ...], int] = {}  # all that is not the value: few of it on one sheet
    worn = [looks.setdefault(cell[1:], len(looks)) for cell in cells]
    return list(looks), places, [cell.value for cell in cells], worn


def _together(spread: Sequence[list[Any]]) -> Iterable[tuple[Place, Cell]]:
    looks, *each = spread
    return ((place, Cell(value, *looks[look])) for place, value, look in zip(*each, strict=True))


def _plain(grid: Grid, told: int) -> tuple[Any, ...]:
    cells = _spread(*_after(grid.cells, told))
    fills = [(row, col, fill) for (row, col), fill in grid.blank_fills.items()]
    return (
        grid.sheet, grid.visible, cells, [tuple(box) for box in grid.merges], list(grid.tables), grid.filter_ref,
        sorted(grid.hidden_columns), list(grid.margins), fills, [tuple(box) for box in grid.unread_rules],
    )  # fmt: skip


def _grid(
    heard: dict[Place, Cell],
    sheet: str, visible: bool, cells: tuple[list[Any], ...], merges: list[Any], tables: list[Any],
    filter_ref: str | None, hidden: list[str], margins: list[str], fills: list[Any], unread_rules: list[Any],
) -> Grid:  # fmt: skip
    heard.update(_together(cells))
    return Grid(
        sheet=sheet,
        visible=visible,
        cells=heard,
        merges=tuple(Box(*box) for box in merges),
        tables=tuple(tables),
        filter_ref=filter_ref,
        hidden_columns=frozenset(hidden),
        margins=tuple(margins),
        blank_fills={(row, col): fill for row, col, fill in fills},
        unread_rules=tuple(Box(*box) for box in unread_rules),
    )
