"""Rooms in which everything goes wrong: each ends with a reason for the student, and nothing of it is left."""

from __future__ import annotations

import contextlib
import os
import select

import numpy as np
import pytest

from grader.errors import SandboxError
from grader.limits import RoomLimits
from grader.wall.protocol import Ended, Leave, OverLimit, Raised, Returned
from grader.wall.sandbox import Sandbox
from grader.wall.sandbox.forked import choose_sandbox
from grader.wall.sandbox.live_room import LiveRoom
from grader.wall.sandbox.zygote_process import ENVIRONMENT
from tests.english import spoken
from tests.rooms.jobs import LIMITS, calls, job, opened

FORGED = "The answers that came back were not in the form the grader uses, so none of them counts."
QUIT = "Your code ended the process (exit or quit) before the grader could look at its answer."
BRIEF = RoomLimits(cpu_seconds=1)
QUIET = RoomLimits(cpu_seconds=5, printed_bytes=50_000)


def is_gone(pid: int) -> bool:
    """Whether that process has ended, or does so within a minute."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    poller = select.poll()
    poller.register(descriptor, select.POLLIN)
    ended = bool(poller.poll(60_000))
    os.close(descriptor)
    return ended


ENDINGS = [
    pytest.param("while True: pass", BRIEF, "timed_out", "more than 1 second of computing time", id="infinite loop"),
    pytest.param("while True: print('x' * 999)", QUIET, "over_limit", "printed more than 50,000 bytes", id="flood"),
    pytest.param("import os; os._exit(0)", LIMITS, "crashed", QUIT, id="os._exit"),
    pytest.param("import os; os.kill(os.getpid(), 11)", LIMITS, "crashed", "crashed (SIGSEGV)", id="signal"),
    pytest.param("import os; os.kill(os.getpid(), 40)", LIMITS, "crashed", "crashed (signal 40)", id="nameless signal"),
    pytest.param("import ctypes; ctypes.string_at(8)", LIMITS, "crashed", "crashed (SIGSEGV)", id="bad pointer"),
    pytest.param("import os; os.abort()", LIMITS, "crashed", "crashed (SIGABRT)", id="abort"),
    pytest.param("import os; os.close(3); os.close(4)", LIMITS, "crashed", QUIT, id="pipes closed"),
    pytest.param("import os; os.write(4, b'x' * 99)", LIMITS, "forged", FORGED, id="garbage for an answer"),
    pytest.param("import os; os.write(4, b'\\xff' * 4)", LIMITS, "forged", FORGED, id="an answer of 4 GB announced"),
]


@pytest.mark.parametrize(("source", "limits", "reason", "text"), ENDINGS)
def test_a_job_that_ends_its_room_says_why(
    sandbox: Sandbox, source: str, limits: RoomLimits, reason: str, text: str
) -> None:
    """The end of a room is a value with a sentence for the student, never an exception."""
    with sandbox.room(limits) as room:
        end = room.open(job(source))
        assert isinstance(end, Ended)
        assert end.reason == reason
        assert text in spoken(end.message)
        assert room.ask(calls(1)) == [end]


@pytest.mark.parametrize(("source", "limits", "reason", "text"), ENDINGS)
def test_a_call_that_ends_its_room_says_why(
    sandbox: Sandbox, source: str, limits: RoomLimits, reason: str, text: str
) -> None:
    """The answer before it was given, every answer after it is the reason."""
    function = f"def f(x):\n    if x == 0: return x\n    {source}"
    with opened(sandbox, function, limits=limits) as room:
        (answered,) = room.ask(calls(0))
        end, same = room.ask(calls(1, 0))
        assert isinstance(answered, Returned)
        assert isinstance(end, Ended)
        assert (end.reason, text in spoken(end.message), same) == (reason, True, end)


@pytest.mark.parametrize(
    ("source", "kind", "text"),
    [
        pytest.param("import sys; sys.exit('bye')", "SystemExit", "bye", id="sys.exit"),
        pytest.param("raise KeyboardInterrupt", "KeyboardInterrupt", "", id="interrupt"),
        pytest.param("exit()", "NameError", "name 'exit' is not defined", id="exit"),
        pytest.param("f(x)", "RecursionError", "maximum recursion depth exceeded", id="endless recursion"),
        pytest.param("input('> ')", "EOFError", "nobody is there while a notebook is graded", id="input"),
        pytest.param("open('big', 'wb').write(bytes(10**8))", "OSError", "File too large", id="big file"),
        pytest.param("[open('/dev/null') for _ in range(99)]", "OSError", "Too many open files", id="many files"),
    ],
)
def test_what_only_raises_leaves_the_room_alive(sandbox: Sandbox, source: str, kind: str, text: str) -> None:
    """An exception, whatever its class, is the answer to one question."""
    with opened(sandbox, f"def f(x):\n    if x == 0: return x\n    {source}") as room:
        raised, returned = room.ask(calls(1, 0))
        assert isinstance(raised, Raised)
        assert (raised.error.type, text in raised.error.text) == (kind, True)
        assert isinstance(returned, Returned)


def test_too_much_memory_is_over_the_limit(sandbox: Sandbox) -> None:
    """The room survives the MemoryError, and the student reads which limit it was."""
    limits = RoomLimits(cpu_seconds=5, memory_bytes=100 * 1024 * 1024)
    with opened(sandbox, "def f(x): return len(bytearray(x))", limits=limits) as room:
        big, small = room.ask(calls(10**9, 10))
        assert isinstance(big, OverLimit)
        assert "100 MB" in spoken(big.message)
        assert isinstance(small, Returned)


def test_many_large_answers_are_bounded_together(sandbox: Sandbox) -> None:
    """Every answer is kept until all are judged: four times the limit of one is the most for all."""
    limits = RoomLimits(cpu_seconds=5, answer_bytes=100_000)
    with opened(sandbox, "import numpy as np\ndef f(n): return np.zeros(n)", limits=limits) as room:
        answers = room.ask(calls(*[10_000] * 6))
        assert [isinstance(answer, Returned) for answer in answers] == [True] * 4 + [False] * 2
        assert isinstance(answers[-1], Ended)
        assert answers[-1].reason == "over_limit"


def test_an_answer_over_the_limit_is_not_called_a_forgery(sandbox: Sandbox) -> None:
    """A big array is an honest mistake: it costs this answer, in words that say what is wrong with it."""
    limits = RoomLimits(cpu_seconds=5, answer_bytes=100_000)
    with opened(sandbox, "import numpy as np\ndef f(n): return np.zeros(n)", limits=limits) as room:
        big, small = room.ask(calls(10**6, 10))
        assert isinstance(big, OverLimit)
        assert spoken(big.message) == "Your answer is larger than the limit of 0 MB."
        assert isinstance(small, Returned)


def test_what_the_job_prints_is_kept_what_calls_print_is_not(sandbox: Sandbox) -> None:
    """A function that prints is called many times; nobody wants to read that."""
    with opened(sandbox, "print('hello')\ndef f(x): print('again')") as room:
        room.ask(calls(1, 2))
        assert room.printed == "hello\n"


def test_long_prints_are_capped(sandbox: Sandbox) -> None:
    """The cut is said."""
    with opened(sandbox, "print('x' * 50_000)", limits=LIMITS) as room:
        assert len(room.printed) < 17_000
        assert room.printed.endswith("[more was printed; it is not kept]")


SAY = """\
import os
from grader.wall.message_frames import to_bytes
from grader.wall.protocol import *
def say(message): os.write(4, to_bytes(message))
"""
NOTHING_BOUND = "say(Opened(failures=(), target_type='a function', notices=()))"


@pytest.mark.parametrize(
    "function",
    [
        pytest.param("def f(x): say(Returned(id=99, value=1))", id="an answer to no question"),
        pytest.param("def f(x): say(Leave(answered=1))", id="a farewell"),
        pytest.param("def f(x): say(Opened(failures=(), target_type=None, notices=()))", id="a second opening"),
        pytest.param("def f(x): say(Read(id=0, target='f'))", id="a question"),
        pytest.param("def f(x): os.write(4, to_bytes(Returned(id=0, value=1))[:-1] + b'?')", id="a broken frame"),
        pytest.param(NOTHING_BOUND, id="an opening ahead of the room's own"),
    ],
)
def test_a_frame_out_of_turn_ends_the_conversation(sandbox: Sandbox, function: str) -> None:
    """Whoever writes frames of their own loses every answer."""
    with opened(sandbox, SAY + function) as room:
        (answer,) = room.ask(calls(1))
        assert isinstance(answer, Ended)
        assert (spoken(answer.message), room.leave()) == (FORGED, answer)


@pytest.mark.parametrize(
    "extra",
    [
        pytest.param("say(Returned(id=0, value=1))", id="a second answer"),
        pytest.param("say(Returned(id=1, value=1))", id="an answer in advance"),
    ],
)
def test_more_than_was_asked_is_found_out_at_the_end(sandbox: Sandbox, extra: str) -> None:
    """The room has the last word, and it must be the one we expect."""
    with opened(sandbox, SAY + f"def f(x):\n    {extra}\n    return 1") as room:
        room.ask(calls(1))
        left = room.leave()
        assert isinstance(left, Ended)
        assert (left.reason, spoken(left.message)) == ("forged", FORGED)


def test_an_honest_room_says_how_many_it_answered(sandbox: Sandbox) -> None:
    """Then all its answers count."""
    with opened(sandbox, "def f(x): return x") as room:
        assert [a.id for a in room.ask(calls(1, 2)) if isinstance(a, Returned)] == [0, 1]
        assert room.leave() == Leave(answered=2)


def test_a_child_that_holds_the_pipes_delays_nothing(sandbox: Sandbox) -> None:
    """The room's end is seen by its process, not by its pipes; the child is ended with it."""
    daemon = "import os\nchild = os.fork()\nif child == 0:\n    while True: os.read(0, 1) or os.sched_yield()\n"
    with sandbox.room(LIMITS) as room:
        end = room.open(job(daemon + "print(child, flush=True)\nos._exit(0)"))
        assert isinstance(end, Ended)
        assert spoken(end.message) == QUIT
        assert is_gone(int(room.printed))


