"""Attacks on what a room may borrow, in both tiers: floods, other names, endless calls. Each ends in a verdict."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.course import Course
from grader.lender import Lender
from grader.limits import MEGABYTE, LendingLimits
from grader.render import RENDERERS
from grader.report import Audience, Verdict
from tests.hostile.attack import Attack, attack
from tests.hostile.conftest import TIERS, House, furnished, opened, outside_run
from tests.hostile.on_answers import FRAME
from tests.notebooks import code, notebook

ASSIGNMENT = '''\
"""Three small functions; the second calls the first."""

import numpy as np

from grader.assignment import Assignment
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import calls, vectors
from grader.limits import MEGABYTE, RoomLimits

LIMITS = RoomLimits(
    cpu_seconds=5, wall_factor=10, memory_bytes=128 * MEGABYTE, answer_bytes=4 * MEGABYTE, processes=1_000
)


def exercise(target, *depends_on):
    check = FunctionCheck(
        id="drawn", title="drawn", points=10, passed="Yes.", failed="No.", inputs=calls(vectors(), count=5)
    )
    return FunctionExercise(
        id=target, title=target, target=target, depends_on=depends_on, checks=(check,), limits=LIMITS
    )


ASSIGNMENT = Assignment(
    id="lending",
    title="Three small functions",
    version="1",
    exercises=(exercise("repeat"), exercise("double", "repeat"), exercise("total")),
)
'''
SOLUTION = '''\
"""The answers. `repeat` does what it is told, for ever if need be."""

import numpy as np


def repeat(x, times=1, width=1, canary="canary-of-repeat", said=[]):
    said.append(canary)
    if canary == "What was said before?":
        return said
    while times > 1:
        times -= 1
    return np.repeat(1.0 * x, width)


def double(x):
    return 2.0 * repeat(x)


def total(v):
    return np.sum(v)
'''
IMPORTS = "import numpy as np\nimport os, sys\n"
REPEAT = "def repeat(x, times=1):\n    return 1.0 * x\n"
TOTAL = "def total(v):\n    return np.sum(v)\n"

#: so that a flood is a flood soon
SMALL = LendingLimits(calls=500, bytes=20 * MEGABYTE, seconds=5, call_seconds=1)
#: says what a stub would say, past all stubs
ASK = """\
def ask(name, number, x=1.0):
    say(**{"is": "borrow", "id": number, "name": name, "args": ["tuple", [["float", x.hex()]]], "named": ["dict", []]})


