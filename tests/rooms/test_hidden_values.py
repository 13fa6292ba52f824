"""What a student may not see yet is in nothing that a student gets: a course whose hidden checks hold canary numbers,
wrong answers of all sorts, every renderer, and every moment of reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from grader.course.assignment import Assignment, Visibility
from grader.course.folder import Course
from grader.errors import SandboxError
from grader.grading.grader import Grader
from grader.grading.reference import AnswerKey, answer_key
from grader.limits import RoomLimits
from grader.render import RENDERERS
from grader.report.audience import seen_by
from grader.report.report import Audience, Report, Status, Verdict
from grader.wall.protocol import Answer, Question
from grader.wall.sandbox import Room, Sandbox
from grader.wall.sandbox.passing import PassingRoom
from tests.notebooks import code, notebook

DUE = datetime(2030, 1, 1, 18, tzinfo=UTC)
BEFORE, AFTER = DUE.replace(hour=17), DUE.replace(hour=19)

#: by the visibility of the check that holds them: an input, and the right answer to it
CANARIES = {
    Visibility.VISIBLE: ("101.25", "303.75"),
    Visibility.AFTER_DUE: ("417.25", "1251.75"),
    Visibility.AFTER_PUBLISHED: ("523.25", "1569.75"),
    Visibility.HIDDEN: ("661.25", "1983.75"),
}
ASSIGNMENT = '''\
"""A function with a check of each visibility."""

from datetime import UTC, datetime

import numpy as np

from grader.course.assignment import Assignment, Check, Exercise, Visibility
from grader.judging.inputs import examples
from grader.judging.rules import Agrees
from grader.limits import RoomLimits


def check(visibility, canary, **more):
    return Check(
        id=visibility.value, title=f"Title {visibility.value}", points=10, visibility=visibility,
        rule=Agrees(), question=examples((np.array([canary]),), (np.array([canary, 2.0 * canary]),)),
        passed=f"Passed {visibility.value}.", failed=f"Failed {visibility.value}.", hint=f"Hint {visibility.value}.",
    )


def exercise(target, *checks):
    return Exercise(id=target, title=target, target=target, limits=RoomLimits(cpu_seconds=5), checks=checks)


VISIBLE = check(Visibility.VISIBLE, 101.25)
SECRET = (
    check(Visibility.AFTER_DUE, 417.25), check(Visibility.AFTER_PUBLISHED, 523.25), check(Visibility.HIDDEN, 661.25),
)
ASSIGNMENT = Assignment(
    id="canary",
    title="Canaries",
    version="1",
    due=datetime(2030, 1, 1, 18, tzinfo=UTC),
    exercises=(exercise("triple", VISIBLE, *SECRET), exercise("other", *SECRET)),
)
'''
SOLUTION = '''\
"""The answers."""

import numpy as np


def triple(z):
    thrice_as_it_should_be = z * 3.0
    return thrice_as_it_should_be


def other(z):
    thrice_as_it_should_be = z * 3.0
    return thrice_as_it_should_be
'''
MISTAKES = """\
[triple.five]
says = "A known mistake."
loses = ["visible"]
hint = "Three, not five."
was = "z * 3.0"
becomes = "5.0 * z"
"""
ANSWERS = [
    pytest.param("return 3.0 * z", id="right"),
    pytest.param("return 6.0 * z", id="wrong"),
    pytest.param("return 5.0 * z", id="a known mistake"),
    pytest.param("return 3.0 * z if z[0] < 400 else z", id="wrong for hidden calls only"),
    pytest.param("print('seen', z, 3.0 * z)\nreturn z", id="prints"),
    pytest.param("raise ValueError(f'{z} {3.0 * z}')", id="raises"),
    pytest.param("seen.extend([*z, *(3.0 * z)])\nreturn np.array(seen)", id="remembers"),
    pytest.param("seen.extend([*z, *(3.0 * z)])\nraise ValueError(str(seen))", id="remembers and raises"),
    pytest.param("if z[0] > 400: unknown_name\nreturn 3.0 * z", id="lacks a name for hidden calls"),
    pytest.param("return None", id="returns nothing"),
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course of canaries."""
    folder = tmp_path_factory.mktemp("course")
    for name, text in (
        ("assignments/canary/assignment.py", ASSIGNMENT),
        ("reference/canary/solution.py", SOLUTION),
        ("reference/canary/mistakes.toml", MISTAKES),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Course(folder)


@pytest.fixture(scope="module")
def key(course: Course, sandbox: Sandbox) -> AnswerKey:
    """What is right, asked once."""
    return answer_key(course, course.assignment("canary"), sandbox)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """The course of canaries, its answers, and rooms."""

    course: Course
    key: AnswerKey
    sandbox: Sandbox


@pytest.fixture(scope="module")
def lab(course: Course, key: AnswerKey, sandbox: Sandbox) -> Lab:
    return Lab(course=course, key=key, sandbox=sandbox)


def graded(lab: Lab, lines: str, *, named: bool = False, rooms: Sandbox | None = None) -> Report:
    """The report on a notebook in which both functions have these lines, after a statement of their notebook that
    raises: rooms speak of it where a check of theirs has not passed."""
    assignment: Assignment = lab.course.assignment("canary").model_copy(update={"show_hidden_titles": named})
    body = "\n".join(f"    {line}" for line in ("seen.sort()", *lines.splitlines()))
    functions = (code(f"def {name}(z):\n{body}") for name in ("triple", "other"))
    cells = (code("import numpy as np\nseen = []\nseen.remove(0)"), *functions)
    with Grader(lab.course, assignment, sandbox=rooms or lab.sandbox, key=lab.key) as grader:
        return grader.grade("x.ipynb", notebook(*cells))


def told(report: Report) -> set[str]:
    """The canaries of the checks that the student is not to know of, and words of these checks, in any rendering."""
    texts = [render(report) for render in RENDERERS.values()]
    words = {each: (*numbers, f"Title {each}", f"Failed {each}", f"Hint {each}") for each, numbers in CANARIES.items()}
    return {
        f"{visibility}: {word}"
        for visibility, found in words.items()
        for word in found
        for text in texts
        if re.search(rf"(?<![\d.]){re.escape(word)}", text)
    }


def kinds(found: set[str]) -> set[str]:
    """Of which visibilities something was told."""
    return {each.partition(":")[0] for each in found}


@pytest.mark.parametrize("lines", ANSWERS)
def test_no_rendering_tells_a_student_what_is_hidden(lab: Lab, lines: str) -> None:
    """Neither inputs nor right answers nor words of a check that is not open yet, whatever the code does with them."""
    report = graded(lab, lines)

    assert kinds(told(seen_by(report, Audience.STUDENT, now=BEFORE))) <= {"visible"}
    assert kinds(told(seen_by(report, Audience.STUDENT, now=AFTER))) <= {"visible", "after_due"}
    assert kinds(told(seen_by(report, Audience.STUDENT, published=True))) <= {"visible", "after_due", "after_published"}
    assert not any("thrice_as_it_should_be" in render(report) for render in RENDERERS.values())


def test_a_wrong_answer_is_told_in_full_once_it_is_time(lab: Lab) -> None:
    """The search finds what is there: an instructor reads everything, a student what is open."""
    report = graded(lab, "return 6.0 * z")

    assert kinds(told(report)) == set(Visibility)
    assert kinds(told(seen_by(report, Audience.STUDENT, now=BEFORE))) == {"visible"}
    assert kinds(told(seen_by(report, Audience.STUDENT, now=AFTER))) == {"visible", "after_due"}
    assert kinds(told(seen_by(report, Audience.STUDENT, published=True))) == set(Visibility) - {Visibility.HIDDEN}


def test_titles_of_hidden_checks_are_told_where_the_assignment_says_so(lab: Lab) -> None:
    """Title, verdict and points, but no value and no other word."""
    seen = seen_by(graded(lab, "print(z)\nreturn 6.0 * z", named=True), Audience.STUDENT, now=BEFORE)

    assert {word for word in told(seen) if not word.startswith("visible")} == {
        f"{each}: Title {each}" for each in Visibility if each is not Visibility.VISIBLE
    }


@pytest.mark.parametrize("lines", ANSWERS)
def test_nothing_betrays_how_hidden_checks_went(lab: Lab, lines: str) -> None:
    """With the answers to hidden calls exchanged for right ones, a student reads the same bytes before the deadline."""
    honest = f"if z[0] > 400: return 3.0 * z\n{lines}"
    first, second = (graded(lab, each) for each in (f"if z[0] > 400: return 6.0 * z\n{lines}", honest))
    one, two = (_comparable(seen_by(each, Audience.STUDENT, now=BEFORE)) for each in (first, second))

    assert one == two


class Watched:
    """The rooms of `sandbox`, with a note of which visibility each was asked for. A room of a visibility in `loses` is
    lost, as if the machine had failed, and one of those in `waits` seems to have taken an hour."""

    def __init__(self, sandbox: Sandbox, *, loses: Set[str] = frozenset(), waits: Set[str] = frozenset()) -> None:
        self.name, self.warning = sandbox.name, sandbox.warning
        self.asked: list[str] = []
        self.allowed: dict[str, list[int]] = {}
        self._behind, self._loses, self._waits = sandbox, loses, waits

    @contextmanager
    def room(self, limits: RoomLimits) -> Iterator[Room]:
        lost: SandboxError | None = None
        with self._behind.room(limits) as room:
            try:
                yield WatchedRoom(room, limits, self)
            except SandboxError as error:
                lost = error  # which the rooms behind need not hear: they would be opened anew, and are well
        if lost is not None:
            raise lost

    def is_asked(self, visibility: str, limits: RoomLimits) -> float:
        self.asked.append(visibility)
        self.allowed.setdefault(visibility, []).append(limits.wall_seconds)
        if visibility in self._loses:
            raise SandboxError("lost")
        return 3600.0 if visibility in self._waits else 0.0


class WatchedRoom(PassingRoom):
    """A room that knows by the canaries which checks it is asked for."""

    def __init__(self, room: Room, limits: RoomLimits, watch: Watched) -> None:
        super().__init__(room)
        self._limits, self._watch = limits, watch
        self._took = 0.0
        self._known = False

    @property
    def seconds(self) -> float:
        return self._took

    def ask(self, questions: Sequence[Question]) -> Sequence[Answer]:
        if questions and not self._known:
            self._known = True
            number = str(questions[0].args[0].data[0])  # type: ignore[union-attr]
            (visibility,) = (each.value for each, canaries in CANARIES.items() if canaries[0] == number)
            self._took += self._watch.is_asked(visibility, self._limits)
        return super().ask(questions)


SECRET = {each.value for each in Visibility} - {"visible"}


def test_every_visible_room_comes_before_any_hidden_one(lab: Lab) -> None:
    """A clock that a visible room prints would tell how long a hidden one of another exercise took."""
    watched = Watched(lab.sandbox)
    graded(lab, "return 3.0 * z", rooms=watched)

    assert watched.asked == ["visible"] + [each for name in list(Visibility)[1:] for each in [name.value] * 2]


@pytest.mark.parametrize("loses", [{"hidden"}, {"after_due"}, SECRET], ids=sorted)
def test_a_lost_room_leaves_only_the_checks_of_its_own_visibility_open(lab: Lab, loses: set[str]) -> None:
    """The instructor reads "not graded"; a student who may not see those checks reads what every other student does."""
    kept = graded(lab, "return 3.0 * z")
    lost = graded(lab, "return 3.0 * z", rooms=Watched(lab.sandbox, loses=loses))
    seen = [_comparable(seen_by(each, Audience.STUDENT, now=BEFORE)) for each in (kept, lost)]
    checks = {check.visibility.value: check for check in lost.exercises[0].checks}

    assert {name for name, check in checks.items() if check.earned is None} == loses
    assert (lost.status, lost.exercises[0].earned) == (Status.NOT_GRADED, None)
    assert checks["visible"].verdict is Verdict.PASSED
    assert seen[0] == seen[1]


def test_a_visibility_uses_up_no_other_ones_patience(lab: Lab) -> None:
    """Else code that waits for some hidden input could be seen to have waited, where another check is cut short."""
    watched = Watched(lab.sandbox, waits={"after_due"})
    graded(lab, "return 3.0 * z", rooms=watched)
    first, second = watched.allowed["after_due"]

    assert second < first
    assert {tuple(watched.allowed[each]) for each in ("after_published", "hidden")} == {(first, first)}


def _comparable(report: Report) -> str:
    """Everything but the run, and the student's own source and its fingerprint."""
    exercises = tuple(each.model_copy(update={"cell": None}) for each in report.exercises)
    return report.model_copy(update={"exercises": exercises}).model_dump_json(exclude={"run", "submission"})
