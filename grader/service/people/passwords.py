"""How passwords are kept and compared. No table stands here."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

#: what a password must have at least, and what nobody types
SHORTEST: Final = 8
LONGEST: Final = 500
#: each comparison takes 64 MB of memory for some 50 ms, so only so many are made at once in a process
AT_ONCE: Final = 4


class Passwords:
    """One way of keeping passwords: argon2id, with the parameters of its hasher."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._at_once = threading.BoundedSemaphore(AT_ONCE)

    def kept(self, password: str) -> str:
        """What is kept of a password."""
        with self._at_once:
            return self._hasher.hash(password[:LONGEST])

    def agree(self, kept: str | None, password: str) -> bool:
        """Whether it is the password; where none is kept, the answer is no and takes as long."""
        with self._at_once:
            try:
                agrees = self._hasher.verify(kept or self._nobodys, password[:LONGEST])
            except (Argon2Error, InvalidHashError):
                return False
        return agrees and kept is not None

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("")

    def is_outdated(self, kept: str) -> bool:
        """Whether it was kept with other parameters than new ones are."""
        return self._hasher.check_needs_rehash(kept)
