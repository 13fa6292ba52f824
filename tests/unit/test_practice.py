"""Practice without a notebook: what a sheet holds and withholds, and what a student is told."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given

import grader
from grader.authoring.practice import NEEDS, Advice
from grader.authoring.practice.card import Card
from grader.authoring.practice.session import practised
from grader.authoring.practice.sheet import FILE_NAME, FunctionTask, Sheet, read_sheet, unwritten, written
from grader.authoring.student_package import practice_files, sheet_of
from grader.course.assignment import Assignment, Check, Exercise, Visibility
from grader.course.folder import Course
from grader.errors import UsageError
from grader.judging.inputs import calls, examples, vectors
from grader.judging.rules import Agrees, Holds, LeavesArguments, Repeats
from grader.lab import choice, quiz, right, wrong
from grader.report.report import Verdict
from grader.wall.values import Array, Value, freeze, identical
from tests.unit.markup import parsed
from tests.unit.strategies import values

Golden = Callable[[str, str], None]
SOLUTION = "import numpy as np\n\ndef halves(z):\n    return z / 2\n\ndef spread(z):\n    return z.max(), z.min()\n"


def check(id: str, **options: Any) -> Check:
    said: dict[str, Any] = {"points": 10, "passed": "Right.", "failed": "Wrong.", "rule": Agrees()} | options
    return Check(id=id, title=f"Title of {id}", **said)


HALVES = Exercise(
    id="halves",
    title="Half of everything",
    target="halves",
    checks=(
        check("example", question=examples((np.array([2.0, 4.0]),)), hint="What is half of 2?"),
        check("drawn", question=calls(vectors(), count=8), needs=("example",)),
        check("claim", question=calls(vectors(), count=8), rule=Holds(lambda half, z: half.size == z.size)),
        check("after", question=calls(vectors(), count=4), needs=("claim",)),
        check("kept", question=calls(vectors(), count=4), rule=LeavesArguments(), needs=("drawn",)),
        check("again", question=calls(vectors(), count=4), rule=Repeats(), needs=("drawn",)),
        check("secret", question=examples((np.array([0.73125]),)), visibility=Visibility.HIDDEN, hint="A secret hint."),
    ),
)
SPREAD = Exercise(
    id="spread",
    title="The most and the least",
    target="spread",
    depends_on=("halves",),
    checks=(check("forms", question=examples((np.array([1.0, 3.0]),)), rule=Agrees(reading=tuple)),),
)
QUIZ = quiz("answers", "A question", id="quiz").checks(choice("q1", "One", 1, "?").among(wrong("this"), right("that")))
#: calls of the checks of HALVES that are practised, before any is made a second time
FIRST_TIME = 1 + 8 + 4 + 4 + 4
ASSIGNMENT = Assignment(id="small", title="A <b>small</b> lab", version="1", exercises=(HALVES, SPREAD, QUIZ))


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / "reference/small").mkdir(parents=True)
    (tmp_path / "reference/small/solution.py").write_text(SOLUTION)
    return Course(tmp_path)


@pytest.fixture
def desktop(course: Course) -> Path:
    """A folder of the student's with the practice file of the assignment."""
    folder = course.folder / "at home"
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(practice_files(course, ASSIGNMENT)[FILE_NAME])
    return folder


def halves(z: Any) -> Any:
    return z / 2


def in_place(z: Any) -> Any:
    z /= 2
    return z


def forgets_halves(z: Any) -> Any:
    return z


def counts(seen: list[int]) -> Callable[[Any], Any]:
    def counting(z: Any) -> Any:
        seen.append(1)
        return z / 2 + (len(seen) > FIRST_TIME)

    return counting


def divides_by_nothing(z: Any) -> Any:
    print("<script>alert(1)</script>")
    return [1 / 0 for _ in z]


def verdicts(card: Card) -> dict[str, Verdict]:
    assert card.result is not None
    return {check.id: check.verdict for check in card.result.checks}


@pytest.mark.parametrize(
    ("function", "loses"),
    [
        pytest.param(halves, set(), id="right"),
        pytest.param(in_place, {"kept"}, id="changes its argument"),
        pytest.param(counts([]), {"again"}, id="remembers its calls"),
        pytest.param(forgets_halves, {"example", "after", "drawn", "kept", "again"}, id="wrong"),
        pytest.param(divides_by_nothing, {"example", "after", "drawn", "kept", "again"}, id="raises"),
    ],
)
def test_practice_judges_as_the_grader_does(function: Callable[[Any], Any], loses: set[str], desktop: Path) -> None:
    """Each call gets arguments of its own, and every rule that a sheet can name is kept."""
    found = verdicts(practised(function, named="halves", near=desktop))

    assert {name for name, verdict in found.items() if verdict is not Verdict.PASSED} == loses


