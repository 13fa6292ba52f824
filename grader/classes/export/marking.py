"""The marks of a class whose reports are stored: read beside them, and put in the place of those they were drawn with.

So a mark that was changed since is in every export. Which line is right is decided in `classes/marks.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from grader.classes.export.stored import CLASS_FILE, StoredReports, gather, read_report, report_files
from grader.classes.marks import FILE, ByExercise, Markable, MarkLine, Marks, read_marks, right
from grader.classes.statistics import AskedExercise, exercise_rows, summed_up
from grader.classes.troubles import OF_MARKS, about_marks
from grader.errors import UnreadableReport, UsageError
from grader.messages import ENGLISH, Words, say
from grader.report.class_report import ClassReport, RowStatus, StudentRow
from grader.report.marking import Given, GivenCheck, by_checks, marked
from grader.report.report import Audience, ExerciseResult, Mark, Report, Verdict


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
        if _given(report) != _seen(given, report):
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


def without_full_points(home: Path, exercise: str, check: str | None) -> Iterator[MarkLine]:
    """A line for each check of the exercise, or for that one, which did not give all its points and has no mark. Raises
    UsageError, also where nobody's report has it; UnreadableReport."""
    stored = stored_marks(home)
    known: dict[str, tuple[str, ...]] = {}
    for path, report in _readable(_owners(home)):
        now, whose = stored.on(path, report), stored.owners[path.resolve()]
        for one in now.exercises:
            known[one.id] = tuple(each.id for each in one.checks)
            if one.id == exercise and (one.mark is None or one.mark.checks):
                yield from _lines(whose, one, check, report.submission.sha256)
    if not known.get(exercise):
        there = ", ".join(name for name, checks in known.items() if checks)
        raise UsageError(say("marks_no_checks", exercise=exercise, exercises=there or "-"))
    if check is not None and check not in known[exercise]:
        raise UsageError(say("marks_check", exercise=exercise, check=check, checks=", ".join(known[exercise])))


def _lines(whose: str, one: ExerciseResult, check: str | None, sha256: str | None) -> Iterator[MarkLine]:
    for each in one.checks:
        is_asked = each.id == check or check is None
        if is_asked and each.earned != each.possible and (one.mark is None or one.mark.on(each.id) is None):
            yield MarkLine(student=whose, exercise=one.id, check=each.id, sha256=sha256)


def with_marks(gathered: StoredReports, stored: StoredMarks) -> ClassReport:
    """The class with the marks as they are now. Raises UsageError as `StoredMarks.on`."""
    report = gathered.report
    named = (
        row.student for row in report.students if row.report is not None
    )  # or after the file: not always the owner
    found = {name: stored.on(path, read_report(path)) for name, path in zip(named, gathered.paths, strict=True)}
    people = {one.id: _asked(one) for each in found.values() for one in each.exercises if _by_people(one)}
    figures = report.statistics.exercises.items()
    machine = [
        AskedExercise(id=name, title=it.title, possible=it.possible) for name, it in figures if name not in people
    ]
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
    return Markable(
        id=one.id,
        points=one.possible + one.to_mark,
        by_machine=not _by_people(one),
        checks={check.id: check.possible for check in one.checks},
    )


def _asked(one: ExerciseResult) -> AskedExercise:
    return AskedExercise(id=one.id, title=one.title, possible=one.possible + one.to_mark)


def _given(report: Report) -> ByExercise:
    return {one.id: given for one in report.exercises if one.mark and (given := _of(one.mark)) is not None}


def _of(mark: Mark) -> Given | None:
    if not mark.checks:
        return Given(points=mark.points, comment=mark.comment)
    return by_checks(GivenCheck(check=each.check, points=each.points, comment=each.comment) for each in mark.checks)


def _seen(given: ByExercise, report: Report) -> ByExercise:
    """What there is to see of it: of checks, those that are shown, and nothing that was said of a title alone."""
    seen: dict[str, Given | None] = {}
    for one in report.exercises:
        if (each := given.get(one.id)) is None or not each.checks:
            seen[one.id] = each
            continue
        titles = {check.id: check.message.key == "details_not_shown" for check in one.checks}
        seen[one.id] = by_checks(
            replace(of, comment="" if titles[of.check] else of.comment) for of in each.checks if of.check in titles
        )
    return {name: each for name, each in seen.items() if each is not None}
