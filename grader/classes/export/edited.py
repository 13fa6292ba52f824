"""Reports that somebody wrote into by hand: their points are not those of the class's record. Nobody is refused for it;
whoever exports is told what counts, and where points of people belong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from grader.classes.export.stored import CLASS_FILE, read_report, report_files
from grader.classes.statistics import exercise_rows
from grader.errors import UnreadableReport, UsageError
from grader.messages import Message, say
from grader.report.class_report import ClassReport, StudentRow
from grader.report.report import Audience, Report
from grader.report.sums import score


def edits(paths: Sequence[Path]) -> Iterator[Message]:
    """A warning for each of these reports that says other points than `class.json` beside it, or than its own exercises
    add up to. What cannot be read is named where it would be exported."""
    rows = {path: row for home in dict.fromkeys(map(_home, paths)) if home for path, row in _rows(home)}
    for path in _wanted(paths, rows):
        with suppress(UnreadableReport):
            if (found := _edit(path, read_report(path), rows.get(path.resolve()))) is not None:
                yield found


def _edit(path: Path, report: Report, row: StudentRow | None) -> Message | None:
    if report.audience is Audience.STUDENT or report.score is None:
        return None
    says, adds_up = report.score.earned, score(report.exercises).earned
    if says != adds_up:
        return say("report_edited", file=str(path), says=_told(says), counts=_told(adds_up))
    if row is None or row.score is None:
        return None
    recorded = {name: each.earned for name, each in row.exercises.items()}
    if recorded == {name: each.earned for name, each in exercise_rows(report).items()}:
        return None
    return say("report_edited_record", file=str(path), says=_told(says), counts=_told(row.score.earned))


def _told(points: int | None) -> str:
    return "-" if points is None else str(points)


def _wanted(paths: Sequence[Path], rows: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        with suppress(UsageError):
            yield from rows if path.name == CLASS_FILE else report_files([path])


def _home(path: Path) -> Path | None:
    near = [path] if path.is_dir() else [path.parent]
    return next((each for each in (*near, near[0].parent) if (each / CLASS_FILE).is_file()), None)


def _rows(home: Path) -> Iterator[tuple[Path, StudentRow]]:
    with suppress(OSError, ValueError):
        report = ClassReport.model_validate_json((home / CLASS_FILE).read_bytes())
        yield from (((home / row.report).resolve(), row) for row in report.students if row.report is not None)