def test_a_failure_on_drawn_calls_is_shown_by_the_simplest_of_them(course: Course) -> None:
    """Nothing is made smaller at home, so a sheet lists small calls first."""
    (task, *_) = sheet_of(course, ASSIGNMENT, seed=5).tasks
    assert isinstance(task, FunctionTask)
    drawn = next(check for check in task.checks if check.id == "drawn")
    sizes = [value.data.size for case in drawn.cases if isinstance(value := unwritten(case)[0], Array)]

    assert sizes == sorted(sizes)
    assert len(sizes) == 8


def test_an_answer_of_another_form_stays_open(desktop: Path) -> None:
    """The grader knows more forms than data can tell, so practice calls none of them wrong; but None is no form."""

    def outcome(spread: Callable[[Any], Any]) -> Verdict:
        return verdicts(practised(spread, named="spread", near=desktop))["forms"]

    assert outcome(lambda z: (z.max(), z.min())) is Verdict.PASSED
    assert outcome(lambda z: {"most": z.max(), "least": z.min()}) is Verdict.SKIPPED
    assert outcome(lambda z: (z.min(), z.max())) is Verdict.FAILED
    assert outcome(lambda _: None) is Verdict.FAILED


def test_a_sheet_holds_nothing_of_hidden_checks_and_no_code(course: Course) -> None:
    """Neither their titles nor what they ask; of claims and quizzes the name alone."""
    text = sheet_of(course, ASSIGNMENT, seed=5).model_dump_json()
    tasks = {task.id: task for task in sheet_of(course, ASSIGNMENT, seed=5).tasks}
    function = tasks["halves"]
    assert isinstance(function, FunctionTask)

    assert not [word for word in ("secret", "lambda", "z / 2", "that") if word in text]
    assert written((freeze(np.array([0.73125])), freeze(np.array([0.73125 / 2])))) not in text
    assert function.later == ("Title of claim",)
    assert tasks["quiz"].kind == "graded_only"


def test_a_sheet_does_not_depend_on_the_seed_of_the_class(course: Course) -> None:
    """Whatever a class is graded with, its sheet is the same bytes, so nothing in it leads to that seed."""
    graded_with = [ASSIGNMENT.model_copy(update={"seed": seed}) for seed in (0, 20, 2**32 - 1)]

    assert len({practice_files(course, assignment)[FILE_NAME] for assignment in graded_with}) == 1


def test_practice_is_drawn_otherwise_than_the_class_is(course: Course) -> None:
    """Where there is much to choose from, no drawn call of practice is one of the class's, for any of many seeds.

    Each vector here is one of 81 to the power of 12. Only the first, all zeros, is drawn with every seed: Hypothesis
    always tries the simplest. Checks with few possible calls share more of them by nature.
    """
    wide = check("wide", question=calls(vectors(min_size=12, max_size=12), count=30))
    exercise = HALVES.model_copy(update={"checks": (wide,)})
    assignment = ASSIGNMENT.model_copy(update={"exercises": (exercise,)})
    at_home = _drawn(read_sheet(practice_files(course, assignment)[FILE_NAME]))
    in_class = [_drawn(sheet_of(course, assignment, seed=seed)) for seed in range(10)]

    assert len(at_home) == 30
    assert {case for graded in in_class for case in at_home & graded} <= {_case(np.zeros(12))}


def _drawn(sheet: Sheet) -> set[str]:
    return {
        case
        for task in sheet.tasks
        if isinstance(task, FunctionTask)
        for each in task.checks
        if each.drawn
        for case in each.cases
    }


def _case(z: Any) -> str:
    return written((freeze(z), freeze(z / 2)))


@given(values)
def test_a_value_is_read_as_it_was_written(value: Value) -> None:
    """In type, shape and every bit, as across the wall."""
    assert identical(unwritten(written((value,)))[0], value)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1, 2", b'{"practice": 2, "tasks": []}'], ids=["empty", "bare", "cut", "newer"]
)
def test_a_damaged_file_says_what_to_do(data: bytes, desktop: Path) -> None:
    """One sentence instead of the words of a library."""
    (desktop / FILE_NAME).write_bytes(data)
    with pytest.raises(UsageError, match="Download the files of the assignment again"):
        practised(halves, near=desktop)


