"""The workbench: what one worker of a crew does with one file that was handed in. It reads, grades, draws the report.

The sandbox is opened for the first notebook that nobody has graded yet. What is recorded and written, and in which
order, is `batch.py`'s business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from grader.assignment import Assignment
from grader.course import Course
from grader.desk import Desk
from grader.errors import SandboxError, UnreadableSubmission
from grader.fingerprint import content_key, unreadable_key
from grader.frames import whole
from grader.intake import HandIn
from grader.intake.contents import read_bytes
from grader.journal import JournalReader
from grader.limits import NotebookLimits, RoomLimits
from grader.notebook import Notebook, parse
from grader.pipeline import grade_notebook, reference_to, unreadable
from grader.provenance import WallClock
from grader.reference import answer_key
from grader.report import Audience, Provenance, Report, Status, SubmissionReference, Verdict
from grader.report_files import Pages, pages
from grader.sandbox.backends import open_sandbox
from grader.submission import detect
from grader.wording import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What came of one file: its report, under a key by which it may be kept, and the files made of it.

    The report travels as JSON: measured, that takes a third of the time of pickling.
    """

    report: str
    pages: Pages
    key: str | None = None
    looks_like: str | None = None
    from_journal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """How a class is graded, as every worker is told it. `context`: what all content keys of this class begin with."""

    course: Path
    assignment: str
    provenance: Provenance
    sandbox: str
    audience: Audience
    words: Words
    context: str
    journal: Path | None
    now: datetime | None = None

    def seen(self, report: Report) -> Report:
        """The report as its readers may see it when the class is graded."""
        return report.seen_by(self.audience, now=self.now)

    @contextmanager
    def open(self) -> Iterator[Callable[[HandIn], Marked]]:
        """The bench in one worker; see `crew.Bench`. Raises CourseError."""
        with ExitStack() as stack:
            journal = None if self.journal is None else stack.enter_context(closing(JournalReader(self.journal)))
            yield _Seat(self, journal, stack).mark


class _Seat:
    """The bench when a worker sits at it."""

    def __init__(self, bench: Workbench, journal: JournalReader | None, stack: ExitStack) -> None:
        self._bench = bench
        self._journal = journal
        self._stack = stack
        self._course = Course(bench.course)
        self._assignment = self._course.assignment(bench.assignment)
        self._clock = WallClock()
        self._limits = NotebookLimits()

    def mark(self, hand_in: HandIn) -> Marked:
        """Read, grade and draw. Raises SandboxUnavailable and CourseError, and SandboxError if this worker is spent."""
        try:
            data = read_bytes(hand_in, self._limits.file_bytes)
        except UnreadableSubmission as error:
            return self._unreadable(SubmissionReference(name=whole(hand_in.name), sha256=None), error)
        handed_in = reference_to(hand_in.name, data)
        try:
            notebook = parse(data, self._limits)
        except UnreadableSubmission as error:
            return self._unreadable(handed_in, error)
        return self._graded(handed_in, notebook)

    def _graded(self, handed_in: SubmissionReference, notebook: Notebook) -> Marked:
        key = content_key(notebook, self._assignment, self._bench.context)
        if self._journal is not None and (known := self._journal.by_content(key)) is not None:
            report = known.report.model_copy(update={"submission": handed_in})
            return self._marked(report, key=key, looks_like=known.looks_like, from_journal=True)
        report = grade_notebook(notebook, handed_in, self._desk)
        if report.status is Status.NOT_GRADED:
            self._insist_on_rooms()
        return self._marked(report, key=key, looks_like=self._looks_like(notebook, report))

    def _unreadable(self, handed_in: SubmissionReference, error: UnreadableSubmission) -> Marked:
        report = unreadable(
            handed_in,
            str(error),
            assignment=self._assignment,
            provenance=self._bench.provenance,
            run=self._clock.start().stop(),
        )
        key = None if handed_in.sha256 is None else unreadable_key(handed_in.sha256, self._bench.context)
        return self._marked(report, key=key)

    def _marked(
        self, report: Report, *, key: str | None, looks_like: str | None = None, from_journal: bool = False
    ) -> Marked:
        return Marked(
            report=report.model_dump_json(),
            pages=pages(self._bench.seen(report), self._bench.words),
            key=key,
            looks_like=looks_like,
            from_journal=from_journal,
        )

    @cached_property
    def _desk(self) -> Desk:
        bench = self._bench
        sandbox = open_sandbox(bench.sandbox, self._assignment.runtime)
        self._stack.enter_context(sandbox)
        key = answer_key(self._course, self._assignment, seed=bench.provenance.seed)
        self._stack.callback(key.lender.close)
        desk = Desk(
            course=self._course,
            assignment=self._assignment,
            key=key,
            files=self._course.files(self._assignment.id),
            sandbox=sandbox,
            clock=self._clock,
            limits=self._limits,
        )
        with sandbox.room(RoomLimits()):
            pass  # a machine that gives no rooms says so here, once, before anybody's work is called not graded
        return desk

    def _insist_on_rooms(self) -> None:
        """One notebook that was not graded is its own affair; if there are no rooms any more, another worker is due."""
        try:
            with self._desk.sandbox.room(RoomLimits()):
                pass
        except SandboxError as error:
            raise RuntimeError(f"no room is to be had any more ({error})") from error

    def _looks_like(self, notebook: Notebook, report: Report) -> str | None:
        """The one other assignment that a notebook seems to answer which answers nothing of this one."""
        if any(exercise.verdict is not Verdict.MISSING for exercise in report.exercises):
            return None
        best = [fit.assignment for fit in detect(notebook, self._others).best]
        return best[0] if len(best) == 1 else None

    @cached_property
    def _others(self) -> tuple[Assignment, ...]:
        """One that is broken is nothing to a class that does not work on it."""
        return tuple(each for each in self._course.load().assignments if each.id != self._assignment.id)
