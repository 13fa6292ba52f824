"""Who follows which attempt, and one look at the database for all of them: however many follow, a process asks once.

A look is synchronous and is taken in a thread. Nothing of an attempt is known here but how far grading has come;
whether somebody may follow it was decided before (`access.py`), and is asked again while they do.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf
from time import monotonic
from typing import Final, TypeAlias

import anyio
from anyio import CapacityLimiter, to_thread
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from grader.policy.state import OVER, State
from grader.service.queue.position import Position, positions
from grader.service.site import Site
from grader.service.store.outline import Stage
from grader.service.store.tables import Attempt

#: seconds between two looks; as many times as long as the last one took, if that is more; and after one that failed
EVERY: Final = 0.125
REST: Final = 4
AFTER_FAILURE: Final = 2.0
#: streams that one person may have open: browsers, windows, phones; and all people together
MOST_STREAMS: Final = 8
MOST_IN_ALL: Final = 5_000
#: how old a place in the queue may be: when thousands wait, to count them with each look would be all that a site does
FRESH: Final = timedelta(seconds=2)
#: attempts in one query
MOST_IDS: Final = 500
#: seconds after which somebody who follows is asked again whether they may: nothing is told to whoever may no more
RECHECK: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an attempt has come. `ahead`: attempts that go first; `seconds`: until the report, whole, as expected;
    both None where it is not known. `no_worker`: nobody is there to grade it."""

    state: State
    stage: Stage | None = None
    ahead: int | None = None
    seconds: int | None = None
    no_worker: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in OVER


#: whether whoever follows may do so now; asked in a thread
Allowed: TypeAlias = Callable[[], bool]
Look: TypeAlias = Callable[[Sequence[uuid.UUID]], Mapping[uuid.UUID, Progress]]


