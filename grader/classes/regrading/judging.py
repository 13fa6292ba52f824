"""The reports of a class judged by another revision: on paper what can be, in rooms what has to be, by a crew.

What came of it is data; nothing in the class folder is touched here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.classes.crew import Crew, Done, Lost
from grader.classes.export.stored import read_report
from grader.classes.intake import HandIn
from grader.classes.intake.collect import gather
from grader.classes.intake.contents import read_bytes
from grader.classes.judged import Judged
from grader.classes.progress import Tally, Watcher
from grader.classes.workforce import seconds_for_one
from grader.classes.writing import bytes_there
from grader.course.folder import Course
from grader.errors import SandboxError, UnreadableSubmission, UsageError
from grader.grading.grader import Grader
from grader.grading.regrading import Regrade, Started, in_rooms, on_paper, started
from grader.grading.revisions import Revision
from grader.limits import IntakeLimits, NotebookLimits
from grader.messages import Message, say
from grader.report.report import Report, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A report of the class: whose, where it lies below the folder, and what stands there."""

    who: str
    name: str
    path: str
    data: bytes
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejudged:
    """What came of one stored report: another one, or the reason why there is none."""

    stored: Stored
    now: Report | None
    asked_again: bool = False
    reason: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A report for whose exercises code has to run, and the file it is about."""

    number: int
    hand_in: HandIn
    report: str
    begun: Started


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """How work is asked again, as every worker of a crew is told it."""

    course: Path
    assignment: str
    seed: int
    sandbox: str
    keys: Path
    private: tuple[Path, ...]

    @contextmanager
    def open(self) -> Iterator[Callable[[Task], str]]:
        """See `crew.Work`. Raises CourseError and SandboxUnavailable."""
        course = Course(self.course)
        with ExitStack() as stack:
            grader = Grader(
                course,
                course.assignment(self.assignment),
                sandbox=self.sandbox,
                private=self.private,
                seed=self.seed,
                keys=self.keys,
            )
            yield _Asking(stack.enter_context(grader)).again


class _Asking:
    """One worker's part."""

    def __init__(self, grader: Grader) -> None:
        self._grader = grader

    def again(self, task: Task) -> str:
        """The report, as JSON. What is ours to answer for ends the worker, so that another one tries."""
        data = read_bytes(task.hand_in, NotebookLimits().file_bytes)
        report = in_rooms(self._grader, data, Report.model_validate_json(task.report), task.begun)
        if report.status is Status.NOT_GRADED:
            try:
                self._grader.try_a_room()
            except SandboxError as error:
                raise RuntimeError(str(error)) from error
        return report.model_dump_json()


