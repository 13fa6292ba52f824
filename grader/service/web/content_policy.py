"""What a page of ours may load, send and be framed by, as browsers are told. Which page gets which is said above."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

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
#: what of it says that nobody frames a page
NOBODY: Final = "frame-ancestors 'none'"


def framed_policy(origins: str, *, form_to: str = "") -> str:
    """The policy of a page that may stand in a frame of pages of these origins. `form_to`: one of them, to which a form
    of it is sent."""
    policy = POLICY.replace(NOBODY, f"frame-ancestors {origins}")
    return policy.replace("form-action 'self'", f"form-action 'self' {form_to}") if form_to else policy


def in_any_frame(answer: Response) -> Response:
    """A page with nothing but words."""
    answer.headers["Content-Security-Policy"] = framed_policy("*")
    return answer


def in_any_window(answer: Response) -> Response:
    """The same in a window that another site's page opened, and is told of."""
    answer.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return in_any_frame(answer)