def test_a_child_in_a_session_of_its_own_delays_nothing_either(sandbox: Sandbox) -> None:
    """It may outlive the room here, where there are no locks, but it cannot make us wait."""
    daemon = "import os\nif os.fork() == 0:\n    os.setsid()\n    os.read(3, 1)\n    os._exit(0)\n"
    with sandbox.room(LIMITS) as room:
        end = room.open(job(daemon + "os._exit(0)"))
        assert isinstance(end, Ended)
        assert spoken(end.message) == QUIT


@pytest.mark.parametrize("draw", ["random.random()", "np.random.rand()", "random.randint(0, 10**9)"])
def test_random_numbers_are_those_of_the_seed(sandbox: Sandbox, draw: str) -> None:
    """A grade must not depend on luck."""
    seen = [_drawn(sandbox, draw, seed) for seed in (1, 1, 2)]
    assert seen[0] == seen[1] != seen[2]


def _drawn(sandbox: Sandbox, draw: str, seed: int) -> object:
    with sandbox.room(LIMITS) as room:
        room.open(job(f"import random\nimport numpy as np\ndef f(x): return float({draw})", seed=seed))
        (answer,) = room.ask(calls(0))
        assert isinstance(answer, Returned)
        return answer.value


def test_rooms_know_nothing_of_each_other(sandbox: Sandbox) -> None:
    """What one changes, in a library even, the next does not see."""
    with opened(sandbox, "import numpy\nnumpy.pi = 3.0\nopen('left', 'w').close()\ndef f(x): return numpy.pi") as room:
        room.ask(calls(0))
    with opened(sandbox, "import numpy, os\ndef f(x): return [numpy.pi, os.listdir()]") as room:
        (answer,) = room.ask(calls(0))
    assert isinstance(answer, Returned)
    assert answer.value == [np.pi, []]


