"""How often: requests of a caller, wrong passwords and secrets of an address, and what is held open at once.

Counted in this process alone, by the library `limits`; who comes too often is told when to come again.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import Final

from limits import RateLimitItem, parse
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.messages import counted, say
from grader.service.people.accounts import normal_email
from grader.service.site import Site
from grader.service.web.access import cookie_name
from grader.service.web.problems import Problem
from grader.service.web.refusing import API, drawn
from grader.service.web.security.bounds import Bounds
from grader.service.web.security.counts import Counts
from grader.service.web.security.draining import refuse_briefly
from grader.service.web.security.origins import OFF, network_of

LINKS: Final = ("/link/", "/calendar/feed/", OFF)
#: accounts whose passwords are compared at the same time; two may have to wait for each other by chance
DOORS: Final = 256


class TooOften(Problem):
    """Somebody asks more often, or for more at once, than anybody needs to."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            429,
            "too_often",
            say("problem_too_often", seconds=counted(seconds, "second")),
            headers={"Retry-After": str(seconds)},
        )


class Slots:
    """What may be held open at once, by each and by all. For the one thread of the event loop.

    Once `crowded` are held, nobody gets a second one: so those who hold as many as each may keep out nobody who wants
    one, unless there are nearly as many of them as there are slots.
    """

    def __init__(self, *, each: int, all: int, crowded: int) -> None:
        self.each, self.all, self.crowded = each, all, crowded
        self._held: Counter[str] = Counter()

    @contextmanager
    def held(self, by: str) -> Iterator[None]:
        """As long as it is open. Raises TooOften where there is none left."""
        total = self._held.total()
        each = 1 if total >= self.crowded else self.each
        if self._held[by] >= each or total >= self.all:
            if not self._held[by]:
                del self._held[by]
            raise TooOften(5)
        self._held[by] += 1
        try:
            yield
        finally:
            self._held[by] -= 1
            if not self._held[by]:
                del self._held[by]


class Guard:
    """What a process counts; one for an application, `request.app.state.guard`."""

    def __init__(self, bounds: Bounds | None = None) -> None:
        self.bounds = bounds or Bounds()
        self.uploads = Slots(
            each=self.bounds.uploads_each, all=self.bounds.uploads_all, crowded=self.bounds.uploads_crowded
        )
        self._counts = SlidingWindowCounterRateLimiter(Counts())
        self._doors = [Lock() for _ in range(DOORS)]

    def at_the_door(self, email: str) -> Lock:
        """Held while a password of that account is compared, so that of many guesses at once none is looked at before
        those ahead of it are counted."""
        return self._doors[int(short(normal_email(email) or ""), 16) % DOORS]

    def count(self, rate: str, *what: str) -> None:
        """Count one more of that. Raises TooOften beyond the rate."""
        if not self._counts.hit(_rate(rate), *what):
            raise TooOften(self._seconds(rate, what))

    def before_password(self, email: str, address: str) -> None:
        """Raises TooOften after too many wrong ones, before another is even looked at."""
        for rate, what in self._wrong_passwords(email, address):
            if not self._counts.test(_rate(rate), *what):
                raise TooOften(self._seconds(rate, what))

    def wrong_password(self, email: str, address: str) -> None:
        """Count a wrong one; right ones count nothing, however many of a class come at once."""
        for rate, what in self._wrong_passwords(email, address):
            self._counts.hit(_rate(rate), *what)

    def _wrong_passwords(self, email: str, address: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        account, network = short(normal_email(email) or ""), network_of(address)
        return (
            (self.bounds.password_by_account_there, ("there", account, network)),
            (self.bounds.password_by_account, ("account", account)),
            (self.bounds.password_by_address, ("address", network)),
        )

    def _seconds(self, rate: str, what: tuple[str, ...]) -> int:
        return max(1, math.ceil(self._counts.get_window_stats(_rate(rate), *what).reset_time - time.time()))


class Rates:
    """Bounds how often a caller asks the API, and how often an address guesses tokens, sessions and links: wrong ones
    alone are counted, so that those of a class which are right pass however many others are not."""

    def __init__(self, app: ASGIApp, guard: Guard, site: Site) -> None:
        self.app = app
        self.guard = guard
        self.cookie = cookie_name(site)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what does not come too often."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path, offered = scope["path"], credential(scope, self.cookie)
        if path.startswith(f"{API}/"):
            try:
                self.guard.count(self.guard.bounds.api, "api", offered or address_of(scope))
            except TooOften as problem:
                await refuse_briefly(problem, scope, receive, send, bounds=self.guard.bounds)
                return
        if offered is None and not path.startswith(LINKS):
            await self.app(scope, receive, send)
            return
        refused: TooOften | None = None

        async def said(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and _is_wrong(message["status"], path):
                try:
                    self.guard.count(self.guard.bounds.secrets_by_address, "secrets", address_of(scope))
                except TooOften as problem:
                    refused = problem
                    await drawn(Request(scope), problem)(scope, receive, send)
            if refused is None:
                await send(message)

        await self.app(scope, receive, said)


def credential(scope: Scope, cookie: str) -> str | None:
    """What tells callers apart before anybody has looked whether it is right; never the secret itself."""
    headers = Headers(scope=scope)
    if (said := headers.get("Authorization")) is not None:
        return short(said)
    secret = cookie_parser(headers.get("Cookie", "")).get(cookie)
    return None if secret is None else short(secret)


def address_of(scope: Scope) -> str:
    """Where it comes from: the other end of the connection, or what a proxy that is trusted says of it."""
    client = scope.get("client")
    return network_of(client[0]) if client else ""


def short(text: str) -> str:
    """A name for a text by which nobody finds it again."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _is_wrong(status: int, path: str) -> bool:
    return status == 401 or (status == 404 and path.startswith(LINKS))


@cache
def _rate(said: str) -> RateLimitItem:
    return parse(said)
