"""The supervisor's side of a room, with both ends in our hands: pipes without a process behind them."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace

import pytest

from grader.errors import SandboxError, SandboxUnavailable
from grader.limits import RoomLimits
from grader.messages import literal, say
from grader.wall.protocol import (
    TOO_LARGE,
    Borrow,
    Call,
    Ended,
    Job,
    Leave,
    Lent,
    NotLent,
    Opened,
    OverLimit,
    Raised,
    Returned,
    Sent,
    StudentError,
    Unsupported,
    to_bytes,
)
from grader.wall.room.records import STARTED, Exit, refusal
from grader.wall.sandbox import Lend
from grader.wall.sandbox.channel import RoomChannel
from grader.wall.sandbox.live_room import LiveRoom
from grader.wall.values import array
from tests.english import refusing, spoken

JOB = Job(statements=(), target="f", seed=0, files={}, answer_bytes=1)
OPENED = Opened(failures=(), target_type="a function", notices=())
QUESTIONS = [Call(id=number, target="f", args=()) for number in (0, 1)]
FORGED = "The answers that came back were not in the form the grader uses, so none of them counts."
NOW = RoomLimits(cpu_seconds=0)
MOMENT = RoomLimits(cpu_seconds=1, wall_factor=1, load_factor=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The room's ends of the pipes: what is written here, the room has said."""

    channel: RoomChannel
    answers: int
    prints: int
    status: socket.socket

    def say(self, *messages: Sent) -> None:
        """As the worker answers."""
        os.write(self.answers, b"".join(map(to_bytes, messages)))

    def end(self, *, code: int = 0, cpu_seconds: float = 0.0, peak_bytes: int = 0) -> None:
        """As the zygote reports the end of the room's process."""
        end = Exit(pid=1, code=code, cpu_seconds=cpu_seconds, wall_seconds=0.0, peak_bytes=peak_bytes)
        self.status.send(end.to_bytes())

    def room(self, limits: RoomLimits | None = None, *, queued: float = 0.0) -> LiveRoom:
        """The room as its supervisor sees it."""
        return LiveRoom(self.channel, limits or RoomLimits(), queued=lambda _: queued)


@pytest.fixture
def script() -> Iterator[Script]:
    """A room that says only what a test makes it say."""
    with ExitStack() as stack:
        (question_out, question_in), (answer_out, answer_in), (print_out, print_in) = (os.pipe() for _ in range(3))
        for descriptor in (question_out, question_in, answer_out, answer_in, print_out, print_in):
            stack.callback(os.close, descriptor)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        stack.enter_context(ours)
        stack.enter_context(theirs)
        channel = RoomChannel(questions=question_in, answers=answer_out, prints=print_out, status=ours)
        yield Script(channel=channel, answers=answer_in, prints=print_in, status=theirs)


def test_answers_are_paired_with_questions(script: Script) -> None:
    """The conversation of an honest room."""
    script.say(OPENED, Returned(id=0, value="a"), Returned(id=1, value="b"), Leave(answered=2))
    with script.room() as room:
        assert room.open(JOB) == OPENED
        assert [a.value for a in room.ask(QUESTIONS) if isinstance(a, Returned)] == ["a", "b"]
        assert room.leave() == Leave(answered=2)


def test_answers_out_of_order_are_forged(script: Script) -> None:
    """Each answer carries the number of its question, in the order asked."""
    script.say(OPENED, Returned(id=1, value="b"), Returned(id=0, value="a"))
    with script.room() as room:
        room.open(JOB)
        end, same = room.ask(QUESTIONS)
        assert isinstance(end, Ended)
        assert (spoken(end.message), same, room.leave()) == (FORGED, end, end)


def test_a_room_that_does_not_begin_with_opened_is_forged(script: Script) -> None:
    """An answer before the question is no opening."""
    script.say(Returned(id=0, value=1))
    with script.room() as room:
        end = room.open(JOB)
        assert isinstance(end, Ended)
        assert spoken(end.message) == FORGED


@pytest.mark.parametrize(
    ("said", "text"),
    [
        pytest.param(
            Raised(id=0, error=StudentError(type="MemoryError", text="")),
            "Your code asked for more memory than the limit of 2,048 MB.",
            id="memory",
        ),
        pytest.param(
            Unsupported(id=0, what=TOO_LARGE), "Your answer is larger than the limit of 32 MB.", id="a large answer"
        ),
    ],
)
def test_an_answer_over_a_limit_is_that_answers_alone(script: Script, said: Sent, text: str) -> None:
    """The room lives: it is not said to have ended, the next question is answered, and it may leave."""
    script.say(OPENED, said, Returned(id=1, value="b"), Leave(answered=2))
    with script.room() as room:
        room.open(JOB)
        over, answered = room.ask(QUESTIONS)
        assert isinstance(over, OverLimit)
        assert (over.id, spoken(over.message)) == (0, text)
        assert isinstance(answered, Returned)
        assert room.leave() == Leave(answered=2)


