"""Answers that would get past a question: by a function that is lent, by the course's code in the room, by the clock.

Each row is a notebook of three answers, attacks or honest ones. Data only, with the course that they answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from grader.report.report import Verdict

#: by path in the course. Whoever asks for `loss` gets the reference's, whose source holds a word that no room may see
COURSE: Final[Mapping[str, str]] = {
    "assignments/asked/assignment.py": '''\
"""Three answers, each with a question of its own kind; `loss` is what one of them is lent."""

from hypothesis import strategies as st

from grader.lab import Bounded, RoomLimits, calls, check, examples, function, lab, lent

LIMITS = RoomLimits(cpu_seconds=1, wall_factor=2, memory_bytes=256 * 2**20, processes=1_000)
ASSIGNMENT = lab(
    "asked",
    "Asked",
    function("loss", "Loss").checks(check("some", "", 1).examples((2.0,))),
    function("least", "Least", depends_on=("loss",), limits=LIMITS).checks(
        check("finds", "", 1).examples((lent("loss"), [3.0, 0.5, -1.0]))
    ),
    function("warmest", "Warmest", limits=LIMITS).checks(
        check("finds", "", 1).examples((["Oslo", "Accra"],), (["Lima", "Oslo"],))
    ),
    function("total", "Total", limits=LIMITS).checks(
        check("soon", "", 1, examples((list(range(5_000)),)), Bounded(times=10))
    ),
    from_room=("degrees",),
    total=4,
)
''',
    "assignments/asked/room.py": '''\
"""How warm it is."""


def degrees(city):
    """Degrees of a city."""
    return {"Oslo": 5.5, "Lima": 19.5, "Accra": 30.5}[city]
''',
    "reference/asked/solution.py": '''\
"""The answers."""

from room import degrees

CANARY = "canary-of-the-questions"


def loss(w, canary=CANARY):
    return (w - 1) ** 2


def least(f, candidates):
    return min(candidates, key=f)


def warmest(cities):
    return max(cities, key=degrees)


def total(numbers):
    return sum(sum(numbers) for _ in range(20)) // 20
''',
}
LOSS: Final = "def loss(w):\n    return (w - 1) ** 2\n"
HONEST: Final = (
    "def least(f, candidates):\n    return min(candidates, key=f)\n",
    "def warmest(cities):\n    return max(cities, key=degrees)\n",
    "def total(numbers):\n    return sum(numbers)\n",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What is written for `least`, `warmest` and `total`, and the verdicts that each may get."""

    name: str
    cells: tuple[str, str, str]
    verdicts: tuple[tuple[Verdict, ...], tuple[Verdict, ...], tuple[Verdict, ...]]


PASSED, FAILED, RAISED = (Verdict.PASSED,), (Verdict.FAILED,), (Verdict.RAISED,)
STOPPED = (Verdict.TIMED_OUT, Verdict.OVER_LIMIT)

LOOKS: Final = """\
import gc


def least(f, candidates):
    known = [f, vars(type(f)), getattr(f, "__closure__", None), getattr(f, "__defaults__", None)]
    known += [each for each in gc.get_objects() if type(each) is dict]
    assert "canary-of-" + "the-questions" not in repr(known)
    return min(candidates, key=f)
"""
READS: Final = """\
import os, room


def warmest(cities):
    assert "canary" not in open(room.__file__).read()
    assert not [each for each in os.listdir(os.path.dirname(room.__file__)) if "solution" in each]
    return max(cities, key=degrees)
"""
REPLACES: Final = (
    """\
def least(f, candidates):
    type(f).__call__ = f.__call__ = lambda *given: -given[-1]
    return min(candidates, key=f)
""",
    """\
import room


def warmest(cities):
    room.degrees = lambda city: -len(city)
    return max(cities, key=room.degrees)
""",
    """\
import time


def total(numbers):
    time.process_time = time.perf_counter = time.thread_time = time.monotonic = lambda: 0.0
    for _ in range(12_000):
        found = sum(numbers)
    return found
""",
)
NEVER_STOPS: Final = "def total(numbers):\n    while True:\n        sum(numbers)\n"
BY_OTHERS: Final = (
    "def least(f, candidates):\n    return f(object())\n",
    """\
import room


def warmest(cities):
    open(room.__file__, "w").write("degrees = len")
    return max(cities, key=degrees)
""",
    """\
import threading


def total(numbers):
    found = []
    thread = threading.Thread(target=lambda: found.extend(sum(numbers) for _ in range(12_000)))
    thread.start()
    thread.join()
    return found[0]
""",
)
#: what of an answer is remembered, so that the second time it is there at once
REMEMBERS: Final = (
    """\
known = {}


def total(numbers):
    asked = tuple(numbers)
    if asked not in known:
        known[asked] = [sum(numbers) for _ in range(12_000)][-1]
    return known[asked]
""",
    """\
import functools


@functools.cache
def slow(asked):
    return [sum(asked) for _ in range(12_000)][-1]


def total(numbers):
    return slow(tuple(numbers))
""",
    """\
import os, tempfile

PLACES = [os.getcwd(), os.environ["HOME"], tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm"]


def total(numbers):
    for place in PLACES:
        try:
            return int(open(os.path.join(place, "known.txt")).read())
        except OSError:
            pass
    found = [sum(numbers) for _ in range(12_000)][-1]
    for place in PLACES:
        try:
            open(os.path.join(place, "known.txt"), "w").write(str(found))
        except OSError:
            pass
    return found
""",
)

ROWS: Final = (
    Answered(
        name="looks for what it may not know, and finds nothing",
        cells=(LOOKS, READS, HONEST[2]),
        verdicts=(PASSED, PASSED, PASSED),
    ),
    Answered(
        name="puts something else in the place of what it is given",
        cells=REPLACES,
        verdicts=((*FAILED, *RAISED), FAILED, FAILED),
    ),
    Answered(name="never stops", cells=(*HONEST[:2], NEVER_STOPS), verdicts=(PASSED, PASSED, STOPPED)),
    Answered(
        name="has others do the work, and leaves something for the next",
        cells=BY_OTHERS,
        verdicts=(RAISED, RAISED, FAILED),
    ),
    *(
        Answered(name=f"remembers {where}", cells=(*HONEST[:2], cell), verdicts=(PASSED, PASSED, FAILED))
        for where, cell in zip(("in a dictionary", "in a cache", "in a file"), REMEMBERS, strict=True)
    ),
)
