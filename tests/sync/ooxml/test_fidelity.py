"""This file tests that the fidelity check edits, refuses, and really sees what a bad writer would lose."""

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from bench import fidelity
from bench.packages.judging import judge
from bench.packages.standard_edit import standard_edit

SHEET_PART = "xl/worksheets/sheet1.xml"
CORPUS = Path(os.environ.get("TRACKERS", Path(__file__).parents[4] / "shared")) / "corpus"


@pytest.fixture(scope="module")
def edited(plan_workbook):
    return standard_edit(plan_workbook)


def judged(before, edited, content):
    edit, patched = edited
    return judge(before, patched.__class__(content, patched.parts_changed, patched.notes, patched.moved), edit)


def test_our_own_edit_is_faithful(plan_workbook, edited):
    judgement = judge(plan_workbook, edited[1], edited[0])
    assert judgement.is_faithful
    assert len(edited[0].cells) == 3


@pytest.mark.parametrize(
    ("name", "old", "new", "where"),
    [
        (SHEET_PART, '<pageMargins left="0.7"', "<pageMargins", "features_lost"),
        (SHEET_PART, '<brk id="7" max="16383" man="1"/>', "", "features_lost"),
        (SHEET_PART, "<x14:negativeFillColor rgb=", "<x14:axisColor rgb=", "features_lost"),
        (SHEET_PART, '<row r="4" ', '<row r="40" ', "new_faults"),
        (SHEET_PART, '<mergeCell ref="A8:A9"', '<mergeCell ref="B8:B9"', "new_faults"),
        (SHEET_PART, "<f>LEN(D4)</f>", "", "values_wrong"),
        ("xl/sharedStrings.xml", "Improvement plan", "Another plan", "values_wrong"),
        ("xl/styles.xml", "<cellXfs ", "<cellXfs  ", "needlessly_changed"),
        ("[Content_Types].xml", "/xl/styles.xml", "/xl/stylez.xml", "new_faults"),
    ],
)
def test_it_sees_what_a_bad_writer_does(plan_workbook, edited, with_text, name, old, new, where):
    spoilt = with_text(edited[1].content, name, old, new)
    assert getattr(judged(plan_workbook, edited, spoilt), where)


def test_one_workbook_is_edited_or_refused_with_the_reason(tmp_path, plan_workbook, capsys):
    source, target = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    source.write_bytes(plan_workbook)
    assert fidelity.main([str(source), str(target)]) == 0
    assert target.exists()
    target.unlink()
    source.write_bytes(b"not a workbook")
    assert fidelity.main([str(source), str(target)]) == 1
    assert "not an Excel workbook" in capsys.readouterr().err
    assert not target.exists()


def test_a_folder_is_judged_as_one_json_document(tmp_path, plan_workbook, capsys):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "plan.xlsx").write_bytes(plan_workbook)
    (tmp_path / "broken.xlsx").write_bytes(b"")
    assert fidelity.main(["--corpus", str(tmp_path), "--json"]) == 0
    totals = json.loads(capsys.readouterr().out)["totals"]
    assert (totals["edited"], sum(totals["refused"].values()), totals["features_lost"]) == (1, 1, 0)


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not on this machine")
def test_nothing_is_lost_in_any_real_workbook(capsys):
    assert fidelity.main(["--corpus", str(CORPUS), "--json"]) == 0
    totals = json.loads(capsys.readouterr().out)["totals"]
    assert (totals["crashed"], totals["not_judged"]) == (0, 0)


MEASURED = """
import sys, time
from pathlib import Path
from bench import fidelity
status = fidelity.main(sys.argv[1:])
peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(status, time.process_time(), peak)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process's own peak of memory")
def test_fifty_thousand_rows_take_five_seconds_and_250_mb(tmp_path):
    source = tmp_path / "in.xlsx"
    book = xlsxwriter.Workbook(source, {"constant_memory": True})
    sheet = book.add_worksheet("Plan")
    for row, column in itertools.product(range(50_000), range(12)):
        sheet.write_string(row, column, f"Row {row} column {column} with words about the plan")
    book.close()
    command = [sys.executable, "-c", MEASURED, str(source), str(tmp_path / "out.xlsx")]
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[3])
    status, seconds, kilobytes = told.stdout.splitlines()[-1].split()
    assert (status, float(seconds) < 5, int(kilobytes) < 250_000) == ("0", True, True)
