"""This file times the reports of the sample plan: the review as Word within 2 seconds, as PDF within 5.

python -m bench.documents [--workbook TRACKER.xlsx] [--json]
"""

import argparse
import json
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from plan import database
from plan.ledger import Step
from plan.models import Base, Plan, Source
from reports import making, pdf
from reports.making import Format, Kind
from reports.source import Wanted
from sync import roundtrip

SAMPLE = Path(__file__).resolve().parents[1] / "plan" / "sample" / "improvement-plan.xlsx"
LIMITS = {(Kind.REVIEW, Format.WORD): 2.0, (Kind.REVIEW, Format.PDF): 5.0}  # seconds, of issue 5
TODAY = date(2026, 11, 1)


class Taken(NamedTuple):
    """Seconds by the clock, and of the processor alone: on a busy machine they differ."""

    clock: float
    processor: float


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="documents", description=__doc__.partition("\n")[0])
    parser.add_argument("--workbook", type=Path, default=SAMPLE, help="the tracker to make the plan of")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        measured = _measure(chosen.workbook, Path(folder))
    if chosen.json:
        print(json.dumps([{"kind": kind, "form": form, **took._asdict()} for (kind, form), took in measured.items()]))
    else:
        print("\n".join(_told(*which, took) for which, took in measured.items()))
    return int(any(took.clock > LIMITS.get(which, took.clock) for which, took in measured.items()))


def _measure(workbook: Path, folder: Path) -> dict[tuple[Kind, Format], Taken]:
    """Seconds from the database to the file, the first of each kind of file included in what it loads."""
    engine = create_engine(f"sqlite:///{folder / 'plan.sqlite'}")
    database.prepare(engine)
    database.look_only(False)
    forms = [form for form in Format if form is not Format.PDF or pdf.is_possible()]
    with Session(engine) as session:
        plan = _plan(session, workbook)
        taken = {(kind, form): _take(session, plan, kind, form) for kind in Kind for form in forms}
    engine.dispose()
    return taken


def _plan(session: Session, workbook: Path) -> Plan:
    Base.metadata.create_all(session.connection())
    step = Step(None, datetime(2013, 7, 1, tzinfo=UTC), Source.IMPORT, file=workbook.name)
    content = workbook.read_bytes()
    plan, _ = roundtrip.import_plan(
        session, content, workbook.name, step, title=None, slug=None, year=2013, agreed=True
    )
    return plan


def _take(session: Session, plan: Plan, kind: Kind, form: Format) -> Taken:
    begun, worked = perf_counter(), process_time()
    making.write(making.make(session, plan, kind, Wanted(), TODAY), form)
    return Taken(round(perf_counter() - begun, 3), round(process_time() - worked, 3))


def _told(kind: Kind, form: Format, took: Taken) -> str:
    limit = LIMITS.get((kind, form))
    at_most = f"   at most {limit:g} s" if limit else ""
    return f"{kind:8}{form:6}{took.clock:8.3f} s{took.processor:8.3f} s of the processor{at_most}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
