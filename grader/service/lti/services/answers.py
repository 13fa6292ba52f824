"""What comes of asking a platform: an answer, or why there is none, and what may be done about it. Values: a platform
that fails is neither our fault nor a student's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from grader.classes.asking_again import retry_after
from grader.messages import Message, say

if TYPE_CHECKING:
    import httpx

#: until a platform that failed is asked again: at first, and at most
FIRST: Final = timedelta(seconds=5)
LONGEST: Final = timedelta(hours=1)
#: of what is added so that not all line items ask at once
JITTER: Final = timedelta(seconds=5)
#: of what is said with a failure
KEPT: Final = 4096
#: how Canvas says that it is too much, beside 429
_THROTTLED: Final = b"Rate Limit Exceeded"
#: doublings after which the longest pause is reached in any case
_ENOUGH: Final = 20


class Cause(StrEnum):
    """Why there is no answer."""

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    BUSY = "busy"
    BROKEN = "broken"
    MOVED = "moved"
    UNKNOWN_HERE = "unknown_here"
    NOT_LET_IN = "not_let_in"
    FORBIDDEN = "forbidden"
    SCOPE_MISSING = "scope_missing"
    GONE = "gone"
    OUTDATED = "outdated"
    REFUSED = "refused"
    NONSENSE = "nonsense"
    NOT_SECURE = "not_secure"
    FAULT = "fault"


#: what waiting does not cure: somebody has to do something, at the platform or here
LASTING: Final = frozenset({Cause.SCOPE_MISSING, Cause.GONE, Cause.NOT_SECURE})
#: after which nobody knows whether the platform did what it was asked
UNCLEAR: Final = frozenset({Cause.UNREACHABLE, Cause.TIMED_OUT, Cause.BROKEN, Cause.MOVED, Cause.NONSENSE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A good answer. `next`, `differences`: where its links lead, absolute."""

    body: bytes
    next: str | None = None
    differences: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Why there is no answer. `after`: how long the platform asks us to wait. `missing`: the scope that it does not
    give; of a fault of ours, its kind. `body`: the beginning of what it said, for whoever knows how to read it; never
    shown."""

    cause: Cause
    status: int | None = None
    after: timedelta | None = None
    missing: str | None = None
    body: bytes = b""

    @property
    def lasts(self) -> bool:
        """Whether asking again is of no use until somebody did something."""
        return self.cause in LASTING

    @property
    def is_unclear(self) -> bool:
        """Whether the platform may have done what it was asked all the same."""
        return self.cause in UNCLEAR

    @property
    def message(self) -> Message:
        """What happened, and what to do, for whoever teaches."""
        if self.cause is Cause.SCOPE_MISSING:
            return say("platform_scope_missing", scope=self.missing or "")
        if self.cause is Cause.FAULT:
            return say("platform_our_fault", kind=self.missing or "")
        status = "" if self.status is None else str(self.status)
        return say(_SAID[self.cause], status=status) if self.cause in _WITH_STATUS else say(_SAID[self.cause])


_SAID: Final[Mapping[Cause, str]] = {
    Cause.UNREACHABLE: "platform_unreachable",
    Cause.TIMED_OUT: "platform_timed_out",
    Cause.BUSY: "platform_busy",
    Cause.BROKEN: "platform_broken",
    Cause.MOVED: "platform_moved",
    Cause.UNKNOWN_HERE: "platform_unknown_here",
    Cause.NOT_LET_IN: "platform_not_let_in",
    Cause.FORBIDDEN: "platform_forbidden",
    Cause.GONE: "platform_gone",
    Cause.OUTDATED: "platform_outdated",
    Cause.REFUSED: "platform_refused",
    Cause.NONSENSE: "platform_nonsense",
    Cause.NOT_SECURE: "platform_not_secure",
}
_WITH_STATUS: Final = frozenset({Cause.BROKEN, Cause.MOVED, Cause.REFUSED})


def failure_of(status: int, headers: httpx.Headers, body: bytes, *, now: datetime) -> Failed | None:
    """What an answer's status says went wrong; None if nothing did. Redirects are never followed."""
    if 200 <= status < 300:
        return None
    asked = retry_after(headers.get("Retry-After", ""), now)
    after = None if asked is None else min(asked, LONGEST)
    cause = Cause.BUSY if status == 403 and _THROTTLED in body else _cause(status)
    return Failed(cause=cause, status=status, after=after, body=body[:KEPT])


def _cause(status: int) -> Cause:
    match status:
        case 401:
            return Cause.NOT_LET_IN
        case 403:
            return Cause.FORBIDDEN
        case 404 | 410:
            return Cause.GONE
        case 409:
            return Cause.OUTDATED
        case 429:
            return Cause.BUSY
        case _ if 300 <= status < 400:
            return Cause.MOVED
        case _ if 400 <= status < 500:
            return Cause.REFUSED
        case _:
            return Cause.BROKEN


def pause(failures: int, asked: timedelta | None) -> timedelta:
    """How long to wait after so many failures in a row: longer each time, never all at once, never less than the
    platform asks for within the hour, and never more than an hour."""
    from tenacity import RetryCallState, Retrying, wait_exponential, wait_random  # pages read causes, and never wait

    longer = wait_exponential(multiplier=FIRST.total_seconds(), max=LONGEST.total_seconds())
    state = RetryCallState(Retrying(), None, (), {})
    state.attempt_number = min(max(failures, 1), _ENOUGH)
    then = timedelta(seconds=(longer + wait_random(0, JITTER.total_seconds()))(state))
    return min(max(then, asked or timedelta()), LONGEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceBounds:
    """What a platform may take of us. `seconds`: until an answer is whole; `body`: its bytes; `whole`: the
    bytes of a list, which is kept until its last page; `pages`: of a list, and `list_seconds` after which no further
    page is asked for."""

    seconds: float = 10.0
    list_seconds: float = 60.0
    body: int = 4 * 1024 * 1024
    whole: int = 32 * 1024 * 1024
    pages: int = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequest:
    """A request to a service of a platform."""

    method: str
    url: str
    scope: str
    accept: str | None = None
    content_type: str | None = None
    content: bytes | None = None
    params: Mapping[str, str] = field(default_factory=dict)