def test_two_rooms_may_be_open_at_once(sandbox: Sandbox) -> None:
    """Each hears its own questions."""
    with opened(sandbox, "def f(x): return x + 1") as first, opened(sandbox, "def f(x): return x + 2") as second:
        answers = [*second.ask(calls(0)), *first.ask(calls(0))]
    assert [a.value for a in answers if isinstance(a, Returned)] == [2, 1]


def test_a_room_sees_nothing_of_ours(sandbox: Sandbox) -> None:
    """Only the environment made for it, no rights of root's, none of our modules that judge."""
    look = "import os, importlib.util\ndef f(x):\n    spec = importlib.util.find_spec\n    return "
    shown = "[sorted(os.environ), os.getuid() != 0, spec('grader.judging') is None, spec('grader.report') is None]"
    with opened(sandbox, look + shown) as room:
        (answer,) = room.ask(calls(0))
    assert isinstance(answer, Returned)
    assert answer.value == [sorted([*ENVIRONMENT, "TMPDIR"]), True, True, True]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f(x): return x", id="waits for questions"),
        pytest.param("import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)", id="ignores signals"),
        pytest.param("import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()", id="a thread"),
    ],
)
def test_leaving_a_room_ends_its_process(sandbox: Sandbox, source: str) -> None:
    """Asked politely or not, it is gone."""
    with opened(sandbox, f"import os\nprint(os.getpid(), flush=True)\n{source}") as room:
        pid = int(room.printed)
    assert is_gone(pid)


