"""This file hands a preview on from one request to the next: from upload to page, to its other parts, to accepting.

It is only a shortcut: a preview is found again only while nothing that it was made of has changed, and once.
"""

import threading
import time
from collections import OrderedDict
from typing import Generic, TypeVar

MOST = 2  # previews; one of a tracker of 20,000 rows takes some hundred megabytes
SECONDS = 60.0

Made = TypeVar("Made")


class Lately(Generic[Made]):
    """What was made a moment ago, by what it was made of."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: OrderedDict[str, tuple[float, Made]] = OrderedDict()
        self._clock: threading.Timer | None = None

    def keep(self, of: str, made: Made) -> None:
        """Keep it for whoever asks next."""
        with self._lock:
            self._let_go_of_old()
            self._made[of] = time.monotonic(), made
            while len(self._made) > MOST:
                self._made.popitem(last=False)
            self._look_again_later()

    def take(self, of: str) -> Made | None:
        """What was kept, which is then forgotten here; None where nothing was."""
        with self._lock:
            self._let_go_of_old()
            _, made = self._made.pop(of, (0.0, None))
            return made

    def _look_again_later(self) -> None:
        """Nobody may ask for hours, and it would lie there."""
        if self._clock is None and self._made:
            self._clock = threading.Timer(SECONDS + 1, self._look_again)
            self._clock.daemon = True
            self._clock.start()

    def _look_again(self) -> None:
        with self._lock:
            self._clock = None
            self._let_go_of_old()
            self._look_again_later()

    def _let_go_of_old(self) -> None:
        oldest = time.monotonic() - SECONDS
        for of in [of for of, (at, _) in self._made.items() if at < oldest]:
            del self._made[of]
