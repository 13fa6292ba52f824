"""One slot of a worker: a thread that takes one thing after the other and sees each through in its process.

Our own failure ends the process and never the slot. Only a machine that cannot grade at all ends the worker.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final, Generic, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from grader.classes.crew.worker import Ready
from grader.classes.graded import Graded
from grader.errors import GraderError, StoreUnavailable
from grader.messages import Message, english, say
from grader.report.report import Report
from grader.service.queue.order import Lane
from grader.service.site import Site
from grader.service.store.outline import Stage
from grader.service.worker.hired import Hired, Making
from grader.service.worker.job import Prepared, Ungraded
from grader.service.worker.shift import Shift
from grader.service.worker.taken import Taken, given_back, kept, not_come_through, show, take

#: an idle slot looks for itself, in case nobody rang
LOOK_SECONDS: Final = 5.0
#: between two looks at deadlines, and at most between two stages that are written down
TICK_SECONDS: Final = 0.5
#: what others may take to load what they need, until this slot loads beside them
LOADING_SECONDS: Final = 10.0
#: processes that end in a row before they could begin, until this machine is given up
FALSE_STARTS: Final = 3

JobT = TypeVar("JobT")


class Slot(Generic[JobT]):
    """Takes what its lane allows, one at a time. `fetch` makes of it what its process is told; `ahead` says what this
    one is to be ready for."""

    def __init__(
        self,
        site: Site,
        shift: Shift,
        *,
        lane: Lane,
        fetch: Callable[[Taken], JobT],
        making: Making[JobT],
        ahead: Callable[[], JobT | None],
    ) -> None:
        self.lane = lane
        self._site = site
        self._shift = shift
        self._fetch = fetch
        self._making = making
        self._ahead = ahead
        self._ready_for: JobT | None = None
        self._in_vain: JobT | None = None
        self._hired: Hired[JobT] | None = None
        self._lock = threading.Lock()
        self._is_idle = False
        self._was_rung = False
        self._rung = threading.Event()
        self._nudge: Future[None] | None = None
        # not a daemon: its process is ended by it, and ends with it
        self.thread = threading.Thread(target=self._life, name=f"slot of {shift.worker}")

    def nudge(self) -> Future[None] | None:
        """Have it look, if it is idle: the future is done when it is idle again. None if it is at work, and will look
        before it rests."""
        with self._lock:
            if not self._is_idle:
                self._was_rung = True
                return None
            self._is_idle = False
            self._nudge = Future()
            self._rung.set()
            return self._nudge

    def wake(self) -> None:
        """Have it see that the shift is ending."""
        self._rung.set()

    def _life(self) -> None:
        try:
            while not self._shift.is_draining:
                with self._lock:
                    self._was_rung = False
                if not self._serve_one() and not self._rest():
                    self._prepare()
        except Exception as error:
            self._shift.fail(error)
        finally:
            self._dismiss(at_once=False)
            self._answer_nudge()

    def _rest(self) -> bool:
        """Until it is rung, or is to look for itself; whether it was rung."""
        with self._lock:
            if self._was_rung:
                return True
            self._is_idle = True
        self._answer_nudge()
        was_rung = self._rung.wait(LOOK_SECONDS)
        self._rung.clear()
        with self._lock:
            self._is_idle = False
        return was_rung

    def _answer_nudge(self) -> None:
        with self._lock:
            nudge, self._nudge = self._nudge, None
        if nudge is not None:
            nudge.set_result(None)

    def _serve_one(self) -> bool:
        """Whether there was one. A process is ready before anything is taken: one that cannot begin costs nobody."""
        hired = self._ready()
        taken = None if hired is None else self._claimed()
        if hired is None or taken is None:
            return False
        self._shift.hold(taken)
        try:
            self._see_through(hired, taken)
        finally:
            self._shift.let_go(taken)
        return True

    def _ready(self) -> Hired[JobT] | None:
        """The process, begun if it has not; None if the shift ends before it can. Raises GraderError if none begins."""
        if self._hired is None:
            with self._shift.loading(LOADING_SECONDS):
                while self._hired is None and not self._shift.is_draining:
                    self._begin()
                    self._load()
        return self._hired

    def _begin(self) -> None:
        reason: Message = say("process_ended")
        for _ in range(FALSE_STARTS):
            hired = Hired(self._making)
            hired.begin()
            while not self._shift.is_draining:
                match hired.heard(TICK_SECONDS):
                    case Ready():
                        self._hired = hired
                        return
                    case Message() as reason:
                        break
            hired.end(at_once=True)
            if self._shift.is_draining:
                return
        raise GraderError(f"The processes that grade cannot start: {english(reason)}.")

    def _prepare(self) -> None:
        """As soon as a new assignment is open, somebody may hand it in."""
        with self._shift.loading(0) as may:
            if may:
                self._load()

    def _load(self) -> None:
        """Have the process be ready for what is likely to come. One that does not come through that is spent; what it
        was to be ready for is not tried again."""
        try:
            job = self._ahead()
        except Exception:  # whoever has to do it says why it cannot be done
            return
        if job is None or job in (self._ready_for, self._in_vain) or self._hired is None:
            return
        self._hired.give(job)
        while not self._shift.is_draining:
            match self._hired.heard(TICK_SECONDS):
                case Prepared():
                    self._ready_for = job
                    return
                case Message():
                    break
        self._in_vain = job
        self._dismiss(at_once=True)

    def _claimed(self) -> Taken | None:
        try:
            return take(self._site, worker=self._shift.worker, lane=self.lane, lease=self._shift.lease)
        except (DBAPIError, StoreUnavailable):  # it does not answer: whatever was taken comes back with its lease
            return None

    def _see_through(self, hired: Hired[JobT], taken: Taken) -> None:
        try:
            hired.give(self._fetch(taken))
        except (DBAPIError, StoreUnavailable):
            self._settle(lambda session: given_back(session, taken))
            return
        except Exception as error:
            self._fail(taken, say("attempt_not_fetched", error=f"{type(error).__name__}: {error}"))
            return
        try:
            self._wait_for_answer(hired, taken)
        except Exception:
            self._dismiss(at_once=True)
            self._settle(lambda session: given_back(session, taken))
            raise

    def _wait_for_answer(self, hired: Hired[JobT], taken: Taken) -> None:
        """Raises what no process of this machine would come through."""
        shown, look_at = None, time.monotonic() + TICK_SECONDS
        while True:
            match hired.heard(TICK_SECONDS):
                case Graded() as graded:
                    self._keep(taken, graded)
                    return
                case Ungraded(trouble=trouble):
                    self._fail(taken, trouble)
                    return
                case Message() as reason:
                    self._dismiss(at_once=True)
                    self._fail(taken, reason)
                    return
            if self._shift.is_lost(taken) or self._shift.is_over:
                self._dismiss(at_once=True)
                self._settle(lambda session: given_back(session, taken))
                return
            if hired.stage != shown and time.monotonic() >= look_at:
                shown, look_at = hired.stage, time.monotonic() + TICK_SECONDS
                self._show(taken, shown)

    def _keep(self, taken: Taken, graded: Graded) -> None:
        try:
            made = Report.model_validate_json(graded.report)
            self._shift.sandbox = made.provenance.sandbox
            self._settle(lambda session: kept(session, self._site, taken, graded, made))
        except Exception as error:  # not the database's absence: it refuses this one
            self._fail(taken, say("attempt_not_kept", error=type(error).__name__))

    def _fail(self, taken: Taken, trouble: Message) -> None:
        self._settle(lambda session: not_come_through(session, self._site, taken, trouble))

    def _settle(self, end: Callable[[Session], object]) -> None:
        """Say what became of a claim, however long the database takes to answer."""

        def ended() -> None:
            with self._site.database.begin() as session:
                end(session)

        self._shift.persistently(ended)

    def _show(self, taken: Taken, stage: Stage | None) -> None:
        try:
            with self._site.database.begin() as session:
                if stage is not None:
                    show(session, taken, stage)
        except (DBAPIError, StoreUnavailable):
            return  # it is a courtesy

    def _dismiss(self, *, at_once: bool) -> None:
        if self._hired is not None:
            self._hired.end(at_once=at_once)
            self._hired = self._ready_for = None
