"""How much of a body is read, and how long it may take to come. What is in it is the routes' business."""

from __future__ import annotations

import asyncio
from contextlib import AbstractContextManager, nullcontext

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.errors import StoreUnavailable
from grader.messages import say
from grader.service.web.access import recognised_soon
from grader.service.web.problems import NotSignedIn, Problem, Unavailable
from grader.service.web.refusing import drawn
from grader.service.web.security.bounds import Bounds, upload_at
from grader.service.web.security.draining import refuse_briefly
from grader.service.web.security.origins import SAFE
from grader.service.web.security.rates import Guard, TooOften


class Bodies:
    """Reads no more of a body than its route needs, no slower than any line is, and no file of somebody unknown."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self.app = app
        self.guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what has no body, or one within bounds."""
        if scope["type"] != "http" or scope["method"] in SAFE:
            await self.app(scope, receive, send)
            return
        body = Body(receive, self._most(scope["path"]), self.guard.bounds)
        try:
            slot = await self._slot(scope)
            with slot:
                body.expect(Headers(scope=scope).get("Content-Length"))
                await self.app(scope, body.receive, body.unless_refused(send))
        except Problem as problem:
            body.refused = body.refused or problem
        if body.refused is not None and not body.is_answered:
            await self._refuse(scope, body, send)

    def _most(self, path: str) -> int:
        upload, bounds = upload_at(path), self.guard.bounds
        if upload is None:
            return bounds.form_bytes
        return bounds.roster_bytes if upload.is_table else bounds.upload_bytes

    async def _slot(self, scope: Scope) -> AbstractContextManager[None]:
        """The place of one upload. Raises NotSignedIn, TooOften and Unavailable."""
        if upload_at(scope["path"]) is None:
            return nullcontext()
        try:
            caller = (await recognised_soon(Request(scope))).caller
        except StoreUnavailable:  # before the application, which would answer it
            raise Unavailable from None
        if caller is None:
            raise NotSignedIn
        return self.guard.uploads.held(f"person:{caller.person_id}")

    async def _refuse(self, scope: Scope, body: Body, send: Send) -> None:
        """A browser that is still sending hears nothing; so what it sends is read, up to a bound, and dropped."""
        assert body.refused is not None
        if isinstance(body.refused, TooOften):
            await refuse_briefly(body.refused, scope, body.receive, send, bounds=self.guard.bounds)
            return
        headers = Headers(scope=scope)
        if headers.get("Expect", "").casefold() != "100-continue":
            await body.drain(headers.get("Content-Length"))
        answer = drawn(Request(scope), body.refused)
        answer.headers["Connection"] = "close"
        await answer(scope, body.receive, send)


class Body:
    """One body as it comes. Its time counts from when somebody first waits for it: that we were slow to ask who sends
    it is not the sender's."""

    def __init__(self, receive: Receive, most: int, bounds: Bounds) -> None:
        self._receive = receive
        self._most = most
        self._bounds = bounds
        self._came = 0
        self._ended = False
        self._begun: float | None = None
        self.refused: Problem | None = None
        self.is_answered = False

    def expect(self, length: str | None) -> None:
        """Raises Problem if the body says that it is too large."""
        if length is not None and (not length.isdecimal() or int(length) > self._most):
            raise too_large(self._most) if length.isdecimal() else Problem(400, "malformed", say("problem_malformed"))

    async def receive(self) -> Message:
        """The next piece. Raises Refusal, which the application answers and we say better."""
        if self._ended:
            return await self._receive()
        message = await self._next()
        if self._came > self._most:
            self._refuse(too_large(self._most))
        return message

    async def drain(self, length: str | None) -> None:
        """Read what still comes, if it says how much that is and it is not too much."""
        if length is None or not length.isdecimal() or int(length) > self._bounds.drained_bytes:
            return
        try:
            while not self._ended and self._came <= int(length):
                await self._next()
        except Refusal:
            return

    def unless_refused(self, send: Send) -> Send:
        """What the application answers, unless the body was refused before."""

        async def said(message: Message) -> None:
            if self.refused is None or self.is_answered:
                self.is_answered = True
                await send(message)

        return said

    async def _next(self) -> Message:
        now = asyncio.get_running_loop().time()
        self._begun = now if self._begun is None else self._begun
        until = self._begun + self._bounds.body_seconds + self._came / self._bounds.bytes_per_second
        try:
            async with asyncio.timeout_at(max(until, now + 0.001)):
                message = await self._receive()
        except TimeoutError:
            self._ended = True
            self._refuse(Problem(408, "too_slow", say("problem_too_slow")))
        self._came += len(message.get("body", b""))
        self._ended = message["type"] == "http.disconnect" or not message.get("more_body", False)
        return message

    def _refuse(self, problem: Problem) -> None:
        self.refused = self.refused or problem
        raise Refusal(problem.status)


class Refusal(HTTPException):
    """Reading ends here; what is answered says `Body.refused`."""


def too_large(most: int) -> Problem:
    """More than is read here."""
    return Problem(413, "too_large", say("problem_body_too_large", megabytes=most // 1024**2))
