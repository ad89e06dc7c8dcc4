"""This room is the only entrance of sync: bring a tracker in, preview an upload, accept it, download the tracker.

    staff's file --read--> reading --identity--> what it states --\\
    history ------------------------------------> the base      --> merge.decide() --> preview --> a person accepts
    the plan now -------------------------------> the plan     --/                                  |-> one revision
                                                                                                    '-> the same file
"""

from sync.checked import Unwritable
from sync.open_workbook import Unreadable, be_ready
from sync.roundtrip.accepting import accept
from sync.roundtrip.answers import Accepted, Download, NoTracker, Preview, Unsettled, WrongPlan
from sync.roundtrip.bringing import check_file, import_plan, read_sheets, read_tracker, sheets_of
from sync.roundtrip.comparing import preview
from sync.roundtrip.downloading import annotated, download, updated

__all__ = [
    "Accepted",
    "Download",
    "NoTracker",
    "Preview",
    "Unreadable",
    "Unsettled",
    "Unwritable",
    "WrongPlan",
    "accept",
    "annotated",
    "be_ready",
    "check_file",
    "download",
    "import_plan",
    "preview",
    "read_sheets",
    "read_tracker",
    "sheets_of",
    "updated",
]
