"""This file has a strange file read in a process of its own, which can die of it without harm to anybody."""

import os
import subprocess
import sys
from pathlib import Path

from sync.open_workbook import Unreadable
from sync.other_kinds.limits import DAMAGED_OR_LARGE, REFUSED, SECONDS
from sync.other_kinds.recognise import OtherKind

_PROJECT = Path(__file__).resolve().parents[2]
# The app's passwords and addresses are none of that process's business.
_TOLD = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMP", "TEMP", "TMPDIR", "LD_LIBRARY_PATH")


def made_apart(kind: OtherKind, content: bytes) -> bytes:
    """The .xlsx workbook made of a file of this kind. Raises Unreadable with a sentence."""
    command = [sys.executable, "-m", "sync.other_kinds.child", kind.value]
    told = {name: os.environ[name] for name in _TOLD if name in os.environ}
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, check=False, cwd=_PROJECT, env=told
        )
    except subprocess.TimeoutExpired as late:
        raise Unreadable(DAMAGED_OR_LARGE) from late
    if done.returncode == REFUSED:
        raise Unreadable(done.stderr.decode("utf-8", "replace"))
    if done.returncode != 0:
        raise Unreadable(DAMAGED_OR_LARGE)
    return done.stdout
