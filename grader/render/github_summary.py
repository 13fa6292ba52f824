"""Reports as Markdown for GitHub's job summary. What a student wrote stands in code blocks only, as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grader.class_report import ClassReport, StudentRow
from grader.render.markdown import block, code, table, text
from grader.render.plain import Problem, headline, place, problems
from grader.render.visible import visible
from grader.report import ExerciseResult, Report
from grader.words import counted

#: GitHub drops a summary of more than 1 MiB as a whole
MOST_BYTES = 1_000_000


def render(report: Report) -> str:
    """The result, a table of all checks, and what is wrong with each that did not pass."""
    return _capped(_of_report(report))


def render_class(report: ClassReport) -> str:
    """Statistics and troubles of a class, and a table with a row for each student."""
    return _capped(_of_class(report))


def _of_report(report: Report) -> Iterator[str]:
    yield f"## {text(report.assignment.title if report.assignment else 'No assignment')}\n\n"
    yield f"{code(report.submission.name)}: **{headline(report)}**\n\n"
    yield from (block([visible(notice)]) for notice in report.notices)
    if report.exercises:
        yield from table(["Exercise", "Check", "Result", "Points"], _checks(report.exercises))
    for problem in problems(report):
        yield _problem(problem)


def _checks(exercises: Iterable[ExerciseResult]) -> Iterator[list[str]]:
    for exercise in exercises:
        where = place(exercise)
        title = f"**{text(exercise.title)}**{f' ({where})' if where else ''}"
        yield [title, "", _words(exercise.verdict.value), _points(exercise.earned, exercise.possible)]
        for check in exercise.checks:
            yield ["", text(check.title), _words(check.verdict.value), _points(check.earned, check.possible)]


def _problem(problem: Problem) -> str:
    where = f", {problem.where}" if problem.where else ""
    return f"### {text(problem.title)}{where}\n\n{block(problem.lines)}"


def _of_class(report: ClassReport) -> Iterator[str]:
    statistics = report.statistics
    yield f"## {text(report.assignment.title)}\n\n"
    counts = [f"{number} {_words(status.value)}" for status, number in statistics.statuses.items() if number]
    yield f"{counted(statistics.students, 'student')}: {', '.join(counts) or 'nobody'}.\n\n"
    if statistics.quartiles is not None:
        five = statistics.quartiles
        yield from table(
            ["Least", "First quartile", "Median", "Third quartile", "Most"],
            [[f"{percent:g} %" for percent in (five.least, five.first, five.median, five.third, five.most)]],
        )
    yield from table(["Exercise", "Mean share", "Discrimination", "Results"], _exercises(report))
    if report.troubles:
        yield "### To look at\n\n"
        yield from table(
            ["What", "What happened", "What to do"],
            ([code(one.what), code(one.happened), code(one.to_do)] for one in report.troubles),
        )
    yield "### Students\n\n"
    yield from table(["Student", "Status", "Points", *map(text, report.exercises.values())], _students(report))


def _exercises(report: ClassReport) -> Iterator[list[str]]:
    for exercise in report.statistics.exercises.values():
        yield [
            text(exercise.title),
            "-" if exercise.difficulty is None else f"{exercise.difficulty:g}",
            "-" if exercise.discrimination is None else f"{exercise.discrimination:g}",
            ", ".join(f"{number} {_words(verdict.value)}" for verdict, number in exercise.verdicts.items()) or "-",
        ]


def _students(report: ClassReport) -> Iterator[list[str]]:
    for row in report.students:
        earned = None if row.score is None else row.score.earned
        points = _points(earned, report.possible)
        yield [code(row.student), _words(row.status.value), points, *_verdicts(row, report)]


def _verdicts(row: StudentRow, report: ClassReport) -> list[str]:
    found = (row.exercises.get(exercise) for exercise in report.exercises)
    return ["" if one is None else _words(one.verdict.value) for one in found]


def _points(earned: int | None, possible: int) -> str:
    return f"{'-' if earned is None else earned} of {possible}"


def _words(value: str) -> str:
    return value.replace("_", " ")


def _capped(parts: Iterable[str]) -> str:
    """As many parts as GitHub takes: better a summary with an end missing than none."""
    kept: list[str] = []
    size = 0
    for part in parts:
        size += len(part.encode())
        if size > MOST_BYTES:
            kept.append("\nThe rest is left out here: a job summary holds 1 MiB. The reports hold everything.\n")
            break
        kept.append(part)
    return "".join(kept)
