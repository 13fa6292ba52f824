"""`grader statistics`: figures of each check over one class folder, or several, each being everybody's next attempt.

Stored reports are read; nothing is graded. What the figures mean is `check_figures.py`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.classes.check_figures import Try, figures
from grader.classes.export.stored import gather, read_whole
from grader.classes.regrade_sets import State, finish_in, sets_in
from grader.classes.writing import hand_out
from grader.errors import UnreadableReport, UsageError
from grader.messages import ENGLISH, terminal
from grader.render import check_table
from grader.report.report import AssignmentReference, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsRequest:
    """The command line of `grader statistics`, as given."""

    folders: tuple[Path, ...]
    json: Path | None = None
    csv: Path | None = None
    quiet: bool = False


def show_statistics(request: StatisticsRequest) -> int:
    """Show the figures, write those that are asked for; 0. Raises UsageError and UnreadableReport."""
    finish_in(request.folders)
    tries = [each for number, folder in enumerate(request.folders, start=1) for each in _tries(folder, number)]
    if not tries:
        raise UnreadableReport(ENGLISH.say("statistics_nothing"))
    found = figures(_assignment(tries), tries)
    for path, text in ((request.json, check_table.as_json(found)), (request.csv, check_table.as_csv(found))):
        if path is not None:
            hand_out(path, text, otherwise=ENGLISH.say("another_file"))
    if not request.quiet and "-" not in (str(request.json), str(request.csv)):
        terminal.show(check_table.as_text(found, width=terminal.width(most=100)))
    return 0


def _tries(folder: Path, number: int) -> Iterator[Try]:
    """The attempt of everybody whose report lies in a class folder."""
    if not folder.is_dir():
        raise UsageError(ENGLISH.say("statistics_no_folder", folder=str(folder)))
    gathered = gather([folder])
    for error in gathered.refused:
        terminal.refuse(error)
    rows = [row for row in gathered.report.students if row.report is not None]
    for row, path in zip(rows, gathered.paths, strict=True):
        before = _before(folder, row.report or "")
        yield Try(who=row.student, number=number, report=read_whole(path), before=before)


def _before(folder: Path, path: str) -> Report | None:
    """The report that lay there before the first regrade set that is applied."""
    for each in sets_in(folder):
        kept = each.home / "before" / path
        if each.record.state is State.APPLIED and kept.is_file():
            return read_whole(kept)
    return None


def _assignment(tries: Sequence[Try]) -> AssignmentReference:
    """The one that all of them are on. Raises UsageError if they are on several."""
    known = {each.report.assignment.id: each.report.assignment for each in tries if each.report.assignment is not None}
    if len(known) != 1:
        raise UsageError(ENGLISH.say("statistics_several", assignments=", ".join(sorted(known)) or "-"))
    return next(iter(known.values()))
