"""This file is the process that reads a strange file: its bytes come in, a new workbook goes out."""

import sys

from sync.open_workbook import Unreadable
from sync.other_kinds import old_excel, open_document, separated, tidy
from sync.other_kinds.limits import DAMAGED_OR_LARGE, REFUSED, limit
from sync.other_kinds.recognise import OtherKind

READERS = {OtherKind.CSV: separated.pages, OtherKind.ODS: open_document.pages, OtherKind.XLS: old_excel.pages}


def run() -> int:
    """The status to exit with: 0, or REFUSED with a sentence on standard error."""
    limit()
    try:
        pages = READERS[OtherKind(sys.argv[1])](sys.stdin.buffer.read())
        sys.stdout.buffer.write(tidy.workbook(pages))
    except Unreadable as refusal:
        sys.stderr.buffer.write(str(refusal).encode())
        return REFUSED
    except MemoryError:
        sys.stderr.buffer.write(DAMAGED_OR_LARGE.encode())
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(run())
