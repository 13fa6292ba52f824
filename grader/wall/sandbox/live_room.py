"""A room as the supervisor sees it: pipes, deadlines and caps. Every wait here has a deadline of our own.

Bytes from the room are believed only as far as `frames.py` has checked them. How it is confined is not known here.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from grader.errors import ProtocolError, SandboxError
from grader.limits import MEGABYTE, RoomLimits
from grader.messages import Message, counted, say
from grader.wall.frames import MAX_HEADER
from grader.wall.message_frames import from_reader, to_bytes, whole
from grader.wall.protocol import (
    TOO_LARGE,
    Answer,
    Borrow,
    Ended,
    Job,
    Leave,
    Lent,
    NotLent,
    Opened,
    OverLimit,
    Question,
    Raised,
    Returned,
    Sent,
    Unsupported,
)
from grader.wall.room.records import STARTED, Exit, read_refusal
from grader.wall.sandbox import Lend
from grader.wall.sandbox.channel import CREDENTIALS_SPACE, RoomChannel, process_of
from grader.wall.sandbox.endings import FORGED, cause, over_memory
from grader.wall.sandbox.faults import refused
from grader.wall.sandbox.load import QUEUE_SECONDS, OwnTime, seconds_computed, seconds_in_the_queue
from grader.wall.sandbox.niceness import as_nice_as_we
from grader.wall.sandbox.work_folder import BEYOND_COUNTING, MOST_DEEP, MOST_ENTRIES

CHUNK = 256 * 1024
KEPT_PRINTS = 16_000
START_SECONDS = 120.0  # for a fork and the locks: our time, on a machine that may be busy
LEAVE_SECONDS = 10.0
LEAST_SECONDS = 0.1  # more time than this is given at once to a room that the machine kept waiting
ANSWERS_TOGETHER = 4  # times the limit of one answer: every answer is kept until all are judged
MOST_READING = 10.0  # seconds of processor time for all that a room says; in our labs it takes 0.2 at most
GRACE_SECONDS = 1.0  # for what had been said in time; a room that never falls silent gets no more
LOOK_SECONDS = 0.1  # how often a work folder on the machine's own disk is looked at


class _RoomEndedError(Exception):
    """Inside this file only: the conversation is over, and why."""

    def __init__(self, ended: Ended) -> None:
        super().__init__(ended.reason)
        self.ended = ended


class LiveRoom:
    """One room. A context manager; whoever made the channel hangs it up afterwards, at which the process is ended."""

    def __init__(
        self,
        channel: RoomChannel,
        limits: RoomLimits,
        *,
        queued: Callable[[int], float] = seconds_in_the_queue,
        used: Callable[[int | None], int] | None = None,
        crowded: Callable[[int | None], bool] = lambda _: False,
        spent: Callable[[], float] = time.thread_time,
    ) -> None:
        """Of the room's process, `queued`: how long it stood in the queue; `used`: bytes of files that nothing else
        bounds; `crowded`: whether others took threads that it was promised. `spent`: what we have computed so far."""
        self.channel = channel
        self.limits = limits
        self.process: int | None = None
        self._used = used
        self._crowded = crowded
        self._spent = spent
        self._files_seen = -LOOK_SECONDS
        self.exit: Exit | None = None
        self._ended: Ended | None = None
        self._clock = OwnTime(queued)
        self._begun = False
        self._deadline = START_SECONDS  # on our clock
        self._most_seconds: float = limits.wall_seconds  # of the room's own time
        self._most_incoming = limits.answer_bytes + MAX_HEADER
        self._outgoing = bytearray()
        self._incoming = bytearray()
        self._kept = bytearray()
        self._printed_bytes = 0
        self._opened = False
        self._asked = 0
        self._heard_bytes = 0
        self._read_seconds = 0.0
        self._lend: Lend | None = None

    def __enter__(self) -> Self:
        self._selector = selectors.DefaultSelector()
        for descriptor in (self.channel.questions, self.channel.answers, self.channel.prints):
            os.set_blocking(descriptor, False)
        self._selector.register(self.channel.answers, selectors.EVENT_READ, self._read_answers)
        self._selector.register(self.channel.prints, selectors.EVENT_READ, self._read_prints)
        self._selector.register(self.channel.status, selectors.EVENT_READ, self._read_status)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._selector.close()

    @property
    def printed(self) -> str:
        """What the job's own statements printed, capped; see `Room.printed`."""
        text = self._kept[:KEPT_PRINTS].decode("utf-8", "replace")
        return text + ("\n[more was printed; it is not kept]" if len(self._kept) > KEPT_PRINTS else "")

    @property
    def seconds(self) -> float:
        """See `Room.seconds`. What one that has ended stood in the queue since the last look is not known any more."""
        return self._clock.seconds

    @property
    def computed(self) -> float | None:
        """See `Room.computed`."""
        return seconds_computed(self.process)

    def open(self, job: Job, lend: Lend | None = None) -> Opened | Ended:
        """Run the job. See `Room.open`."""
        self._lend = lend
        try:
            self._say(job)
            opened = self._hear_past_borrowing()
            self._drain_prints()
            self._opened = True
        except _RoomEndedError as over:
            return over.ended
        if not isinstance(opened, Opened):
            return self._out_of_turn()
        if any(failure.error.type == "RuntimeError" for failure in opened.failures):
            self._insist_on_threads()
        return opened

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        """Ask all, then collect the answers in order. See `Room.ask`."""
        answers: list[Answer] = []
        self._begin_at_once()
        try:
            for question in questions:
                self._say(question)
            self._asked += len(questions)
            for question in questions:
                answers.append(self._answer_to(question))  # noqa: PERF401  # kept when the room ends half-way
        except _RoomEndedError as over:
            answers += [over.ended] * (len(questions) - len(answers))
        return answers

    def _begin_at_once(self) -> None:
        """What is asked at once may have a limit of its own, within that of the room."""
        if (seconds := self.limits.asked_seconds) is not None:
            own = self._clock.look()
            self._most_seconds = min(self.limits.wall_seconds, own + seconds)
            self._deadline = self._clock.waited + self._most_seconds - own

    def leave(self) -> Leave | Ended:
        """See `Room.leave`."""
        self._clock.look()
        self._most_seconds = min(self._most_seconds, self._clock.seconds + LEAVE_SECONDS)
        self._deadline = min(self._deadline, self._clock.waited + LEAVE_SECONDS)
        try:
            self._look_at_files(at_once=True)
            self._say(Leave())
            last = self._hear()
        except _RoomEndedError as over:
            return over.ended
        return last if isinstance(last, Leave) and last.answered == self._asked else self._out_of_turn()

    def _answer_to(self, question: Question) -> Answer:
        message = self._hear_past_borrowing()
        if isinstance(message, Job | Opened | Leave | Question | Borrow | Lent | NotLent) or message.id != question.id:
            raise _RoomEndedError(self._out_of_turn())
        if isinstance(message, Raised) and message.error.type == "MemoryError":
            return OverLimit(id=question.id, message=over_memory(self.limits))
        if isinstance(message, Raised) and message.error.type == "RuntimeError":
            self._insist_on_threads()
        if isinstance(message, Unsupported) and message.what.key == TOO_LARGE.key:
            most = f"{self.limits.answer_bytes // MEGABYTE:,}"
            return OverLimit(id=question.id, message=say("answer_too_large", most=most))
        try:
            return whole(message, question) if isinstance(message, Returned) else message
        except ProtocolError:
            raise _RoomEndedError(self._out_of_turn()) from None

    def _out_of_turn(self) -> Ended:
        self._ended = FORGED
        return FORGED

    def _say(self, message: Sent) -> None:
        if self._ended is not None:
            raise _RoomEndedError(self._ended)
        waiting = bool(self._outgoing)
        self._outgoing += to_bytes(message)
        if not waiting and not self._written():  # at once where there is space: a loan costs no look at the selector
            self._selector.register(self.channel.questions, selectors.EVENT_WRITE, self._write_questions)

    def _hear_past_borrowing(self) -> Sent:
        """The next message that is none about borrowing: until it comes, the room gets what it borrows.

        One loan is written out before the next is made, so a room that only asks piles up nothing here. The time that a
        room waits for the judge is not its own.
        """
        while True:
            before = self._heard_bytes
            message = self._hear()
            if not isinstance(message, Borrow) or self._lend is None:
                return message
            self._heard_bytes = before  # nobody keeps it; what may be borrowed in all is not known here
            while self._outgoing:
                self._wait()
                if len(self._incoming) > self._most_incoming:
                    raise _RoomEndedError(self._out_of_turn())
            match loan := self._lend(message):
                case None:
                    raise _RoomEndedError(self._out_of_turn())
                case Ended():
                    self._end(loan.reason, loan.message)
                case _:
                    self._say(loan)

    def _hear(self) -> Sent:
        """The next message. To read it is our time and not the room's, so there is a bound on that as well: what was
        made to be read slowly, and is borrowed for ten thousand times, would hold us for hours."""
        began = self._spent()
        try:
            message = from_reader(self._take, max_bytes=self.limits.answer_bytes)
        except ProtocolError:
            raise _RoomEndedError(self._out_of_turn()) from None
        self._read_seconds += self._spent() - began
        if self._read_seconds > MOST_READING:
            self._end("over_limit", say("answers_read_too_long", time=counted(int(MOST_READING), "second")))
        self._look_at_files()
        return message

    def _take(self, count: int) -> bytes:
        while len(self._incoming) < count:
            self._wait()
        self._heard_bytes += count
        if self._heard_bytes > ANSWERS_TOGETHER * self.limits.answer_bytes:
            most = f"{ANSWERS_TOGETHER * self.limits.answer_bytes // MEGABYTE:,}"
            self._end("over_limit", say("answers_too_large", most=most))
        taken = bytes(self._incoming[:count])
        del self._incoming[:count]
        return taken

    def _wait(self) -> None:
        """Move bytes until something happened; end the room when it is over a limit or over."""
        if self.exit is not None:
            ended = cause(self.exit, self.limits)
            if ended.reason == "crashed" and self.exit.code < 0:
                self._insist_on_threads()
            self._end(ended.reason, ended.message)
        self._look_at_files()
        patience = max(0.0, self._deadline - self._clock.waited)
        with self._clock.running():
            events = self._selector.select(min(patience, QUEUE_SECONDS if self._used is None else LOOK_SECONDS))
        for key, _ in events:
            key.data()
        if self._clock.waited >= self._deadline + (GRACE_SECONDS if events else 0):
            self._run_out()

    def _run_out(self) -> None:
        """Whose time was it? Code that waits by itself is at fault; what the machine took of it is given again.

        So a loop that only computes always meets its limit of computing time, however busy the machine is.
        """
        wall = counted(self.limits.wall_seconds, "second")
        own = self._clock.look()
        if self._begun and own >= self._most_seconds:
            self._end("timed_out", say("over_clock", time=wall))
        if not self._begun or self._clock.waited >= self.limits.most_seconds:
            raise SandboxError(say("machine_busy", time=wall))
        self._deadline = self._clock.waited + max(LEAST_SECONDS, self._most_seconds - own)

    def _look_at_files(self, *, at_once: bool = False) -> None:
        """What a room wrote is looked at ten times a second at most, and when it leaves."""
        if self._used is None or not (at_once or time.monotonic() >= self._files_seen + LOOK_SECONDS):
            return
        used = self._used(self.process)
        self._files_seen = time.monotonic()
        if used >= BEYOND_COUNTING:
            self._end("over_limit", say("files_too_many", most=f"{MOST_ENTRIES:,}", deep=f"{MOST_DEEP:,}"))
        if used > self.limits.file_bytes:
            self._end("over_limit", say("files_too_large", most=f"{self.limits.file_bytes // MEGABYTE:,}"))

    def _insist_on_threads(self) -> None:
        """A program that cannot start a thread aborts; if others have the threads, that is no fault of its own."""
        if self._crowded(self.process):
            raise SandboxError(say("threads_taken"))

    def _read_answers(self) -> None:
        with contextlib.suppress(BlockingIOError):  # `_read_status` may have read it all a moment ago
            data = os.read(self.channel.answers, CHUNK)
            self._incoming += data
            if not data:  # wait for the exit record, which says why; a daemon that holds the pipe cannot delay it
                self._selector.unregister(self.channel.answers)

    def _write_questions(self) -> None:
        if self._written():
            self._selector.unregister(self.channel.questions)

    def _written(self) -> bool:
        """Whether nothing is left to write: all of it is said, or nobody will ever read it."""
        try:
            del self._outgoing[: os.write(self.channel.questions, self._outgoing[:CHUNK])]
        except BlockingIOError:
            return False
        except BrokenPipeError:
            self._outgoing.clear()
        return not self._outgoing

    def _read_prints(self) -> None:
        data = os.read(self.channel.prints, CHUNK)
        self._printed_bytes += len(data)
        if not self._opened:
            self._kept += data[: KEPT_PRINTS + 1 - len(self._kept)]
        if self._printed_bytes > self.limits.printed_bytes:
            self._end("over_limit", say("printed_too_much", most=f"{self.limits.printed_bytes:,}"))
        if not data:
            self._selector.unregister(self.channel.prints)

    def _drain_prints(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self.channel.prints in self._selector.get_map() and self._printed_bytes <= self.limits.printed_bytes:
                self._read_prints()

    def _read_status(self) -> None:
        record, credentials, _, _ = self.channel.status.recvmsg(1_100, CREDENTIALS_SPACE)
        if record == STARTED:
            self.process = process_of(credentials)
            as_nice_as_we(self.process)
            self._begun = True
            self._deadline = self._most_seconds
            self._clock.start(self.process)
            return
        if len(record) > Exit.SIZE:
            raise refused(*read_refusal(record))
        if len(record) != Exit.SIZE:
            raise SandboxError(say("opener_ended"))
        self.exit = Exit.from_bytes(record)
        self._selector.unregister(self.channel.status)
        self._read_what_is_left()

    def _read_what_is_left(self) -> None:
        with contextlib.suppress(BlockingIOError, KeyError):
            while len(self._incoming) <= self._most_incoming and (data := os.read(self.channel.answers, CHUNK)):
                self._incoming += data

    def _end(self, reason: str, message: Message) -> None:
        self._ended = Ended(reason=reason, message=message)  # type: ignore[arg-type]  # the three reasons of this file
        raise _RoomEndedError(self._ended)
