"""One request to a platform: within bounds on time and bytes, nothing told to another site, sent again while that helps
and does no harm. Which request it is, is said elsewhere.

The token goes into a header or a form, and into no message, log or address. Redirects are followed for files alone:
many sites keep those elsewhere, and there they are asked for without the token.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from types import TracebackType
from typing import Final, Self
from urllib.parse import urljoin

import httpx

from grader import __version__
from grader.classes.asking_again import Later, asking_again, seconds_after
from grader.classes.unpacked import UNPACKED, refuse_packed
from grader.errors import SiteFailed, UsageError
from grader.messages import say
from grader.messages.visible import one_line

TIMEOUT: Final = httpx.Timeout(30, connect=10)
#: seconds until an answer is whole, however it trickles
WHOLE: Final = 120.0
MOST_BYTES: Final = 16 * 1024 * 1024
MOST_PAGES: Final = 500
#: seconds for one file, and how often it may lie somewhere else
WHOLE_FILE: Final = 900.0
MOST_MOVES: Final = 5
TRIES: Final = 5
#: a name of a machine elsewhere, with a dot in it
_NAME: Final = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*", re.IGNORECASE)
#: how Canvas said that it is too much, before it learned of 429
_THROTTLED: Final = b"Rate Limit Exceeded"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformReply:
    """What a platform said, and where its next page is."""

    body: bytes
    next: str | None


class Declined(UsageError):
    """The platform does not give this one thing; it may give others."""


class _Broken(Exception):
    """The platform failed in the middle; whether it did what was asked, nobody knows."""


class _Moved(Exception):
    """What was asked for lies somewhere else."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


#: what changes nothing may be asked again whatever became of it
_HARMLESS: Final = (Later, _Broken, httpx.TransportError)


