"""This file keeps Python from looking for rings of objects while the many values of a workbook or document are made."""

import gc
import threading
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answered = TypeVar("Answered")


def undisturbed(work: Callable[Asked, Answered]) -> Callable[Asked, Answered]:
    """The same work with the search for rings put off until nobody does such work any more.

    A tracker of 20,000 rows is a million values that hold no rings; searching them again and again takes longer
    than reading them, and a third of the time of a PDF. Memory in use is freed as ever, rings when the work is done.
    """

    @wraps(work)
    def quietly(*args: Asked.args, **named: Asked.kwargs) -> Answered:
        _turns.begin()
        try:
            return work(*args, **named)
        finally:
            _turns.end()

    return quietly


class _Turns:
    """How many do such work now: the last one out lets the search begin again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at_work = 0

    def begin(self) -> None:
        """One more is at work."""
        with self._lock:
            self._at_work += 1
            gc.disable()

    def end(self) -> None:
        """One has finished."""
        with self._lock:
            self._at_work -= 1
            if not self._at_work:
                gc.freeze()
                gc.unfreeze()  # so that what was made counts as old, and is not all looked through at the next chance
                gc.enable()


_turns = _Turns()
