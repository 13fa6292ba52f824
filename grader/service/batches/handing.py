"""A class in the hands of a site's workers, seen from its command: handed over, collected, taken away again.

So many files at a time are with the workers: a database never holds a whole class, and what a command that is killed
leaves there is little, which workers leave alone at once and sweep away later. A database that restarts is waited for.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from types import TracebackType
from typing import Final, Self, TypeAlias, TypeVar

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, undefer

from grader.classes.crew import Done, Lost
from grader.classes.fingerprint import bytes_key
from grader.classes.graded import Graded
from grader.classes.intake import HandIn
from grader.classes.intake.contents import read_bytes
from grader.classes.one_file import Grading
from grader.classes.workforce import Hiring
from grader.course.assignment import Assignment
from grader.errors import StoreUnavailable, UnreadableSubmission, UsageError
from grader.grading.provenance import WallClock
from grader.grading.ungraded import unreadable, without_bytes
from grader.limits import NotebookLimits
from grader.messages import say, terminal
from grader.policy.state import State
from grader.report.report import Report
from grader.service.batches.claims import sweep_batches
from grader.service.batches.outcomes import unpacked
from grader.service.courses.archive import packed, read
from grader.service.queue.held import LEASE, moment
from grader.service.queue.order import Priority
from grader.service.queue.pace import REMEMBERED, UNKNOWN_SECONDS
from grader.service.queue.position import GONE
from grader.service.site import Now, utc_now
from grader.service.store.batch_tables import Batch, BatchFile
from grader.service.store.database import Database
from grader.service.store.migrating import is_current, version_of
from grader.service.store.putting import insert_into
from grader.service.store.tables import WorkerSeen
from grader.service.store.wakeups import wakeups_of
from grader.wall.value_frames import encodable

#: with the workers at a time: more than any number of them grades between two looks, and less than a database minds
MOST_FILES: Final = 256
MOST_BYTES: Final = 64_000_000
#: handed over, or collected, at once
AT_ONCE: Final = 32
#: between two looks where nothing has come
LOOK_SECONDS: Final = 0.1
#: until a database that does not answer is asked again
AWAY_SECONDS: Final = 1.0

Outcome: TypeAlias = Done[HandIn, Graded] | Lost[HandIn]
AnswerT = TypeVar("AnswerT")
Warn: TypeAlias = Callable[[str], None]


@contextmanager
def workers_of(url: str) -> Iterator[Hiring]:
    """Hires the workers of the site whose database that is.

    Raises UsageError where there is no site, or one of another version, and StoreUnavailable.
    """
    database = Database(url)
    try:
        if version_of(database) is None:
            raise UsageError("There is no site in this database. Name its site's with --on.")
        if not is_current(database):
            raise UsageError("The database's tables are those of an older grader. Run `grader site upgrade` first.")
        yield lambda grading, assignment: SiteWorkers(database, grading, assignment, warn=terminal.warn)
    finally:
        database.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Handed:
    """A file that is with the workers. Its bytes are kept, in case it has to be handed over again."""

    hand_in: HandIn
    data: bytes


class SiteWorkers:
    """The workers of a site, for one class: a `Workforce`, and its context."""

    def __init__(
        self,
        database: Database,
        grading: Grading,
        assignment: Assignment,
        *,
        warn: Warn,
        lease: timedelta = LEASE,
        now: Now = utc_now,
    ) -> None:
        """`lease`: how long workers go on for a command of which they hear nothing."""
        self._database = database
        self._wakeups = wakeups_of(database)
        self._grading = grading
        self._assignment = assignment
        self._warn = warn
        self._lease = lease
        self._now = now
        self._id = uuid.uuid4()
        self._handed: dict[uuid.UUID, _Handed] = {}
        self._turn = 0
        self._seconds = UNKNOWN_SECONDS
        self._collected = 0
        self._renew_at = 0.0
        self._said: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(StoreUnavailable), self._database.begin() as session:  # or it is swept away later
            session.execute(delete(Batch).where(Batch.id == self._id))

    def work(self, tasks: Iterator[HandIn]) -> Iterator[Outcome]:
        """See `Workforce.work`."""
        more = True
        while more or self._handed:
            if more and self._has_room():
                hand_ins = list(islice(tasks, AT_ONCE))
                more = len(hand_ins) == AT_ONCE
                yield from self.hand_over(hand_ins)
            outcomes = self._insist(self._found)
            yield from outcomes.values()
            self._forget(list(outcomes))
            self._stay(is_idle=not outcomes)

    def _has_room(self) -> bool:
        return len(self._handed) < MOST_FILES and sum(len(each.data) for each in self._handed.values()) < MOST_BYTES

    def hand_over(self, hand_ins: Sequence[HandIn]) -> list[Outcome]:
        """Give these to the workers; what cannot be read is done at once."""
        refused: list[Outcome] = []
        new: dict[uuid.UUID, _Handed] = {}
        for hand_in in hand_ins:
            try:
                data = read_bytes(hand_in, NotebookLimits().file_bytes)
            except UnreadableSubmission as error:
                refused.append(Done(task=hand_in, result=self._unreadable(hand_in, error)))
            else:
                new[uuid.uuid4()] = _Handed(hand_in=hand_in, data=data)
        if new:
            self._insist(self._be_there)
            self._insist(lambda session: self._put(session, new))
            self._handed |= new
        return refused

    def _unreadable(self, hand_in: HandIn, error: UnreadableSubmission) -> Graded:
        report = unreadable(
            without_bytes(hand_in.name),
            error.message,
            assignment=self._assignment,
            provenance=self._grading.provenance,
            run=WallClock().start().stop(),
        )
        return Graded(report=report.model_dump_json())

    def _be_there(self, session: Session) -> None:
        """For another lease; whoever was thought gone, and swept away, begins again."""
        self._renew_at = time.monotonic() + self._lease.total_seconds() / 3
        until = moment(session, self._now(), later=self._lease)
        renewed = update(Batch).where(Batch.id == self._id).values(lease_until=until, seconds=self._seconds)
        if session.scalar(renewed.returning(Batch.id).execution_options(synchronize_session=False)) is not None:
            return
        sweep_batches(session, now=self._now())
        files = read(self._grading.course)
        begun = insert_into(session, Batch).values(
            id=self._id,
            digest=files.digest,
            archive=packed(files),
            assignment=self._grading.assignment,
            seed=self._grading.provenance.seed,
            seconds=self._seconds,
            lease_until=until,
        )
        session.execute(begun)
        # under other ids, since fences begin at 0 again: a worker that still has a file of before holds none of these
        self._handed = {uuid.uuid4(): each for each in self._handed.values()}
        self._put(session, self._handed)

    def _put(self, session: Session, new: dict[uuid.UUID, _Handed]) -> None:
        """Behind what waits of this class, and beside what waits of others: a class that comes later has its turns, and
        none for the time before."""
        least = session.scalar(select(func.min(BatchFile.turn)).where(BatchFile.state == State.WAITING))
        self._turn = max(self._turn, (least or 0) - 1)
        for file_id, each in new.items():
            self._turn += 1
            row = insert_into(session, BatchFile).values(
                id=file_id,
                batch_id=self._id,
                name=encodable(each.hand_in.name),
                content=each.data,
                turn=self._turn,
                state=State.WAITING,
                fence=0,
                tries=0,
            )
            session.execute(row.on_conflict_do_nothing())  # it was stored, and we were not told
            self._wakeups.ring(session, priority=Priority.REGRADE, seconds=self._seconds)

    def _found(self, session: Session) -> dict[uuid.UUID, Outcome]:
        """What the workers are done with."""
        asked = (
            select(BatchFile)
            .options(undefer(BatchFile.outcome))
            .where(BatchFile.batch_id == self._id, BatchFile.state.in_([State.GRADED, State.PARKED]))
            .order_by(BatchFile.turn)
            .limit(AT_ONCE)
        )
        return {each.id: self._outcome(each) for each in session.scalars(asked) if each.id in self._handed}

    def _outcome(self, file: BatchFile) -> Outcome:
        hand_in = self._handed[file.id].hand_in
        if file.outcome is None:
            return Lost(task=hand_in, reason=file.trouble or say("process_ended"))
        graded = unpacked(file.outcome)
        self._learn(file.seconds or 0.0)
        if graded.keys and not self._is_ours(graded):
            self._tell(
                "What grades on the site is not what is installed here, or its sandbox is another: the next run grades "
                "everything again. Run this command with the site's version, packages and sandbox."
            )
        return Done(task=hand_in, result=graded)

    def _learn(self, seconds: float) -> None:
        self._collected = min(self._collected + 1, REMEMBERED)
        self._seconds += (seconds - self._seconds) / self._collected

    def _is_ours(self, graded: Graded) -> bool:
        """Whether this command, when it is run again, will find the report."""
        sha256 = Report.model_validate_json(graded.report).submission.sha256
        return sha256 is None or bytes_key(sha256, self._grading.context) in graded.keys

    def _forget(self, ids: list[uuid.UUID]) -> None:
        """They are kept where they belong."""
        if ids:
            self._insist(lambda session: session.execute(delete(BatchFile).where(BatchFile.id.in_(ids))))
        for each in ids:
            del self._handed[each]

    def _stay(self, *, is_idle: bool) -> None:
        if self._handed and time.monotonic() >= self._renew_at:
            self._insist(self._be_there)
            if is_idle and not self._insist(self._workers):
                self._tell("No worker of the site is there; waiting for one. `grader worker` starts it.")
        if is_idle and self._handed:
            time.sleep(LOOK_SECONDS)

    def _workers(self, session: Session) -> int:
        there = (WorkerSeen.seen_at > self._now() - GONE, WorkerSeen.draining.is_(False))
        return session.scalar(select(func.count()).select_from(WorkerSeen).where(*there)) or 0

    def _insist(self, ask: Callable[[Session], AnswerT]) -> AnswerT:
        """Ask it of the database, however long that takes to answer."""
        while True:
            try:
                with self._database.begin() as session:
                    return ask(session)
            except StoreUnavailable as error:
                self._tell(f"{error} Waiting for it; Ctrl-C stops, and the same command continues.")
                time.sleep(AWAY_SECONDS)

    def _tell(self, sentence: str) -> None:
        """Once."""
        if sentence not in self._said:
            self._said.add(sentence)
            self._warn(sentence)
