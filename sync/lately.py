"""This file hands a preview on from the request that took the upload in to the one that shows its page, moments later.

It is only a shortcut: a preview is found again only while nothing that it was made of has changed, and once.
"""

import threading
import time
from collections import OrderedDict
from typing import Generic, TypeVar

MOST = 2  # previews; one of a tracker of 20,000 rows takes some hundred megabytes
SECONDS = 30.0

Made = TypeVar("Made")


class Lately(Generic[Made]):
    """What was made a moment ago, by what it was made of."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: OrderedDict[str, tuple[float, Made]] = OrderedDict()

    def keep(self, of: str, made: Made) -> None:
        """Keep it for whoever asks next."""
        with self._lock:
            self._let_go_of_old()
            self._made[of] = time.monotonic(), made
            while len(self._made) > MOST:
                self._made.popitem(last=False)

    def take(self, of: str) -> Made | None:
        """What was kept, which is then forgotten here; None where nothing was."""
        with self._lock:
            self._let_go_of_old()
            _, made = self._made.pop(of, (0.0, None))
            return made

    def _let_go_of_old(self) -> None:
        oldest = time.monotonic() - SECONDS
        for of in [of for of, (at, _) in self._made.items() if at < oldest]:
            del self._made[of]