class Judging:
    """Judges the reports of one class folder by `now`."""

    def __init__(self, judged: Judged | None, now: Revision) -> None:
        self._judged = judged
        self._now = now
        self._known: dict[int | None, Regrade] = {}

    def begun(self, stored: Stored) -> Started:
        """What of the report is known without a room. Raises CourseError."""
        return started(stored.report, self.regrade(stored))

    def regrade(self, stored: Stored) -> Regrade:
        """From which revision to which."""
        number = None if self._judged is None else self._judged.number(stored.path, stored.data)
        if number not in self._known:
            before = None if number is None or self._judged is None else self._judged.revision(number)
            self._known[number] = Regrade.between(before, self._now)
        return self._known[number]

    def on_paper(self, stored: Stored, begun: Started) -> Rejudged | None:
        """What needs no room; None where something does."""
        if begun.asked_again and stored.report.status is not Status.UNREADABLE:
            return None
        return Rejudged(stored=stored, now=on_paper(stored.report, begun, self._now.assignment))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How what needs a room is asked: where the work lies, by how many workers, and who looks on."""

    rooms: Rooms
    submissions: Sequence[Path]
    workers: int
    watcher: Watcher


def judged_again(every: Sequence[Stored], judging: Judging, asked: Asked) -> list[Rejudged]:
    """What comes of every report, in their order. Raises UsageError, CourseError and SandboxUnavailable."""
    made: dict[int, Rejudged] = {}
    waiting: dict[int, Started] = {}
    for number, stored in enumerate(every):
        begun = judging.begun(stored)
        if (found := judging.on_paper(stored, begun)) is not None:
            made[number] = found
        else:
            waiting[number] = begun
    if waiting:
        made |= _in_rooms(every, waiting, asked)
    return [made[number] for number in range(len(every))]


def _in_rooms(every: Sequence[Stored], waiting: Mapping[int, Started], asked: Asked) -> dict[int, Rejudged]:
    files = _Files(asked.submissions, asked.rooms.assignment)
    made: dict[int, Rejudged] = {}
    tasks: list[Task] = []
    for number, begun in waiting.items():
        stored = every[number]
        hand_in = files.of(stored.report)
        if hand_in is None:
            reason = say("regrade_file_gone", file=stored.report.submission.name)
            made[number] = Rejudged(stored=stored, now=None, reason=reason)
        else:
            report = stored.report.model_dump_json()
            tasks.append(Task(number=number, hand_in=hand_in, report=report, begun=begun))
    tally = Tally(total=len(tasks))
    for number, outcome in _by_crew(tasks, asked):
        made[number] = _came_of(every[number], outcome)
        tally = Tally(total=tally.total, done=tally.done + 1)
        asked.watcher.saw(tally)
    return made


def _came_of(stored: Stored, outcome: Report | Message) -> Rejudged:
    """What we did not come through takes the place of nothing that was graded."""
    if isinstance(outcome, Message):
        return Rejudged(stored=stored, now=None, reason=outcome, asked_again=True)
    if outcome.status is Status.NOT_GRADED and stored.report.status is Status.GRADED:
        reason = next(each.message for each in outcome.exercises if each.earned is None)
        return Rejudged(stored=stored, now=None, reason=reason, asked_again=True)
    return Rejudged(stored=stored, now=outcome, asked_again=True)


def _by_crew(tasks: Sequence[Task], asked: Asked) -> Iterator[tuple[int, Report | Message]]:
    if not tasks:
        return
    assignment = Course(asked.rooms.course).assignment(asked.rooms.assignment)
    size = min(asked.workers, len(tasks))
    with Crew[Task, str](asked.rooms, size=size, seconds=seconds_for_one(assignment)) as crew:
        for outcome in crew.work(iter(tasks)):
            match outcome:
                case Done(task=task, result=report):
                    yield task.number, Report.model_validate_json(report)
                case Lost(task=task, reason=reason):
                    yield task.number, say("every_attempt_failed", reason=reason)


class _Files:
    """Finds what was handed in by its content: names may have changed, what was graded has not."""

    def __init__(self, paths: Sequence[Path], assignment: str) -> None:
        self._paths = [path for path in paths if path.exists()]
        self._assignment = assignment

    def of(self, report: Report) -> HandIn | None:
        """The file that a report is about; None if it does not lie there."""
        return None if report.submission.sha256 is None else self._by_digest.get(report.submission.sha256)

    @cached_property
    def _by_digest(self) -> dict[str, HandIn]:
        with suppress(UsageError):  # nothing lies there any more
            return self._handed_in()
        return {}

    def _handed_in(self) -> dict[str, HandIn]:
        found: dict[str, HandIn] = {}
        gathered = gather(self._paths, assignment=self._assignment, roster=None, limits=IntakeLimits())
        for notebooks in gathered.notebooks():
            for each in notebooks:
                try:
                    digest = hashlib.sha256(read_bytes(each, NotebookLimits().file_bytes)).hexdigest()
                except UnreadableSubmission:
                    continue
                found.setdefault(digest, each)
        return found


def stored_in(folder: Path, rows: Sequence[tuple[str, str, str]]) -> Iterator[Stored]:
    """The reports of these students (id, name, path below the folder). Raises UnreadableReport for one that is damaged,
    and UsageError for one that holds only what a student may see."""
    for who, name, path in rows:
        report = read_report(folder / path)
        if report.audience.value == "student":
            raise UsageError(say("regrade_students_view", file=str(folder / path)))
        yield Stored(who=who, name=name, path=path, data=bytes_there(folder / path) or b"", report=report)
