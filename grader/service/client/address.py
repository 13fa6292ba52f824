"""Where to hand in: the address of a site, as it is typed or copied from a browser, and what it names there."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

import httpx

from grader.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """`site`: without a slash at the end. Course and assignment: if the address goes on with them."""

    site: str
    course: str | None = None
    assignment: str | None = None

    @property
    def is_private(self) -> bool:
        """Whether nobody on the way can read what is sent: it is encrypted, or does not leave this machine."""
        url = httpx.URL(self.site)
        if url.scheme == "https" or url.host == "localhost":
            return True
        try:
            return ip_address(url.host).is_loopback
        except ValueError:
            return False


def address(typed: str) -> Address:
    """What `typed` names: `https://site`, or the page of a course or an assignment there. Raises UsageError."""
    try:
        url = httpx.URL(typed if "://" in typed else f"https://{typed}")
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise UsageError(f"{typed!r} is no address of a site. Give one such as https://site/courses/ml/digits.")
    before, courses, after = url.path.rstrip("/").partition("/courses/")
    place = str(url.copy_with(path=before or "/", query=None, fragment=None)).rstrip("/")
    names = after.split("/") if courses else []
    return Address(
        site=place,
        course=names[0] if names and names[0] else None,
        assignment=names[1] if len(names) > 1 and names[1] else None,
    )
