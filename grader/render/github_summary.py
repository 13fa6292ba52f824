"""Reports as Markdown for GitHub's job summary. What a student wrote stands in code blocks only, as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grader.messages import ENGLISH, Words
from grader.messages.visible import visible
from grader.render import terms
from grader.render.feedback import ExerciseFeedback, Feedback, feedback
from grader.render.markdown import block, code, table, text
from grader.render.plain import lines, located, outcome, titled
from grader.report.class_report import ClassReport, StudentRow
from grader.report.report import Report

#: GitHub drops a summary of more than 1 MiB as a whole
MOST_BYTES = 1_000_000


def render(report: Report, *, words: Words = ENGLISH) -> str:
    """The result, a table of all checks, and what is wrong with each that did not pass."""
    return _capped(_of_report(feedback(report), words), words)


def render_class(report: ClassReport, *, words: Words = ENGLISH) -> str:
    """Statistics and troubles of a class, and a table with a row for each student."""
    return _capped(_of_class(report, words), words)


def _of_report(report: Feedback, words: Words) -> Iterator[str]:
    yield f"## {text(words.text(report.title))}\n\n"
    result = f"**{words.text(report.result)}**"
    yield f"{words.say('plain_titled', title=code(report.name), text=result)}\n\n"
    yield from (block([visible(words.text(notice))]) for notice in report.notices)
    if report.exercises:
        heads = ("class_exercise", "summary_check", "summary_result", "class_share_short")
        yield from table(map(words.say, heads), _checks(report.exercises, words))
    for problem in report.problems:
        title = text(titled(problem, words))
        yield f"### {located(title, problem, words)}\n\n{block(lines(problem.apart, words))}"


def _checks(exercises: Iterable[ExerciseFeedback], words: Words) -> Iterator[list[str]]:
    for exercise in exercises:
        title = located(f"**{text(words.text(exercise.title))}**", exercise, words)
        yield [title, "", *outcome(exercise, words)]
        for check in exercise.checks:
            yield ["", text(words.text(check.title)), *outcome(check, words)]


def _of_class(report: ClassReport, words: Words) -> Iterator[str]:
    yield f"## {text(words.prose(report.assignment.title))}\n\n"
    yield f"{terms.students(report.statistics, words)}\n\n"
    if six := terms.six_numbers(report.statistics, words):
        yield f"{words.say('plain_titled', title=words.say('summary_scores'), text=six)}\n\n"
    figures = ("class_exercise", "class_share", "class_discrimination", "class_verdicts")
    yield from table(map(words.say, figures), _exercises(report, words))
    if report.troubles:
        yield f"### {words.say('class_troubles')}\n\n"
        yield from table(
            map(words.say, ("class_whose", "class_happened", "class_to_do")),
            ([code(one.what), code(words.text(one.happened)), code(words.text(one.to_do))] for one in report.troubles),
        )
    yield f"### {words.say('class_everyone')}\n\n"
    person = ("class_student", "summary_status", "class_share_short")
    yield from table(
        [*map(words.say, person), *(text(words.prose(title)) for title in report.exercises.values())],
        _students(report, words),
    )


def _exercises(report: ClassReport, words: Words) -> Iterator[list[str]]:
    for exercise in report.statistics.exercises.values():
        yield [
            text(words.prose(exercise.title)),
            "-" if exercise.difficulty is None else f"{exercise.difficulty:g}",
            "-" if exercise.discrimination is None else f"{exercise.discrimination:g}",
            terms.verdict_counts(exercise.verdicts, words),
        ]


def _students(report: ClassReport, words: Words) -> Iterator[list[str]]:
    for row in report.students:
        points = terms.points(None if row.score is None else row.score.earned, report.possible, words)
        yield [code(row.student), terms.status(row.status, words), points, *_verdicts(row, report, words)]


def _verdicts(row: StudentRow, report: ClassReport, words: Words) -> list[str]:
    found = (row.exercises.get(exercise) for exercise in report.exercises)
    return ["" if one is None else terms.verdict(one.verdict, words) for one in found]


def _capped(parts: Iterable[str], words: Words) -> str:
    """As many parts as GitHub takes: better a summary with an end missing than none."""
    kept: list[str] = []
    size = 0
    for part in parts:
        size += len(part.encode())
        if size > MOST_BYTES:
            kept.append(f"\n{words.say('summary_cut')}\n")
            break
        kept.append(part)
    return "".join(kept)
