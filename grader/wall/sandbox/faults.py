"""Which faults of a machine pass, and which stay: only one that stays is a reason to take a weaker sandbox, or none.

Descriptors, memory, processes and time come back. What a kernel or its administrator forbids does not.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from grader.errors import SandboxError, SandboxUnavailable

ATTEMPTS: Final = 3  # of what a passing fault may spoil
PASSING: Final = frozenset(
    {
        *(errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.ENOBUFS),
        *(errno.EINTR, errno.ETIMEDOUT, errno.EBUSY, errno.EIO, errno.ESRCH, errno.ETXTBSY),
    }
)
_LASTING: Final = frozenset({errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.ENODEV})


def refused(number: int, reason: str) -> SandboxError:
    """The exception for a room that could not lock itself in: SandboxUnavailable if it never will on this machine."""
    kind = SandboxUnavailable if number in _LASTING else SandboxError
    return kind(f"{reason}. Run `grader doctor` for what this machine allows.")


def says_passing(text: str) -> bool:
    """Whether the last words of another program are the C library's for a fault that passes."""
    return any(text.endswith(os.strerror(number)) for number in PASSING)


@contextmanager
def as_ours(doing: str) -> Iterator[None]:
    """An OSError of ours is a SandboxError: nobody's work is judged by it, and the next attempt may do better."""
    try:
        yield
    except OSError as error:
        raise SandboxError(f"{doing} failed on this machine just now: {error}. Grade it again.") from error