@pytest.mark.parametrize(
    ("thing", "named", "says"),
    [
        pytest.param(in_place, None, r'\'in_place\' is no exercise .*: check\("halves", halves\)', id="another name"),
        pytest.param(np.array([1.0]), None, "This is no exercise", id="no name at all"),
        pytest.param(lambda z: z / 2, None, r'This is no .*: check\("halves", halves\)', id="no name of its own"),
        pytest.param("halves", None, r'check\("halves", halves\)', id="the name alone"),
        pytest.param(3, "halves", "halves is no function here", id="no function"),
    ],
)
def test_a_call_that_cannot_be_meant_is_put_right(thing: Any, named: str | None, says: str, desktop: Path) -> None:
    """The message holds the line to type instead."""
    with pytest.raises(UsageError, match=says):
        practised(thing, named=named, near=desktop)


def test_without_a_practice_file_it_says_where_to_put_it(tmp_path: Path) -> None:
    """It comes with the assignment, so a student can find it."""
    with pytest.raises(UsageError, match="put it into the folder of your notebook"):
        practised(halves, near=tmp_path)


def test_the_card_as_text(desktop: Path, golden: Golden) -> None:
    """It begins with what it is not, and ends with what is left to the grader."""
    wrong, open_ = (practised(each, named=name, near=desktop) for each, name in ((in_place, "halves"), (0, "quiz")))

    golden("practice.txt", f"{wrong}\n\n{open_}\n")


def test_the_card_for_a_notebook_holds_only_our_elements(desktop: Path) -> None:
    """What the student's code printed, and titles, are text; no script, nothing to fetch."""
    shown = practised(divides_by_nothing, named="halves", near=desktop)._repr_html_()
    page = parsed(shown)

    assert "Practice, not a grade" in page.text
    assert "<script>alert(1)</script>" in page.text
    assert {"script", "link", "img", "iframe", "b", "html", "body"} & page.tags == set()
    assert not [a for element in page.elements for a in element.attributes if a[0].startswith("on") or a[0] == "src"]


def test_the_style_of_the_card_is_kept_to_the_card(desktop: Path) -> None:
    """A notebook around it looks as before: every rule is nested in the card's own, and none names a page."""
    shown = practised(halves, near=desktop)._repr_html_()
    style = shown.partition("<style>")[2].partition("</style>")[0]

    assert style.startswith(".grader-practice {")
    assert style.endswith("}\n}")
    assert not [outside for outside in (":root", "\nbody {", "@page") if outside in style]


def test_the_released_modules_need_nothing_that_a_notebook_lacks(course: Course) -> None:
    """When read, they import the standard library of every system, NumPy, what `check` names, and each other."""
    files = practice_files(course, ASSIGNMENT)
    trees = [ast.parse(data) for path, data in files.items() if path.endswith(".py")]
    read = {name for tree in trees for node in tree.body for name in _modules(node)}
    only_posix = {"fcntl", "grp", "pwd", "resource", "termios"}

    assert {name for name in read if name not in sys.stdlib_module_names} <= {"numpy", "grader", *NEEDS}
    assert read & only_posix == set()


def _modules(node: ast.stmt) -> set[str]:
    match node:
        case ast.Import(names=names):
            return {each.name.partition(".")[0] for each in names}
        case ast.ImportFrom(module=str(module)):
            return {module.partition(".")[0]}
        case _:
            return set()


def test_missing_packages_are_named(course: Course, tmp_path: Path) -> None:
    """A bare Python says what to install, from the released files alone."""
    for path, data in practice_files(course, ASSIGNMENT).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    printed = subprocess.run(
        [sys.executable, "-S", "-c", "import grader\nprint(grader.check(3))"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert printed.strip().endswith(f"%pip install --upgrade {' '.join(NEEDS)}")


def test_a_line_of_practice_never_stops_a_notebook() -> None:
    """What cannot be tried is told in words and not raised: cells below still run."""
    found = grader.check(halves)

    assert isinstance(found, Advice)
    assert repr(found).startswith("Nothing was tried. There is no grader_practice.json in ")
