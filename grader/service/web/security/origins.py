"""For which host a request is, and from which site it comes: nobody else's page does anything in our users' names."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from grader.messages import say
from grader.messages.words import ENGLISH
from grader.service.site import Site
from grader.service.web.problems import Problem
from grader.service.web.refusing import API, drawn

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
#: where a learning platform's page sends what it signed itself, or what says nothing of anybody
FROM_PLATFORMS: Final = frozenset({"/lti/login", "/lti/launch"})
#: asked for by machines that know an address and no name; they say nothing of anybody
HEALTH: Final = frozenset({"/healthz", "/readyz", "/metrics"})


#: a link of a mail, which says itself whose it is: mailboxes follow it for their reader, by a POST (RFC 8058)
OFF: Final = "/mail/off/"
#: where a provider's machine says, signed by itself, that somebody's sessions are over
SIGNED_OUT: Final = "/signed-out/"


class Hosts:
    """Refuses requests for a host that is none of ours: links are made with our own address, and a name that somebody
    lets point at this machine opens nothing."""

    def __init__(self, app: ASGIApp, site: Site, allowed: Collection[str]) -> None:
        self.app = app
        own = urlsplit(site.address).hostname or ""
        self.names = frozenset(name.casefold() for name in {own, *allowed}) | (LOOPBACK if own in LOOPBACK else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what is for us."""
        if scope["type"] != "http" or scope["path"] in HEALTH or self._is_ours(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        answer = PlainTextResponse(ENGLISH.text(say("problem_wrong_host")), 400, {"Connection": "close"})
        await answer(scope, receive, send)

    def _is_ours(self, headers: Headers) -> bool:
        said = headers.getlist("Host")
        return len(said) == 1 and name_of(said[0]) in self.names


class SameSite:
    """Refuses what changes something and comes from a page of somebody else's.

    Browsers say where a request comes from in Sec-Fetch-Site, older ones, and without encryption, in Origin. A program
    with a token says neither, and has no cookie that somebody else's page could use.
    """

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.origin = site.address.casefold()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what is safe, or from a page of ours."""
        is_safe = scope["type"] != "http" or scope["method"] in SAFE or scope["path"] in FROM_PLATFORMS
        if is_safe or self._is_from_us(scope):
            await self.app(scope, receive, send)
            return
        problem = Problem(403, "cross_site", say("problem_cross_site"), headers={"Connection": "close"})
        await drawn(Request(scope), problem)(scope, receive, send)

    def _is_from_us(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        if scope["path"].startswith((OFF, SIGNED_OUT)):
            return True
        if headers.get("Authorization", "").casefold().startswith("bearer "):
            return True
        if (site := headers.get("Sec-Fetch-Site")) is not None:
            return site in ("same-origin", "none")
        if (origin := headers.get("Origin")) is not None:
            return origin.casefold() == self.origin or urlsplit(origin).netloc == headers.get("Host")
        return scope["path"].startswith(f"{API}/") and "Cookie" not in headers


def name_of(host: str) -> str:
    """The name or address in a Host header, without its port; "" for what is neither."""
    try:
        return (urlsplit(f"//{host}").hostname or "").casefold() if "@" not in host and "/" not in host else ""
    except ValueError:
        return ""


def network_of(address: str) -> str:
    """What is counted as one address: in version 6 everybody has as many as they like of one network."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(known) if known.version == 4 else known.exploded[:19]


def own_path(said: str | None) -> str:
    """A path of ours that somebody is sent to afterwards; for an address elsewhere, the first page."""
    path = said or ""
    is_ours = path.startswith("/") and path[1:2] not in ("/", "\\") and path.isascii() and path.isprintable()
    return path if is_ours and "\\" not in path and " " not in path else "/"
