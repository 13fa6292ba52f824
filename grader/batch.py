"""The story of a class: what the journal knows of it, what the crew makes of the rest, one submission after the other.

Every result is recorded, then written, then kept as a small row; notebooks and reports are never all held. What the
rows say together is `classroom.py`'s business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from grader.assignment import Assignment, Visibility
from grader.class_report import StudentRow
from grader.crew import Crew, Done, Lost
from grader.errors import Interrupted, UnreadableSubmission
from grader.frames import whole
from grader.intake import HandIn, SetAside
from grader.intake.contents import read_bytes
from grader.intake.names import file_names
from grader.journal import Entry, Journal
from grader.limits import LendingLimits, NotebookLimits
from grader.pipeline import not_graded, reference_to
from grader.progress import Tally, Watcher
from grader.provenance import Clock
from grader.report import Report, Status, SubmissionReference
from grader.report_files import Pages, ReportFolder, pages
from grader.statistics import student_row
from grader.troubles import notes_on, stops_in
from grader.wording import say
from grader.workbench import Marked, Workbench

#: rooms that one exercise may need: for each visibility of its checks, again with a wider plan, one without what it
#: borrows, and all of that once more if a room was lost
ROOMS = 2 * (2 * len(Visibility) + 1)
#: for a sandbox to open, and for all that happens outside of rooms
SPARE_SECONDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """All that grading a class needs at hand, as a desk is for one submission. `remembers`: the journal is asked."""

    assignment: Assignment
    bench: Workbench
    journal: Journal
    folder: ReportFolder
    watcher: Watcher
    clock: Clock
    workers: int
    remembers: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One submission that is done: its row, the seconds that grading it took, and whether the journal had it.

    `stops` says where its code was stopped: no fault of ours, and yet worth a look.
    """

    row: StudentRow
    seconds: float
    from_journal: bool
    looks_like: str | None
    stops: tuple[str, ...] = ()


def grade_all(hand_ins: Sequence[HandIn], set_aside: Sequence[SetAside], office: Office) -> tuple[Settled, ...]:
    """Grade whatever the journal does not know, and settle every submission; in the order of `hand_ins`.

    Raises UsageError, CourseError and SandboxUnavailable where nothing can be graded, and Interrupted on Ctrl-C. What
    was settled by then stays recorded.
    """
    ledger = _Ledger(office, hand_ins, set_aside)
    crew: Crew[HandIn, Marked] = Crew(office.bench, size=office.workers, seconds=seconds_for_one(office.assignment))
    try:
        with crew:
            for outcome in crew.work(ledger.unknown(hand_ins)):
                match outcome:
                    case Done(task=hand_in, result=marked):
                        ledger.marked(hand_in, marked)
                    case Lost(task=hand_in, reason=reason):
                        ledger.lost(hand_in, reason)
    except KeyboardInterrupt:
        raise Interrupted(
            f"Stopped. {ledger.tally.done:,} of {len(hand_ins):,} submissions are done and recorded; "
            "the same command continues with the others."
        ) from None
    return tuple(ledger.settled[hand_in.student.id] for hand_in in hand_ins)


def seconds_for_one(assignment: Assignment) -> float:
    """How long a worker may take over one submission: all its rooms, each until its own clock runs out."""
    lending = LendingLimits().seconds
    return SPARE_SECONDS + sum(ROOMS * (each.limits.wall_seconds + lending) for each in assignment.exercises)


class _Ledger:
    """What has been settled so far."""

    def __init__(self, office: Office, hand_ins: Sequence[HandIn], set_aside: Sequence[SetAside]) -> None:
        self._office = office
        self._others = Counter(each.student for each in set_aside)
        self._stems = file_names([hand_in.student.id for hand_in in hand_ins])
        self.tally = Tally(total=len(hand_ins))
        self.settled: dict[str, Settled] = {}

    def unknown(self, hand_ins: Sequence[HandIn]) -> Iterator[HandIn]:
        """Those that have to be graded; the others are settled on the way."""
        for hand_in in hand_ins:
            if not (self._office.remembers and self._remembered(hand_in)):
                yield hand_in

    def marked(self, hand_in: HandIn, marked: Marked) -> None:
        """A worker came through."""
        report = Report.model_validate_json(marked.report)
        sha256 = report.submission.sha256
        if marked.key is not None and sha256 is not None:
            entry = Entry(key=marked.key, report=report, looks_like=marked.looks_like)
            self._office.journal.record(entry, sha256=sha256, context=self._office.bench.context)
        self._write(hand_in, marked.pages)
        self._settle(hand_in, report, from_journal=marked.from_journal, looks_like=marked.looks_like)

    def lost(self, hand_in: HandIn, reason: str) -> None:
        """Two workers did not come through it: ours, and nobody gets a zero for it. Why is for the instructor alone."""
        report = not_graded(
            _named(hand_in),
            say("instructor_knows"),
            assignment=self._office.assignment,
            provenance=self._office.bench.provenance,
            run=self._office.clock.start().stop(),
        )
        self._write(hand_in, pages(self._office.bench.seen(report), self._office.bench.words))
        self._settle(hand_in, report, cause=say("two_attempts_failed", reason=reason))

    def _remembered(self, hand_in: HandIn) -> bool:
        """Whether the journal knew a file with these bytes, and it is settled."""
        try:
            handed_in = reference_to(hand_in.name, read_bytes(hand_in, NotebookLimits().file_bytes))
        except UnreadableSubmission:
            return False
        assert handed_in.sha256 is not None
        known = self._office.journal.by_bytes(handed_in.sha256, self._office.bench.context)
        if known is None:
            return False
        report = known.report.model_copy(update={"submission": handed_in})
        shown, words = self._office.bench.seen(report), self._office.bench.words
        stem = self._stems[hand_in.student.id]
        if not self._office.folder.holds(stem, shown, words, self._office.journal.files_of(stem)):
            self._write(hand_in, pages(shown, words))
        self._settle(hand_in, report, from_journal=True, looks_like=known.looks_like)
        return True

    def _write(self, hand_in: HandIn, made: Pages) -> None:
        stem = self._stems[hand_in.student.id]
        self._office.journal.note_files(stem, made.digest)
        self._office.folder.write(stem, made)

    def _settle(
        self,
        hand_in: HandIn,
        report: Report,
        *,
        from_journal: bool = False,
        looks_like: str | None = None,
        cause: str | None = None,
    ) -> None:
        shown = self._office.bench.seen(report)
        row = student_row(
            student=hand_in.student,
            file=hand_in.where,
            report=shown,
            report_path=self._office.folder.path_of(self._stems[hand_in.student.id]),
            notes=notes_on(hand_in, self._others[hand_in.student.id], looks_like),
        )
        self.settled[hand_in.student.id] = Settled(
            row=row if cause is None else row.model_copy(update={"notes": (*row.notes, cause)}),
            seconds=report.run.seconds,
            from_journal=from_journal,
            looks_like=looks_like,
            stops=stops_in(shown),
        )
        self.tally = replace(
            self.tally,
            done=self.tally.done + 1,
            known=self.tally.known + from_journal,
            unreadable=self.tally.unreadable + (report.status is Status.UNREADABLE),
            not_graded=self.tally.not_graded + (report.status is Status.NOT_GRADED),
        )
        self._office.watcher.saw(self.tally)


def _named(hand_in: HandIn) -> SubmissionReference:
    try:
        return reference_to(hand_in.name, read_bytes(hand_in, NotebookLimits().file_bytes))
    except UnreadableSubmission:
        return SubmissionReference(name=whole(hand_in.name), sha256=None)
