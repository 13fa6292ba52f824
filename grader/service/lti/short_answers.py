"""One request to a platform that somebody here waits for: what it answers is read within bounds on bytes and time,
whatever it sends. Services that a worker asks have their own way (`services/calls.py`)."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import httpx2

#: more is neither a configuration nor a set of keys
MOST_BYTES: Final = 256 * 1024


class NoShortAnswer(Exception):
    """There is none, or it is too long, or takes too long. Says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortAnswer:
    """An answer, whole."""

    status: int
    content: bytes

    @property
    def said(self) -> Any:
        """What it says in JSON; None where that is none."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):  # the latter of what is nested without end
            return None


def ask(
    method: str,
    url: str,
    *,
    seconds: float,
    headers: Mapping[str, str],
    body: object = None,
    transport: httpx2.BaseTransport | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> ShortAnswer:
    """What is said there; no redirect is followed. Connecting and the answer take `seconds` each at most, and not each
    part of it: who sends a byte now and then would have us wait for ever. Raises NoShortAnswer."""
    import httpx2  # as heavy as a tenth of a start, and most sites have no platform

    said = bytearray()
    try:
        with (
            httpx2.Client(transport=transport, timeout=seconds, follow_redirects=False) as client,
            client.stream(method, url, headers=dict(headers), json=body) as answer,
        ):
            over = clock() + seconds
            for part in answer.iter_bytes():
                said += part
                if len(said) > MOST_BYTES:
                    raise NoShortAnswer(f"more than {MOST_BYTES // 1024} KiB")
                if clock() > over:
                    raise NoShortAnswer("it takes too long")
            return ShortAnswer(status=answer.status_code, content=bytes(said))
    except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:  # the last of a name or header that is none
        raise NoShortAnswer(type(error).__name__) from None
