"""What a class says together: rows, quartiles, histogram, difficulty, discrimination, and whom to look after."""

from __future__ import annotations

import json

import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classes.intake import Student
from grader.classes.statistics import class_report, student_row
from grader.render.json_report import class_schema, render_class
from grader.report.class_report import ClassReport, Quartiles, RowStatus
from grader.report.report import Report, Verdict
from tests.english import all_spoken
from tests.exercises import assignment, exercise
from tests.unit.classes import BROKEN, CLASS, CLASS_RUN, UNREADABLE, class_of, row, work

points = st.tuples(st.sampled_from([0, 10, 20, 30]), st.sampled_from([0, 10, 20]))
SCHEMA = jsonschema.Draft202012Validator(json.loads(class_schema()))
classes = st.lists(points, max_size=6)


def graded(*earned: tuple[int, int]) -> ClassReport:
    """A class whose students earned these points."""
    return class_of(*(row(f"s{number}", work(*each)) for number, each in enumerate(earned)))


STATUSES = [
    pytest.param(work(0, 0), "a.ipynb", RowStatus.GRADED, id="a zero"),
    pytest.param(UNREADABLE, "a.ipynb", RowStatus.UNREADABLE, id="unreadable"),
    pytest.param(BROKEN, "a.ipynb", RowStatus.NOT_GRADED, id="not graded"),
    pytest.param(None, None, RowStatus.NEVER_SUBMITTED, id="nothing handed in"),
    pytest.param(None, "bomb.zip", RowStatus.UNREADABLE, id="a file that no report speaks of"),
]


@pytest.mark.parametrize(("report", "file", "status"), STATUSES)
def test_zero_unreadable_not_graded_and_never_submitted_are_different(
    report: Report | None, file: str | None, status: RowStatus
) -> None:
    """Four things that a gradebook must not confuse."""
    found = student_row(student=Student(id="a"), file=file, report=report, report_path=None, notes=())
    assert found.status is status


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        pytest.param(UNREADABLE, "It is not JSON. Save it again.", id="unreadable"),
        pytest.param(BROKEN, "The sandbox broke. Grade this submission again.", id="not graded"),
    ],
)
def test_a_row_without_a_score_says_why(report: Report, reason: str) -> None:
    """After what the intake had to say of the file."""
    assert all_spoken(row("a", report, "Handed in late.").notes) == ("Handed in late.", reason)


def test_a_row_keeps_what_gradebooks_know_a_student_by() -> None:
    """Name, e-mail and the roster's further columns."""
    found = row("a", None, name="Ada", email="a@x", columns={"section": "1"})
    assert (found.name, found.email, found.columns) == ("Ada", "a@x", {"section": "1"})


def test_the_points_possible_are_the_assignments() -> None:
    """Also for a class of which nothing could be graded."""
    asked = assignment(exercise("f"), exercise("g"))
    report = class_report(assignment=asked, rows=[row("a", UNREADABLE)], troubles=(), run=CLASS_RUN)
    assert report.possible == 2
    assert [each.possible for each in report.statistics.exercises.values()] == [1, 1]


def test_an_empty_class_has_no_figures() -> None:
    """Nothing is divided by nobody."""
    statistics = graded().statistics
    assert (statistics.students, statistics.mean, statistics.quartiles) == (0, None, None)
    assert {each.difficulty for each in statistics.exercises.values()} == {None}


def test_a_class_of_one_is_its_own_quartiles() -> None:
    """And correlates with nobody."""
    statistics = graded((30, 10)).statistics
    assert statistics.quartiles == Quartiles(least=80, first=80, median=80, third=80, most=80)
    assert {each.discrimination for each in statistics.exercises.values()} == {None}


@given(st.lists(points, min_size=2, max_size=12))
def test_quartiles_are_numpys(earned: list[tuple[int, int]]) -> None:
    """Linear between order statistics."""
    expected = np.percentile([2 * sum(each) for each in earned], [0, 25, 50, 75, 100])
    five = graded(*earned).statistics.quartiles
    assert five is not None
    assert list(five.model_dump().values()) == pytest.approx(expected, abs=0.005)


HISTOGRAM = [
    pytest.param((0, 0), 0, id="nothing"),
    pytest.param((20, 0), 4, id="40 percent"),
    pytest.param((30, 10), 8, id="80 percent"),
    pytest.param((30, 20), 10, id="only full marks are 100"),
]


@pytest.mark.parametrize(("earned", "place"), HISTOGRAM)
def test_the_histogram_counts_by_tens(earned: tuple[int, int], place: int) -> None:
    """Eleven bins; the last is for all points."""
    assert graded(earned).statistics.histogram == tuple(int(place == each) for each in range(11))


def test_difficulty_is_the_mean_share_of_the_points() -> None:
    """1 is easy, 0 is what nobody can do."""
    statistics = graded((30, 0), (20, 0), (10, 0)).statistics
    assert [each.difficulty for each in statistics.exercises.values()] == [0.667, 0.0]


@given(st.lists(points, min_size=2, max_size=12))
def test_discrimination_is_the_correlation_with_all_other_exercises(earned: list[tuple[int, int]]) -> None:
    """With the rest, not with a total that holds the exercise itself; None where one side does not vary."""
    first, second = np.array(earned).T
    found = graded(*earned).statistics.exercises["double"].discrimination
    if len(set(first)) < 2 or len(set(second)) < 2:
        assert found is None
    else:
        assert found == pytest.approx(np.corrcoef(first, second)[0, 1], abs=0.0006)


@given(classes, st.lists(st.sampled_from([UNREADABLE, BROKEN, None]), max_size=4))
def test_who_was_not_graded_changes_no_figure(earned: list[tuple[int, int]], others: list[Report | None]) -> None:
    """They count as students, and as nothing else: not as zeros."""
    without = graded(*earned)
    extra = [row(f"o{number}", found) for number, found in enumerate(others)]
    figures = class_of(*without.students, *extra).statistics
    counted = {"students": len(earned) + len(others), "statuses": figures.statuses}
    assert figures == without.statistics.model_copy(update=counted)
    assert sum(figures.statuses.values()) == figures.students


def test_verdicts_and_known_mistakes_are_counted() -> None:
    """Of graded students; the most frequent mistake first."""
    rows = [row(str(n), work(0, 0, mistake=name)) for n, name in enumerate(["rare", "often", "often"])]
    figures = class_of(*rows, row("b", BROKEN)).statistics.exercises["double"]
    assert figures.verdicts == {Verdict.FAILED: 3}
    assert list(figures.misconceptions.items()) == [("often", 2), ("rare", 1)]


@given(classes)
def test_every_class_report_keeps_the_published_schema_and_comes_back(earned: list[tuple[int, int]]) -> None:
    """`grader schema --class` tells the truth about class.json."""
    report = graded(*earned)
    SCHEMA.validate(json.loads(render_class(report)))
    assert ClassReport.model_validate_json(render_class(report)) == report


def test_class_json_holds_what_its_readers_were_promised() -> None:
    """Field by field, as the files of other programs rely on it."""
    document = json.loads(render_class(CLASS))
    student = document["students"][1]
    assert document.keys() >= {"schema_version", "assignment", "students", "statistics", "run"}
    assert student.keys() >= {"student", "file", "status", "score", "exercises", "report"}
    assert student["exercises"]["double"] == {
        "verdict": "partial",
        "earned": 20,
        "possible": 30,
        "misconception": "adds_two",
        "mark": None,
    }
