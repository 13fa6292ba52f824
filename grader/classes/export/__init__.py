"""Stored reports in another format: `grader export`. Reads what `grade --out` and `--json` wrote; grades nothing.

A damaged or foreign file is named, and left out; the others are exported all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from grader.classes.export.edited import edits
from grader.classes.export.marking import StoredMarks, marks_beside, settled, with_marks
from grader.classes.export.stored import CLASS_FILE, gather, read_report, read_whole, report_files
from grader.classes.regrade_sets import finish_in
from grader.classes.troubles import no_column
from grader.classes.writing import write_whole
from grader.errors import UnreadableReport, UsageError
from grader.messages import terminal
from grader.render import RENDERERS, WHOLE
from grader.render.classes import CLASS_RENDERERS
from grader.report.audience import seen_by
from grader.report.class_report import ClassReport
from grader.report.report import Audience, Report

_ENDINGS = {"gradescope": ".json", "coursera": ".json", "html": ".html"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """The command line of `grader export`, as given."""

    format: str
    reports: tuple[Path, ...]
    output: Path | None
    audience: str
    published: bool = False
    column: str | None = None
    partial: bool = False


def export(request: ExportRequest, *, now: datetime | None = None) -> int:
    """Write the reports in the asked-for format; 0, or 3 if some could not be read. Raises UsageError and
    UnreadableReport.

    The audience decides what a person reads; rows of a class and scores for a platform are always the complete ones.
    `now` decides what a student may see yet; without it the due date has not passed.
    """
    _refuse_nonsense(request)
    finish_in(request.reports)
    marks = settled(marks_beside(request.reports), partial=request.partial, warn=terminal.warn)

    def seen(path: Path) -> Report:
        report = read_whole(path) if request.format in WHOLE else read_report(path)
        report = report if marks is None else marks.on(path, report)
        if request.format in WHOLE:
            return report
        return seen_by(report, Audience(request.audience), now=now, published=request.published)

    for edit in edits(request.reports):
        terminal.warn(edit)
    alone = request.reports[0] if len(request.reports) == 1 and request.reports[0].is_file() else None
    if alone is not None and alone.name != CLASS_FILE and request.format in RENDERERS:
        _put(RENDERERS[request.format](seen(alone)), request.output)
        return 0
    if request.format in CLASS_RENDERERS:
        return _class(request, seen, marks)
    return _each(request, seen)


def _refuse_nonsense(request: ExportRequest) -> None:
    formats = {**RENDERERS, **CLASS_RENDERERS}
    if request.format not in formats:
        raise UsageError(f"There is no format {request.format!r}. Formats: {', '.join(formats)}.")
    for path in request.reports:
        if not path.exists():
            raise UsageError(f"{path} does not exist. Name a folder made by `grade --out`, or a report's JSON file.")


def _class(request: ExportRequest, seen: Callable[[Path], Report], marks: StoredMarks | None) -> int:
    """One text for all of them."""
    gathered = gather(request.reports)
    report = _in_column(gathered.report if marks is None else with_marks(gathered, marks), request)
    _put(CLASS_RENDERERS[request.format](report, map(seen, gathered.paths)), request.output)
    return _told(gathered.refused)


def _in_column(report: ClassReport, request: ExportRequest) -> ClassReport:
    """The class with its grades in the column that was named. A second one in Canvas is never made in silence."""
    if request.column is not None:
        report = report.model_copy(update={"column": request.column})
    if request.format == "canvas":
        headings = dict.fromkeys(heading for row in report.students for heading in row.columns)
        if warning := no_column(report.assignment.title, report.column, headings):
            terminal.warn(warning)
    return report


def _each(request: ExportRequest, seen: Callable[[Path], Report]) -> int:
    """A file for each report, in a folder."""
    if request.output is None:
        raise UsageError(f"{request.format} has a file for each submission. Name a folder for them with -o.")
    refused: list[UnreadableReport] = []
    names: set[str] = set()
    for path in report_files(request.reports):
        name = f"{path.stem}{_ENDINGS.get(request.format, '.txt')}"
        try:
            text = RENDERERS[request.format](seen(path))
        except UnreadableReport as error:
            refused.append(error)
            continue
        if name in names:
            raise UsageError(f"Two reports would become {name}; the second is {path}. Export them one by one.")
        names.add(name)
        _put(text, request.output / name)
    return _told(refused)


def _put(text: str, output: Path | None) -> None:
    if output is None:
        terminal.hand_over(text)
        return
    write_whole(output, text, otherwise="Name another place with -o.")


def _told(refused: Sequence[UnreadableReport]) -> int:
    for error in refused:
        terminal.refuse(error)
    return UnreadableReport.exit_code if refused else 0
