"""This file applies a standard edit to any workbook through the app's own writer, or judges a folder of them.

python -m bench.fidelity IN.xlsx OUT.xlsx     the edited workbook, or exit status 1 and the reason
python -m bench.fidelity --corpus FOLDER      each file: edited or refused, parts changed, features lost
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.packages.judging import Judgement, judge
from bench.packages.standard_edit import Edit, standard_edit
from sync.ooxml import Refused

EXTENSIONS = frozenset({".xlsx", ".xlsm"})


@dataclass(frozen=True)
class Outcome:
    """What became of one file."""

    file: str
    seconds: float
    refused: str | None = None
    edit: Edit | None = None
    notes: tuple[str, ...] = ()
    judgement: Judgement = field(default_factory=Judgement)
    crashed: str | None = None
    unread: str | None = None


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="fidelity", description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="IN OUT", help="the workbook, and where to write it")
    parser.add_argument("--corpus", type=Path, help="a folder of workbooks to edit and judge, with all its folders")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    chosen = parser.parse_args(arguments)
    if chosen.corpus is not None and not chosen.files:
        return judge_folder(chosen.corpus, as_json=chosen.json)
    if chosen.corpus is not None or len(chosen.files) != 2:
        parser.error("give a workbook and where to write it, or --corpus and a folder")
    return edit_one(*chosen.files, as_json=chosen.json)


def edit_one(source: Path, target: Path, *, as_json: bool) -> int:
    """Write the edited workbook, or say on standard error why not and write nothing."""
    try:
        edit, patched = standard_edit(source.read_bytes())
    except (Refused, OSError) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    target.write_bytes(patched.content)
    said = {**_edit_as_json(edit), "parts_changed": patched.parts_changed, "notes": patched.notes}
    print(json.dumps(said) if as_json else _told(edit, patched.notes))
    return 0


def judge_folder(folder: Path, *, as_json: bool) -> int:
    """Edit and judge every workbook; exit status 1 when any lost something."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in EXTENSIONS)
    outcomes: list[Outcome] = []
    for path in files:
        outcome = _try(path, str(path.relative_to(folder)))
        outcomes.append(outcome)
        if not as_json:
            print("\n".join(_lines(outcome)), flush=True)
    totals = _totals(outcomes)
    if as_json:
        print(json.dumps({"files": [_as_json(outcome) for outcome in outcomes], "totals": totals}))
    else:
        print("\n" + "\n".join(_total_lines(totals)))
    return 0 if all(outcome.judgement.is_faithful and not outcome.crashed for outcome in outcomes) else 1


def _try(path: Path, name: str) -> Outcome:
    content = path.read_bytes()
    started = time.perf_counter()
    try:
        edit, patched = standard_edit(content)
    except Refused as refusal:
        return Outcome(name, time.perf_counter() - started, refused=str(refusal))
    except Exception as error:  # a crash of the writer is a result to count, not the end of the measurement
        return Outcome(name, time.perf_counter() - started, crashed=f"{type(error).__name__}: {error}")
    seconds = time.perf_counter() - started
    try:
        judgement = judge(content, patched, edit)
    except Exception as error:  # the reader here is no office program: what it cannot read is told, not hidden
        return Outcome(name, seconds, edit=edit, notes=patched.notes, unread=f"{type(error).__name__}: {error}")
    return Outcome(name, seconds, edit=edit, notes=patched.notes, judgement=judgement)


def _lines(outcome: Outcome) -> Iterator[str]:
    if outcome.refused or outcome.crashed:
        yield f"{outcome.file}: {'refused' if outcome.refused else 'CRASHED'}: {outcome.refused or outcome.crashed}"
        return
    changed = ", ".join(outcome.judgement.parts_changed)
    if outcome.edit is not None:
        yield f"{outcome.file}: {_told(outcome.edit, outcome.notes)} Parts changed: {changed}"
    if outcome.unread:
        yield f"    could not be judged: {outcome.unread}"
    for title, sentences in outcome.judgement.as_json().items():
        if title != "parts_changed":
            yield from (f"    {title.replace('_', ' ')}: {sentence}" for sentence in sentences)


def _told(edit: Edit, notes: tuple[str, ...]) -> str:
    cells = ", ".join(edit.cells) or "no cell"
    rows = " and ".join(str(row) for row in edit.after)
    return " ".join((f"edited {cells} on sheet {edit.sheet!r}, rows added after {rows}.", *notes))


def _totals(outcomes: list[Outcome]) -> dict[str, object]:
    edited = [outcome for outcome in outcomes if outcome.edit is not None]
    reasons = Counter(_reason(outcome.refused) for outcome in outcomes if outcome.refused)
    return {
        "files": len(outcomes),
        "edited": len(edited),
        "edited_with_rows_at_the_end": sum("therefore went to its end" in " ".join(o.notes) for o in edited),
        "refused": dict(reasons.most_common()),
        "crashed": sum(outcome.crashed is not None for outcome in outcomes),
        "features_lost": sum(len(outcome.judgement.features_lost) for outcome in edited),
        "values_wrong": sum(len(outcome.judgement.values_wrong) for outcome in edited),
        "new_faults": sum(len(outcome.judgement.new_faults) for outcome in edited),
        "needlessly_changed": sum(len(outcome.judgement.needlessly_changed) for outcome in edited),
        "not_judged": sum(outcome.unread is not None for outcome in outcomes),
        "seconds": round(sum(outcome.seconds for outcome in outcomes), 1),
    }


def _reason(refusal: str) -> str:
    return refusal.partition(". ")[0] + "."


def _total_lines(totals: dict[str, object]) -> Iterator[str]:
    for title, total in totals.items():
        if isinstance(total, dict):
            yield f"{title}: {sum(total.values())}"
            yield from (f"    {count:4}  {reason}" for reason, count in total.items())
        else:
            yield f"{title.replace('_', ' ')}: {total}"


def _as_json(outcome: Outcome) -> dict[str, object]:
    said: dict[str, object] = {"file": outcome.file, "seconds": round(outcome.seconds, 3), "refused": outcome.refused}
    if outcome.edit is not None:
        said |= {**_edit_as_json(outcome.edit), "notes": outcome.notes, **outcome.judgement.as_json()}
    return {**said, "crashed": outcome.crashed, "unread": outcome.unread}


def _edit_as_json(edit: Edit) -> dict[str, object]:
    return {"sheet": edit.sheet, "cells": edit.cells, "rows_after": edit.after}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
