"""The report: its sum, what a student may see of it, and the JSON it becomes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from grader.course.assignment import Visibility
from grader.judging.showing import shown
from grader.messages import prose
from grader.render.json_report import render, schema
from grader.report.audience import seen_by
from grader.report.report import (
    AssignmentReference,
    Audience,
    CheckResult,
    Curve,
    ExerciseResult,
    Report,
    Status,
    Verdict,
    Withheld,
)
from grader.report.sums import earned, overall, score
from grader.wall.values import Value, array
from tests.english import all_spoken, spoken
from tests.unit.reports import check, exercise, not_graded, report
from tests.unit.strategies import values

FAILED, PASSED, RAISED, SKIPPED = Verdict.FAILED, Verdict.PASSED, Verdict.RAISED, Verdict.SKIPPED
NOT_GRADED = Verdict.NOT_GRADED
WITHHELD = [v for v in Visibility if v is not Visibility.VISIBLE]

checks = st.builds(
    check,
    id=st.sampled_from("abc"),
    verdict=st.sampled_from([PASSED, FAILED, RAISED, SKIPPED]),
    points=st.integers(0, 20),
    visibility=st.sampled_from(list(Visibility)),
)
exercises = st.lists(checks, min_size=1, max_size=4).map(lambda judged: exercise(*judged))
reports = st.lists(exercises, max_size=3).map(lambda graded: report(*graded))


def schema_error(document: str) -> str | None:
    """What the published schema objects to in `document`."""
    validator = jsonschema.Draft202012Validator(json.loads(schema()))
    return next((error.message for error in validator.iter_errors(json.loads(document))), None)


@given(st.lists(exercises, max_size=4))
def test_the_score_is_the_sum_of_the_checks(graded: list[ExerciseResult]) -> None:
    """Integer points, nothing lost and nothing gained."""
    total = score(tuple(graded))
    assert total.earned == earned(c for e in graded for c in e.checks)
    assert total.possible == sum(c.possible for e in graded for c in e.checks)


@pytest.mark.parametrize(
    ("earned", "possible", "percent"),
    [
        pytest.param(0, 100, 0, id="nothing"),
        pytest.param(100, 100, 100, id="everything"),
        pytest.param(999, 1000, 99, id="100 means all"),
        pytest.param(2, 3, 66, id="floored"),
        pytest.param(0, 0, 0, id="nothing to earn"),
    ],
)
def test_percent_is_floored(earned: int, possible: int, percent: int) -> None:
    """Only a full score reads 100."""
    assert score((exercise(check("a"), earned=earned, possible=possible),)).percent == percent


def test_one_exercise_not_graded_leaves_the_score_open() -> None:
    """A broken sandbox is never a zero: there is no total until it is graded."""
    total = score((exercise(check("a")), not_graded()))
    assert (total.earned, total.possible, total.percent) == (None, 60, None)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        pytest.param([PASSED, PASSED], PASSED, id="all passed"),
        pytest.param([PASSED, FAILED], Verdict.PARTIAL, id="some passed"),
        pytest.param([FAILED, RAISED], FAILED, id="the first says why"),
        pytest.param([SKIPPED, RAISED], RAISED, id="skipped says nothing"),
        pytest.param([SKIPPED], FAILED, id="only skipped"),
        pytest.param([Verdict.TIMED_OUT, FAILED], Verdict.TIMED_OUT, id="timed out"),
        pytest.param([], FAILED, id="no evidence"),
    ],
)
def test_the_verdict_of_an_exercise_follows_from_its_checks(verdicts: list[Verdict], expected: Verdict) -> None:
    """Passed only if every check is; where nothing was earned, the first reason counts."""
    assert overall(tuple(check(str(n), verdict) for n, verdict in enumerate(verdicts))) is expected


def test_passed_checks_without_points_are_no_partial_success() -> None:
    """Partial means that something was earned."""
    assert overall((check("free", points=0), check("paid", FAILED))) is FAILED


@given(reports)
def test_an_instructor_sees_everything(everything: Report) -> None:
    """The instructor's view is the report itself."""
    assert seen_by(everything, Audience.INSTRUCTOR) is everything


