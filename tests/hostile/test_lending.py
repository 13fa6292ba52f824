"""Attacks on what a room may borrow: floods and endless calls in both tiers, other names. Each ends in a verdict."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from grader.course.folder import OWN, Course
from grader.grading.follow import MOST_OF_ERROR
from grader.grading.grader import Grader
from grader.grading.reference import Lending, answer_key
from grader.limits import MEGABYTE, LendingLimits
from grader.render import RENDERERS
from grader.report.audience import seen_by
from grader.report.report import Audience, Verdict
from tests.english import spoken
from tests.hostile.attack import Attack, attack
from tests.hostile.conftest import STRONGEST, TIERS, House, furnished, opened, outside_run
from tests.hostile.on_answers import FRAME
from tests.notebooks import code, notebook

ASSIGNMENT = '''\
"""Three small functions; the second calls the first."""

import numpy as np

from grader.course.assignment import Assignment, Check, Exercise
from grader.judging.inputs import calls, vectors
from grader.judging.rules import Agrees
from grader.limits import MEGABYTE, RoomLimits

LIMITS = RoomLimits(
    cpu_seconds=5, wall_factor=10, memory_bytes=128 * MEGABYTE, answer_bytes=4 * MEGABYTE, processes=1_000
)


def exercise(target, *depends_on):
    check = Check(
        id="drawn", title="drawn", points=10, passed="Yes.", failed="No.",
        question=calls(vectors(), count=5), rule=Agrees(),
    )
    return Exercise(
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
"""The answers. `repeat` does what it is told, for ever if need be, and whatever it is: no reference is worse."""

import numpy as np


def repeat(x, times=1, width=1, canary="canary-of-repeat", said=[], order=None):
    if order is not None:
        told = {}
        exec(order, told)
        return told["done"]
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


#: arguments that take the reference over: `done` is what worked
ESCAPE = f"""\
import os, socket
attempts = {{
    "the course": lambda: open({str(Course(OWN).solution("digits"))!r}),
    "a file of the machine": lambda: open("/etc/passwd"),
    "the folder of a user": lambda: os.listdir(os.path.expanduser("~root")),
    "the judge": lambda: open(f"/proc/{os.getpid()}/environ", "rb").read(9),
    "a file of the libraries": lambda: open(os.path.dirname(os.__file__) + "/hostile", "w"),
    "a connection": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    "a neighbour": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
    "a process": os.fork,
    "a program": lambda: os.execv("/usr/bin/true", ["true"]),
    "a signal": lambda: os.kill({os.getpid()} if os.getpid() != {os.getpid()} else -1, 0),
    "root": lambda: os.getuid() == 0 or os.setuid(0),
}}
done = []
for name, attempt in attempts.items():
    try:
        attempt()
        done.append(name)
    except OSError:
        pass
