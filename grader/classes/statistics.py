"""What the reports of a class say together: pure sums over rows. The types are `class_report.py`'s.

Points possible come from the assignment, never from a submission. Only graded rows count: a missing, unreadable or
not graded submission is no zero, nor is one that waits for a mark which others have. Floats are rounded, so that every
machine writes the same bytes.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from grader.classes.intake import Student
from grader.course.assignment import Assignment
from grader.messages import Message
from grader.report.class_report import (
    ClassReport,
    ClassRun,
    ExerciseRow,
    ExerciseStatistics,
    Quartiles,
    RowStatus,
    Statistics,
    StudentRow,
    Trouble,
)
from grader.report.report import AssignmentReference, Report, Status, Verdict

_PERCENT_DIGITS = 2
_SHARE_DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedExercise:
    """One exercise as the assignment asks it."""

    id: str
    title: str
    possible: int


def student_row(
    *, student: Student, file: str | None, report: Report | None, report_path: str | None, notes: tuple[Message, ...]
) -> StudentRow:
    """The row of one student. Without a report it is `never_submitted`, or `unreadable` if there is a file after all.

    To `notes` are added the reasons why a submission was not graded, or not in full.
    """
    return StudentRow(
        student=student.id,
        name=student.name,
        email=student.email,
        columns=dict(student.columns),
        file=file,
        status=_status(file, report),
        score=None if report is None else report.score,
        exercises={} if report is None else exercise_rows(report),
        report=report_path,
        notes=tuple(dict.fromkeys((*notes, *_reasons(report)))),
    )


def exercise_rows(report: Report) -> dict[str, ExerciseRow]:
    """What a class keeps of each exercise of a report."""
    return {
        result.id: ExerciseRow(
            verdict=result.verdict,
            earned=result.earned,
            possible=result.possible,
            misconception=result.misconception,
            mark=result.mark,
        )
        for result in report.exercises
    }


def class_report(
    *,
    assignment: Assignment,
    rows: Sequence[StudentRow],
    troubles: Sequence[Trouble],
    run: ClassRun,
    column: str | None = None,
    marked: Collection[str] = (),
) -> ClassReport:
    """The report of a class on `assignment`; rows keep their order. Of what a person marks, that counts which is
    `marked` for somebody."""
    machine = [AskedExercise(id=each.id, title=each.title, possible=each.points) for each in assignment.exercises]
    people = (AskedExercise(id=each.id, title=each.title, possible=each.points) for each in assignment.to_mark)
    return summed_up(
        AssignmentReference.to(assignment),
        [*machine, *(each for each in people if each.id in marked)],
        rows=rows,
        troubles=troubles,
        run=run,
        column=column,
    )


def summed_up(
    assignment: AssignmentReference,
    asked: Sequence[AskedExercise],
    *,
    rows: Sequence[StudentRow],
    troubles: Sequence[Trouble],
    run: ClassRun,
    column: str | None = None,
) -> ClassReport:
    """The report of a class of which only stored reports are at hand: `asked` is what they were graded by."""
    return ClassReport(
        assignment=assignment,
        possible=sum(exercise.possible for exercise in asked),
        exercises={exercise.id: exercise.title for exercise in asked},
        column=column,
        students=tuple(rows),
        statistics=_statistics(asked, rows),
        troubles=tuple(troubles),
        run=run,
    )


def _status(file: str | None, report: Report | None) -> RowStatus:
    if report is not None:
        return RowStatus(report.status.value)
    return RowStatus.NEVER_SUBMITTED if file is None else RowStatus.UNREADABLE


def _reasons(report: Report | None) -> tuple[Message, ...]:
    if report is None:
        return ()
    if report.status is Status.UNREADABLE:
        return report.notices[:1]
    return tuple(result.message for result in report.exercises if result.verdict is Verdict.NOT_GRADED)


def _statistics(asked: Sequence[AskedExercise], rows: Sequence[StudentRow]) -> Statistics:
    possible = sum(exercise.possible for exercise in asked)
    graded = [row for row in rows if row.status is RowStatus.GRADED and not row.lacks_marks(possible)]
    totals = [sum(_points(row, exercise.id) for exercise in asked) for row in graded]
    percents = [100 * total / possible if possible else 0.0 for total in totals]
    statuses = Counter(row.status for row in rows)
    return Statistics(
        students=len(rows),
        statuses={status: statuses[status] for status in RowStatus},
        mean=rounded_mean(percents),
        quartiles=quartiles(percents),
        histogram=histogram(100 * total // possible if possible else 0 for total in totals),
        exercises={exercise.id: _exercise_statistics(exercise, graded, totals) for exercise in asked},
    )


def _points(row: StudentRow, exercise: str) -> int:
    """What the row earned there; an exercise that a graded report does not have earned nothing."""
    found = row.exercises.get(exercise)
    return 0 if found is None or found.earned is None else found.earned


def rounded_mean(percents: Sequence[float]) -> float | None:
    """The mean; None of nothing."""
    return round(statistics.mean(percents), _PERCENT_DIGITS) if percents else None


def quartiles(percents: Sequence[float]) -> Quartiles | None:
    """Linear between order statistics, as NumPy, R and spreadsheets do: definition 7 of Hyndman and Fan,
    "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996)."""
    if not percents:
        return None
    inner = statistics.quantiles(percents, n=4, method="inclusive") if len(percents) > 1 else [percents[0]] * 3
    least, first, median, third, most = (
        round(percent, _PERCENT_DIGITS) for percent in (min(percents), *inner, max(percents))
    )
    return Quartiles(least=least, first=first, median=median, third=third, most=most)


def histogram(percents: Iterable[int]) -> tuple[int, ...]:
    """Floored percents in tens; the last of the eleven bins holds full marks alone."""
    counts = Counter(min(percent // 10, 10) for percent in percents)
    return tuple(counts[tens] for tens in range(11))


def _exercise_statistics(
    exercise: AskedExercise, graded: Sequence[StudentRow], totals: Sequence[int]
) -> ExerciseStatistics:
    earned = [_points(row, exercise.id) for row in graded]
    rest = [total - points for total, points in zip(totals, earned, strict=True)]
    found = [result for row in graded if (result := row.exercises.get(exercise.id)) is not None]
    verdicts = Counter(result.verdict for result in found)
    mistakes = Counter(result.misconception for result in found if result.misconception)
    return ExerciseStatistics(
        title=exercise.title,
        possible=exercise.possible,
        difficulty=mean_share(earned, exercise.possible),
        discrimination=_correlation(earned, rest),
        verdicts={verdict: verdicts[verdict] for verdict in Verdict if verdicts[verdict]},
        misconceptions=dict(sorted(mistakes.items(), key=lambda made: (-made[1], made[0]))),
    )


def mean_share(earned: Sequence[int], possible: int) -> float | None:
    """The mean of what was earned, as a share of what is possible; None where that is nothing."""
    return round(sum(earned) / (possible * len(earned)), _SHARE_DIGITS) if earned and possible else None


def _correlation(points: Sequence[int], rest: Sequence[int]) -> float | None:
    """Pearson's, of an exercise with all *others*: correlated with a sum that holds itself, any exercise looks good."""
    if len(set(points)) < 2 or len(set(rest)) < 2:
        return None
    return round(statistics.correlation(points, rest), _SHARE_DIGITS) + 0.0  # no minus before a zero
