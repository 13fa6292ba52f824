"""One request to a platform: within bounds on time and bytes, no redirect followed, nothing told to another site, sent
again while that helps and does no harm. Which request it is, is said elsewhere.

The token goes into a header or a form, and into no message, log or address.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, Self
from urllib.parse import urljoin

import httpx

from grader import __version__
from grader.classes.asking_again import Later, asking_again, seconds_after
from grader.errors import SiteFailed, UsageError
from grader.messages import say
from grader.messages.visible import one_line

TIMEOUT: Final = httpx.Timeout(30, connect=10)
#: seconds until an answer is whole, however it trickles
WHOLE: Final = 120.0
MOST_BYTES: Final = 16 * 1024 * 1024
MOST_PAGES: Final = 500
TRIES: Final = 5
#: how Canvas said that it is too much, before it learned of 429
_THROTTLED: Final = b"Rate Limit Exceeded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a platform said, and where its next page is."""

    body: bytes
    next: str | None


class _Broken(Exception):
    """The platform failed in the middle; whether it did what was asked, nobody knows."""


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
        self._client = httpx.Client(
            headers={"User-Agent": f"grader/{__version__}", "Accept": "application/json", **headers},
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

    def read(self, path: str, params: Mapping[str, str] | None = None) -> Answer:
        """What stands at a path of the site, or at the address of a next page. Raises UsageError and SiteFailed."""
        return self._patiently("GET", path, params=params, again=(Later, _Broken, httpx.TransportError))

    def ask(self, path: str, form: Mapping[str, str]) -> Answer:
        """As `read`, of what is asked by a form and changes nothing."""
        return self._patiently("POST", path, form=form, again=(Later, _Broken, httpx.TransportError))

    def write(self, path: str, form: Mapping[str, str]) -> Answer:
        """As `ask`, of what changes something: sent again only if the platform certainly did not do it."""
        return self._patiently("POST", path, form=form, again=(Later, httpx.ConnectError, httpx.ConnectTimeout))

    def _patiently(
        self,
        method: str,
        path: str,
        *,
        again: tuple[type[Exception], ...],
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
    ) -> Answer:
        url = self._within(path)
        tries = asking_again(again, tries=TRIES, sleep=self.sleep)
        try:
            return tries(self._once, self._client.build_request(method, url, params=params, data=form))
        except Later as later:
            raise SiteFailed(say("push_busy", site=self.site, seconds=round(later.seconds or 60))) from None
        except (_Broken, httpx.HTTPError) as error:
            raise SiteFailed(say("push_failed", site=self.site, reason=_reason(error))) from None

    def _within(self, path: str) -> str:
        """The address, which has to be the site's own: a next page elsewhere would get the token."""
        try:
            found, ours = httpx.URL(urljoin(f"{self.site}/", path)), httpx.URL(self.site)
            if (found.scheme, found.host, found.port) == (ours.scheme, ours.host, ours.port):
                return str(found)
        except (httpx.InvalidURL, ValueError):
            pass
        raise UsageError(say("push_elsewhere", site=self.site, place=one_line(path)))

    def _once(self, request: httpx.Request) -> Answer:
        until = self._clock() + WHOLE
        answer = self._client.send(request, stream=True)
        try:
            body = bytearray()
            for some in answer.iter_bytes():
                body += some
                if len(body) > MOST_BYTES or self._clock() > until:
                    raise SiteFailed(say("push_too_much", site=self.site))
        finally:
            answer.close()
        self._judge(answer, bytes(body))
        return Answer(body=bytes(body), next=answer.links.get("next", {}).get("url"))

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
            place = one_line(answer.headers.get("Location", ""))
            raise UsageError(say("push_redirected", site=self.site, place=place))
        match status:
            case 401:
                raise UsageError(say("push_wrong_token", site=self.site))
            case 403:
                raise UsageError(say("push_forbidden", site=self.site, said=_said(body)))
            case 404:
                raise UsageError(say("push_not_there", site=self.site))
        raise UsageError(say("push_refused", site=self.site, status=status, said=_said(body)))


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
