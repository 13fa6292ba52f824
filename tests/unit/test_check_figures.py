"""Figures of each check over everybody's attempts."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from grader.classes.check_figures import Try, figures
from grader.render.check_table import as_csv
from grader.report.check_figures import AssignmentFigures, CheckFigures, Passing
from grader.report.report import AssignmentReference, Report, Verdict
from tests.unit.reports import check, exercise, report

LAB = AssignmentReference(id="lab", title="A lab", version="1")
START = datetime(2025, 1, 1, tzinfo=UTC)


def work(first: Verdict, second: Verdict = Verdict.PASSED, *, mistake: str | None = None) -> Report:
    """Two exercises of one check each."""
    return report(
        exercise(check("a", first), id="double", misconception=mistake), exercise(check("b", second), id="halve")
    )


def tries(who: str, *reports: Report, minutes: int = 10) -> list[Try]:
    """Attempts, so many minutes apart."""
    return [
        Try(who=who, number=number, report=each, at=START + timedelta(minutes=minutes * number))
        for number, each in enumerate(reports, start=1)
    ]


def of(*given: list[Try]) -> AssignmentFigures:
    return figures(LAB, [each for theirs in given for each in theirs])


def first(found: AssignmentFigures) -> CheckFigures:
    return found.checks[0]


PASSED, FAILED, SKIPPED = Verdict.PASSED, Verdict.FAILED, Verdict.SKIPPED


def test_the_last_attempt_says_what_a_student_can_do_now() -> None:
    """And each attempt counts under its number."""
    found = first(of(tries("ada", work(FAILED), work(PASSED)), tries("ben", work(FAILED))))

    assert found.now == Passing(tried=2, passed=1, share=0.5)
    assert [(each.number, each.passing.tried, each.passing.passed) for each in found.by_attempt] == [
        (1, 2, 0),
        (2, 1, 1),
    ]


@pytest.mark.parametrize("verdict", [SKIPPED, Verdict.MISSING, Verdict.NOT_GRADED])
def test_what_nobody_could_try_says_nothing(verdict: Verdict) -> None:
    """It is no failure."""
    assert first(of(tries("ada", work(verdict)))).now == Passing(tried=0, passed=0, share=None)


def test_the_first_pass_is_a_median_over_those_who_passed() -> None:
    """By attempt, and by time since each one's first attempt."""
    found = first(
        of(
            tries("ada", work(PASSED)),
            tries("ben", work(FAILED), work(FAILED), work(PASSED), minutes=20),
            tries("cem", work(FAILED)),
        )
    )
    assert (found.first_pass_attempt, found.first_pass_seconds) == (2.0, 1200.0)


def test_without_moments_there_is_no_time() -> None:
    """Folders of reports do not say when work came in."""
    found = first(figures(LAB, [Try(who="ada", number=1, report=work(PASSED))]))
    assert (found.first_pass_attempt, found.first_pass_seconds) == (1.0, None)


def test_a_check_discriminates_if_who_passes_it_does_better_elsewhere() -> None:
    """None where either does not vary."""
    telling = of(tries("ada", work(PASSED, PASSED)), tries("ben", work(FAILED, FAILED)))
    same = of(tries("ada", work(PASSED, PASSED)), tries("ben", work(PASSED, FAILED)))
    assert (first(telling).discrimination, first(same).discrimination) == (1.0, None)


def test_steps_from_mistake_to_mistake_count_students() -> None:
    """Once each, however often they took it."""
    one, two = work(FAILED, mistake="adds"), work(FAILED, mistake="squares")
    found = of(tries("ada", one, two, one, two), tries("ben", one, work(PASSED)), tries("cem", one, work(FAILED)))

    assert [(step.mistake, step.then, step.students) for step in found.mistakes] == [
        ("adds", "other", 1),
        ("adds", "right", 1),
        ("adds", "squares", 1),
        ("squares", "adds", 1),
    ]


def test_before_and_after_it_was_judged_again() -> None:
    """Of the same attempts."""
    again = Try(who="ada", number=1, report=work(PASSED), before=work(FAILED))
    found = first(figures(LAB, [again, *tries("ben", work(FAILED))]))
    assert found.before is not None
    assert (found.before.passed, found.now.passed) == (0, 1)


def test_a_table_holds_figures_as_they_are() -> None:
    """Whole seconds of many days, too, and no exponents."""
    found = of(tries("ada", work(FAILED), work(PASSED), minutes=20_577))

    line = dict(zip(*csv.reader(io.StringIO(as_csv(found)).readlines()[:2]), strict=True))

    assert (line["first_pass_seconds"], line["share"], line["first_pass_attempt"]) == ("1234620", "1", "2")
