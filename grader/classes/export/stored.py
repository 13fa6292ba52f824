"""Stored reports as they lie in files: read, checked, and put together to a class where nobody has done so yet.

Files are outside data: a damaged or foreign one, or one of another version, is an UnreadableReport. Nothing is drawn
or written here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from grader.classes.intake import Student
from grader.classes.statistics import AskedExercise, student_row, summed_up
from grader.classes.troubles import about_row
from grader.errors import UnreadableReport, UsageError
from grader.messages.visible import in_cell
from grader.report.class_report import ClassReport, ClassRun, StudentRow
from grader.report.report import AssignmentReference, Audience, Record, Report, Run

CLASS_FILE = "class.json"
_MOST_BYTES = 256 * 1024 * 1024
_SLOWEST = 5

Kind = TypeVar("Kind", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReports:
    """A class: its report, where the reports of its rows lie, in their order, and which files could not be read."""

    report: ClassReport
    paths: tuple[Path, ...]
    refused: tuple[UnreadableReport, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """What a class needs of one report. The report itself is read again when it is drawn: a class may be large."""

    path: Path
    assignment: AssignmentReference | None
    row: StudentRow
    asked: tuple[AskedExercise, ...]
    run: Run


def gather(paths: Sequence[Path]) -> StoredReports:
    """The class in a folder made by `grade --out`, or of the reports in these files and folders.

    `class.json` knows more than the reports do: names, who handed in nothing, how long it took. Raises UsageError, and
    UnreadableReport if nothing can be read.
    """
    noted = [path for path in map(_class_file, paths) if path is not None]
    if not noted:
        return _put_together(list(_stored(paths)))
    if len(paths) > 1:
        raise UsageError(f"{noted[0]} is a class of its own. Export one class at a time.")
    return _as_noted(noted[0])


def report_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The reports among `paths` and in these folders; of a folder made by `grade --out`, those below it."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        home = path / "reports" if (path / "reports").is_dir() else path
        found = [file for file in sorted(home.glob("*.json")) if file.name != CLASS_FILE]
        if not found:
            raise UsageError(f"There are no reports in {home}. Name a folder made by `grade --out`, or JSON files.")
        yield from found


def read_report(path: Path) -> Report:
    """The report of one submission. Raises UnreadableReport: which file, what is wrong with it, what to do."""
    return _read(path, Report, "a report")


def read_class(folder: Path) -> ClassReport:
    """What `class.json` in a folder says, without a look at its reports. Raises UnreadableReport."""
    return _read(folder / CLASS_FILE, ClassReport, "a class report")


def owners(folder: Path) -> Iterator[tuple[str, Path]]:
    """Whose report lies where in a folder made by `grade --out`, of those that lie in it, without a look at them; where
    `class.json` is missing, each is called after its file. Raises UsageError, UnreadableReport."""
    if not (folder / CLASS_FILE).is_file():
        yield from ((path.stem, path) for path in report_files([folder]))
        return
    for row in read_class(folder).students:
        path = folder / (row.report or "")
        if row.report is not None and path.resolve().is_relative_to(folder.resolve()):
            yield row.student, path


def read_whole(path: Path) -> Report:
    """As `read_report`, of a report from which nothing is withheld: others lack points. Raises UnreadableReport."""
    report = read_report(path)
    if report.audience is Audience.STUDENT:
        raise UnreadableReport(f"{path} is what a student may see, not all of it. Export the instructor's report.")
    return report


def _class_file(path: Path) -> Path | None:
    found = path / CLASS_FILE if path.is_dir() else path
    return found if found.name == CLASS_FILE and found.is_file() else None


def _as_noted(path: Path) -> StoredReports:
    """The class as `class.json` has it. A row whose report cannot be read stays, and names none."""
    report = _read(path, ClassReport, "a class report")
    faults = {row.student: fault for row in report.students if (fault := _fault(row, path)) is not None}
    rows = tuple(row.model_copy(update={"report": None}) if row.student in faults else row for row in report.students)
    return StoredReports(
        report=report.model_copy(update={"students": rows}),
        paths=tuple(path.parent / row.report for row in rows if row.report is not None),
        refused=tuple(faults.values()),
    )


def _fault(row: StudentRow, class_file: Path) -> UnreadableReport | None:
    if row.report is None:
        return None
    path = class_file.parent / row.report
    if not path.resolve().is_relative_to(class_file.parent.resolve()):
        return UnreadableReport(
            f"{class_file} names {in_cell(row.report)}, which lies elsewhere. Grade the class again."
        )
    found = _reading(path, read_report)
    return found if isinstance(found, UnreadableReport) else None


def _stored(paths: Iterable[Path]) -> Iterator[_Stored | UnreadableReport]:
    for path in report_files(paths):
        found = _reading(path, read_whole)
        yield found if isinstance(found, UnreadableReport) else _noted(path, found)


def _reading(path: Path, read: Callable[[Path], Report]) -> Report | UnreadableReport:
    """One damaged file costs the others nothing, so here the exception is a value."""
    try:
        return read(path)
    except UnreadableReport as error:
        return error


def _noted(path: Path, report: Report) -> _Stored:
    return _Stored(
        path=path,
        assignment=report.assignment,
        row=student_row(
            student=Student(id=path.stem),
            file=report.submission.name,
            report=report,
            report_path=path.name,
            notes=(),
        ),
        asked=tuple(AskedExercise(id=one.id, title=one.title, possible=one.possible) for one in report.exercises),
        run=report.run,
    )


def _put_together(found: Sequence[_Stored | UnreadableReport]) -> StoredReports:
    """A class of those on the assignment that most are on: points of two, or of two versions, cannot be compared."""
    refused = [one for one in found if isinstance(one, UnreadableReport)]
    stored = [one for one in found if isinstance(one, _Stored)]
    counts = Counter(_lab(one) for one in stored if one.assignment is not None)
    if not counts:
        reasons = (line for each in refused for line in each.lines)
        raise UnreadableReport("None of these files can be exported as a class.", *reasons)
    lab = counts.most_common(1)[0][0]
    most = next(one.assignment for one in stored if one.assignment is not None and _lab(one) == lab)
    kept = [one for one in stored if _lab(one) in (lab, None)]
    refused += [
        UnreadableReport(
            f"{one.path} is not on {most.id}, version {most.version}, as most of these reports are. "
            "Grade it again, or export it by itself."
        )
        for one in stored
        if _lab(one) not in (lab, None)
    ]
    return StoredReports(report=_class_of(most, kept), paths=tuple(one.path for one in kept), refused=tuple(refused))


def _lab(one: _Stored) -> tuple[str, str] | None:
    """Which assignment in which version; the due date may be another one."""
    return None if one.assignment is None else (one.assignment.id, one.assignment.version)


def _class_of(assignment: AssignmentReference, stored: Sequence[_Stored]) -> ClassReport:
    rows = [one.row for one in stored]
    slowest = sorted(stored, key=lambda one: -one.run.seconds)[:_SLOWEST]
    return summed_up(
        assignment,
        max((one.asked for one in stored), key=len),
        rows=rows,
        troubles=[trouble for row in rows for trouble in about_row(row, None)],
        run=ClassRun(
            started=min(one.run.started for one in stored),
            seconds=round(sum(one.run.seconds for one in stored), 3),
            host=stored[0].run.host,
            graded=0,
            from_journal=len(stored),
            slowest={one.row.student: one.run.seconds for one in slowest},
        ),
    )


def _read(path: Path, kind: type[Kind], what: str) -> Kind:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UnreadableReport(f"{path} is too large to be {what}. Leave it out, or grade again.")
        return kind.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UnreadableReport(f"{path} cannot be read ({error.strerror}). Grade that submission again.") from error
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        if fault["loc"] == ("schema_version",):
            raise UnreadableReport(
                f"{path} was written by another version of the grader (schema {in_cell(str(fault['input']))}). "
                "Grade again, or export it with that version."
            ) from error
        where = in_cell(".".join(map(str, fault["loc"])) or "the file")
        raise UnreadableReport(
            f"{path} is not {what} ({where}: {in_cell(fault['msg'])}). Leave it out, or grade that submission again."
        ) from error
