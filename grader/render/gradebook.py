"""Tables of a class as CSV: ours, and those that Canvas and Moodle import. Each row is a student.

An empty grade means that there is none: never handed in, unreadable, not graded and not yet marked are never a zero.
A cell that a spreadsheet would take for a formula is told to be text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from io import StringIO
from typing import TypeAlias

from grader.messages import ENGLISH, Words
from grader.messages.visible import in_cell
from grader.render.terms import points
from grader.report.class_report import ClassReport, ExerciseRow, StudentRow
from grader.report.report import Mark, Verdict

#: what spreadsheets begin a formula with, also in the wide forms of East Asian keyboards
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
#: where spreadsheets separate cells by semicolons, one in a name begins a cell of the student's making
_CELL_WITHIN = re.compile(rf"""(;)(?=[\s"']*[{re.escape("".join(_FORMULA))}])""")
#: how Canvas writes an assignment's heading, with its own number
_CANVAS_ASSIGNMENT = re.compile(r"(?P<title>.*\S)\s*\((?P<number>\d+)\)")
#: headings that stand in an export of Canvas's gradebook, and nowhere else
_CANVAS_HEADINGS = frozenset({"sis user id", "sis login id"})
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


#: what counts of each student, after deductions; None where nothing does
Grades: TypeAlias = Mapping[str, Fraction | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasColumn:
    """The heading of the grades' column for Canvas; unless it is `known` there, Canvas makes a new assignment of it.

    `others` are the assignments that the gradebook has.
    """

    heading: str
    known: bool
    others: tuple[str, ...] = ()


def canvas_column(title: str, column: str | None, headings: Collection[str]) -> CanvasColumn:
    """The column of an assignment of this title, or of one that is called `column` there, by the roster's headings.

    A roster that is no export of Canvas's gradebook knows of no assignments, and so cannot lack one.
    """
    wanted = (column or title).strip()
    there = {heading: match for heading in headings if (match := _CANVAS_ASSIGNMENT.fullmatch(heading))}
    for heading, match in there.items():
        if wanted == match["number"]:
            return CanvasColumn(heading=heading, known=True)
        if wanted.casefold() in (heading.casefold(), match["title"].casefold()):
            own = wanted if _CANVAS_ASSIGNMENT.fullmatch(wanted) else f"{wanted} ({match['number']})"
            return CanvasColumn(heading=own, known=True)
    lacks = bool(there) and any(heading.casefold() in _CANVAS_HEADINGS for heading in headings)
    return CanvasColumn(heading=wanted, known=not lacks, others=tuple(there) if lacks else ())


def render(report: ClassReport, *, words: Words = ENGLISH, grades: Grades | None = None) -> str:
    """Our own table: who, which file, what became of it, points, and verdict and points of each exercise.

    Programs read it too, so only the notes are in the language of `words`. `grades` are what counts, by student, where
    that is not the score.
    """
    marked = _marked(report)
    heads = ["student", "name", "file", "status", "earned", "possible", "percent"]
    for exercise in report.exercises:
        heads += [f"{exercise}.verdict", f"{exercise}.earned", f"{exercise}.possible"]
        heads += [f"{exercise}.machine", f"{exercise}.comment"] if exercise in marked else []
    return table([[*heads, "notes"], *(_row(row, report, marked, words, grades) for row in report.students)])


def render_canvas(report: ClassReport, *, grades: Grades | None = None) -> str:
    """The gradebook that Canvas imports: it finds people by the ids that stand in the roster.

    Canvas writes an assignment's heading as `Title (1234)`. If the roster is an export of its gradebook, the heading
    is taken from there, and the grades go to that assignment; otherwise Canvas goes by the title. The report's
    `column` takes the title's place. `grades` are what counts, by student, where that is not the score.
    """
    extra = [heading for heading in ("Integration ID", "Root Account") if _anybody_has(report, heading)]
    heads = ["Student", "ID", "SIS User ID", "SIS Login ID", *extra, "Section", _canvas_heading(report)]
    possible = ["    Points Possible", *[""] * (len(heads) - 2), str(report.possible)]
    return table([heads, possible, *_canvas_rows(report, extra, grades)])


def render_moodle(report: ClassReport, *, words: Words = ENGLISH, grades: Grades | None = None) -> str:
    """The table that Moodle's grade import takes; the teacher says there which column tells people apart.

    Moodle refuses grades above 100 unless the site allows them: an assignment worth more goes as percent. Feedback
    without a grade would wipe the grade, so it stands only where there is one. It alone is in the language of `words`.
    `grades` are what counts, by student, where that is not the score.
    """
    title = report.column or report.assignment.title
    item = title if report.possible <= 100 or report.column else f"{title} (percent)"
    heads = ["username", "idnumber", "email", item, f"{item} feedback"]
    return table([heads, *(_moodle_row(row, report, words, _grade(row, report, grades)) for row in report.students)])


def _row(
    row: StudentRow, report: ClassReport, marked: Collection[str], words: Words, grades: Grades | None
) -> list[str]:
    """A student without a score has words where others have numbers; exercises in `marked` have two columns more."""
    cells = [row.student, row.name, row.file or "", row.status.value]
    percent = None if row.score is None else row.score.percent
    percent = None if row.lacks_marks(report.possible) else percent
    cells += [_grade(row, report, grades), str(report.possible), _number(percent)]
    for exercise, statistics in report.statistics.exercises.items():
        found = row.exercises.get(exercise)
        verdict = row.status.value if found is None else found.verdict.value
        cells += [verdict, _number(_points(found)), str(statistics.possible)]
        cells += _mark(found, words) if exercise in marked else []
    return [*cells, words.joined(map(words.text, row.notes))]


def _canvas_rows(report: ClassReport, extra: list[str], grades: Grades | None) -> Iterator[list[str]]:
    for row in report.students:
        more = [_column(row, heading.lower()) for heading in extra]
        yield [row.name or row.student, *_canvas_ids(row), *more, _column(row, "section"), _grade(row, report, grades)]


def _canvas_ids(row: StudentRow) -> list[str]:
    """ID, SIS User ID, SIS Login ID. Only beside Canvas's other headings is `id` an id of Canvas's: in a roster of
    one's own it may be any number, and would give the grade to somebody else."""
    if "sis user id" in row.columns or "sis login id" in row.columns:
        return [_column(row, heading) for heading in ("id", "sis user id", "sis login id")]
    known = _column(row, "canvas user id")
    return [known, "", "" if known else _column(row, "login") or _column(row, "username") or row.student]


def _canvas_heading(report: ClassReport) -> str:
    headings = dict.fromkeys(heading for row in report.students for heading in row.columns)
    return canvas_column(report.assignment.title, report.column, headings).heading


def _anybody_has(report: ClassReport, heading: str) -> bool:
    return any(row.columns.get(heading.lower()) for row in report.students)


def _moodle_row(row: StudentRow, report: ClassReport, words: Words, grade: str) -> list[str]:
    if grade and report.possible > 100:
        grade = f"{float(100 * Fraction(grade) / report.possible):.2f}"
    numbers = (_column(row, heading) for heading in ("idnumber", "id number"))
    username = _column(row, "username") or ("" if row.student == row.email else row.student)
    return [username, next(filter(None, numbers), ""), row.email, grade, _feedback(row, report, words) if grade else ""]


def _feedback(row: StudentRow, report: ClassReport, words: Words) -> str:
    figures = (
        words.say("plain_titled", title=words.prose(asked.title), text=_figure(found, asked.possible, words))
        for exercise, asked in report.statistics.exercises.items()
        if (found := row.exercises.get(exercise)) is not None
    )
    return "; ".join(figures)


def _figure(found: ExerciseRow, possible: int, words: Words) -> str:
    """Points, and what the person said who gave them."""
    figure, said = points(found.earned, possible, words), comment_of(found.mark, words)
    return f"{figure} ({said})" if said else figure


def comment_of(mark: Mark | None, words: Words) -> str:
    """What the person said of all of it, or of each check."""
    if mark is None:
        return ""
    said = (
        words.say("plain_titled", title=words.prose(each.title) if each.title else each.check, text=each.comment)
        for each in mark.checks
        if each.comment
    )
    return "; ".join(filter(None, (mark.comment, *said)))


def _marked(report: ClassReport) -> frozenset[str]:
    """The exercises for which a person gave somebody points."""
    return frozenset(name for row in report.students for name, found in row.exercises.items() if found.mark)


def _mark(found: ExerciseRow | None, words: Words) -> list[str]:
    """What the machine gave where a person gave something else, and what the person said."""
    if found is None or found.mark is None:
        return ["", ""]
    machine = None if found.mark.verdict is Verdict.TO_MARK else found.mark.earned
    return [_number(machine), comment_of(found.mark, words)]


def _points(found: ExerciseRow | None) -> int | None:
    return None if found is None or found.verdict is Verdict.TO_MARK else found.earned


def _grade(row: StudentRow, report: ClassReport, grades: Grades | None) -> str:
    """Nothing for somebody who waits for a mark that others have: the points are not all there."""
    if grades is not None:
        return decimal(grades.get(row.student))
    if row.lacks_marks(report.possible):
        return ""
    return "" if row.score is None else _number(row.score.earned)


def _column(row: StudentRow, heading: str) -> str:
    return row.columns.get(heading, "")


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def decimal(points: Fraction | None) -> str:
    """Points as platforms read them: percents of whole points have two places at most, so nothing is lost."""
    if points is None:
        return ""
    return str(points.numerator) if points.denominator == 1 else f"{float(points):.2f}".rstrip("0")


def table(rows: Iterable[list[str]]) -> str:
    """CSV of these rows, in which no cell is a formula."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def _cell(text: str) -> str:
    """On one line, with nothing hidden in it, and never a formula: the apostrophe is how spreadsheets mark text."""
    shown = _CELL_WITHIN.sub(r"\1'", in_cell(text, most=2_000))
    formula = text.startswith(_FORMULA) or shown.lstrip().startswith(_FORMULA)
    return f"'{shown}" if formula and not _NUMBER.fullmatch(shown) else shown
