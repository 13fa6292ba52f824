"""Reports as Markdown for GitHub's job summary. What a student wrote stands in code blocks only, as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grader.class_report import ClassReport, StudentRow
from grader.render import terms
from grader.render.markdown import block, code, table, text
from grader.render.plain import Problem, headline, place, problems
from grader.render.translated import translated, translated_class
from grader.render.visible import visible
from grader.report import ExerciseResult, Report
from grader.wording import ENGLISH, Words

#: GitHub drops a summary of more than 1 MiB as a whole
MOST_BYTES = 1_000_000


def render(report: Report, *, words: Words = ENGLISH) -> str:
    """The result, a table of all checks, and what is wrong with each that did not pass."""
    return _capped(_of_report(translated(report, words), words), words)


def render_class(report: ClassReport, *, words: Words = ENGLISH) -> str:
    """Statistics and troubles of a class, and a table with a row for each student."""
    return _capped(_of_class(translated_class(report, words), words), words)


def _of_report(report: Report, words: Words) -> Iterator[str]:
    yield f"## {text(report.assignment.title if report.assignment else words.say('no_assignment'))}\n\n"
    yield f"{words.say('plain_titled', title=code(report.submission.name), text=f'**{headline(report, words)}**')}\n\n"
    yield from (block([visible(notice)]) for notice in report.notices)
    if report.exercises:
        heads = ("class_exercise", "summary_check", "summary_result", "class_share_short")
        yield from table(map(words.say, heads), _checks(report.exercises, words))
    for problem in problems(report, words):
        yield _problem(problem, words)


def _checks(exercises: Iterable[ExerciseResult], words: Words) -> Iterator[list[str]]:
    for exercise in exercises:
        where = place(exercise, words)
        title = f"**{text(exercise.title)}**"
        points = terms.points(exercise.earned, exercise.possible, words)
        named = words.say("plain_in", title=title, where=where) if where else title
        yield [named, "", terms.verdict(exercise.verdict, words), points]
        for check in exercise.checks:
            points = terms.points(check.earned, check.possible, words)
            yield ["", text(check.title), terms.verdict(check.verdict, words), points]


def _problem(problem: Problem, words: Words) -> str:
    title = text(problem.title)
    named = words.say("plain_in", title=title, where=problem.where) if problem.where else title
    return f"### {named}\n\n{block(problem.lines)}"


def _of_class(report: ClassReport, words: Words) -> Iterator[str]:
    yield f"## {text(report.assignment.title)}\n\n"
    yield f"{terms.students(report.statistics, words)}\n\n"
    if six := terms.six_numbers(report.statistics, words):
        yield f"{words.say('plain_titled', title=words.say('summary_scores'), text=six)}\n\n"
    figures = ("class_exercise", "class_share", "class_discrimination", "class_verdicts")
    yield from table(map(words.say, figures), _exercises(report, words))
    if report.troubles:
        yield f"### {words.say('class_troubles')}\n\n"
        yield from table(
            map(words.say, ("class_whose", "class_happened", "class_to_do")),
            ([code(one.what), code(one.happened), code(one.to_do)] for one in report.troubles),
        )
    yield f"### {words.say('class_everyone')}\n\n"
    person = ("class_student", "summary_status", "class_share_short")
    yield from table([*map(words.say, person), *map(text, report.exercises.values())], _students(report, words))


def _exercises(report: ClassReport, words: Words) -> Iterator[list[str]]:
    for exercise in report.statistics.exercises.values():
        yield [
            text(exercise.title),
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
