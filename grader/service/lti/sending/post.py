"""What a worker does for platforms beside grading: tells scores of many columns at the same time, each column by one
worker at a time. A platform that hangs holds up nobody but its own columns, and of these not all.

A kill at any moment loses nothing: a column goes to another worker when its lease ends, and what may have arrived is
looked for before it is told again.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from grader.errors import StoreUnavailable
from grader.messages import terminal
from grader.service.attempts.standing import return_scores
from grader.service.lti.keys import sign
from grader.service.lti.sending.batch import keep, not_begun, take_some
from grader.service.lti.sending.claims import (
    ClaimedColumn,
    claim,
    give_back,
    has_to_compare,
    is_any_claimable,
    let_go,
    put_off,
    renew,
)
from grader.service.lti.sending.columns import adopt, is_any_to_adopt, keep_address
from grader.service.lti.sending.comparing import found_there, keep_found
from grader.service.lti.sending.telling import Teller
from grader.service.lti.services.access import Access
from grader.service.lti.services.answers import Cause, Failed
from grader.service.lti.services.calls import Calls, opened_client
from grader.service.queue.held import LEASE
from grader.service.site import Site
from grader.service.store.lti_score_tables import LtiSender
from grader.service.store.tables import Opening

#: columns that one worker serves at the same time; of one platform
MOST: Final = 32
OF_A_PLATFORM: Final = 4
#: between two looks at whether there is something to tell
LOOK_SECONDS: Final = 5.0
#: what is on its way when the end is asked for may take so long
END_SECONDS: Final = 15.0
#: a database that does not answer is asked again after that
AWAY_SECONDS: Final = 2.0

AnswerT = TypeVar("AnswerT")
WithP = ParamSpec("WithP")


class Post:
    """The sender of one worker."""

    def __init__(
        self,
        site: Site,
        *,
        worker: str,
        calls: Calls | None = None,
        lease: timedelta = LEASE,
        look: float = LOOK_SECONDS,
        warn: Callable[[str], None] = terminal.warn,
    ) -> None:
        """`calls`: how platforms are asked; made where it runs, if nobody gives one. `look`: seconds between two
        looks. `warn` is told why nothing is sent, if it is not that the database is away."""
        self._site = site
        self._worker = worker
        self._lease = lease
        self._calls = calls
        self._look = look
        self._warn = warn
        self._warned: set[str] = set()
        self._tasks: dict[asyncio.Task[None], ClaimedColumn] = {}
        self._over = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None

    def run(self) -> None:
        """Tell what there is to tell, until `end` is called from another thread; what is on its way then may arrive."""
        asyncio.run(self.going())

    def end(self) -> None:
        """Take nothing more. May be called at any time, from any thread."""
        self._over.set()
        if self._loop is not None and self._stop is not None:
            with suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._stop.set)

    async def once(self) -> None:
        """Tell all that is to be told at this moment, and return when that is done. Raises what the database does."""
        async with self._reaching() as access:
            await self._in_database(adopt, self._site.now())
            while await self._take(access) or self._tasks:
                if self._tasks:
                    await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)

    async def going(self) -> None:
        """The same, in a loop that is there already."""
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        if self._over.is_set():
            return
        async with self._reaching() as access:
            renewing = asyncio.create_task(self._renewing())
            while not self._stop.is_set():
                try:
                    await self._look_round(access)
                    pause = self._look
                except (DBAPIError, StoreUnavailable):
                    pause = AWAY_SECONDS
                except Exception as error:  # grading goes on beside it
                    pause = self._look
                    self._tell(error)
                await self._rest(pause)
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=END_SECONDS)
            for each in (renewing, *self._tasks):
                each.cancel()
            await asyncio.gather(renewing, *self._tasks, return_exceptions=True)

    def _tell(self, error: Exception) -> None:
        kind = type(error).__name__
        if kind not in self._warned:  # once, not at every look
            self._warned.add(kind)
            self._warn(f"Grades are not told to learning platforms ({kind}). Tell whoever runs the site.")

    async def _look_round(self, access: Access) -> None:
        """Begin with whatever there is to tell; who only looks does not wait for whoever writes."""
        if await asyncio.to_thread(self._is_any_to_adopt):
            await self._in_database(adopt, self._site.now())
        while not self._over.is_set() and await asyncio.to_thread(self._is_any_claimable):
            if not await self._take(access):
                return

    def _is_any_to_adopt(self) -> bool:
        with self._site.database.read() as session:
            return is_any_to_adopt(session)

    def _is_any_claimable(self) -> bool:
        with self._site.database.read() as session:
            return is_any_claimable(session, now=self._site.now())

    async def _rest(self, seconds: float) -> None:
        """Until there may be something: a column is done and another may have its place, or time has passed."""
        if self._stop is None:
            return
        stopped = asyncio.create_task(self._stop.wait())
        await asyncio.wait({stopped, *self._tasks}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()

    async def _take(self, access: Access) -> bool:
        """Begin with one more column; False if there is none, or no place for it."""
        if len(self._tasks) >= MOST:
            return False
        busy = Counter(each.column.platform_id for each in self._tasks.values())
        full = tuple(platform for platform, number in busy.items() if number >= OF_A_PLATFORM)
        taken = await self._in_database(claim, worker=self._worker, now=self._site.now(), lease=self._lease, full=full)
        if taken is None:
            return False
        task = asyncio.create_task(self._see_through(access, taken))
        self._tasks[task] = taken
        task.add_done_callback(lambda done: self._tasks.pop(done, None))
        return True

    async def _see_through(self, access: Access, held: ClaimedColumn) -> None:
        with suppress(DBAPIError, StoreUnavailable):  # it comes back with its lease
            try:
                await self._serve(access, held)
            except asyncio.CancelledError:
                await self._in_database(give_back, held)
                raise
            except (DBAPIError, StoreUnavailable):
                raise
            except Exception as error:  # of ours: the other columns go on
                fault = Failed(cause=Cause.FAULT, missing=type(error).__name__)
                await self._in_database(put_off, held, fault, now=self._site.now())

    async def _serve(self, access: Access, held: ClaimedColumn) -> None:
        """All scores of a column that wait, some at a time."""
        site = self._site
        await self._in_database(_see_more, held, site.now())
        teller = Teller(access, held.column, address=site.address)
        url: str | Failed | None = None
        while some := await self._in_database(take_some, held, now=site.now()):
            url = await teller.address_of() if url is None else url
            if isinstance(url, Failed):
                await self._in_database(keep, held, [not_begun(each, url) for each in some], now=site.now())
                await self._in_database(put_off, held, url, now=site.now())
                return
            told, trouble = await teller.tell(url, some)
            await self._in_database(keep_address, held.column.link_id, url)
            if not await self._in_database(keep, held, told, now=site.now()):
                return
            if trouble is not None:
                await self._in_database(put_off, held, trouble, now=site.now())
                return
            if self._over.is_set():
                await self._in_database(give_back, held)
                return
        if some is not None and await self._compared(access, held):
            await self._in_database(let_go, held)

    async def _compared(self, access: Access, held: ClaimedColumn) -> bool:
        """Whether what the platform has was found, where that was due; else the column is put off."""
        site = self._site
        if not await self._in_database(has_to_compare, held, now=site.now()):
            return True
        found = await found_there(access, held)
        if isinstance(found, Failed) and not found.lasts and found.cause is not Cause.FORBIDDEN:
            await self._in_database(put_off, held, found, now=site.now())
            return False
        results = None if isinstance(found, Failed) else found  # where we may not ask, telling goes on
        return await self._in_database(keep_found, held, results, now=site.now()) is not None

    async def _renewing(self) -> None:
        """Keep what is held; whoever lost a column finds that out when they keep what came of it."""
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            for held in tuple(self._tasks.values()):
                with suppress(DBAPIError, StoreUnavailable):
                    await self._in_database(renew, held, now=self._site.now(), lease=self._lease)

    async def _in_database(
        self, do: Callable[Concatenate[Session, WithP], AnswerT], *args: WithP.args, **named: WithP.kwargs
    ) -> AnswerT:
        """Have that done in a transaction, in another thread."""

        def done() -> AnswerT:
            with self._site.database.begin() as session:
                return do(session, *args, **named)

        return await asyncio.to_thread(done)

    @asynccontextmanager
    async def _reaching(self) -> AsyncIterator[Access]:
        if self._calls is not None:
            yield Access(self._calls, self._signed)
            return
        async with opened_client() as client:
            yield Access(Calls(client, now=self._site.now), self._signed)

    def _signed(self, claims: Mapping[str, object]) -> str:
        with self._site.database.begin() as session:
            return sign(session, claims, now=self._site.now())


def _see_more(session: Session, held: ClaimedColumn, now: datetime) -> None:
    """Whether students see more by now; then what the platform is to have is reckoned first."""
    look_at = session.scalar(select(LtiSender.look_at).where(LtiSender.link_id == held.column.link_id))
    if look_at is not None and look_at <= now:
        opening_id = held.column.opening_id
        session.execute(select(Opening.id).where(Opening.id == opening_id).with_for_update(key_share=True))
        return_scores(session, opening_id, now)