def hidden(**more: Any) -> CheckResult:
    """A failed check that a student may not see."""
    words = {"message": "SECRET message", "hint": "SECRET hint", "title": "SECRET title"}
    return check("secret", FAILED, **({"visibility": Visibility.HIDDEN} | words | more))


@pytest.mark.parametrize("visibility", WITHHELD)
def test_a_student_does_not_see_a_withheld_check(visibility: Visibility) -> None:
    """Neither its words nor its counterexample; how many checks and points are kept back is said."""
    seen = seen_by(report(exercise(check("a"), hidden(visibility=visibility))), Audience.STUDENT)
    assert [c.id for c in seen.exercises[0].checks] == ["a"]
    assert "SECRET" not in render(seen)
    assert "double(np" not in render(seen)
    assert seen.exercises[0].withheld is not None
    assert (seen.exercises[0].withheld.checks, seen.exercises[0].withheld.points) == (1, 10)


@given(st.lists(checks, min_size=1, max_size=4), st.data())
def test_how_a_hidden_check_went_cannot_be_seen(judged: list[CheckResult], data: st.DataObject) -> None:
    """Two submissions that differ in hidden checks only look the same to the student."""
    flip = st.sampled_from([PASSED, FAILED, RAISED])
    others = [
        c
        if c.visibility is Visibility.VISIBLE
        else check(c.id, data.draw(flip), points=c.possible, visibility=c.visibility)
        for c in judged
    ]
    first, second = (seen_by(report(exercise(*group)), Audience.STUDENT) for group in (judged, others))
    assert render(first) == render(second)


@pytest.mark.parametrize(
    ("visibility", "told"),
    [
        pytest.param(Visibility.VISIBLE, True, id="all is visible"),
        pytest.param(Visibility.HIDDEN, False, id="a hidden check"),
    ],
)
def test_how_long_it_took_tells_nothing_of_hidden_checks(visibility: Visibility, told: bool) -> None:
    """Else code that sleeps x seconds for a hidden input x reads it in its own report."""
    graded = report(exercise(check("a"), check("b", visibility=visibility)))
    slower = graded.model_copy(update={"run": graded.run.model_copy(update={"seconds": 37.25})})

    assert (seen_by(graded, Audience.STUDENT) != seen_by(slower, Audience.STUDENT)) is told
    assert seen_by(slower, Audience.INSTRUCTOR).run.seconds == 37.25


def test_a_hidden_check_that_was_not_graded_is_a_matter_for_the_instructor() -> None:
    """Code may lose its room for some hidden inputs only: which ones, neither state nor score of a student tells."""
    lost = hidden().model_copy(update={"verdict": NOT_GRADED, "earned": None})
    shown = [seen_by(report(exercise(check("a"), each)), Audience.STUDENT) for each in (hidden(), lost)]
    whole = report(exercise(check("a"), lost))

    assert shown[0] == shown[1]
    assert (shown[1].status, whole.status) == (Status.GRADED, Status.NOT_GRADED)
    assert (whole.exercises[0].verdict, whole.exercises[0].earned) == (NOT_GRADED, None)


def test_a_student_does_not_learn_the_seed() -> None:
    """Who knows it can draw the inputs of every check; the instructor needs it to grade again in the same way."""
    graded = report(exercise(check("a")))
    known = graded.model_copy(update={"provenance": graded.provenance.model_copy(update={"seed": 271828})})

    assert "271828" in render(known)
    assert "271828" not in render(seen_by(known, Audience.STUDENT))


def test_a_number_that_json_does_not_have_is_no_part_of_a_report() -> None:
    """It would be written, and never read again."""
    with pytest.raises(ValidationError, match="finite"):
        Curve(title=prose("Loss"), values=(1.0, float("inf")))


