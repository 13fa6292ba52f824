"""`grader feedback`: from a class folder to files that students get. Which file each gets is `forms.py`'s business.

Nobody gets more than they may see: there is no option for the instructor's report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from grader.classes.export.marking import marks_beside, settled
from grader.classes.export.stored import StoredReports, gather, read_report
from grader.classes.handing_back.forms import Carrier, Feedback, Packed, packed
from grader.classes.packing import zipped
from grader.classes.regrade_sets import finish_in
from grader.classes.writing import write_whole
from grader.errors import UsageError
from grader.messages import Language, Words, say, terminal
from grader.report.audience import seen_by
from grader.report.report import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackRequest:
    """The command line of `grader feedback`, as given. `now`: the moment by which checks are shown; `published`: what
    is withheld until the results are out is shown, too."""

    folder: Path
    carrier: Carrier
    output: Path
    published: bool = False
    partial: bool = False
    language: Language = "en"
    now: datetime | None = None


def hand_back(request: FeedbackRequest) -> int:
    """Write the files, a zip where the name says so; 0, or 3 if a report could not be read. Raises UsageError, also
    where nobody would get anything, and UnreadableReport."""
    words = Words(request.language)
    if not request.folder.is_dir():
        raise UsageError(say("statistics_no_folder", folder=str(request.folder)))
    is_zip = request.output.suffix.lower() == ".zip"
    if not is_zip and request.output.is_dir() and any(request.output.iterdir()):
        raise UsageError(say("feedback_folder_in_use", folder=str(request.output)))
    finish_in([request.folder])
    gathered = gather([request.folder])
    made = packed(_feedback(request, gathered), request.carrier, words)
    if not made.files:
        raise UsageError(say("feedback_nobody", folder=str(request.folder)), *made.left_out)
    _write(made, request.output, words, is_zip=is_zip)
    without = [row.student for row in gathered.report.students if row.report is None]
    for said in made.left_out:
        terminal.warn(words.text(said))
    for error in gathered.refused:
        terminal.refuse(error)
    students = words.counted(len(gathered.report.students) - len(made.left_out) - len(without), "student")
    terminal.say(words.say("feedback_done", students=students, output=str(request.output), without=len(without)))
    return 3 if gathered.refused else 0


def _feedback(request: FeedbackRequest, gathered: StoredReports) -> Iterator[Feedback]:
    """Of everybody who has a report, what they may see of it, with the marks as they are now."""
    marks = settled(marks_beside([request.folder]), partial=request.partial, warn=terminal.warn)
    having = [row for row in gathered.report.students if row.report is not None]
    for row, path in zip(having, gathered.paths, strict=True):
        report = read_report(path)
        report = report if marks is None else marks.on(path, report)
        seen = seen_by(report, Audience.STUDENT, now=request.now, published=request.published)
        yield Feedback(
            student=row.student, name=row.name, email=row.email, file=row.file or report.submission.name, report=seen
        )


def _write(made: Packed, output: Path, words: Words, *, is_zip: bool) -> None:
    otherwise = words.say("feedback_elsewhere")
    if is_zip:
        write_whole(output, zipped(made.files), otherwise=otherwise)
        return
    for path, data in made.files.items():
        write_whole(output / path, data, otherwise=otherwise)
