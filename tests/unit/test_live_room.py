"""The supervisor's side of a room: what it makes of answers, prints and endings."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator

import pytest

from grader.errors import SandboxError, SandboxUnavailable
from grader.limits import RoomLimits
from grader.wall.protocol import (
    TOO_LARGE,
    Call,
    Ended,
    Leave,
    OverLimit,
    Question,
    Raised,
    Read,
    Returned,
    Sent,
    StudentError,
    Unsupported,
)
from grader.wall.room.records import refusal
from grader.wall.values import AS_SENT
from tests.english import refusing, spoken
from tests.unit.scripted_room import FORGED, JOB, OPENED, QUESTIONS, Script, scripted


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted() as script:
        yield script


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


def test_arguments_that_were_left_alone_are_those_that_were_sent(script: Script) -> None:
    """They do not cross the wall again; what was changed does, and takes their place."""
    call = Call(id=0, target="f", args=("a", [1]), named={"by": 2})
    script.say(OPENED, Returned(id=0, value=None, arguments=(AS_SENT, [1, 2], AS_SENT)))
    with script.room() as room:
        room.open(JOB)
        (answer,) = room.ask([call])

    assert isinstance(answer, Returned)
    assert answer.arguments == ("a", [1, 2], 2)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(Call(id=0, target="f", args=("a", "b")), id="of more than it tells of"),
        pytest.param(Call(id=0, target="f", args=()), id="of none"),
        pytest.param(Read(id=0, target="f"), id="no call"),
    ],
)
def test_an_argument_that_was_not_sent_is_forged(script: Script, question: Question) -> None:
    """Nobody is given what he names."""
    script.say(OPENED, Returned(id=0, value=None, arguments=(AS_SENT,)))
    with script.room() as room:
        room.open(JOB)
        (end,) = room.ask([question])

    assert isinstance(end, Ended)
    assert end.reason == "forged"


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
