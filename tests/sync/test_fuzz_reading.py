"""This file proves that however a workbook is spoiled, it is read or refused in a sentence, and nothing else."""

import io
import os
import random
import time
import zipfile
from pathlib import Path

import pytest

from sync.explain import explain, scale_in_words
from sync.read_workbook import Unreadable, read
from sync.reading import Reading

SAMPLE = Path(__file__).resolve().parents[2] / "plan" / "sample" / "improvement-plan.xlsx"
SECONDS = 60 if os.environ.get("CI") == "true" else 5
ODD = [
    b"", b"\0", b"<", b">", b"&#0;", b"&x;", b"-1", b"1e999", b"999999999999", b"XFD1048577", b"A0", b"s", b"n",
    b"\xff", b"<row>", b"</row>", b"<c/>", b"</worksheet>", b"<!--", b"<![CDATA[", b"A1:XFD1048576", b"\xef\xbf\xbe",
]  # fmt: skip
PARTS = ("xl/worksheets/", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/theme", "_rels/")


def spoiled(bytes_of, chance):
    """The bytes with a few places cut, doubled, swapped or filled with what no program writes there."""
    content = bytearray(bytes_of)
    for _ in range(chance.choice([1, 1, 1, 2, 5, 20])):
        at = chance.randrange(len(content) + 1)
        to = min(len(content), at + chance.choice([0, 1, 1, 2, 8, 64]))
        content[at:to] = chance.choice([chance.choice(ODD), content[at:to] * 2, content[at:to][::-1]])
    return bytes(content)


def with_a_spoiled_part(package, chance):
    """The package with one part spoiled, in its text or by one of its attributes' values."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice([name for name in names if name.startswith(PARTS) or name.endswith(".rels")])
        for name in names:
            part = old.read(name)
            new.writestr(name, spoiled_attribute(part, chance) if name == chosen else part)
    return made.getvalue()


def spoiled_attribute(part, chance):
    values = part.split(b'"')
    if len(values) < 3 or chance.random() < 0.4:
        return spoiled(part, chance)
    values[chance.randrange(1, len(values) - 1, 2)] = chance.choice(ODD).replace(b"<", b"")
    return b'"'.join(values)


def comes_to(content):
    try:
        reading = read(content)
    except Unreadable as why:
        return str(why)
    return reading if explain(reading) and scale_in_words(reading) is not None else None


@pytest.mark.slow
@pytest.mark.parametrize("spoil", [spoiled, with_a_spoiled_part], ids=["bytes", "parts"])
def test_a_spoiled_workbook_is_read_or_refused(spoil):
    package, seed, until = SAMPLE.read_bytes(), 0, time.monotonic() + SECONDS / 2
    while time.monotonic() < until:
        seed += 1
        outcome = comes_to(spoil(package, random.Random(seed)))
        assert isinstance(outcome, Reading) or "Nothing was changed" in outcome, f"seed {seed}"
    assert seed > SECONDS
