"""This file makes the sample plan's three workbooks, and what they must read as, from `sample.json`.

Run it after changing the sample or a shape: `python tests/workbooks/make.py` writes over the files in their
places, `--into FOLDER` writes them all there instead.
"""

import argparse
import json
from pathlib import Path

from expected import expect_one_sheet, expect_sheet_per_theme, expect_tables
from sample import read_sample
from shapes.one_sheet import make_one_sheet
from shapes.sheet_per_theme import make_sheet_per_theme
from shapes.tables import make_tables

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parent.parent / "plan" / "sample"  # part of the app; the other two only of its tests


def make(into: Path | None = None) -> None:
    """Promise the three workbooks and `expected.json`, all in one folder if one is named."""
    plan = read_sample()
    make_one_sheet(plan, (into or SHIPPED) / "improvement-plan.xlsx")
    make_sheet_per_theme(plan, (into or HERE) / "sheet-per-theme.xlsx")
    make_tables(plan, (into or HERE) / "tables.xlsx")
    expected = {
        "improvement-plan.xlsx": expect_one_sheet(plan),
        "sheet-per-theme.xlsx": expect_sheet_per_theme(plan),
        "tables.xlsx": expect_tables(plan),
    }
    text = json.dumps(expected, ensure_ascii=False, indent=1)
    ((into or HERE) / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the sample workbooks and what they must read as.")
    parser.add_argument("--into", type=Path, help="a folder to write them all to instead")
    make(parser.parse_args().into)
