"""This file is the process that opens workbooks: one after another, within limits, told and telling by its pipes.

Run as `python -m sync.opening.reader`. What it is given may be hostile: whoever asked it survives its death.
"""

import gc
import os
import sys
import time

from lxml import etree

from sync.ooxml import Refused
from sync.opening.book import sheets
from sync.opening.messages import Answer, ToldAhead, packed, receive, send

SECONDS = 18  # of the processor; the one who asks waits two more
MEMORY = 500 * 1024 * 1024  # of addresses, so that what is really in use stays below 512 MB
SPENT = 1.0  # seconds of the processor; one that worked so long on a workbook grew large and gives way to a new one
TOO_LARGE = (
    "The workbook needs more memory to open than is allowed. Nothing was changed. Take out what the tracker does "
    "not need, such as other sheets or formatting far below the table, and try again."
)
DAMAGED = "The workbook could not be opened: it seems damaged. Nothing was changed. Save it again in Excel and retry."


def main() -> None:
    """Open what arrives on standard input until it ends."""
    asked, told = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that prints by accident shall end up in an answer
    gc.disable()  # sheets hold no rings, and looking for some among a million cells takes longer than reading them
    limit_memory()
    while (content := receive(asked)) is not None:
        limit_time()
        ahead = ToldAhead(told)
        send(told, answer(content, ahead))


def answer(content: bytes, ahead: ToldAhead) -> bytes:
    """What came of a workbook, ready to be sent. Whatever happens short of this process's death, it is an answer."""
    began = time.process_time()
    try:
        found = sheets(content, ahead.tell)
        return packed(Answer(found, None, time.process_time() - began > SPENT), ahead)
    except MemoryError:
        return packed(Answer((), TOO_LARGE, spent=True))
    except Refused as why:
        return packed(Answer((), TOO_LARGE if _is_memory(why.__cause__) else str(why)))
    except Exception:
        return packed(Answer((), DAMAGED, spent=True))


def _is_memory(why: BaseException | None) -> bool:
    starved = isinstance(why, etree.LxmlError) and "memory" in str(why).lower()
    return starved or isinstance(why, MemoryError)


if sys.platform == "win32":  # it has no such limits; there the one who asks watches the clock

    def limit_memory() -> None:
        """Nothing to be done here."""

    def limit_time() -> None:
        """Nothing to be done here."""

else:
    import resource

    def limit_memory() -> None:
        """Let this process use so much memory and write no file."""
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def limit_time() -> None:
        """Let the next workbook take so much of the processor's time."""
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + SECONDS, most))


if __name__ == "__main__":
    main()