"""
RIGHT = "return 2.0 * repeat(x)\n"
FLOOD_OF_CALLS = "while True:\n    repeat(x)\n"
FLOOD_OF_REQUESTS = "number = 0\nwhile True:\n    ask('repeat', number)\n    number += 1\n"
BIG_REQUESTS = "big = np.ones(5 * 10**5)\nwhile True:\n    repeat(big)\n"
LATE = (
    "import threading, time\ndef later():\n    number = 0\n    while True:\n        ask('repeat', number)\n"
    "        number += 1\nthreading.Thread(target=later, daemon=True).start()\nreturn 2.0 * x\n"
)
HUGE_FRAME = "write(struct.pack('<I', 2**32 - 1))\nwrite(bytes(2**20))\nreturn 2.0 * x\n"
HUGE_ARRAY = (
    'say(**{"is": "borrow", "id": 0, "name": "repeat", "args": ["tuple", [["array", 0]]], "named": ["dict", []], '
    '"arrays": [["<f8", [2**30], "ndarray"]]})\nreturn 2.0 * x\n'
)
LOOK = """\
inside = [repeat.__code__.co_consts, repeat.__defaults__, repeat.__doc__]
inside += [each.cell_contents for each in repeat.__closure__]
inside += [vars(each) for each in inside if hasattr(each, "__dict__")]
assert "canary" not in repr(inside)
"""
LOAN = 'say(**{"is": "lent", "id": 0, "value": ["none"], "after": None})\nreturn 2.0 * x\n'


def body(lines: str, *, before: str = "") -> bytes:
    """A notebook whose function `double` has these lines."""
    double = f"# GRADED CELL: double\n{textwrap.dedent(before)}\ndef double(x):\n{textwrap.indent(lines, '    ')}"
    return notebook(code(IMPORTS), code(REPEAT), code(double), code(TOTAL))


FAILED, RAISED, PASSED = Verdict.FAILED, Verdict.RAISED, Verdict.PASSED
TIMED_OUT, OVER_LIMIT = Verdict.TIMED_OUT, Verdict.OVER_LIMIT
SAYS = FRAME + ASK
ATTACKS: tuple[Attack, ...] = (
    attack(4, "an endless call of a reference", body("return 2.0 * repeat(x, times=10**15)\n"), TIMED_OUT),
    attack(9, "a reference given all memory", body("return repeat(x, 1, 10**12)\n"), OVER_LIMIT),
    attack(14, "a flood of calls", body(FLOOD_OF_CALLS), OVER_LIMIT, TIMED_OUT),
    attack(
        14, "a flood of requests that nobody reads", body(FLOOD_OF_REQUESTS, before=SAYS), FAILED, OVER_LIMIT, TIMED_OUT
    ),
    attack(14, "a flood of bytes", body(BIG_REQUESTS), OVER_LIMIT, TIMED_OUT),
    attack(20, "its own exercise borrowed", body("ask('double', 0)\n" + RIGHT, before=SAYS), FAILED),
    attack(20, "another exercise borrowed", body("ask('total', 0)\n" + RIGHT, before=SAYS), FAILED),
    attack(20, "a name that nobody has", body("ask('__import__', 0)\n" + RIGHT, before=SAYS), FAILED),
    attack(26, "a look into the borrowed function", body(LOOK + RIGHT), PASSED),
    attack(41, "a request with another number", body("ask('repeat', 7)\n" + RIGHT, before=SAYS), FAILED),
    attack(41, "a loan of its own making", body(LOAN, before=SAYS), FAILED),
    attack(42, "a frame of all lengths", body(HUGE_FRAME, before=SAYS), FAILED),
    attack(42, "a request with an array of all memory", body(HUGE_ARRAY, before=SAYS), FAILED),
    attack(45, "requests that never end", body(LATE, before=SAYS), FAILED, OVER_LIMIT, TIMED_OUT, RAISED, PASSED),
)


#: what a student says to the reference, and what another one then asks it
MARK = 'repeat(x, 1, 1, "mark of another student")\n'
ASK_FOR_IT = 'assert "mark of another student" not in repeat(x, 1, 1, "What was said before?")\n'


@pytest.fixture(scope="module", params=TIERS)
def lending_house(request: pytest.FixtureRequest, temporary: Path) -> Iterator[House]:
    """A desk for a function that borrows another, once for each tier."""
    folder = temporary / "lending"
    for name, text in (("assignments/lending/assignment.py", ASSIGNMENT), ("reference/lending/solution.py", SOLUTION)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with opened(request.param, "numpy") as sandbox:
        house = furnished(Course(folder), "lending", sandbox, temporary, body(RIGHT))
        lender = Lender(tuple(house.desk.key.lender.lendables.values()), limits=SMALL)
        yield replace(house, desk=replace(house.desk, key=replace(house.desk.key, lender=lender)))
        lender.close()


@pytest.mark.parametrize("attack", [pytest.param(attack, id=attack.name) for attack in ATTACKS])
def test_an_attack_on_borrowing_gets_its_verdict_and_harms_nobody(lending_house: House, attack: Attack) -> None:
    """Not the lender, not the exercises before and after, not the next submission."""
    report = lending_house.grade(attack.notebook)
    repeat, double, total = report.exercises

    assert double.verdict in attack.verdicts, double.message
    assert (repeat.earned, total.earned) == (10, 10)
    assert all(render(report.seen_by(reader)) for render in RENDERERS.values() for reader in Audience)
    assert outside_run(lending_house.grade(body(RIGHT))) == lending_house.honest


def test_what_one_room_said_to_a_reference_does_not_meet_the_next(lending_house: House) -> None:
    """28: a reference with a memory forgets with each room, within one submission and from one to the next."""
    reports = [lending_house.grade(body(said + RIGHT)) for said in (MARK, ASK_FOR_IT)]

    assert [report.exercises[1].verdict for report in reports] == [PASSED, PASSED]
