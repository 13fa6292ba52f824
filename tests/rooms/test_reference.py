"""The answer key: made in reference rooms, of which this process runs no line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.errors import CourseError
from grader.grading.key_store import KeyStore
from grader.grading.reference import AnswerKey, answer_key
from grader.judging import Key
from grader.wall.protocol import Raised, Returned
from grader.wall.sandbox import Sandbox
from grader.wall.values import Value, form
from tests.lent_course import FORGETS_A_ROUND, TRAIN, write_course
from tests.no_rooms import NoRooms


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """The course of four functions."""
    return write_course(tmp_path)


def key_of(course: Course, sandbox: Sandbox, *, seed: int | None = None, keys: Path | None = None) -> AnswerKey:
    """The answer key of that course."""
    return answer_key(course, course.assignment("lent"), sandbox, store=KeyStore(keys), seed=seed)


def write_mistake(course: Course, exercise: str, cell: str, *, before: str = "") -> None:
    """A mistake about that exercise, before other entries."""
    entry = f"[{exercise}.another]\nsays = 'Another.'\nhint = 'No.'\ncell = '''\n{cell}'''\n\n{before}"
    (course.folder / "reference" / "lent" / "mistakes.toml").write_text(entry, encoding="utf-8")


def first_call(key: Key) -> tuple[Value, ...]:
    """The arguments of the first call by which it is judged."""
    return next(case.args for cases in key.cases.values() for case in cases)


def test_no_line_of_a_solution_runs_in_this_process(course: Course, sandbox: Sandbox) -> None:
    """A reference and a mistake that change their process and tell its number change and tell another's."""
    tells = "import os, sys\n\nsys.modules['left_behind'] = sys\n\n\ndef train(x):\n    return os.getpid()\n"
    path = course.solution("lent")
    path.write_text(path.read_text(encoding="utf-8").partition("def train")[0] + tells, encoding="utf-8")
    write_mistake(course, "train", tells.replace("'left_behind'", '"left_behind"'))

    key = key_of(course, sandbox).prepared["train"]
    wrong = key.misconceptions[0].answer(first_call(key))

    assert isinstance(wrong, Returned)
    told = {wrong.value, *(case.expected for case in key.cases["right"])}
    assert len(told) == 2
    assert os.getpid() not in told
    assert "left_behind" not in sys.modules


def test_a_mistake_calls_the_reference_where_it_depends_on_it(course: Course, sandbox: Sandbox) -> None:
    """Even if the script has a version of its own: a room would not let that win either."""
    own = f"{TRAIN}\n\ndef line(x):\n    return 0 * x\n".replace("range(3)", "range(2)")
    write_mistake(course, "train", own, before=FORGETS_A_ROUND)
    key = key_of(course, sandbox).prepared["train"]
    another, forgets = key.misconceptions

    mine, asked = (each.answer(first_call(key)) for each in (another, forgets))

    assert [each.name for each in (another, forgets)] == ["another", "forgets_a_round"]
    assert isinstance(mine, Returned)
    assert isinstance(asked, Returned)
    assert form(mine.value) == form(asked.value)


def test_a_solution_of_another_template_is_passed_what_it_takes(course: Course, sandbox: Sandbox) -> None:
    """Canonical arguments are all there are; a script takes the ones of its own definition."""
    write_mistake(course, "cost", "def cost(a, y):\n    return 0.0\n")
    key = key_of(course, sandbox).prepared["cost"]
    (solution,) = key.misconceptions

    answer = solution.answer(first_call(key))

    assert isinstance(answer, Returned)
    assert (answer.value, answer.arguments) == (0.0, None)


def test_a_mistake_that_raises_says_on_which_line(course: Course, sandbox: Sandbox) -> None:
    """It is compared with the line on which the student's code raised."""
    write_mistake(course, "line", "def line(x):\n    return x[99]\n")
    key = key_of(course, sandbox).prepared["line"]
    (mistake,) = key.misconceptions

    answer = mistake.answer(first_call(key))

    assert isinstance(answer, Raised)
    assert (answer.error.type, answer.error.line) == ("IndexError", 5)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param("return 1 / 0", r"^\S+, line 7: the reference of exercise line raises ZeroD", id="raises"),
        pytest.param("import os; os._exit(1)", r"^\S+: the reference of exercise line does not answer for", id="dies"),
        pytest.param("return (", r"^\S+: solution\.py cannot be read as Python \(.+\)\. Correct it", id="no Python"),
        pytest.param("return print", r"^\S+: the reference of exercise line gives a function", id="nonsense"),
        pytest.param(
            "return A\n\n\nA = 1 / 0", r"solution\.py, line 10: exercise line: ZeroDivisionError", id="a statement"
        ),
        pytest.param(
            "return A\n\n\nimport sys\nA = sys.exit()",
            r"line 11: exercise line: SystemExit",
            id="gives up",
        ),
    ],
)
def test_a_reference_that_cannot_answer_is_the_courses_fault(
    line: str, says: str, course: Course, sandbox: Sandbox
) -> None:
    """The message names exercise and line, and where to correct it."""
    path = course.solution("lent")
    path.write_text(path.read_text(encoding="utf-8").replace("return 2.0 * x + 1.0", line), encoding="utf-8")
    path.with_name("mistakes.toml").unlink()  # edits of a script that is no Python are faults of their own

    with pytest.raises(CourseError, match=says):
        key_of(course, sandbox)


