"""The marks of a class whose reports are stored: read beside them, and put in the place of those they were drawn with.

So a mark that was changed since is in every export. Which line is right is decided in `classes/marks.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from grader.classes.export.stored import CLASS_FILE, StoredReports, gather, read_report, report_files
from grader.classes.marks import FILE, ByExercise, Markable, MarkLine, Marks, read_marks, right
from grader.classes.statistics import Asked, exercise_rows, summed_up
from grader.classes.troubles import OF_MARKS, about_marks
from grader.errors import UnreadableReport, UsageError
from grader.messages import ENGLISH, Words
from grader.report.class_report import ClassReport, RowStatus, StudentRow
from grader.report.marking import Given, marked
from grader.report.report import Audience, ExerciseResult, Report, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMarks:
    """The marks beside stored reports, and whose each of these files is. `file` is where they stand or may stand."""

    file: Path
    marks: Marks
    owners: dict[Path, str]

    def on(self, path: Path, report: Report) -> Report:
        """The report at `path` with the marks as they are now; one that is nobody's in this class stays as it is.

        Raises UsageError if it is what a student sees, and they are others by now: the rest of it is not at hand.
        """
        owner = self.owners.get(path.resolve())
        if owner is None:
            return report
        given = self.marks.of(owner)
        if report.audience is Audience.INSTRUCTOR:
            return marked(report, given)
        here = {one.id for one in report.exercises}
        if _given(report) != {name: mark for name, mark in given.items() if name in here}:
            raise UsageError(f"{self.file} was changed since {path} was written. Run `grade` again, then export.")
        return report


def marks_beside(paths: Iterable[Path]) -> StoredMarks | None:
    """The marks in the folder that `grade --out` made and in which these reports lie, judged but not yet refused; None
    without such a file. Raises UsageError if it cannot be read."""
    homes = dict.fromkeys(home for path in paths if (home := _home(path)) is not None)
    if len(homes) > 1:
        raise UsageError(f"These reports lie beside several {FILE}. Export one class at a time.")
    return next((stored_marks(home) for home in homes), None)


def stored_marks(home: Path) -> StoredMarks:
    """The marks of the class in this folder; none if nobody has given any. Raises UsageError, UnreadableReport."""
    owners = _owners(home)
    exercises: dict[str, Markable] = {}
    files: dict[str, str | None] = {}
    for path, report in _readable(owners):
        exercises |= {one.id: markable(one) for one in report.exercises}
        files[owners[path]] = report.submission.sha256
    file = home / FILE
    students = frozenset(owners.values())
    marks = read_marks(file, students=students, exercises=exercises.values(), files=lambda whose, _: files.get(whose))
    return StoredMarks(file=file, marks=marks, owners={path.resolve(): student for path, student in owners.items()})


def settled(
    stored: StoredMarks | None, *, partial: bool, warn: Callable[..., object], words: Words = ENGLISH
) -> StoredMarks | None:
    """With the right lines alone, if `partial`. Raises UsageError if a line is wrong."""
    if stored is None:
        return None
    return replace(stored, marks=right(stored.marks, file=stored.file, partial=partial, warn=warn, words=words))


def waiting(home: Path) -> Iterator[MarkLine]:
    """A line for each answer in this folder that has no mark. Raises UsageError, UnreadableReport."""
    stored = stored_marks(home)
    for path, report in _readable(_owners(home)):
        now, whose = stored.on(path, report), stored.owners[path.resolve()]
        for one in now.exercises:
            if one.to_mark:
                yield MarkLine(student=whose, exercise=one.id, sha256=report.submission.sha256)


def with_marks(gathered: StoredReports, stored: StoredMarks) -> ClassReport:
    """The class with the marks as they are now. Raises UsageError as `StoredMarks.on`."""
    report = gathered.report
    named = (
        row.student for row in report.students if row.report is not None
    )  # or after the file: not always the owner
    found = {name: stored.on(path, read_report(path)) for name, path in zip(named, gathered.paths, strict=True)}
    people = {one.id: _asked(one) for each in found.values() for one in each.exercises if _by_people(one)}
    figures = report.statistics.exercises.items()
    machine = [Asked(id=name, title=it.title, possible=it.possible) for name, it in figures if name not in people]
    counted = [*machine, *(each for each in people.values() if each.id in stored.marks.exercises)]
    rows = [_row(row, found.get(row.student)) for row in report.students]
    possible = sum(each.possible for each in counted)
    others = (trouble for trouble in report.troubles if trouble.happened.key not in OF_MARKS)
    troubles = [*others, *(trouble for row in rows for trouble in about_marks(row, possible))]
    now = summed_up(report.assignment, counted, rows=rows, troubles=troubles, run=report.run, column=report.column)
    return now.model_copy(update={"mistakes": report.mistakes})


def _row(row: StudentRow, report: Report | None) -> StudentRow:
    """Of what a student sees, points cannot be told; the row has them, with the same marks."""
    if report is None or report.audience is Audience.STUDENT:
        return row
    now = {"status": RowStatus(report.status.value), "score": report.score, "exercises": exercise_rows(report)}
    return row.model_copy(update=now)


def _home(path: Path) -> Path | None:
    folders = [path, path.parent, path.parent.parent] if path.is_dir() else [path.parent, path.parent.parent]
    return next((folder for folder in folders if (folder / FILE).is_file()), None)


def _owners(home: Path) -> dict[Path, str]:
    """Whose each report is: as class.json says, else whoever the file is called after."""
    if (home / CLASS_FILE).is_file():
        gathered = gather([home])
        rows = (row for row in gathered.report.students if row.report is not None)
        return {path: row.student for row, path in zip(rows, gathered.paths, strict=True)}
    return {path: path.stem for path in report_files([home])}


def _readable(owners: dict[Path, str]) -> Iterator[tuple[Path, Report]]:
    """A damaged report is named where it would be exported."""
    for path in owners:
        try:
            yield path, read_report(path)
        except UnreadableReport:
            continue


def _by_people(one: ExerciseResult) -> bool:
    return one.to_mark > 0 or (one.mark is not None and one.mark.verdict is Verdict.TO_MARK)


def markable(one: ExerciseResult) -> Markable:
    """A graded exercise as a mark may be given for it."""
    return Markable(id=one.id, points=one.possible + one.to_mark, by_machine=not _by_people(one))


def _asked(one: ExerciseResult) -> Asked:
    return Asked(id=one.id, title=one.title, possible=one.possible + one.to_mark)


def _given(report: Report) -> ByExercise:
    return {one.id: Given(points=one.mark.points, comment=one.mark.comment) for one in report.exercises if one.mark}
