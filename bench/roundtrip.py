"""This file times the round trip of a tracker at several sizes, beside openpyxl and, where it is there, a peer.

python -m bench.roundtrip                                    150, 2,000 and 20,000 rows
python -m bench.roundtrip --rows 150 --peer FOLDER --peer-venv FOLDER    beside Django with django-import-export
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.trips.making import tracker
from bench.trips.ours import trip
from bench.trips.peer import peer_trip

SIZES = (150, 2_000, 20_000)
Seconds = Mapping[str, float]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="roundtrip", description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="*", default=list(SIZES), help="how many actions the tracker has")
    parser.add_argument("--peer", type=Path, help="the peer's folder: manage.py, start.sh, jobs.py")
    parser.add_argument("--peer-venv", type=Path, help="the virtual environment with the peer's Django")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    chosen = parser.parse_args(arguments)
    if (chosen.peer is None) != (chosen.peer_venv is None):
        parser.error("give the peer's folder and its virtual environment, or neither")
    measured = [_measure(rows, chosen.peer, chosen.peer_venv) for rows in chosen.rows]
    if chosen.json:
        print(json.dumps(measured))
    else:
        print("\n\n".join(_told(one) for one in measured))
    return 0


def _measure(rows: int, peer: Path | None, environment: Path | None) -> dict[str, object]:
    """One size, the peer first or not at all: both in one run, so that both meet the same machine."""
    with tempfile.TemporaryDirectory() as folder:
        theirs = peer_trip(rows, Path(folder), peer, environment) if peer and environment else {}
        ours = trip(tracker(rows), Path(folder))
    return {"rows": rows, "ours": ours, "peer": theirs}


def _told(measured: Mapping[str, object]) -> str:
    ours, theirs = measured["ours"], measured["peer"]
    assert isinstance(ours, dict)
    assert isinstance(theirs, dict)
    floor = ours["openpyxl load + save"]
    lines = [f"{measured['rows']:,} rows", f"{'':24}{'seconds':>9}{'/ openpyxl':>12}{'peer':>9}{'/ peer':>9}"]
    for step, seconds in ours.items():
        line = f"{step:24}{seconds:9.3f}{seconds / floor:12.2f}"
        lines.append(f"{line}{theirs[step]:9.3f}{seconds / theirs[step]:9.2f}" if step in theirs else line)
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
