"""How a site that is busy is asked again: as often as helps, never all at once, and as late as it asks for. What is
asked, and what an answer means, stands with whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tenacity import RetryCallState, Retrying

#: seconds that a site may ask us to wait; whoever asks for more is told so
PATIENCE: Final = 120.0
#: seconds, doubled each time, of which a part is drawn by chance
_FIRST: Final = 0.5
_LONGEST: Final = 20


class Later(Exception):
    """The site did nothing, and asks to come again, in `seconds` if it says when."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def retry_after(said: str, now: datetime) -> timedelta | None:
    """What a Retry-After header says (RFC 9110, 10.2.3): seconds, or a date; None for what is neither."""
    words = said.strip()
    if words.isascii() and words.isdigit():
        return timedelta(seconds=int(words[:9]))
    with suppress(ValueError):
        then = parsedate_to_datetime(words)
        return max((then if then.tzinfo else then.replace(tzinfo=UTC)) - now, timedelta())
    return None


def seconds_after(said: str, now: datetime) -> float | None:
    """The same in seconds."""
    found = retry_after(said, now)
    return None if found is None else found.total_seconds()


def asking_again(again: tuple[type[Exception], ...], *, tries: int, sleep: Callable[[float], None]) -> Retrying:
    """Calls what it is given up to `tries` times, as long as it raises one of these, and raises the last."""
    from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential  # of an extra

    longer = wait_random_exponential(multiplier=_FIRST, max=_LONGEST)
    enough = stop_after_attempt(tries)

    def stops(state: RetryCallState) -> bool:
        return (_asked(state) or 0) > PATIENCE or enough(state)

    def waits(state: RetryCallState) -> float:
        asked = _asked(state)
        return longer(state) if asked is None else asked + longer(state) / 10

    return Retrying(retry=retry_if_exception_type(again), stop=stops, wait=waits, sleep=sleep, reraise=True)


def _asked(state: RetryCallState) -> float | None:
    error = state.outcome.exception() if state.outcome else None
    return error.seconds if isinstance(error, Later) else None
