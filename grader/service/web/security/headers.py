"""What every answer says to the browser about itself, whether a route made it or one of us refused."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.service.site import Site
from grader.service.web.access import is_encrypted

#: nothing but files of ours, no script or style within a page, in nobody's frame
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
#: unless the route says something else, as for a report that stands alone
REFERRER: Final = "same-origin"
PRIVATE: Final = "no-store"
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
                headers.setdefault("Content-Security-Policy", POLICY)
                headers.setdefault("Referrer-Policy", REFERRER)
                if not scope["path"].startswith(STATIC):
                    headers.setdefault("Cache-Control", PRIVATE)
            await send(message)

        await self.app(scope, receive, said)
