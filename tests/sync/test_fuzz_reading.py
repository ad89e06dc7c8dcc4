"""This file proves that however a workbook is spoiled, it is read, written and previewed, or refused in a sentence."""

import io
import os
import random
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from plan.fields import Kind
from sync import roundtrip
from sync.explain import explain, scale_in_words
from sync.ooxml import CellEdit, HiddenColumn, Marking, Package, Refused, RowInsert, RowRemove
from sync.read_workbook import Unreadable, read
from sync.reading import Reading
from sync.roundtrip import Unwritable, WrongPlan

pytestmark = pytest.mark.slow
SAMPLE = Path(__file__).resolve().parents[2] / "plan" / "sample" / "improvement-plan.xlsx"
SECONDS = 60 if os.environ.get("CI") == "true" else 6  # for all of them together
ODD = [
    b"", b"\0", b"<", b">", b"&#0;", b"&x;", b"-1", b"1e999", b"999999999999", b"XFD1048577", b"A0", b"s", b"n",
    b"\xff", b"<row>", b"</row>", b"<c/>", b"</worksheet>", b"<!--", b"<![CDATA[", b"A1:XFD1048576", b"\xef\xbf\xbe",
]  # fmt: skip
SHEET = "Improvement Plan"
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


@pytest.fixture
def each_spoiled():
    """`each_spoiled(package, act)` does something to one spoiled copy after another until its share of time is up."""

    def each_spoiled(package, act):
        seed, until = 0, time.monotonic() + SECONDS / 4
        while time.monotonic() < until:
            seed += 1
            chance = random.Random(seed)
            act(chance.choice([spoiled, with_a_spoiled_part, with_a_spoiled_part])(package, chance), f"seed {seed}")
        assert seed > 1

    return each_spoiled


def outcome(act, *refusals):
    """What an act comes to: its answer, or the sentence that refuses it."""
    try:
        return act()
    except refusals as why:
        return str(why)


def is_well(found):
    return not isinstance(found, str) or "nothing was changed" in found.lower()


def test_a_spoiled_workbook_is_read_or_refused(each_spoiled):
    def act(content, seed):
        outcome = comes_to(content)
        assert isinstance(outcome, Reading) or "Nothing was changed" in outcome, seed

    each_spoiled(SAMPLE.read_bytes(), act)


EDITS = {
    "cells": [CellEdit(SHEET, "C8", "=words"), CellEdit(SHEET, "B9", None), CellEdit(SHEET, "H8", date(2013, 9, 30))],
    "inserts": [RowInsert(SHEET, 9, 9, {"B": "new"}, hidden="action:k3f9k3f9k3")],
    "removes": [RowRemove(SHEET, 12)],
    "columns": [HiddenColumn(SHEET, None, 4, "Plan record", {8: "action:k3f9k3f9k3"})],
    "marking": Marking("OFFICIAL"),
}


def test_a_spoiled_package_is_patched_or_refused(each_spoiled):
    def act(content, seed):
        found = outcome(lambda: Package.open(content).patch(**EDITS, else_at_end=True), Refused)
        assert is_well(found), seed
        if not isinstance(found, str) and isinstance(comes_to(content), Reading):
            assert isinstance(comes_to(found.content), Reading), seed

    each_spoiled(SAMPLE.read_bytes(), act)


def test_a_spoiled_upload_is_previewed_or_refused(each_spoiled, desk_of):
    desk = desk_of("one-sheet")

    def act(content, seed):
        assert is_well(outcome(lambda: desk.decided(content), Unreadable, WrongPlan)), seed

    each_spoiled(desk.download(), act)


def test_a_spoiled_upload_is_brought_up_to_date_or_refused(each_spoiled, desk_of):
    desk = desk_of("tables")
    content = desk.download()
    desk.change(desk.now.of(Kind.ACTION)[0], "text", "Write it otherwise")
    desk.add(Kind.ACTION, desk.requirement("2").id, text="Write it anew")

    def act(content, seed):
        found = outcome(
            lambda: roundtrip.updated(desk.session, desk.plan, content, "staff.xlsx", on=date(2013, 8, 1)),
            Unreadable, Unwritable, WrongPlan,
        )  # fmt: skip
        assert is_well(found), seed

    each_spoiled(content, act)