"""
LINGERS = """\
import threading, time
threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
done = []
"""


def ordered(order: str) -> bytes:
    """A notebook whose `double` has the reference carry out an order, and complains of what worked."""
    return body(f"done = repeat(x, order={order!r})\nassert done == [], done\n" + RIGHT)


def body(lines: str, *, before: str = "") -> bytes:
    """A notebook whose function `double` has these lines."""
    double = f"# GRADED CELL: double\n{textwrap.dedent(before)}\ndef double(x):\n{textwrap.indent(lines, '    ')}"
    return notebook(code(IMPORTS), code(REPEAT), code(double), code(TOTAL))


FAILED, RAISED, PASSED = Verdict.FAILED, Verdict.RAISED, Verdict.PASSED
TIMED_OUT, OVER_LIMIT, NOT_GRADED = Verdict.TIMED_OUT, Verdict.OVER_LIMIT, Verdict.NOT_GRADED
SAYS = FRAME + ASK
#: what limits and walls hold
ON_THE_KERNEL: tuple[Attack, ...] = (
    attack(4, "an endless call of a reference", body("return 2.0 * repeat(x, times=10**15)\n"), TIMED_OUT),
    attack(9, "a reference given all memory", body("return repeat(x, 1, 10**12)\n"), OVER_LIMIT),
    attack(17, "a reference that is made to wait", ordered("import time\ntime.sleep(3600)"), TIMED_OUT),
    attack(9, "a reference made to answer at great length", ordered("done = [0] * 10**6"), RAISED),
    attack(
        9,
        "a reference made to answer with all memory",
        ordered("done = __import__('numpy').ones(10**8)"),
        OVER_LIMIT,
        TIMED_OUT,
    ),
    attack(
        14, "a reference made to print without end", ordered("while True: print('x' * 10**6)"), TIMED_OUT, OVER_LIMIT
    ),
    attack((7, 19, 22, 30, 31, 32), "a reference made to break out", ordered(ESCAPE), PASSED),
    attack(13, "a reference that is to outlive its room", ordered(LINGERS), PASSED),
    attack(2, "a reference that is ended", ordered("import os\nos._exit(0)"), NOT_GRADED),
    attack(14, "a flood of calls", body(FLOOD_OF_CALLS), OVER_LIMIT, TIMED_OUT),
    attack(
        14, "a flood of requests that nobody reads", body(FLOOD_OF_REQUESTS, before=SAYS), FAILED, OVER_LIMIT, TIMED_OUT
    ),
    attack(14, "a flood of bytes", body(BIG_REQUESTS), OVER_LIMIT, TIMED_OUT),
    attack(45, "requests that never end", body(LATE, before=SAYS), FAILED, OVER_LIMIT, TIMED_OUT, RAISED, PASSED),
)
#: what our own code refuses, which is the same in every tier
ON_OUR_CODE: tuple[Attack, ...] = (
    attack(
        41, "a reference made to speak out of turn", ordered("import os\nos.write(4, bytes(99))\ndone = []"), NOT_GRADED
    ),
    attack(20, "its own exercise borrowed", body("ask('double', 0)\n" + RIGHT, before=SAYS), FAILED),
    attack(20, "another exercise borrowed", body("ask('total', 0)\n" + RIGHT, before=SAYS), FAILED),
    attack(20, "a name that nobody has", body("ask('__import__', 0)\n" + RIGHT, before=SAYS), FAILED),
    attack(26, "a look into the borrowed function", body(LOOK + RIGHT), PASSED),
    attack(41, "a request with another number", body("ask('repeat', 7)\n" + RIGHT, before=SAYS), FAILED),
    attack(41, "a loan of its own making", body(LOAN, before=SAYS), FAILED),
    attack(42, "a frame of all lengths", body(HUGE_FRAME, before=SAYS), FAILED),
    attack(42, "a request with an array of all memory", body(HUGE_ARRAY, before=SAYS), FAILED),
)
#: attacks after which an honest notebook is graded once
GROUP = 5


#: what a student says to the reference, and what another one then asks it
MARK = 'repeat(x, 1, 1, "mark of another student")\n'
ASK_FOR_IT = 'assert "mark of another student" not in repeat(x, 1, 1, "What was said before?")\n'
#: a mark in the process itself, and in the folder in which it works
TAKE_OVER = "import builtins\nbuiltins.taken_over = done = []\nopen('mark', 'w').close()\n"
LOOK_ROUND = (
    "import builtins, os\ndone = [each for each in dir(builtins) + os.listdir() if each in ('taken_over', 'mark')]\n"
)


@pytest.fixture(scope="module", params=TIERS)
def standing_lending_house(request: pytest.FixtureRequest, temporary: Path) -> Iterator[House]:
    """A grader for a function that borrows another, once for each tier."""
    folder = temporary / "lending"
    for name, text in (("assignments/lending/assignment.py", ASSIGNMENT), ("reference/lending/solution.py", SOLUTION)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with opened(request.param, "numpy") as sandbox:
        course = Course(folder)
        assignment = course.assignment("lending")
        key = answer_key(course, assignment, sandbox)
        own = key.lending
        lending = Lending(own.rooms, seed=key.room_seed, limits=SMALL, rehearsals=own.rehearsals)
        with Grader(course, assignment, sandbox=sandbox, key=replace(key, lending=lending)) as grader:
            yield furnished(grader, temporary, body(RIGHT))


@pytest.fixture
def lending_house(standing_lending_house: House) -> House:
    """That grader, as the test finds it."""
    return standing_lending_house.found()


@pytest.mark.parametrize(
    "attacks",
    [
        pytest.param(ON_THE_KERNEL[start : start + GROUP], id=f"from {ON_THE_KERNEL[start].name}")
        for start in range(0, len(ON_THE_KERNEL), GROUP)
    ],
)
def test_attacks_on_borrowing_get_their_verdicts_and_harm_nobody(
    lending_house: House, attacks: Sequence[Attack]
) -> None:
    """Not the grader, not the exercises before and after, not the next submission."""
    assert [trouble for attack in attacks for trouble in troubles(lending_house, attack)] == []
    assert outside_run(lending_house.grade(body(RIGHT))) == lending_house.honest


@pytest.mark.parametrize("standing_lending_house", [STRONGEST], indirect=True)
def test_attacks_on_what_is_said_of_a_loan_get_their_verdicts_and_harm_nobody(lending_house: House) -> None:
    """Nor do these."""
    assert [trouble for attack in ON_OUR_CODE for trouble in troubles(lending_house, attack)] == []
    assert outside_run(lending_house.grade(body(RIGHT))) == lending_house.honest


def troubles(house: House, attack: Attack) -> Iterator[str]:
    """What should have come of an attack and did not, in words; and its report can be drawn for everybody."""
    report = house.grade(attack.notebook)
    repeat, double, total = report.exercises
    if double.verdict not in attack.verdicts:
        yield f"{attack.name}: {double.verdict}: {double.message}"
    if (repeat.earned, total.earned) != (10, 10):
        yield f"{attack.name}: cost another exercise points: {repeat.message}, {total.message}"
    if (left := house.traces()) != house.before:
        yield f"{attack.name}: left {left}"
    for reader in Audience:
        seen = seen_by(report, reader)
        yield from (f"{attack.name}: empty as {name}" for name, render in RENDERERS.items() if not render(seen))


def test_what_one_room_said_to_a_reference_does_not_meet_the_next(lending_house: House) -> None:
    """28: a reference with a memory forgets with each room, within one submission and from one to the next."""
    said = (body(MARK + RIGHT), body(ASK_FOR_IT + RIGHT), ordered(TAKE_OVER), ordered(LOOK_ROUND))

    reports = [lending_house.grade(each) for each in said]

    assert [report.exercises[1].verdict for report in reports] == [PASSED] * 4


#: the reference, as all that is asked of it in this room from here on will find it
SPOILED = "import sys\nsys.modules['__main__'].repeat = lambda *args, **named: 'spoiled'\ndone = []"


def test_what_a_room_makes_of_its_reference_is_not_kept_for_others(lending_house: House) -> None:
    """28: answers that are known beforehand come from the course alone, however a room's reference was taken over."""
    spoiled = lending_house.grade(body(f"done = repeat(x, order={SPOILED!r})\n" + "return 2.0 * repeat(x + 0.5)\n"))

    asks_the_same = lending_house.grade(body("return 2.0 * repeat(x + 0.5) - 1.0\n"))

    assert spoiled.exercises[1].verdict is not PASSED
    assert asks_the_same.exercises[1].verdict is PASSED
    assert outside_run(lending_house.grade(body(RIGHT))) == lending_house.honest


ASKED_BEFORE = "print('row', repeat(3.0))\n"
ASKED_IN_A_CALL = "print('row', repeat(x))\n"


def test_nothing_that_is_printed_beside_a_loan_is_shown(lending_house: House) -> None:
    """36: prints would carry off a table of the reference, to be handed in as an answer the next time."""
    report = lending_house.grade(body(ASKED_IN_A_CALL + RIGHT, before=ASKED_BEFORE))

    assert report.exercises[1].verdict is PASSED
    assert "row" not in report.exercises[1].printed


def test_an_error_beside_a_loan_is_told_in_short(lending_house: House) -> None:
    """36: a sentence is enough to find a fault, and a table does not fit in."""
    rows = "raise ValueError('row ' * 200)\n"
    report = lending_house.grade(body(rows, before=ASKED_BEFORE))

    told = [spoken(check.message) for check in report.exercises[1].checks]

    assert all(0 < text.count("row ") <= MOST_OF_ERROR // 4 for text in told)
