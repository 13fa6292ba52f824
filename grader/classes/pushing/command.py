"""`grader push`: from a class folder into a column of Canvas or Moodle. It only looks, unless it is told to apply.

What becomes of whom is `lines.py`'s business, how a platform is spoken to `platform_api/`'s.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import httpx

from grader.classes.export.edited import edits
from grader.classes.export.marking import StoredMarks, marks_beside, settled, with_marks
from grader.classes.export.stored import StoredReports, gather, read_report
from grader.classes.platform_api.gradebook import Gradebook, GradeThere, Sending
from grader.classes.platform_api.opened import Page, Platform, opened
from grader.classes.pushing.drawing import comment, drawn
from grader.classes.pushing.lines import Fate, Line, There, lines
from grader.classes.pushing.matching import matched
from grader.classes.pushing.sent import Step, alone, note, sent_before
from grader.classes.regrade_sets import finish_in
from grader.errors import SiteFailed, UnreadableReport, UsageError
from grader.messages import Language, Words, say, terminal
from grader.report.audience import seen_by
from grader.report.class_report import ClassReport
from grader.report.report import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class PushRequest:
    """The command line of `grader push`, as given. `to`: the address of the assignment's page; `given`: the token that
    the environment has; `published` and `now` decide what a comment may say."""

    platform: Platform
    folder: Path
    to: str
    given: str | None = field(default=None, repr=False)
    token_file: Path | None = None
    apply: bool = False
    overwrite: bool = False
    comments: bool = False
    published: bool = False
    partial: bool = False
    language: Language = "en"
    now: datetime | None = None

    @property
    def page(self) -> Page:
        """The assignment there."""
        return Page(
            platform=self.platform, address=self.to, option="--to", given=self.given, token_file=self.token_file
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """What is to be sent: the class with people's marks, and a comment for each student who gets one."""

    report: ClassReport
    comments: dict[str, str]
    refused: tuple[UnreadableReport, ...]


def push(
    request: PushRequest,
    *,
    transport: httpx.BaseTransport | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Show who has what there and what would be sent; with `apply`, send it. 0, or 3 if a report could not be read or a
    grade is not there after all. Raises UsageError, UnreadableReport and SiteFailed."""
    words = Words(request.language)
    with opened(request.page, transport=transport, sleep=sleep) as gradebook:
        found = _class(request, words)
        if not request.apply:
            told = _compared(request, gradebook, found, words)
            terminal.say(words.say("push_dry", grades=sum(line.sending is not None for line in told)))
            missed = 0
        else:
            with alone(request.folder):
                missed = _send(request, gradebook, _compared(request, gradebook, found, words), words)
    for error in found.refused:
        terminal.refuse(error)
    return SiteFailed.exit_code if found.refused or missed else 0


def _class(request: PushRequest, words: Words) -> Class:
    """The stored class with the marks as they are now. Reports that were written into by hand are named."""
    if not request.folder.is_dir():
        raise UsageError(say("statistics_no_folder", folder=str(request.folder)))
    finish_in([request.folder])
    gathered = gather([request.folder])
    marks = settled(marks_beside([request.folder]), partial=request.partial, warn=terminal.warn, words=words)
    for edit in edits([request.folder]):
        terminal.warn(words.text(edit))
    report = gathered.report if marks is None else with_marks(gathered, marks)
    comments = dict(_comments(request, gathered, marks, words)) if request.comments else {}
    return Class(report=report, comments=comments, refused=gathered.refused)


def _comments(
    request: PushRequest, gathered: StoredReports, marks: StoredMarks | None, words: Words
) -> Iterator[tuple[str, str]]:
    """Of each student, what they may see and no more."""
    having = [row for row in gathered.report.students if row.report is not None]
    for row, path in zip(having, gathered.paths, strict=True):
        report = read_report(path)
        report = report if marks is None else marks.on(path, report)
        seen = seen_by(report, Audience.STUDENT, now=request.now, published=request.published)
        if text := comment(seen, words):
            yield row.student, text


def _compared(request: PushRequest, gradebook: Gradebook, found: Class, words: Words) -> list[Line]:
    """The table, shown: the platform is asked anew each time."""
    column = gradebook.column()
    people = gradebook.people()
    there = There(
        column=column,
        matches=matched(found.report.students, people, request.platform),
        standings=gradebook.standings(),
        ours=sent_before(request.folder, gradebook.place),
    )
    told = list(lines(found.report, there, found.comments, overwrite=request.overwrite))
    width = terminal.width(most=120, least=88)
    terminal.show(drawn(told, column, found.report.possible, words, width=width))
    open_marks = sum(row.score is not None and row.score.to_mark > 0 for row in found.report.students)
    if open_marks:
        terminal.warn(words.say("push_waiting", students=words.counted(open_marks, "student")))
    others = len(people) - len(there.matches.persons)
    if others > 0:
        terminal.say(words.say("push_others", people=words.counted(others, "student")))
    if any(line.fate is Fate.KEPT for line in told):
        terminal.say(words.say("push_kept"))
    return told


def _send(request: PushRequest, gradebook: Gradebook, told: Sequence[Line], words: Words) -> int:
    """Send what is to be sent, some at a time, each noted before and after; how many are not there after all."""
    going = [line.sending for line in told if line.sending is not None]
    missed: list[Sending] = []
    for first in range(0, len(going), gradebook.most_at_once):
        some = going[first : first + gradebook.most_at_once]
        note(request.folder, gradebook.place, Step.SENDING, some)
        gradebook.send(some)
        now = gradebook.standings()
        come = [each for each in some if now.get(each.person, GradeThere(points=None)).points == each.points]
        note(request.folder, gradebook.place, Step.SENT, come)
        lost = [each for each in some if each not in come]
        note(request.folder, gradebook.place, Step.MISSED, lost)
        missed += lost
    terminal.say(words.say("push_done", grades=len(going) - len(missed)))
    if missed:
        names = {line.person.id: line.student for line in told if line.person is not None}
        students = ", ".join(names[each.person] for each in missed)
        terminal.warn(words.say("push_missed", number=len(missed), students=students))
    return len(missed)
