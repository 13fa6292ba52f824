"""A course of two small functions that need only NumPy, so that a room opens in milliseconds; and notebooks for it.

`double` is the exercise under attack, `total` the one that must earn its points whatever happens next to it. No tests.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

from tests.notebooks import CellNode, code, notebook

#: stands in the reference solution, so in a file of the course and in the memory of the trusted process
COURSE_CANARY = "canary-of-the-course-4f1d9be06a"

ASSIGNMENT = '''\
"""Two small functions."""

import numpy as np

from grader.course.assignment import Assignment, Check, Exercise, Visibility
from grader.judging.inputs import calls, examples, vectors
from grader.judging.rules import Agrees, LeavesArguments, Repeats
from grader.limits import MEGABYTE, RoomLimits

HIDDEN = Visibility.HIDDEN
# far fewer processes than other tests allow theirs: the kernel counts a user's, and those tests may run beside these
LIMITS = RoomLimits(
    cpu_seconds=1, wall_factor=2, memory_bytes=128 * MEGABYTE, printed_bytes=100_000, processes=1_000
)
HONEST = RoomLimits(cpu_seconds=5, wall_factor=10, memory_bytes=128 * MEGABYTE)


def check(id, points, rule=Agrees(), **options):
    return Check(id=id, title=id, points=points, passed="Yes.", failed="No.", rule=rule, **options)


DRAWN = calls(vectors(), count=10)
ASSIGNMENT = Assignment(
    id="small",
    title="Two small functions",
    version="1",
    exercises=(
        Exercise(
            id="double",
            title="Twice every entry",
            target="double",
            limits=LIMITS,
            checks=(
                check("secret", 4, question=DRAWN, visibility=HIDDEN),
                check("example", 2, question=examples((np.array([1.0, 2.5]),), (np.array([-3.0]),))),
                check("leaves", 2, question=DRAWN, rule=LeavesArguments(), needs=("secret",), visibility=HIDDEN),
                check("repeats", 2, question=DRAWN, rule=Repeats(), needs=("secret",), visibility=HIDDEN),
            ),
        ),
        Exercise(
            id="total",
            title="The sum of all entries",
            target="total",
            limits=HONEST,
            checks=(check("drawn", 10, question=DRAWN),),
        ),
    ),
)
'''
SOLUTION = f'''\
"""The answers."""

import numpy as np

CANARY = "{COURSE_CANARY}"


def double(x, canary=CANARY):
    return 2.0 * x


def total(v, canary=CANARY):
    return np.sum(v)
'''

IMPORTS = "import numpy as np\nimport os, sys\n"
DOUBLE = "# GRADED CELL: double\ndef double(x):\n    return 2.0 * x\n"
TOTAL = "# GRADED CELL: total\ndef total(v):\n    return np.sum(v)\n"


def write_course(folder: Path, *, canary: str = COURSE_CANARY) -> None:
    """Write the course into `folder`, where everybody may read it, with a word in its answers to search for."""
    for name, text in (
        ("assignments/small/assignment.py", ASSIGNMENT),
        ("reference/small/solution.py", SOLUTION.replace(COURSE_CANARY, canary)),
        ("reference/small/wrong/nothing.txt", canary),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def handed_in(double: str = DOUBLE, *, after: tuple[CellNode, ...] = ()) -> bytes:
    """A notebook that answers both exercises, with `double` as the cell under attack."""
    return notebook(code(IMPORTS), code(double), code(TOTAL), *after)


def body(lines: str, *, before: str = "") -> bytes:
    """A notebook whose function `double` has these lines; `before` stands above it in the same cell."""
    head = f"# GRADED CELL: double\n{textwrap.dedent(before)}\ndef double(x):\n"
    return handed_in(head + textwrap.indent(textwrap.dedent(lines), "    "))


def held(attempts: str, *, before: str = "") -> bytes:
    """A notebook that answers rightly if nothing in `attempts` worked, and names what did if anything.

    `attempts` are lines `tries("what", lambda: ...)`: an attempt works unless it raises OSError or ImportError.
    """
    return body("assert not escaped, escaped\nreturn 2.0 * x\n", before=_TRIES + textwrap.dedent(before + attempts))


_TRIES = """\
import ctypes, errno
escaped = []
libc = ctypes.CDLL(None, use_errno=True)


def tries(what, action):
    try:
        got = action()
    except (OSError, ImportError):
        return
    except BaseException as error:
        got = repr(error)
    escaped.append(f"{what}: {got!r:.80}")


def call(number, *arguments):
    result = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


"""