DUE = datetime(2030, 1, 1, 18, tzinfo=UTC)
LAB = AssignmentReference(id="lab", title="A lab", version="1", due=DUE)
ONE_OF_EACH = report(exercise(*(check(each, FAILED, visibility=each) for each in Visibility)), assignment=LAB)


@pytest.mark.parametrize(
    ("now", "published", "ids", "later"),
    [
        pytest.param(None, False, ["visible"], 1, id="no clock"),
        pytest.param(DUE - timedelta(seconds=1), False, ["visible"], 1, id="a second before the due date"),
        pytest.param(DUE, False, ["visible", "after_due"], 0, id="due"),
        pytest.param(DUE.astimezone(timezone(timedelta(hours=8))), False, ["visible", "after_due"], 0, id="elsewhere"),
        pytest.param(None, True, ["visible", "after_due", "after_published"], 0, id="published"),
    ],
)
def test_what_a_student_sees_depends_on_when(now: datetime | None, published: bool, ids: list[str], later: int) -> None:
    """Decided when the report is read, from what is stored in it; a hidden check is never shown."""
    seen = seen_by(ONE_OF_EACH, Audience.STUDENT, now=now, published=published)
    assert [c.id for c in seen.exercises[0].checks] == ids
    assert seen.score is not None
    assert seen.score.possible == 10 * len(ids)
    assert seen.exercises[0].withheld == Withheld(checks=4 - len(ids), points=10 * (4 - len(ids)), after_due=later)


def test_without_a_due_date_it_never_passes() -> None:
    """What is to be shown after it waits until the results are published."""
    undated = ONE_OF_EACH.model_copy(update={"assignment": LAB.model_copy(update={"due": None})})
    assert len(seen_by(undated, Audience.STUDENT, now=DUE).exercises[0].checks) == 1
    assert len(seen_by(undated, Audience.STUDENT, published=True).exercises[0].checks) == 3


def test_titles_of_hidden_checks_are_shown_if_the_assignment_says_so() -> None:
    """Title, verdict and points; what was asked, what came out and the hint are not."""
    lab = LAB.model_copy(update={"show_hidden_titles": True})
    seen = seen_by(report(exercise(check("a"), hidden()), assignment=lab), Audience.STUDENT)
    _, secret = seen.exercises[0].checks
    assert (secret.title, secret.verdict, secret.earned, secret.possible) == ("SECRET title", FAILED, 0, 10)
    assert render(seen).count("SECRET") == 1
    assert "double(np" not in render(seen)


def test_notices_stay_that_tell_nothing_of_hidden_checks() -> None:
    """What the rooms of hidden checks said goes; a changed plan or an adapted spelling is said to everybody."""
    told = exercise(check("a"), hidden(), notices=("Run.",), withheld_notices=("Secret.",))
    assert all_spoken(seen_by(report(told), Audience.STUDENT).exercises[0].every_notice) == ("Run.",)
    assert all_spoken(report(told).exercises[0].every_notice) == ("Run.", "Secret.")


@pytest.mark.parametrize(("first", "printed"), [(Visibility.VISIBLE, "seen"), (Visibility.AFTER_DUE, "")])
def test_what_was_printed_for_checks_that_are_not_open_is_not_shown(first: Visibility, printed: str) -> None:
    """The most open checks have a room of their own, and what is kept was printed there."""
    seen = seen_by(report(exercise(check("a", visibility=first), hidden(), printed="seen")), Audience.STUDENT)
    assert seen.exercises[0].printed == printed


@pytest.mark.parametrize(
    "message",
    [
        pytest.param("1 of 2 checks passed.", id="a count over hidden checks"),
        pytest.param("SECRET message", id="the message of a hidden check"),
    ],
)
def test_the_message_of_an_exercise_keeps_secrets_too(message: str) -> None:
    """The sentence over all checks is made for all readers, or made anew for the student."""
    seen = seen_by(report(exercise(check("a"), hidden(), message=message)), Audience.STUDENT)
    assert spoken(seen.exercises[0].message) != message


