"""This file proves that the sample workbooks are what their makers make, and hold what they should."""

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

PROJECT = Path(__file__).resolve().parents[2]
WORKBOOKS = PROJECT / "tests" / "workbooks"
PLACES = {
    "improvement-plan.xlsx": PROJECT / "plan" / "sample" / "improvement-plan.xlsx",
    "sheet-per-theme.xlsx": WORKBOOKS / "sheet-per-theme.xlsx",
    "tables.xlsx": WORKBOOKS / "tables.xlsx",
}
EXPECTED = json.loads((WORKBOOKS / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    command = [sys.executable, str(WORKBOOKS / "make.py"), "--into", str(folder)]
    subprocess.run(command, check=True, timeout=60)
    return folder


def parts_of(path):
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def words_in(path):
    cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    return {cell.value for cell in cells if isinstance(cell.value, str)}


def requirements_of(name):
    themes = EXPECTED[name]["plan"]["themes"]
    return [requirement for theme in themes for requirement in theme["requirements"]]


def texts_under(name, kind):
    records = [record for requirement in requirements_of(name) for record in requirement[kind]]
    return {record["text"] for record in records if record["text"]}


@pytest.mark.parametrize("name", PLACES)
def test_the_makers_make_each_workbook_again_part_by_part(name, made):
    assert parts_of(made / name) == parts_of(PLACES[name])


def test_the_makers_say_again_what_the_workbooks_must_read_as(made):
    assert json.loads((made / "expected.json").read_text(encoding="utf-8")) == EXPECTED


def test_the_sample_plan_tells_the_size_of_a_real_review():
    assert EXPECTED["improvement-plan.xlsx"]["counts"] == {
        "themes": 8,
        "requirements": 28,
        "green": 5,
        "red": 2,
        "amber": 21,
        "achievements": 93,
        "evidence": 71,
        "actions": 78,
        "indicators": 7,
        "readings": 9,
        "audits": 2,
    }


@pytest.mark.parametrize("name", ["improvement-plan.xlsx", "tables.xlsx"])
@pytest.mark.filterwarnings("ignore:Sparkline Group extension")
def test_every_expected_text_stands_in_a_cell_of_its_own(name):
    wanted = {requirement["text"] for requirement in requirements_of(name)}
    wanted |= texts_under(name, "achievements") | texts_under(name, "actions")
    assert wanted <= words_in(PLACES[name])


def test_the_parts_of_each_audit_add_up():
    audits = [it for requirement in requirements_of("improvement-plan.xlsx") for it in requirement["audits"]]
    assert [audit["total"] for audit in audits] == [1440, 41]
    assert [sum(audit["grades"].values()) for audit in audits] == [1440, 41]


@pytest.mark.parametrize("mark", ["‘", "’", "“", "”", "–", "£", "'", '"', "\n", "\N{NO-BREAK SPACE}"])
@pytest.mark.filterwarnings("ignore:Sparkline Group extension")
def test_the_sample_plan_keeps_the_typography_of_real_staff(mark):
    assert any(mark in words for words in words_in(PLACES["improvement-plan.xlsx"]))
