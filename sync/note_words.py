"""This file is the words of a note on a cell that awaits sign-off, and knows them again."""

import re
from collections.abc import Sequence
from datetime import date

from plan.timescale import say_date

BEGINS = "Awaits sign-off: "
LONGEST = 300  # characters of the words signed last
OURS = re.compile(
    rf"(?:\A|\n)\n*{BEGINS}(?:[^\n]* on \d{{1,2}} [A-Z][a-z]+ \d{{4}} \([^\n]*\)\. "
    r"Signed-off words: (?:none|“[^”\n]*”)\.|[\d,]+ more entries of this cell\.)"
)


def note(what: str, by: Sequence[str], on: date, where: str, signed: str) -> str:
    """One entry: what happened to it ("changed"), by whom, when last, from where, and its signed-off words if any."""
    said = _on_one_line(signed, LONGEST).replace("”", '"')
    words = f"“{said}”" if said else "none"
    made = f"{_on_one_line(what)} by {_on_one_line(_listed(by))} on {say_date(on)} ({_on_one_line(where)})"
    return f"{BEGINS}{made}. Signed-off words: {words}."


def more(count: int) -> str:
    """What stands for further entries of the same cell."""
    return f"{BEGINS}{count:,} more entries of this cell."


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _on_one_line(words: str, longest: int = 120) -> str:
    line = " ".join(words.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
