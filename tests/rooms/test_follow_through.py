"""Follow-through: a function that calls earlier ones is judged with the reference in their place, and is told so."""

from __future__ import annotations

import pytest

from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.grading.reference import AnswerKey, answer_key
from grader.report.report import ExerciseResult, Report
from grader.wall.sandbox import Sandbox
from tests.english import all_spoken, spoken
from tests.lent_course import COST, LINE, LONG_COST, LONG_TRAIN, SHORT_TRAIN, TRAIN, WRONG_LINE, handed_in, write_course
from tests.replay import Recorder, Replay


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course of four functions."""
    return write_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def key(course: Course, sandbox: Sandbox) -> AnswerKey:
    """Its answer key."""
    return answer_key(course, course.assignment("lent"), sandbox)


def graded(course: Course, key: AnswerKey, sandbox: Sandbox, data: bytes) -> Report:
    """The report on one notebook."""
    assignment = course.assignment("lent")
    with Grader(course, assignment, sandbox=sandbox, key=key) as grader:
        return grader.grade("x.ipynb", data)


def last(report: Report) -> ExerciseResult:
    """The exercise that depends on the others."""
    return report.exercises[-1]


JUDGED = "Judged with a correct line, so that a mistake there is charged only once."
BOTH = "Judged with correct versions of line, cost, so that a mistake there is charged only once."
NOT_YET = "With your own line it does not work yet."
WORKS = "With your own line it also works."


@pytest.mark.parametrize(
    ("data", "points", "notices"),
    [
        pytest.param(handed_in(), [10, 10, 10, 10], (), id="all right"),
        pytest.param(handed_in(line=WRONG_LINE), [0, 10, 10, 10], (JUDGED, NOT_YET), id="the first is wrong"),
        pytest.param(handed_in(line=""), [0, 10, 10, 10], (JUDGED, NOT_YET), id="the first is missing"),
        pytest.param(handed_in(line=LINE + "\n  ("), [0, 10, 10, 10], (JUDGED, NOT_YET), id="its cell does not parse"),
        pytest.param(
            handed_in(line=WRONG_LINE, cost=LONG_COST, train=LONG_TRAIN),
            [0, 10, 10, 10],
            (JUDGED, NOT_YET),
            id="an older template",
        ),
        pytest.param(
            handed_in(line=WRONG_LINE, cost="def cost(a, y):\n    return 0.0"),
            [0, 0, 10, 10],
            (BOTH, "With your own line, cost it does not work yet."),
            id="two are wrong",
        ),
        pytest.param(handed_in(line=WRONG_LINE, train=SHORT_TRAIN), [0, 10, 10, 0], (JUDGED,), id="the last as well"),
        pytest.param(
            handed_in(
                line="def line(x):\n    return x[0]", train=f"def line(x):\n    return 2.0 * x + 1.0\n\n\n{TRAIN}"
            ),
            [10, 10, 10, 10],
            (),
            id="defined anew in the graded cell",
        ),
        pytest.param(
            handed_in(line=WRONG_LINE, train=TRAIN + "\nfirst = train(np.ones(2))"),
            [0, 10, 10, 10],
            (JUDGED, NOT_YET),
            id="called while the cell runs",
        ),
    ],
)
def test_one_mistake_is_charged_once(
    course: Course, key: AnswerKey, sandbox: Sandbox, data: bytes, points: list[int], notices: tuple[str, ...]
) -> None:
    """Whatever is wrong earlier costs its own points and no others; what is said of it follows from the results."""
    report = graded(course, key, sandbox, data)
    assert [result.earned for result in report.exercises] == points
    assert all_spoken(last(report).notices) == notices
    assert last(report).depends_on == ("line", "cost", "step")


def test_a_mistake_that_the_chain_does_not_meet_is_said_not_to_matter(
    course: Course, key: AnswerKey, sandbox: Sandbox
) -> None:
    """The student's own chain is tried as well, for a sentence and no points."""
    sometimes = "def step(box, slope, rate):\n    return {'w': box['w'] - rate * slope * (box['w'][-1] != 2.0)}"
    report = graded(course, key, sandbox, handed_in(step=sometimes))
    assert [result.earned for result in report.exercises] == [10, 10, 0, 10]
    assert all_spoken(last(report).notices) == (JUDGED.replace("line", "step"), WORKS.replace("line", "step"))


def test_what_is_said_of_the_own_chain_is_tried_with_all_cells_before_it(
    course: Course, key: AnswerKey, sandbox: Sandbox
) -> None:
    """A name that only running every cell gives is no reason to say that the student's own functions do not work."""
    sometimes = "def step(box, slope, rate):\n    return {'w': box['w'] - rate * slope * (box['w'][-1] != 2.0)}"
    hides = "exec('half = 0.5')\n"
    uses = sometimes.replace("rate * slope", "2 * half * rate * slope")
    report = graded(course, key, sandbox, handed_in(cost=hides + COST, step=uses))
    assert [result.earned for result in report.exercises] == [10, 10, 0, 10]
    assert all_spoken(last(report).notices) == (JUDGED.replace("line", "step"), WORKS.replace("line", "step"))


def test_a_known_mistake_is_recognised_behind_borrowed_functions(
    course: Course, key: AnswerKey, sandbox: Sandbox
) -> None:
    """A wrong solution needs to hold its mistake only: in its place, too, the reference is what it calls."""
    result = last(graded(course, key, sandbox, handed_in(line=WRONG_LINE, train=SHORT_TRAIN)))
    assert (result.misconception, spoken(result.checks[0].hint)) == (
        "forgets_a_round",
        "How many rounds are there?",
    )


def test_a_report_is_the_same_when_it_is_made_again_or_replayed(
    course: Course, key: AnswerKey, sandbox: Sandbox
) -> None:
    """What was lent is recorded with the room, and saying it again needs no reference."""
    data = handed_in(line=WRONG_LINE)
    recorder = Recorder(sandbox)
    first = graded(course, key, recorder, data)
    replayed, again = (graded(course, key, given, data) for given in (Replay(recorder.recordings), sandbox))

    seen = [report.model_dump_json(include={"exercises", "score"}) for report in (first, replayed, again)]
    assert seen == seen[:1] * 3
    assert {each.asked.name for recording in recorder.recordings for each in recording.borrowings} == {
        "line",
        "cost",
        "step",
    }