def test_what_was_said_before_the_end_still_counts(script: Script) -> None:
    """A room that dies after its answer has answered."""
    script.say(OPENED, Returned(id=0, value="a"))
    script.end(code=1)
    with script.room() as room:
        room.open(JOB)
        first, second = room.ask(QUESTIONS)
        assert isinstance(first, Returned)
        assert isinstance(second, Ended)


BORROW = Borrow(id=0, name="g", args=(), named={})


def lent(borrow: Borrow) -> Lent:
    """Lends everything; the value is the number of the request."""
    return Lent(id=borrow.id, value=borrow.id)


def test_a_room_is_lent_what_it_borrows_until_it_has_answered(script: Script) -> None:
    """While its job runs, and between and within answers: every request is passed on, in order."""
    asked: list[int] = []

    def noted(borrow: Borrow) -> Lent:
        asked.append(borrow.id)
        return lent(borrow)

    script.say(
        BORROW, OPENED, replace(BORROW, id=1), replace(BORROW, id=2), Returned(id=0, value=""), Leave(answered=1)
    )
    with script.room() as room:
        assert room.open(JOB, noted) == OPENED
        assert isinstance(room.ask(QUESTIONS[:1])[0], Returned)
        assert room.leave() == Leave(answered=1)
    assert asked == [0, 1, 2]


@pytest.mark.parametrize(
    ("said", "lend"),
    [
        pytest.param((BORROW, OPENED), None, id="in a room that may not"),
        pytest.param((BORROW, OPENED), lambda _: None, id="what is not lent"),
        pytest.param((OPENED, Lent(id=0, value=1)), lent, id="a loan of its own making"),
        pytest.param((OPENED, NotLent(id=0, type="ValueError", text="")), lent, id="a refusal of its own making"),
    ],
)
def test_a_room_that_borrows_what_it_may_not_is_forged(
    script: Script, said: tuple[Sent, ...], lend: Lend | None
) -> None:
    """No honest room of ours says such a thing."""
    script.say(*said)
    with script.room() as room:
        room.open(JOB, lend)
        (end,) = room.ask(QUESTIONS[:1])
        assert isinstance(end, Ended)
        assert spoken(end.message) == FORGED


def test_a_room_that_borrows_on_when_it_should_leave_is_forged(script: Script) -> None:
    """After the last question there is nothing to borrow for; its answers do not count either."""
    script.say(OPENED, Returned(id=0, value="a"), BORROW, Leave(answered=1))
    with script.room() as room:
        room.open(JOB, lent)
        room.ask(QUESTIONS[:1])
        assert room.leave() == Ended(reason="forged", message=say("forged"))


def test_a_room_that_was_lent_enough_ends_with_the_reason(script: Script) -> None:
    """What ended the loans is what the student reads."""
    enough = Ended(reason="over_limit", message=literal("Enough."))
    script.say(OPENED, BORROW)
    with script.room() as room:
        room.open(JOB, lambda _: enough)
        assert list(room.ask(QUESTIONS)) == [enough, enough]


def test_a_room_that_asks_and_never_reads_is_not_served_on_and_on(script: Script) -> None:
    """One loan lies in the pipe; the next is not made before it is read, and the clock runs meanwhile."""
    served: list[int] = []

    def large(borrow: Borrow) -> Lent:
        served.append(borrow.id)
        return Lent(id=borrow.id, value=array(bytearray(10**6)))

    script.status.send(STARTED)
    script.say(OPENED, *(replace(BORROW, id=number) for number in range(5)))
    with script.room(MOMENT, queued=0.0) as room:
        room.open(JOB, large)
        (end,) = room.ask(QUESTIONS[:1])
    assert isinstance(end, Ended)
    assert (end.reason, served) == ("timed_out", [0])


@pytest.mark.parametrize(
    ("end", "reason", "text"),
    [
        pytest.param({"code": 0}, "crashed", "ended the process (exit or quit)", id="exit 0"),
        pytest.param({"code": 3}, "crashed", "ended the process (exit or quit)", id="exit 3"),
        pytest.param({"code": -11}, "crashed", "crashed (SIGSEGV)", id="a signal"),
        pytest.param({"code": -40}, "crashed", "crashed (signal 40)", id="a signal without a name"),
        pytest.param({"code": -9, "cpu_seconds": 9.6}, "timed_out", "more than 10 seconds", id="out of computing time"),
        pytest.param({"code": -9, "cpu_seconds": 8.4}, "timed_out", "more than 10 seconds", id="killed by ticks"),
        pytest.param({"code": -9, "cpu_seconds": 2.0}, "crashed", "SIGKILL", id="killed by itself"),
        pytest.param({"code": -9, "peak_bytes": 1 << 31}, "over_limit", "limit of 2,048 MB", id="out of memory"),
        pytest.param(
            {"code": -9, "peak_bytes": 1 << 30}, "crashed", "crashed (SIGKILL)", id="killed for no known reason"
        ),
    ],
)
def test_the_exit_record_says_why_there_is_no_answer(
    script: Script, end: dict[str, float], reason: str, text: str
) -> None:
    """Measured outside, so that the room cannot talk about it."""
    script.end(**end)  # type: ignore[arg-type]  # whole numbers where whole numbers are due
    with script.room() as room:
        ended = room.open(JOB)
        assert isinstance(ended, Ended)
        assert (ended.reason, text in spoken(ended.message)) == (reason, True)


