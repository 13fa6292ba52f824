"""What is counted of callers, as the library `limits` asks for it, kept in this process. What is counted, and how often
it may be, is not known here."""

from __future__ import annotations

import time
from threading import Lock
from typing import Final

from limits.storage import MemoryStorage

#: of so few that are over, nobody looks for them
FEW: Final = 1_000


class Counts(MemoryStorage):
    """The library's own begins a thread at nearly every count, which looks through all of them for those that are over.
    Here whoever counts does, when there are twice as many as were left the last time: so there are never more."""

    def __init__(self) -> None:
        super().__init__()
        self._counting = Lock()
        self._most = FEW

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """See `MemoryStorage.incr`."""
        with self._counting:
            if len(self.expirations) > self._most:
                self._drop_what_is_over()
            if not self.get(key):
                self.expirations[key] = time.time() + expiry
            self.storage[key] += amount
            return self.storage[key]

    def _drop_what_is_over(self) -> None:
        now = time.time()
        for key in [key for key, until in self.expirations.items() if until <= now]:
            self.clear(key)
        self._most = max(FEW, 2 * len(self.expirations))
