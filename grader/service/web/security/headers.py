"""What every answer says to the browser about itself, whether a route made it or one of us refused.

Nobody shows a page of ours in a frame, but the learning platform that its reader was launched from: by the session, so
by what that platform signed. Pages with nothing but words (`in_any_frame`) may stand anywhere: they say why somebody is
not let in, and there is nothing on them to be pressed by mistake."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.service.site import Site
from grader.service.web.access import Recognised, is_encrypted
from grader.service.web.content_policy import NOBODY, POLICY, framed_policy

ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
#: unless the route says something else, as for a report that stands alone, or a page that a platform waits for
UNLESS_SAID: Final = {"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"}
PRIVATE: Final = "no-store"
#: the header that older browsers read
_OLDER: Final = "X-Frame-Options"
YEAR: Final = 31_536_000
STATIC: Final = "/static/"


class Headers:
    """See the top of the file."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.always = dict(ALWAYS)
        if is_encrypted(site):
            self.always["Strict-Transport-Security"] = f"max-age={YEAR}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.always)
                headers["Content-Security-Policy"] = policy = _policy(headers.get("Content-Security-Policy"), scope)
                if _says_who(policy):
                    del headers[_OLDER]
                for name, value in UNLESS_SAID.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith(STATIC):
                    headers.setdefault("Cache-Control", PRIVATE)
            await send(message)

        await self.app(scope, receive, said)


def _policy(said: str | None, scope: Scope) -> str:
    """The policy of an answer: its own, if it has one. Who may frame it, it says itself, or its session does."""
    framed_by = _framed_by(scope)
    if framed_by is None:
        return said or POLICY
    if said is None:
        return framed_policy(framed_by)
    return said if "frame-ancestors" in said else f"{said}; frame-ancestors {framed_by}"


def _says_who(policy: str) -> bool:
    """Whether it names anybody who may frame the page; the older header could only forbid it."""
    return "frame-ancestors " in policy and NOBODY not in policy


def _framed_by(scope: Scope) -> str | None:
    known: Recognised | None = scope.get("state", {}).get("recognised")
    return None if known is None or known.caller is None else known.caller.framed_by
