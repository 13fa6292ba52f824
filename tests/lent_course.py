"""A course in which functions build on each other, for tests of follow-through; and notebooks for it. No tests here.

`line` is the first step, `cost` comes in two templates, `step` works in place, and `train` calls all three.
"""

from __future__ import annotations

from pathlib import Path

from grader.course.folder import Course
from tests.notebooks import code, notebook

ASSIGNMENT = '''\
"""Four functions, the last of which calls the others."""

import numpy as np

from grader.course.assignment import Assignment, CallShape, Check, Exercise, Visibility
from grader.judging.inputs import calls, examples, vectors
from grader.judging.rules import Agrees
from grader.limits import RoomLimits

LIMITS = RoomLimits(cpu_seconds=5)
SHORT, LONG = CallShape(names=("a", "y")), CallShape(names=("a", "y", "box"))


def exercise(target, inputs, *, rule=Agrees(), visibility=Visibility.VISIBLE, **more):
    said = {"passed": "Yes.", "failed": "No."}
    check = Check(
        id="right", title="Right", points=10, question=inputs, rule=rule, visibility=visibility, **said
    )
    return Exercise(id=target, title=target, target=target, checks=(check,), limits=LIMITS, **more)


ASSIGNMENT = Assignment(
    id="lent",
    title="A chain of functions",
    version="1",
    exercises=(
        exercise("line", calls(vectors(), count=5)),
        exercise(
            "cost",
            examples((np.array([1.0, 2.0]), np.array([0.0, 1.0]), {"w": np.array([1.0])})),
            rule=Agrees(scalar=True),
            shapes=(SHORT, LONG),
        ),
        exercise("step", examples(({"w": np.array([1.0, 2.0])}, np.array([0.5, 0.5]), 0.1))),
        exercise("train", calls(vectors(), count=5), depends_on=("line", "cost", "step")),
    ),
)
'''

SOLUTION = '''\
"""The answers."""

import numpy as np


def line(x):
    return 2.0 * x + 1.0


def cost(a, y):
    return float(np.sum((a - y) ** 2))


def step(box, slope, rate):
    box["w"] -= rate * slope
    return box


def train(x):
    box, total = {"w": np.zeros_like(x)}, 0.0
    for _ in range(3):
        a = line(x)
        total += cost(a, x)
        step(box, slope=a, rate=0.1)
    return box["w"], total
'''

#: a mistake of the function that calls the others
FORGETS_A_ROUND = """\
[train.forgets_a_round]
says = "Two rounds instead of three."
hint = "How many rounds are there?"
was = "range(3)"
becomes = "range(2)"
"""

IMPORTS = "import numpy as np"
LINE = "def line(x):\n    return 2.0 * x + 1.0"
WRONG_LINE = "def line(x):\n    return 2.0 * x"
COST = "def cost(a, y):\n    return np.sum((a - y) ** 2)"
LONG_COST = "def cost(a, y, box):\n    return np.array([[np.sum((a - y) ** 2)]])"
STEP = "def step(box, slope, rate):\n    return {'w': box['w'] - rate * slope}"
TRAIN = (
    "def train(x):\n"
    "    box, total = {'w': np.zeros_like(x)}, 0.0\n"
    "    for _ in range(3):\n"
    "        a = line(x)\n"
    "        total += cost(a, x)\n"
    "        box = step(box, a, 0.1)\n"
    "    return box['w'], total"
)
LONG_TRAIN = TRAIN.replace("cost(a, x)", "cost(a, x, box)")
SHORT_TRAIN = TRAIN.replace("range(3)", "range(2)")


def write_course(folder: Path, *, name: str = "lent", line: str = "return 2.0 * x + 1.0") -> Course:
    """Write the course into `folder`; the assignment may have another name, and `line` return something else."""
    for place, text in (
        (f"assignments/{name}/assignment.py", ASSIGNMENT.replace('id="lent"', f'id="{name}"')),
        (f"reference/{name}/solution.py", SOLUTION.replace("return 2.0 * x + 1.0", line)),
        (f"reference/{name}/mistakes.toml", FORGETS_A_ROUND),
    ):
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Course(folder)


def handed_in(*, line: str = LINE, cost: str = COST, step: str = STEP, train: str = TRAIN) -> bytes:
    """A notebook with these four cells, all right unless said otherwise; an empty one is left out."""
    return notebook(code(IMPORTS), *(code(cell) for cell in (line, cost, step, train) if cell))