def test_a_daemon_that_writes_on_after_the_end_changes_nothing(script: Script) -> None:
    """The exit record may be read before bytes that came later: the pipe is empty then, which is no error of ours."""
    with script.room() as room:
        script.end(code=0)
        os.write(script.answers, b"\x01")
        assert isinstance(room.open(JOB), Ended)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        pytest.param(b"", "ended while a room was in use. Grade this submission again.", id="the zygote is gone"),
        pytest.param(b"x", "ended while a room was in use. Grade this submission again.", id="a record too short"),
        pytest.param(refusal(1, "landlock refused " * 9), "landlock refused .* Run `grader doctor`", id="a reason"),
    ],
)
def test_a_lost_room_is_our_failure(script: Script, record: bytes, message: str) -> None:
    """An exception, so that the exercise is not graded instead of failed."""
    if record:
        script.status.send(record)
    script.status.close()
    with script.room() as room, refusing(SandboxError, match=message):
        room.open(JOB)


@pytest.mark.parametrize(
    ("number", "lasts"),
    [
        pytest.param(errno.EPERM, True, id="what is forbidden"),
        pytest.param(errno.ENOSYS, True, id="what this kernel does not know"),
        pytest.param(errno.EMFILE, False, id="descriptors"),
        pytest.param(errno.ENOMEM, False, id="memory"),
        pytest.param(errno.EAGAIN, False, id="processes"),
        pytest.param(0, False, id="no error of the system"),
    ],
)
def test_only_what_lasts_is_a_reason_for_another_sandbox(script: Script, number: int, lasts: bool) -> None:
    """A room says with which error its lock failed."""
    script.status.send(refusal(number, "a room could not be made ready: " + "for a reason " * 4))
    with script.room() as room, pytest.raises(SandboxError) as refused:
        room.open(JOB)

    assert isinstance(refused.value, SandboxUnavailable) is lasts


def test_a_room_that_waited_by_itself_until_the_clock_ran_out_has_timed_out(script: Script) -> None:
    """It had its processor and did not use it."""
    script.status.send(STARTED)
    with script.room(MOMENT, queued=0.0) as room:
        end = room.open(JOB)

    assert isinstance(end, Ended)
    assert (end.reason, spoken(end.message)) == ("timed_out", "Your code was not done after 1 second on the clock.")


def test_a_room_that_a_busy_machine_starved_is_our_failure(script: Script) -> None:
    """The student is not to blame, so it is no outcome but an exception, as soon as more time would be no use."""
    script.status.send(STARTED)
    with script.room(MOMENT, queued=1e6) as room, refusing(SandboxError, match="too busy"):
        room.open(JOB)


def test_what_a_busy_machine_took_of_a_room_is_given_again(script: Script) -> None:
    """A processor-bound answer is waited for until it is done, or has met its limit of computing time."""
    looks: list[int] = []

    def queued(process: int) -> float:
        looks.append(process)
        if len(looks) == 2:
            script.say(OPENED)
        return 1e6

    script.status.send(STARTED)
    with LiveRoom(script.channel, replace(MOMENT, load_factor=60), queued=queued) as room:
        assert room.open(JOB) == OPENED


def test_the_time_of_the_judge_and_of_loans_is_not_the_rooms(script: Script) -> None:
    """While it waits for us, its clock stands still."""
    script.status.send(STARTED)
    script.say(BORROW, OPENED)
    with script.room() as room:
        before: list[float] = []

        def noted(borrow: Borrow) -> Lent:
            before.append(room.seconds)
            sum(range(100_000))
            assert room.seconds == before[0]
            return lent(borrow)

        assert room.open(JOB, noted) == OPENED
        opened = room.seconds
        sum(range(100_000))
        assert room.seconds == opened >= before[0]


def test_the_room_is_known_by_the_process_id_that_the_kernel_tells(script: Script) -> None:
    """Not by what the room says of itself: here it is this test that speaks."""
    script.status.send(STARTED)
    with script.room(MOMENT, queued=0.0) as room:
        room.open(JOB)
        assert room.process == os.getpid()


def test_prints_are_kept_until_the_room_is_open(script: Script) -> None:
    """What is printed while questions are answered is dropped."""
    script.say(OPENED)
    os.write(script.prints, b"early \xff")
    with script.room() as room:
        room.open(JOB)
        os.write(script.prints, b"late")
        script.say(Returned(id=0, value=1))
        room.ask(QUESTIONS[:1])
        assert room.printed == "early \N{REPLACEMENT CHARACTER}"


def test_prints_count_towards_the_limit_in_calls_too(script: Script) -> None:
    """A flood is a flood whenever it comes."""
    script.say(OPENED)
    with script.room(RoomLimits(printed_bytes=10)) as room:
        room.open(JOB)
        os.write(script.prints, b"x" * 11)
        (end,) = room.ask(QUESTIONS[:1])
        assert isinstance(end, Ended)
        assert end.reason == "over_limit"
