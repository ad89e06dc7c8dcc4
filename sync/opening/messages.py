"""This file is how sheets cross from the process that opened them to the one that asked: as plain tuples."""

import io
import pickle
import struct
from typing import IO, Any, NamedTuple

from sync.grid import Box, Cell, Grid

LENGTH = struct.Struct("<Q")
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


def packed(answer: Answer) -> bytes:
    """An answer as bytes."""
    plain = [_plain(grid) for grid in answer.sheets]
    return pickle.dumps((plain, answer.refusal, answer.spent), protocol=5)


def unpacked(message: bytes) -> Answer:
    """The answer that `packed` made. Raises Unsafe or pickle's errors for other bytes."""
    plain, refusal, spent = _Plain(io.BytesIO(message)).load()
    return Answer(tuple(_grid(*each) for each in plain), refusal, spent)


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise Unsafe(name)
        return super().find_class(module, name)


def _plain(grid: Grid) -> tuple[Any, ...]:
    looks: dict[tuple[Any, ...], int] = {}  # all that is not the value: few of it on one sheet
    worn = [looks.setdefault(cell[1:], len(looks)) for cell in grid.cells.values()]
    cells = list(looks), list(grid.cells), [cell.value for cell in grid.cells.values()], worn
    fills = [(row, col, fill) for (row, col), fill in grid.blank_fills.items()]
    return (
        grid.sheet, grid.visible, cells, [tuple(box) for box in grid.merges], list(grid.tables), grid.filter_ref,
        sorted(grid.hidden_columns), list(grid.margins), fills,
    )  # fmt: skip


def _grid(
    sheet: str, visible: bool, cells: tuple[list[Any], ...], merges: list[Any], tables: list[Any],
    filter_ref: str | None, hidden: list[str], margins: list[str], fills: list[Any],
) -> Grid:  # fmt: skip
    looks, *spread = cells
    return Grid(
        sheet=sheet,
        visible=visible,
        cells={place: Cell(value, *looks[look]) for place, value, look in zip(*spread, strict=True)},
        merges=tuple(Box(*box) for box in merges),
        tables=tuple(tables),
        filter_ref=filter_ref,
        hidden_columns=frozenset(hidden),
        margins=tuple(margins),
        blank_fills={(row, col): fill for row, col, fill in fills},
    )
