"""What pages fetch: our style, htmx and our scripts, each by an address that holds its digest, so browsers keep it.

The style is put together here: the colours of all pages, the site's own rules, and a report's, nested in `.report`.
"""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from grader.render.page import colours, stylesheet_within

FOLDER: Final = Path(__file__).parent / "static"
STYLE: Final = "site.css"
FOR_EVER: Final = "public, max-age=31536000, immutable"


class Static(StaticFiles):
    """The folder `static/`, and the style sheet put together. What is asked for by its digest never changes."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        """See `StaticFiles`."""
        drawn = Response(style(), media_type="text/css") if path == STYLE else await super().get_response(path, scope)
        by_digest = scope["query_string"].startswith(b"v=")
        drawn.headers["Cache-Control"] = FOR_EVER if by_digest and drawn.status_code == 200 else "no-cache"
        return drawn


@cache
def style() -> str:
    """The style of every page of the site."""
    own = (FOLDER / STYLE).read_text(encoding="utf-8")
    within = stylesheet_within(".report", last="& { margin: 0; padding: 0; max-width: none; background: none; }")
    return f"{colours()}\n{own}\n{within}\n"


@cache
def static(name: str) -> str:
    """The address of a file in `static/`."""
    content = style().encode() if name == STYLE else (FOLDER / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"