@given(reports)
def test_points_add_up_in_the_students_view(everything: Report) -> None:
    """Shown and withheld points together are what was possible."""
    seen = seen_by(everything, Audience.STUDENT)
    withheld = sum(e.withheld.points for e in seen.exercises if e.withheld)
    assert seen.score == score(seen.exercises)
    assert seen.score is not None
    assert everything.score is not None
    assert seen.score.possible + withheld == everything.score.possible


def test_an_exercise_without_secrets_is_shown_as_it_is() -> None:
    """Nothing withheld, nothing changed but the audience and the seed."""
    everything = report(exercise(check("a"), check("b", FAILED)))
    seen = seen_by(everything, Audience.STUDENT)
    seedless = everything.provenance.model_copy(update={"seed": None})

    assert seen == everything.model_copy(update={"audience": Audience.STUDENT, "provenance": seedless})


def test_a_student_too_sees_that_it_was_not_graded() -> None:
    """Our failure stays ours in every view."""
    seen = seen_by(report(not_graded()), Audience.STUDENT)
    assert seen.score is not None
    assert (seen.score.earned, seen.exercises[0].earned) == (None, None)


def test_an_unreadable_submission_has_no_score() -> None:
    """No score is not a score of zero."""
    seen = seen_by(report(status=Status.UNREADABLE, score=None, assignment=None), Audience.STUDENT)
    assert seen.score is None


@given(reports, st.sampled_from(list(Audience)))
def test_every_report_keeps_the_published_schema(everything: Report, audience: Audience) -> None:
    """`grader schema` tells the truth about `--format json`."""
    assert schema_error(render(seen_by(everything, audience))) is None


@given(reports)
def test_a_report_comes_back_from_its_json(everything: Report) -> None:
    """Stored reports are read again by service and renderers."""
    assert Report.model_validate_json(render(everything)) == everything


def test_a_score_that_is_no_integer_breaks_the_schema() -> None:
    """The schema is not just a formality: wrong documents fail it."""
    document = render(report(exercise(check("a")))).replace('"earned": 10', '"earned": 9.5')
    assert schema_error(document) is not None


@given(values)
def test_every_value_that_crossed_can_be_shown(value: Value) -> None:
    """Counterexamples of any value are valid JSON without bare NaN, and come back."""
    example = check("a", FAILED).counterexample
    assert example is not None
    holding = example.model_copy(update={"got": shown(value)})
    document = render(report(exercise(check("a", FAILED, counterexample=holding))))
    json.loads(document, parse_constant=lambda token: pytest.fail(f"a bare {token}"))
    assert schema_error(document) is None


@pytest.mark.parametrize(
    ("value", "text", "data"),
    [
        pytest.param(array([1.5, float("nan"), float("inf")]), "[1.5, nan, inf]", (1.5, "nan", "inf"), id="not finite"),
        pytest.param(array([True, False]), "[ True, False]", (True, False), id="booleans"),
        pytest.param(array([[1, 2]]), "[[1, 2]]", (1, 2), id="whole numbers"),
        pytest.param(array(2.5, "scalar"), "2.5", (2.5,), id="scalar"),
        pytest.param(array([1j]), "[0.+1.j]", ("1j",), id="complex"),
        pytest.param([1.0, None], "[1, None]", None, id="list"),
        pytest.param((1,), "(1,)", None, id="tuple of one"),
        pytest.param(frozenset({"b", "a"}), "{'a', 'b'}", None, id="set"),
        pytest.param("x\n", r"'x\n'", None, id="text"),
    ],
)
def test_values_are_shown_as_text_and_small_arrays_as_data(value: Value, text: str, data: Any) -> None:
    """Text for reading, data for drawing."""
    assert (shown(value).text, shown(value).data) == (text, data)


def test_what_is_shown_is_bounded() -> None:
    """A report of a million entries helps nobody."""
    big = shown(array(np.arange(100_000).reshape(100, 1000)))
    assert len(big.text) <= 400
    assert big.data is None
    assert len(shown("x" * 9_000).text) == 400
