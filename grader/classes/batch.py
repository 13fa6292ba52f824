"""The story of a class: what the store knows of it, what others make of the rest, one submission after the other.

Every result is kept, then drawn and written, then counted as a small row; notebooks and reports are never all held.
What the rows say together is `classroom.py`'s business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.classes.crew import Done, Lost
from grader.classes.fingerprint import bytes_key
from grader.classes.graded import Graded
from grader.classes.intake import HandIn, SetAside
from grader.classes.intake.contents import read_bytes
from grader.classes.intake.names import file_names
from grader.classes.marks import NO_MARKS, Marks
from grader.classes.one_file import Grading
from grader.classes.progress import Tally, Watcher
from grader.classes.report_files import ReportFolder
from grader.classes.statistics import student_row
from grader.classes.store import Kept, ReportStore
from grader.classes.troubles import notes_on, stops_in
from grader.classes.workforce import Hiring
from grader.course.assignment import Assignment
from grader.errors import Interrupted, UnreadableSubmission
from grader.grading.provenance import Clock
from grader.grading.ungraded import identified, not_graded, without_bytes
from grader.limits import NotebookLimits
from grader.messages import Message, say
from grader.report.class_report import StudentRow
from grader.report.marking import marked, met_nothing
from grader.report.report import Report, Status, SubmissionReference


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingRun:
    """What is graded, how, by whom, and where it goes. `remembers`: what the store knows is not graded again.
    `marks` are put in when reports are shown: the store keeps what the machine found."""

    hand_ins: Sequence[HandIn]
    set_aside: Sequence[SetAside]
    assignment: Assignment
    grading: Grading
    store: ReportStore
    folder: ReportFolder
    clock: Clock
    hire: Hiring
    remembers: bool = True
    marks: Marks = NO_MARKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One submission that is done: its row, the seconds that grading it took, and whether the store had its report.

    `stops` says where its code was stopped: no fault of ours, and yet worth a look.
    """

    row: StudentRow
    seconds: float
    was_kept: bool
    looks_like: str | None
    stops: tuple[Message, ...] = ()


def grade_all(run: GradingRun, watcher: Watcher) -> tuple[Settled, ...]:
    """Settle every submission: those that the store knows, then the others as they are graded; in their order.

    Raises what `Workforce.work` does where nothing can be graded, and Interrupted on Ctrl-C. What was settled by then
    stays kept.
    """
    settling = _Settling(run, watcher)
    try:
        unknown = [hand_in for hand_in in run.hand_ins if not (run.remembers and settling.known(hand_in))]
        with run.hire(run.grading, run.assignment) as workforce:
            for outcome in workforce.work(iter(unknown)):
                match outcome:
                    case Done(task=hand_in, result=graded):
                        settling.graded(hand_in, graded)
                    case Lost(task=hand_in, reason=reason):
                        settling.lost(hand_in, reason)
    except KeyboardInterrupt:
        raise Interrupted(
            f"Stopped. {settling.tally.done:,} of {len(run.hand_ins):,} submissions are done and recorded; "
            "the same command continues with the others."
        ) from None
    return tuple(settling.settled[hand_in.student.id] for hand_in in run.hand_ins)


class _Settling:
    """What has been settled so far."""

    def __init__(self, run: GradingRun, watcher: Watcher) -> None:
        self._run = run
        self._watcher = watcher
        self._others = Counter(each.student for each in run.set_aside)
        self._stems = file_names([hand_in.student.id for hand_in in run.hand_ins])
        self.tally = Tally(total=len(run.hand_ins))
        self.settled: dict[str, Settled] = {}

    def known(self, hand_in: HandIn) -> bool:
        """Whether the store knew a file with these bytes, which is settled now."""
        handed_in = _named(hand_in)
        if handed_in.sha256 is None:
            return False
        kept = self._run.store.find(bytes_key(handed_in.sha256, self._run.grading.context))
        if kept is None:
            return False
        report = kept.report.model_copy(update={"submission": handed_in})
        self._settle(hand_in, report, was_kept=True, looks_like=kept.looks_like)
        return True

    def graded(self, hand_in: HandIn, graded: Graded) -> None:
        """A worker came through."""
        report = Report.model_validate_json(graded.report)
        if graded.keys:
            self._run.store.keep(Kept(report=report, looks_like=graded.looks_like), *graded.keys)
        self._settle(hand_in, report, was_kept=graded.was_kept, looks_like=graded.looks_like)

    def lost(self, hand_in: HandIn, reason: Message) -> None:
        """No worker came through it: ours, and nobody gets a zero for it. Why is for the instructor alone."""
        report = not_graded(
            _named(hand_in),
            say("instructor_knows"),
            assignment=self._run.assignment,
            provenance=self._run.grading.provenance,
            run=self._run.clock.start().stop(),
        )
        self._settle(hand_in, report, cause=say("every_attempt_failed", reason=reason))

    def _settle(
        self,
        hand_in: HandIn,
        report: Report,
        *,
        was_kept: bool = False,
        looks_like: str | None = None,
        cause: Message | None = None,
    ) -> None:
        stem = self._stems[hand_in.student.id]
        given = self._run.marks.of(hand_in.student.id)
        report = marked(report, given)
        lost = met_nothing(given, report)
        self._run.folder.show(stem, report)
        row = student_row(
            student=hand_in.student,
            file=hand_in.where,
            report=report,  # all of it: points are no matter of who reads
            report_path=self._run.folder.path_of(stem),
            notes=(
                *notes_on(hand_in, self._others[hand_in.student.id], looks_like),
                *((say("mark_without_answer"),) if lost else ()),
            ),
        )
        self.settled[hand_in.student.id] = Settled(
            row=row if cause is None else row.model_copy(update={"notes": (*row.notes, cause)}),
            seconds=report.run.seconds,
            was_kept=was_kept,
            looks_like=looks_like,
            stops=stops_in(report),
        )
        self.tally = replace(
            self.tally,
            done=self.tally.done + 1,
            known=self.tally.known + was_kept,
            unreadable=self.tally.unreadable + (report.status is Status.UNREADABLE),
            not_graded=self.tally.not_graded + (report.status is Status.NOT_GRADED),
        )
        self._watcher.saw(self.tally)


def _named(hand_in: HandIn) -> SubmissionReference:
    try:
        return identified(hand_in.name, read_bytes(hand_in, NotebookLimits().file_bytes))
    except UnreadableSubmission:
        return without_bytes(hand_in.name)
