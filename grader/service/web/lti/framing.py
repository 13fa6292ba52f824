"""Pages within a frame of a learning platform: by whom they may be framed, and what a browser keeps there."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import Response

from grader.service.lti.claims import Claims
from grader.service.lti.platforms import is_platform_url
from grader.service.lti.sealing import LOGIN_LASTS
from grader.service.site import Site
from grader.service.store.lti_tables import LtiPlatform
from grader.service.web.access import is_encrypted, site_of
from grader.service.web.security.renewing import framed_cookie

#: by which a browser is known again on its way back from the platform
COOKIE: Final = "grader_lti"
#: as much as a session's row holds
MOST_ORIGINS: Final = 600


def origin(url: str) -> str | None:
    """The origin of a page of a platform; None for an address that no platform of ours may have."""
    if not is_platform_url(url):
        return None
    parts = urlsplit(url)
    return (
        f"{parts.scheme}://{parts.netloc.casefold()}" if ";" not in parts.netloc and "'" not in parts.netloc else None
    )


def framers(platform: LtiPlatform, claims: Claims) -> str:
    """The origins of the pages that may frame what was launched: those of the registration, and those that the launch
    names, since one issuer may have a host for each school."""
    deep = "" if claims.deep is None else claims.deep.deep_link_return_url
    named = (platform.issuer, platform.auth_url, claims.presentation.return_url, deep)
    found = dict.fromkeys(each for each in map(origin, named) if each is not None)
    kept = ""
    for each in found:
        if len(kept) + len(each) < MOST_ORIGINS:
            kept = f"{kept} {each}".strip()
    return kept


def is_framed(request: Request) -> bool:
    """Whether the answer goes into a frame. A browser that does not say so may be in one."""
    return request.headers.get("Sec-Fetch-Dest") != "document"


def kept_by_browser(request: Request) -> str | None:
    """What this browser keeps from a login before, within this frame or outside."""
    return request.cookies.get(_name(site_of(request)))


def keep(request: Request, answer: Response, kept: str) -> Response:
    """Have the browser keep what it is known by: the same for all logins that it has under way."""
    seconds = int(LOGIN_LASTS.total_seconds())
    answer.headers.append("Set-Cookie", framed_cookie(_name(site_of(request)), kept, seconds))
    return answer


def _name(site: Site) -> str:
    return f"__Host-{COOKIE}" if is_encrypted(site) else COOKIE
