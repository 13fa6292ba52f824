"""What is written of a session or a token after it was used: rarely, and never in the way of an answer."""

from __future__ import annotations

from asyncio import wrap_future
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.errors import StoreUnavailable
from grader.service.people.sessions import LASTS, renew_session
from grader.service.people.tokens import was_used
from grader.service.site import Site
from grader.service.web.access import Recognised, cookie_name, is_encrypted


class Renewing:
    """Gives a browser the new secret of its session when the old one has been used for a day, and notes when a token
    was used."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                await self._renew(_recognised(scope), MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, said)
        known = _recognised(scope)
        if known.token_id is not None:
            await self._note(known.token_id)

    async def _renew(self, known: Recognised, headers: MutableHeaders) -> None:
        if known.caller is None or known.caller.secret is None or not known.is_due or self._is_set(headers):
            return
        secret = await run_in_threadpool(self._renewed, known.caller.secret)
        if secret is not None:
            framed = known.caller.framed_by is not None
            headers.append("Set-Cookie", session_cookie(self.site, secret, framed=framed))

    def _is_set(self, headers: MutableHeaders) -> bool:
        """Whether the route itself signed somebody in or out."""
        return any(each.startswith(f"{cookie_name(self.site)}=") for each in headers.getlist("Set-Cookie"))

    def _renewed(self, secret: str) -> str | None:
        """None, too, where nothing can be written: the old one is still good, and the answer is there to be shown."""
        with suppress(StoreUnavailable), self.site.database.begin() as session:
            return renew_session(session, secret, now=self.site.now())
        return None

    async def _note(self, token_id: int) -> None:
        """What was asked is done and answered: that this cannot be written fails nobody."""
        now = self.site.now()
        with suppress(StoreUnavailable):
            await wrap_future(self.site.database.write(lambda session: was_used(session, token_id, now=now)))


def _recognised(scope: Scope) -> Recognised:
    known: Recognised | None = scope.get("state", {}).get("recognised")
    return known or Recognised()


def session_cookie(site: Site, secret: str, *, framed: bool = False) -> str:
    """The header that makes a browser keep the secret of its session, or drop it where it is empty."""
    answer = Response()
    give_session(answer, site, secret, framed=framed)
    return answer.headers["Set-Cookie"]


def give_session(answer: Response, site: Site, secret: str, *, framed: bool = False) -> None:
    """Let the browser keep the secret of its session; no script reads it and no other site's page sends it. `framed`:
    it is kept for our pages within a learning platform's alone, and sent with requests from within that frame."""
    if framed:
        lasts = int(LASTS.total_seconds()) if secret else 0
        answer.headers.append("Set-Cookie", framed_cookie(cookie_name(site), secret, lasts))
        return
    answer.set_cookie(
        cookie_name(site),
        secret,
        max_age=int(LASTS.total_seconds()) if secret else 0,
        path="/",
        secure=is_encrypted(site),
        httponly=True,
        samesite="lax",
    )


def framed_cookie(name: str, value: str, seconds: int) -> str:
    """The header for a cookie within another site's frame. What another site's page sends with it is refused by where
    it comes from (`origins.py`), and each site that frames us has a jar of its own."""
    return f"{name}={value}; Max-Age={seconds}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned"