class Asking:
    """A platform, for whoever has this token. A context manager."""

    def __init__(
        self,
        site: str,
        *,
        headers: Mapping[str, str],
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.site = site
        self.sleep = sleep
        self._clock = clock
        self._secret = tuple(headers)
        self._client = httpx.Client(
            headers={"User-Agent": f"grader/{__version__}", "Accept": "application/json", **UNPACKED, **headers},
            follow_redirects=False,
            trust_env=False,  # a netrc would put a password of its own in the place of the token
            timeout=TIMEOUT,
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def read(self, path: str, params: Mapping[str, str] | None = None) -> PlatformReply:
        """What stands at a path of the site, or at the address of a next page. Raises UsageError and SiteFailed."""
        return self._patiently("GET", path, params=params, again=_HARMLESS)

    def ask(self, path: str, form: Mapping[str, str]) -> PlatformReply:
        """As `read`, of what is asked by a form and changes nothing."""
        return self._patiently("POST", path, form=form, again=_HARMLESS)

    def write(self, path: str, form: Mapping[str, str]) -> PlatformReply:
        """As `ask`, of what changes something: sent again only if the platform certainly did not do it."""
        return self._patiently("POST", path, form=form, again=(Later, httpx.ConnectError, httpx.ConnectTimeout))

    def fetch(self, address: str, form: Mapping[str, str] | None = None, *, most: int) -> bytes:
        """A file of at most so many bytes; what it is signed in with goes to the site alone. Raises as `read` does, and
        Declined where this file is not to be had."""
        for _ in range(MOST_MOVES):
            try:
                request = self._for_file(address, form)
                return self._sent(request, again=_HARMLESS, most=most, seconds=WHOLE_FILE).body
            except _Moved as moved:
                address, form = _joined(str(request.url), moved.place), None
        raise Declined(say("push_elsewhere", site=self.site, place=one_line(address)))

    def _for_file(self, address: str, form: Mapping[str, str] | None) -> httpx.Request:
        if (url := self._own(address)) is not None:
            method = "GET" if form is None else "POST"
            return self._client.build_request(method, url, data=form, headers={"Accept": "*/*"})
        if not _is_public(address):
            raise Declined(say("push_elsewhere", site=self.site, place=one_line(address)))
        request = self._client.build_request("GET", address, headers={"Accept": "*/*"})
        for header in self._secret:
            del request.headers[header]
        return request

    def _patiently(
        self,
        method: str,
        path: str,
        *,
        again: tuple[type[Exception], ...],
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
    ) -> PlatformReply:
        if (url := self._own(path)) is None:
            raise UsageError(say("push_elsewhere", site=self.site, place=one_line(path)))
        try:
            return self._sent(self._client.build_request(method, url, params=params, data=form), again=again)
        except _Moved as moved:
            raise UsageError(say("push_redirected", site=self.site, place=one_line(moved.place))) from None

    def _sent(
        self,
        request: httpx.Request,
        *,
        again: tuple[type[Exception], ...],
        most: int = MOST_BYTES,
        seconds: float = WHOLE,
    ) -> PlatformReply:
        tries = asking_again(again, tries=TRIES, sleep=self.sleep)
        try:
            return tries(self._once, request, most, seconds)
        except Later as later:
            raise SiteFailed(say("push_busy", site=self.site, seconds=round(later.seconds or 60))) from None
        except (_Broken, httpx.HTTPError) as error:
            raise SiteFailed(say("push_failed", site=self.site, reason=_reason(error))) from None

    def _own(self, path: str) -> str | None:
        """The address, if it is the site's own: a next page elsewhere would get the token."""
        try:
            found, ours = httpx.URL(_joined(f"{self.site}/", path)), httpx.URL(self.site)
        except (httpx.InvalidURL, ValueError):
            return None
        is_own = (found.scheme, found.host, found.port) == (ours.scheme, ours.host, ours.port)
        return str(found) if is_own else None

    def _once(self, request: httpx.Request, most: int, seconds: float) -> PlatformReply:
        until = self._clock() + seconds
        answer = self._client.send(request, stream=True)
        try:
            refuse_packed(answer)
            body = bytearray()
            for some in answer.iter_bytes():
                body += some
                if len(body) > most or self._clock() > until:
                    raise SiteFailed(say("push_too_much", site=self.site))
        finally:
            answer.close()
        self._judge(answer, bytes(body))
        return PlatformReply(body=bytes(body), next=answer.links.get("next", {}).get("url"))

    def _judge(self, answer: httpx.Response, body: bytes) -> None:
        """Raises what an answer that is none means."""
        status = answer.status_code
        if answer.is_success:
            return
        if status in (429, 503) or (status == 403 and _THROTTLED in body):
            raise Later(seconds_after(answer.headers.get("Retry-After", ""), datetime.now(UTC)))
        if status >= 500:
            raise _Broken(str(status))
        if answer.is_redirect:
            raise _Moved(answer.headers.get("Location", ""))
        match status:
            case 401 if self._own(str(answer.request.url)) is not None:
                raise UsageError(say("push_wrong_token", site=self.site))
            case 403:
                raise Declined(say("push_forbidden", site=self.site, said=_said(body)))
            case 404:
                raise Declined(say("push_not_there", site=self.site))
        raise Declined(say("push_refused", site=self.site, status=status, said=_said(body)))


def _is_public(address: str) -> bool:
    """Whether a site may send us there: over https, and to no address that means another machine where we are. Names
    are not looked up: a certificate has to name whoever answers."""
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError):
        return False
    name = url.raw_host.decode("ascii", "replace").rstrip(".")
    if url.scheme != "https" or url.userinfo or name == "localhost" or name.endswith(".localhost"):
        return False
    try:
        return ip_address(name).is_global
    except ValueError:
        return _NAME.fullmatch(name) is not None


def _joined(base: str, place: str) -> str:
    """Where a link leads; one that is none leads nowhere of ours."""
    try:
        return urljoin(base, place)
    except ValueError:
        return place


def _said(body: bytes) -> str:
    """The words in an error of Canvas's, else the beginning of whatever it is."""
    with suppress(ValueError, LookupError, TypeError, AttributeError):
        found = json.loads(body)
        errors = found["errors"]
        first = errors[0] if isinstance(errors, list) else errors
        return one_line(str(first["message"] if isinstance(first, dict) and "message" in first else first))
    return one_line(body[:200].decode("utf-8", "replace")) or "-"


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, _Broken) else type(error).__name__
