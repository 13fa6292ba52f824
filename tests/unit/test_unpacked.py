"""Answers of other machines that were packed to fill our memory."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Final

import httpx
import pytest

from grader.classes.platform_api.asking import Asking
from grader.errors import SiteFailed, UsageError
from grader.service.client.site_keys import fetch_keys
from grader.service.lti.services.answers import Cause, Failed
from grader.service.lti.services.calls import Calls

URL: Final = "https://platform.example"
#: some hundred bytes, which are 64 megabytes
BOMB: Final = gzip.compress(gzip.compress(bytes(64 * 1024 * 1024)))
ASKED: list[str] = []


class Packed(httpx.AsyncByteStream, httpx.SyncByteStream):
    """A body that comes as it is read."""

    def __iter__(self) -> Iterator[bytes]:
        yield BOMB

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield BOMB


def answer(request: httpx.Request) -> httpx.Response:
    ASKED.append(request.headers["Accept-Encoding"])
    return httpx.Response(200, headers={"Content-Encoding": "gzip, gzip"}, stream=Packed())


THERE: Final = httpx.MockTransport(answer)


def by_a_command() -> None:
    with (
        pytest.raises(SiteFailed),
        Asking(URL, headers={}, transport=THERE, sleep=lambda _: None) as asking,
    ):
        asking.read("courses")


def by_a_worker() -> None:
    async def told() -> object:
        async with httpx.AsyncClient(transport=THERE) as client:
            return await Calls(client).ask("GET", URL, headers={})

    found = asyncio.run(told())
    assert isinstance(found, Failed)
    assert found.cause is Cause.NONSENSE


def by_whoever_has_a_receipt() -> None:
    with pytest.raises(UsageError):
        fetch_keys(URL, client=httpx.Client(transport=THERE))


@pytest.mark.parametrize("ask", [by_a_command, by_a_worker, by_whoever_has_a_receipt])
def test_what_was_packed_twice_is_never_unpacked(ask: Callable[[], None]) -> None:
    """Nobody asks for it, and whoever sends it all the same is refused before a byte of it is read."""
    ASKED.clear()
    tracemalloc.start()
    ask()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert set(ASKED) == {"identity"}
    assert peak < 16 * 1024 * 1024