SLEEPER = "import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(600)"


def test_leaving_a_room_that_sleeps_ends_its_process(sandbox: Sandbox) -> None:
    """Whether it ran out of time or the machine was too busy to tell: nothing sleeps on."""
    with sandbox.room(RoomLimits(cpu_seconds=1, wall_factor=1)) as room:
        with contextlib.suppress(SandboxError):
            room.open(job(SLEEPER))
        pid = int(room.printed)
    assert is_gone(pid)


def test_leaving_the_sandbox_at_once_ends_a_room_that_sleeps() -> None:
    """The zygote is ended right behind the room, and still the room is ended first."""
    with choose_sandbox("none", "numpy") as sandbox, sandbox.room(RoomLimits(cpu_seconds=1, wall_factor=1)) as room:
        with contextlib.suppress(SandboxError):
            room.open(job(SLEEPER))
        pid = int(room.printed)
    assert is_gone(pid)


def test_rooms_leak_no_descriptor(sandbox: Sandbox) -> None:
    """A class of thousands must not run out of them; rooms that crash leak none either."""
    with opened(sandbox, "x = 1"):
        pass
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208  # the directory itself is being counted
    for source in ("x = 1", "import os; os._exit(1)", "import os; os.write(4, b'x' * 99)"):
        with sandbox.room(LIMITS) as room:
            room.open(job(source))
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208  # as above


def test_a_room_reports_how_it_ended(sandbox: Sandbox) -> None:
    """Exit code, computing time and peak memory are measured from outside."""
    with sandbox.room(LIMITS) as room:
        room.open(job("import os; os._exit(7)"))
        assert isinstance(room, LiveRoom)
        assert room.exit is not None
        assert (room.exit.code, room.exit.cpu_seconds < 5, room.exit.peak_bytes > 10**6) == (7, True, True)
        assert is_gone(room.exit.pid)


def test_the_sandbox_without_locks_says_so(sandbox: Sandbox) -> None:
    """It is never mistaken for a boundary."""
    assert sandbox.name == "none"
    assert "no security boundary" in (spoken(sandbox.warning) or "")