def test_a_key_that_is_kept_needs_no_room(course: Course, sandbox: Sandbox, tmp_path: Path) -> None:
    """It is the same to every bit, its mistakes among it, and nothing is asked again."""
    first = drawn(key_of(course, sandbox, keys=tmp_path / "keys"))
    again = drawn(key_of(course, NoRooms(), keys=tmp_path / "keys"))

    assert again == first


def test_a_key_that_is_kept_is_of_these_very_files(course: Course, sandbox: Sandbox, tmp_path: Path) -> None:
    """A reference that says something else now, or another seed, has another key."""
    keys = tmp_path / "keys"
    first = drawn(key_of(course, sandbox, keys=keys))
    path = course.solution("lent")
    path.write_text(path.read_text(encoding="utf-8").replace("+ 1.0", "+ 2.0"), encoding="utf-8")

    assert drawn(key_of(course, sandbox, keys=keys)) != first
    assert drawn(key_of(course, sandbox, keys=keys, seed=5)) not in {first, drawn(key_of(course, sandbox, keys=keys))}


#: a reference that leaves to chance whatever can be left to it, and a mistake that does
CHANCE = """\
import random

import numpy as np

START = [random.random(), np.random.randn(), np.random.default_rng().random()]


def line(x):
    return [START, random.random(), np.random.randn(), np.random.default_rng().random(), np.random.RandomState().rand()]


def cost(a, y):
    return 0.0


def step(box, slope, rate):
    return box


def train(x):
    return line(x), np.random.permutation(50)
"""
CHANCES = """\
[train.chances]
says = "Fewer are drawn."
hint = "No."
was = "permutation(50)"
becomes = "permutation(40)"
"""
TELL = """\
import sys
from pathlib import Path
from grader.course.folder import Course
from grader.wall.sandbox.forked import choose_sandbox
from tests.rooms.test_reference import drawn, key_of
with choose_sandbox("none", "numpy") as sandbox:
    print(drawn(key_of(Course(Path(sys.argv[1])), sandbox)))
"""


def drawn(key: AnswerKey) -> str:
    """All answers of the references and of the mistakes, to every bit."""
    keys = {name: key.prepared[name] for name in ("line", "train")}
    right = [form(case.expected) for each in keys.values() for case in (*each.cases["right"], *each.small["right"])]
    wrong = [mistake.answer(first_call(keys["train"])) for mistake in keys["train"].misconceptions]
    return repr((right, [form(each.value) for each in wrong if isinstance(each, Returned)]))


def test_every_process_makes_the_same_key(course: Course, sandbox: Sandbox) -> None:
    """Classmates are graded by different workers, and held to the same answers; by mistakes as well."""
    home = course.folder / "reference" / "lent"
    (home / "solution.py").write_text(CHANCE, encoding="utf-8")
    (home / "mistakes.toml").write_text(CHANCES, encoding="utf-8")
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", TELL, str(course.folder)]
    elsewhere = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root).stdout.strip()

    assert drawn(key_of(course, sandbox)) == elsewhere


def test_two_generators_that_nobody_seeded_differ(course: Course, sandbox: Sandbox) -> None:
    """Else noise added twice would be the same noise."""
    (course.folder / "reference" / "lent" / "solution.py").write_text(CHANCE, encoding="utf-8")
    (course.folder / "reference" / "lent" / "mistakes.toml").unlink()
    value = key_of(course, sandbox).prepared["line"].cases["right"][0].expected
    assert isinstance(value, list)
    assert value[0] != value[1:]
    assert len(set(value[1:])) == 4


def test_only_a_function_can_be_depended_on(course: Course, sandbox: Sandbox) -> None:
    """A model or a value is not called across the wall; the author is told which exercise to take out."""
    path = course.folder / "assignments" / "lent" / "assignment.py"
    text = path.read_text(encoding="utf-8")
    head = "from grader.lab import Aspect, check, dense, model\n"
    model = 'model("net", "net", features=1, layers=(dense(1),)).checks(check("a", "a", 1, Aspect("layers"))),\n'
    text = text.replace("import numpy", head + "import numpy").replace("exercises=(\n", f"exercises=(\n{model}")
    path.write_text(text.replace('("line", "cost", "step")', '("net",)'), encoding="utf-8")
    with pytest.raises(
        CourseError, match="exercise train depends on net, which is no function and so cannot be called"
    ):
        key_of(course, sandbox)


def test_rooms_draw_from_a_seed_that_says_nothing_of_the_classes(course: Course, sandbox: Sandbox) -> None:
    """Student code can print the first numbers it draws, and try which seed gives them."""
    assignment = course.assignment("lent")
    keys = [key_of(course, sandbox, seed=seed) for seed in (1, 2)]

    assert len({key.room_seed for key in keys}) == 1
    assert keys[0].room_seed not in {1, 2, assignment.seed}