class Looking:
    """Looks at the attempts of a site. Places in the queue are remembered for a moment."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._places: dict[uuid.UUID, tuple[datetime, Progress]] = {}

    def __call__(self, ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Progress]:
        """How far each has come; those that are not there are left out."""
        now = self._site.now()
        with self._site.database.read() as session:
            found: dict[uuid.UUID, Progress] = {}
            for start in range(0, len(ids), MOST_IDS):
                found |= _states(session, ids[start : start + MOST_IDS], now)
            self._look_up(session, [each for each, seen in found.items() if seen.state is State.WAITING], now)
        return found | {each: progress for each, (_, progress) in self._places.items()}

    def _look_up(self, session: Session, waiting: Sequence[uuid.UUID], now: datetime) -> None:
        """Their places in the queue, of those that have none yet, or an old one."""
        self._places = {each: self._places[each] for each in waiting if each in self._places}
        stale = [each for each in waiting if each not in self._places or now - self._places[each][0] > FRESH]
        for each, place in positions(session, stale, now).items():
            self._places[each] = now, _waiting(place)


def _states(session: Session, ids: Sequence[uuid.UUID], now: datetime) -> dict[uuid.UUID, Progress]:
    asked = select(Attempt.id, Attempt.state, Attempt.stage, Attempt.seconds, Attempt.claimed_at)
    return {
        row.id: Progress(state=row.state)
        if row.state is not State.RUNNING
        else Progress(
            state=State.RUNNING,
            stage=row.stage,
            seconds=None if row.claimed_at is None else _whole(row.seconds - (now - row.claimed_at).total_seconds()),
        )
        for row in session.execute(asked.where(Attempt.id.in_(ids)))
    }


def _waiting(place: Position) -> Progress:
    seconds = None if place.seconds is None else _whole(place.seconds)
    return Progress(state=State.WAITING, ahead=place.ahead, seconds=seconds, no_worker=seconds is None)


def _whole(seconds: float) -> int:
    """Of what is over already, too, nobody knows better than: soon."""
    return max(1, round(seconds))


@dataclass(eq=False, slots=True)
class _Follower:
    """What one stream has not sent yet: the newest alone; None if the attempt is not there any more."""

    changed: asyncio.Event = field(default_factory=asyncio.Event)
    newest: Progress | None = None

    def tell(self, progress: Progress | None) -> None:
        """Raise it, if it is news."""
        if progress is None or progress != self.newest:
            self.newest = progress
            self.changed.set()

    async def hears(self, longest: float) -> bool:
        """Whether something came in that time."""
        try:
            await asyncio.wait_for(self.changed.wait(), longest)
        except TimeoutError:
            return False
        self.changed.clear()
        return True


class Watcher:
    """Looks for all who follow, as long as somebody does. Belongs to one event loop."""

    def __init__(
        self,
        look: Look,
        *,
        every: float = EVERY,
        after_failure: float = AFTER_FAILURE,
        most_streams: int = MOST_STREAMS,
        most_in_all: int = MOST_IN_ALL,
        recheck: float = RECHECK,
    ) -> None:
        self._look = look
        self._recheck = recheck
        self._checks = CapacityLimiter(1)  # not one of the threads that requests wait for
        self._every = every
        self._after_failure = after_failure
        self._most = most_streams
        self._most_in_all = most_in_all
        self._followers: dict[uuid.UUID, set[_Follower]] = {}
        self._streams: Counter[int] = Counter()
        self._task: asyncio.Task[None] | None = None

    def is_full(self, person_id: int) -> bool:
        """Whether that person follows as much as anybody may, or all together as much as we can bear."""
        return self._streams.get(person_id, 0) >= self._most or self.streams >= self._most_in_all

    @property
    def streams(self) -> int:
        """How many are open, of all people."""
        return self._streams.total()

    async def follow(
        self, attempt_id: uuid.UUID, person_id: int, *, allowed: Allowed, longest: float | None = None
    ) -> AsyncGenerator[Progress, None]:
        """Each change, beginning with how it is now, until it is over, or `longest` seconds have passed, or it is not
        `allowed` any more, which is asked every few seconds.

        Ends at once for whoever follows too much.
        """
        if self.is_full(person_id):
            return
        follower = _Follower()
        self._streams[person_id] += 1
        self._followers.setdefault(attempt_id, set()).add(follower)
        ends = inf if longest is None else monotonic() + longest
        asks = monotonic() + self._recheck
        try:
            self._begin()
            while monotonic() < ends:
                heard = await follower.hears(min(ends, asks) - monotonic())
                if monotonic() >= asks:
                    if not await self._may(allowed):
                        return
                    asks = monotonic() + self._recheck
                if not heard:
                    continue
                progress = follower.newest
                if progress is None:
                    return
                yield progress
                if progress.is_over:
                    return
        finally:
            self._leave(attempt_id, person_id, follower)

    async def _may(self, allowed: Allowed) -> bool:
        """Where the database does not answer, nobody may: a browser comes again in a moment."""
        try:
            return await to_thread.run_sync(allowed, limiter=self._checks)
        except SQLAlchemyError:
            return False

    def _leave(self, attempt_id: uuid.UUID, person_id: int, follower: _Follower) -> None:
        self._streams[person_id] -= 1
        if not self._streams[person_id]:
            del self._streams[person_id]
        those = self._followers.get(attempt_id, set())
        those.discard(follower)
        if not those:
            self._followers.pop(attempt_id, None)

    def _begin(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._watch())
            self._task.add_done_callback(_told)

    async def _watch(self) -> None:
        """A look that the database fails is taken again a little later: whoever follows sees that nothing moves. Any
        other failure ends all streams, so that nobody waits for what will not come, and is told where failures are."""
        thread = CapacityLimiter(1)  # not one of the threads that requests wait for
        try:
            while self._followers:
                begun = monotonic()
                try:
                    found = await to_thread.run_sync(self._look, list(self._followers), limiter=thread)
                except SQLAlchemyError:
                    await anyio.sleep(self._after_failure)
                    continue
                self._tell(found)
                await anyio.sleep(max(self._every, REST * (monotonic() - begun)))
        except Exception:
            self._tell({})
            raise

    def _tell(self, found: Mapping[uuid.UUID, Progress]) -> None:
        for attempt_id, those in self._followers.items():
            for follower in those:
                follower.tell(found.get(attempt_id))


def _told(task: asyncio.Task[None]) -> None:
    """At once: whoever waits until the task is forgotten hears of its failure late, or never."""
    if not task.cancelled() and (failure := task.exception()) is not None:
        context = {"message": "Nobody looks at attempts any more.", "exception": failure, "task": task}
        task.get_loop().call_exception_handler(context)
