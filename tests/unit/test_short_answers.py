"""What a platform answers is read within bounds, whatever it sends."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from grader.service.lti.platform_keys import NoAnswer, PlatformKeys
from grader.service.lti.registering import Asked, NotRegistered, register
from grader.service.lti.short_answers import MOST_BYTES, NoShortAnswer, ask

PART = 32 * 1024
PARTS = 64


class Slowly(httpx2.SyncByteStream):
    """Part after part, each of so many bytes and a second after the one before."""

    def __init__(self, size: int) -> None:
        self.size, self.sent = size, 0

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(PARTS):
            self.sent += 1
            yield b" " * self.size

    def clock(self) -> float:
        """In seconds."""
        return float(self.sent)

    @property
    def transport(self) -> httpx2.MockTransport:
        """Whoever answers so."""
        return httpx2.MockTransport(lambda _: httpx2.Response(200, stream=self))


@pytest.mark.parametrize(
    ("size", "seconds", "parts"), [(PART, 60, MOST_BYTES // PART + 1), (1, 5, 6)], ids=["too long", "too slow"]
)
def test_no_more_is_read_than_an_answer_may_be(size: int, seconds: float, parts: int) -> None:
    """Neither of an answer without end, nor of one that takes for ever."""
    sent = Slowly(size)
    with pytest.raises(NoShortAnswer):
        ask("GET", "https://lms.example/", seconds=seconds, headers={}, transport=sent.transport, clock=sent.clock)
    assert sent.sent == parts


def test_keys_and_registrations_are_read_so() -> None:
    """Both are asked for while somebody waits, at addresses that others named."""
    keys, configuration = Slowly(PART), Slowly(PART)
    with pytest.raises(NoAnswer):
        PlatformKeys(transport=keys.transport).key("https://lms.example/jwks", "k")
    with pytest.raises(NotRegistered):
        register(
            Asked(configuration="https://lms.example/config"),
            address="https://grader.example",
            name="Grader",
            transport=configuration.transport,
        )
    assert max(keys.sent, configuration.sent) < PARTS
