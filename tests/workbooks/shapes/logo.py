"""This file draws the invented council's logo, a bridge over a river, with the standard library alone."""

import struct
import zlib
from math import sin

WIDTH, HEIGHT = 180, 60
PAPER, STONE, WATER = (255, 255, 255), (31, 73, 125), (79, 129, 189)


def draw_logo() -> bytes:
    """Promise the same bytes on every machine: the picture is stored, not compressed."""
    rows = b"".join(b"\0" + bytes(_row(y)) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _row(y: int) -> list[int]:
    return [part for x in range(WIDTH) for part in _colour(x, y)]


def _colour(x: int, y: int) -> tuple[int, int, int]:
    if y > 46 + 3 * sin(x / 9):
        return WATER
    in_the_arch = ((x % 60) - 30) ** 2 / 24**2 + (y - 50) ** 2 / 30**2 < 1
    return STONE if y > 12 and not in_the_arch else PAPER


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
