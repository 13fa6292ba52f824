"""Talking to a site: one request, sent again while that may help. What is asked and why is not known here.

A secret goes into a header and nowhere else: no message, log or address holds it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, Self, TypeVar

import httpx
from httpx_sse import EventSource, SSEError
from pydantic import ValidationError

from grader import __version__
from grader.classes.asking_again import Later, asking_again, seconds_after
from grader.errors import SiteFailed, UsageError
from grader.messages import Language
from grader.service.client.answers import Listed, SiteAnswer, Trouble

API: Final = "/api/v1"
#: answers that say: later
BUSY: Final = frozenset({429, 502, 503, 504})
TIMEOUT: Final = httpx.Timeout(30, connect=10, write=60)
TRIES: Final = 6

AnswerT = TypeVar("AnswerT", bound=SiteAnswer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that is handed in, with what goes with it. `key`: what makes it the same upload if it comes twice."""

    filename: str
    data: bytes
    key: str
    fields: Mapping[str, str]


class RefusedBySite(Exception):
    """The site understood, and does not do it; why, it says itself."""

    def __init__(self, status: int, trouble: Trouble) -> None:
        super().__init__(trouble.title)
        self.status = status
        self.trouble = trouble


class _Busy(Later):
    """The same, with the status that said so."""

    def __init__(self, status: int, seconds: float | None) -> None:
        super().__init__(seconds)
        self.status = status


class Connection:
    """A site, for whoever has this token. A context manager."""

    def __init__(
        self,
        site: str,
        token: str,
        *,
        language: Language = "en",
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.site = site
        self.sleep = sleep
        self._client = httpx.Client(
            base_url=site,
            headers={
                "Authorization": f"Bearer {token}",
                "User-Agent": f"grader/{__version__}",
                "Accept-Language": language,
            },
            timeout=TIMEOUT,
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def read(self, kind: type[AnswerT], path: str) -> AnswerT:
        """What stands at `path` below the API. Raises RefusedBySite, SiteFailed and UsageError, as all that follow."""
        return _parsed(kind, self._answer("GET", f"{API}{path}").content)

    def read_all(self, kind: type[Listed[AnswerT]], path: str) -> Iterator[AnswerT]:
        """All things of a list, page after page."""
        following: str | None = f"{API}{path}"
        while following is not None:
            page = _parsed(kind, self._answer("GET", following).content)
            yield from page.items
            following = page.next

    def fetch(self, path: str, *, accept: str) -> bytes:
        """A document as it is."""
        return self._answer("GET", f"{API}{path}", headers={"Accept": accept}).content

    def upload(self, kind: type[AnswerT], path: str, upload: Upload) -> AnswerT:
        """Hand a file in; sent again under the same key, it is taken once."""
        answer = self._answer(
            "POST",
            f"{API}{path}",
            headers={"Idempotency-Key": upload.key},
            files={"notebook": (upload.filename, upload.data, "application/x-ipynb+json")},
            data=upload.fields,
        )
        return _parsed(kind, answer.content)

    @contextmanager
    def events(self, path: str) -> Iterator[Iterator[str]]:
        """The data of each event there, as they come. Raises httpx.TransportError and SSEError where it breaks off."""
        headers = {"Accept": "text/event-stream", "Cache-Control": "no-store"}
        with self._client.stream("GET", f"{API}{path}", headers=headers) as response:
            if response.status_code != 200:
                raise SSEError(f"{response.status_code}")
            yield (event.data for event in EventSource(response).iter_sse() if event.data)

    def _answer(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        data: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        def send() -> httpx.Response:
            answer = self._client.request(method, path, headers=headers, files=files, data=data)
            if answer.status_code in BUSY:
                raise _Busy(answer.status_code, seconds_after(answer.headers.get("Retry-After", ""), datetime.now(UTC)))
            return answer

        patiently = asking_again((httpx.TransportError, _Busy), tries=TRIES, sleep=self.sleep)
        try:
            return self._taken(patiently(send))
        except httpx.TransportError as error:
            raise SiteFailed(
                f"{self.site} cannot be reached ({_reason(error)}).",
                "Look whether the address is right and the network is there, and run the same command again.",
            ) from error
        except _Busy as later:
            wait = "" if later.seconds is None else f" for {later.seconds:.0f} seconds"
            raise SiteFailed(
                f"{self.site} is too busy ({later.status}). Wait{wait}, and run the same command again."
            ) from None

    def _taken(self, answer: httpx.Response) -> httpx.Response:
        status = answer.status_code
        if answer.is_success:
            return answer
        if answer.is_redirect:
            elsewhere = answer.headers.get("Location", "")
            raise UsageError(f"{self.site} sends us on to {elsewhere}. If that is the site, give this address.")
        try:
            trouble = Trouble.model_validate_json(answer.content)
        except ValidationError:
            trouble = Trouble()
        if status == 401:
            raise UsageError(
                f"{self.site} does not know this token: it has ended, was revoked, or belongs to another site.",
                f"Make a new one on {self.site}, and give it in GRADER_TOKEN or with --token-file.",
            )
        if status >= 500:
            known = f", request {trouble.request}" if trouble.request else ""
            raise SiteFailed(f"{self.site} failed ({status}{known}). Tell whoever runs it.")
        if not trouble.kind:
            raise UsageError(f"{self.site} answers {status} and not as a site of ours does. Is the address right?")
        raise RefusedBySite(status, trouble)


def _parsed(kind: type[AnswerT], content: bytes) -> AnswerT:
    try:
        return kind.model_validate_json(content)
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) or "its beginning"
        raise SiteFailed(f"The site's answer cannot be read, at {where}. Is this program as new as the site?") from None


def _reason(error: httpx.TransportError) -> str:
    match error:
        case httpx.ConnectTimeout() | httpx.ReadTimeout() | httpx.WriteTimeout() | httpx.PoolTimeout():
            return "no answer in time"
        case httpx.ConnectError():
            return "no connection"
        case _:
            return "the connection broke off"
