"""What one worker of a crew does with one file that was handed in: it reads and grades. Its report is complete.

Rooms are opened for the first notebook that nobody has graded yet. What is kept, drawn and written, and in which order,
is `batch.py`'s business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.classes.fingerprint import bytes_key, content_key, context_key
from grader.classes.graded import Graded
from grader.classes.intake import HandIn
from grader.classes.intake.contents import read_bytes
from grader.classes.journal import JournalReader
from grader.course.assignment import Assignment
from grader.course.folder import Course
from grader.errors import SandboxError, TooCostly, UnreadableSubmission
from grader.grading.grader import Grader
from grader.grading.provenance import WallClock, installed
from grader.grading.ungraded import identified, not_graded, unreadable, without_bytes
from grader.limits import NotebookLimits
from grader.messages import english
from grader.notebook.notebook import Notebook
from grader.notebook.reading import by_cells, find_answers, read_notebook
from grader.notebook.submission import detect
from grader.report.report import Provenance, Report, SubmissionReference, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """How a class is graded, as every worker is told it. `context`: what all content keys of this class begin with.
    `private`: what no room may read; `keys`: where answer keys are kept."""

    course: Path
    assignment: str
    provenance: Provenance
    sandbox: str
    context: str
    journal: Path | None
    private: tuple[Path, ...] = ()
    keys: Path | None = None

    @contextmanager
    def open(self) -> Iterator[Callable[[HandIn], Graded]]:
        """See `crew.Work`. Raises CourseError and SandboxUnavailable."""
        course = Course(self.course)
        with ExitStack() as stack:
            journal = None if self.journal is None else stack.enter_context(closing(JournalReader(self.journal)))
            grader = Grader(
                course,
                course.assignment(self.assignment),
                sandbox=self.sandbox,
                private=self.private,
                seed=self.provenance.seed,
                keys=self.keys,
            )
            yield OneByOne(stack.enter_context(grader), self.provenance, self.context, journal=journal).grade


class OneByOne:
    """One worker's part of the class, with a grader that is open."""

    def __init__(
        self, grader: Grader, hoped: Provenance, context: str, *, journal: JournalReader | None = None
    ) -> None:
        """`hoped`: the provenance of reports for which no room is needed; `context` goes with it. What the `journal`
        knows is not graded again."""
        self._grader = grader
        self._hoped = hoped
        self._hoped_context = context
        self._journal = journal
        self._course = grader.course
        self._assignment = grader.assignment
        self._clock = WallClock()
        self._limits = NotebookLimits()

    def grade(self, hand_in: HandIn) -> Graded:
        """Read and grade. Raises as `grade_bytes`."""
        try:
            data = read_bytes(hand_in, self._limits.file_bytes)
        except UnreadableSubmission as error:
            return self._unreadable(without_bytes(hand_in.name), error)
        return self.grade_bytes(hand_in.name, data)

    def grade_bytes(self, name: str, data: bytes) -> Graded:
        """Grade what was handed in under that name. Raises SandboxUnavailable and CourseError, and RuntimeError if
        this worker is spent."""
        handed_in = identified(name, data)
        try:
            notebook = read_notebook(data, self._limits)
            return self._graded(handed_in, notebook)
        except UnreadableSubmission as error:
            return self._unreadable(handed_in, error)
        except TooCostly as error:
            return self._too_costly(handed_in, error)

    def _graded(self, handed_in: SubmissionReference, notebook: Notebook) -> Graded:
        if (known := self._known(handed_in, notebook, self._hoped_context)) is not None:
            return known
        submission = find_answers(notebook, self._assignment)
        context = self._context if submission.runs else self._hoped_context
        if context != self._hoped_context and (known := self._known(handed_in, notebook, context)) is not None:
            return known
        report = self._grader.examine(submission, handed_in)
        may_pass = any(each.earned is None and each.id not in submission.too_new for each in report.exercises)
        if may_pass:  # another run may do better; what is too new for our Python stays so, and is kept
            self._insist_on_rooms()
        return Graded(
            report=report.model_dump_json(),
            keys=() if may_pass else self._keys(handed_in, notebook, context),
            looks_like=self._looks_like(notebook, report),
        )

    def _known(self, handed_in: SubmissionReference, notebook: Notebook, context: str) -> Graded | None:
        """What an earlier run, or another worker, found out about the same content."""
        keys = self._keys(handed_in, notebook, context)
        kept = None if self._journal is None else self._journal.find(keys[0])
        if kept is None:
            return None
        report = kept.report.model_copy(update={"submission": handed_in}).model_dump_json()
        return Graded(report=report, keys=keys, looks_like=kept.looks_like, was_kept=True)

    def _keys(self, handed_in: SubmissionReference, notebook: Notebook, context: str) -> tuple[str, str]:
        assert handed_in.sha256 is not None
        return content_key(notebook, self._assignment, context), bytes_key(handed_in.sha256, context)

    @cached_property
    def _context(self) -> str:
        """What the reports that are made here depend on: the sandbox that is proven, not the one hoped for."""
        hoped = self._hoped
        self._grader.try_a_room()  # a machine that gives none says so once, before anybody's work is not graded
        graded_in = self._grader.provenance.sandbox
        if graded_in == hoped.sandbox:
            return self._hoped_context
        origin = hoped.model_copy(update={"sandbox": graded_in})
        return context_key(self._course, self._assignment, origin, self._limits, installed())

    def _unreadable(self, handed_in: SubmissionReference, error: UnreadableSubmission) -> Graded:
        report = unreadable(
            handed_in,
            error.message,
            assignment=self._assignment,
            provenance=self._hoped,
            run=self._clock.start().stop(),
        )
        keys = () if handed_in.sha256 is None else (bytes_key(handed_in.sha256, self._hoped_context),)
        return Graded(report=report.model_dump_json(), keys=keys)

    def _too_costly(self, handed_in: SubmissionReference, error: TooCostly) -> Graded:
        report = not_graded(
            handed_in,
            error.message,
            assignment=self._assignment,
            provenance=self._hoped,
            run=self._clock.start().stop(),
        )
        return Graded(report=report.model_dump_json())

    def _insist_on_rooms(self) -> None:
        """One notebook that was not graded is its own affair; if there are no rooms any more, another worker is due."""
        try:
            self._grader.try_a_room()
        except SandboxError as error:
            raise RuntimeError(f"no room is to be had any more ({english(error.message)})") from error

    def _looks_like(self, notebook: Notebook, report: Report) -> str | None:
        """The one other assignment that a notebook seems to answer which answers nothing of this one."""
        if any(each.verdict is not Verdict.MISSING or each.message.key == "unanswered" for each in report.exercises):
            return None  # who left the lab's own cells as they were has the right notebook
        try:
            best = by_cells(notebook, lambda read: [fit.assignment for fit in detect(read, self._others).best])
        except TooCostly:  # it was graded; this is one sentence
            return None
        return best[0] if len(best) == 1 else None

    @cached_property
    def _others(self) -> tuple[Assignment, ...]:
        """One that is broken is nothing to a class that does not work on it."""
        return tuple(each for each in self._course.load().assignments if each.id != self._assignment.id)
