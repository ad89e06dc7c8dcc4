"""This file keeps processes that open workbooks, asks them, and ends those that take too long or too much."""

import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from sync.opening.messages import AHEAD, Answer, HeardAhead, receive, send, unpacked

PATIENCE = 20.0  # seconds on the clock for one workbook
AT_ONCE = 2
TOO_SLOW = (
    "The workbook took longer than 20 seconds to open, so it was put aside. Nothing was changed. Take out what the "
    "tracker does not need, such as other sheets or formatting far below the table, and try again."
)
LOST = (
    "The workbook could not be opened: it is damaged or far larger inside than a tracker can be. Nothing was "
    "changed. Copy the tracker's table into a new workbook and try again."
)
_OUT_OF_TIME = getattr(signal, "SIGXCPU", -1)
_ROOT = Path(__file__).resolve().parents[2]
# The plan's passwords and addresses are none of a reader's business.
_TOLD = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMP", "TEMP", "LD_LIBRARY_PATH")

_turn = threading.BoundedSemaphore(AT_ONCE)
_lock = threading.Lock()


class Reader:
    """One process that opens workbooks, for one caller at a time."""

    def __init__(self) -> None:
        self.environment = {name: os.environ[name] for name in _TOLD if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sync.opening.reader"],
            cwd=_ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    @property
    def is_alive(self) -> bool:
        """Whether it can still be asked."""
        return self._process.poll() is None

    def ask(self, content: bytes, patience: float) -> Answer:
        """What it makes of a workbook; a refusal, and its end, where it gave no answer in time."""
        began = time.monotonic()
        watch = threading.Timer(patience, self._process.kill)
        watch.start()
        try:
            answer = self._answer(content)
        finally:
            watch.cancel()
        if answer is not None:
            return answer
        self.end()
        late = time.monotonic() - began >= patience or self._process.returncode == -_OUT_OF_TIME
        return Answer((), TOO_SLOW if late else LOST, spent=True)

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()

    def _answer(self, content: bytes) -> Answer | None:
        told, heard = self._process.stdin, self._process.stdout
        if told is None or heard is None:
            return None
        try:
            send(told, content)
            ahead = HeardAhead()
            while (message := receive(heard)) is not None and message.startswith(AHEAD):
                ahead.take(message)
            return None if message is None else unpacked(message, ahead)
        except (OSError, ValueError, TypeError, LookupError, pickle.UnpicklingError, EOFError, MemoryError):
            return None


_idle: list[Reader] = []


def ask(content: bytes, patience: float = PATIENCE) -> Answer:
    """What a reader makes of a workbook, within `patience` seconds. Whatever the content, it is an answer."""
    with _turn:
        reader = _take()
        answer = reader.ask(content, patience)
        if answer.spent:
            reader.end()
            reader = Reader()  # warm by the time that somebody asks again
        with _lock:
            _idle.append(reader)
    return answer


def be_ready() -> None:
    """Have a process waiting before the first workbook comes: it takes a moment to begin."""
    with _lock:
        if not _idle:
            _idle.append(Reader())


def _take() -> Reader:
    while True:
        with _lock:
            reader = _idle.pop() if _idle else None
        if reader is None:
            return Reader()
        if reader.is_alive:
            return reader
        reader.end()


@atexit.register
def end_all() -> None:
    """End every process that waits for work."""
    with _lock:
        while _idle:
            _idle.pop().end()


if hasattr(os, "register_at_fork"):
    # A copy of this process must not talk into the pipes of the original's readers.
    os.register_at_fork(after_in_child=_idle.clear)
