"""What a refused sender still sends is read and dropped, within bounds. Whoever is not read to the end hears nothing of
why: the connection breaks under what they send. Whether anybody is refused is not decided here.
"""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from grader.service.web.problems import Problem
from grader.service.web.refusing import drawn
from grader.service.web.security.bounds import Bounds


async def refuse_briefly(problem: Problem, scope: Scope, receive: Receive, send: Send, *, bounds: Bounds) -> None:
    """Answer what comes too often, of whose body no more is read than costs next to nothing; then the line is cut."""
    is_read = await _is_read(Headers(scope=scope), receive, bounds)
    answer = drawn(Request(scope), problem)
    if not is_read:
        answer.headers["Connection"] = "close"
    await answer(scope, receive, send)


async def _is_read(headers: Headers, receive: Receive, bounds: Bounds) -> bool:
    """Whether all of the body has come, if there is one. Of one that is not sent before we ask for it nothing comes."""
    length = headers.get("Content-Length", "0")
    if not length.isdecimal() or int(length) > bounds.briefly_bytes or headers.get("Expect"):
        return False
    try:
        async with asyncio.timeout(bounds.briefly_seconds):
            return await _ends(receive, bounds.briefly_bytes)
    except TimeoutError:
        return False


async def _ends(receive: Receive, most: int) -> bool:
    """Read so much at most; whether that was all."""
    came = 0
    while came <= most:
        message = await receive()
        came += len(message.get("body", b""))
        if not message.get("more_body", False):
            return bool(message["type"] != "http.disconnect")
    return False
