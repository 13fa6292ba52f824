"""The grader of one assignment: bytes in, report out. `grade` is the story of one submission, a hop to a line.

What can go wrong on the student's side is a value in the report. What goes wrong on ours is `not_graded` for that
exercise, or an exception when nothing can be graded at all. Nothing is drawn, written or remembered here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Final, Self

from grader.course.assignment import Assignment, Exercise, Visibility
from grader.course.folder import Course
from grader.errors import SandboxError, TooCostly, UnreadableSubmission
from grader.grading.handouts import with_own_scripts
from grader.grading.interview import Interview
from grader.grading.key_store import KeyStore
from grader.grading.lacking import about, lacking_libraries
from grader.grading.materials import Materials
from grader.grading.provenance import Clock, WallClock, provenance
from grader.grading.reference import AnswerKey, answer_key
from grader.grading.to_mark import left_to_people
from grader.grading.ungraded import identified, not_examined, not_graded, unreadable
from grader.limits import NotebookLimits, RoomLimits
from grader.messages import Message
from grader.notebook.reading import find_answers, read_notebook
from grader.notebook.submission import Plan, Submission
from grader.report.report import AssignmentReference, ExerciseResult, Provenance, Report, SubmissionReference
from grader.report.sums import score, status
from grader.wall.sandbox import Sandbox
from grader.wall.sandbox.forked import choose_sandbox
from grader.wall.sandbox.patience import Patience

NOTHING_KNOWN: Final[Mapping[str, ExerciseResult]] = MappingProxyType({})


class Grader:
    """All that grading one assignment takes: answer key, rooms, given files, limits, clock. Leaving it ends its rooms.

    Rooms are opened and the key is made for the first submission that has something to run. It works in its process's
    main thread alone, where a course's code can be interrupted, and which its rooms end with; several of them may be
    open there at once. Whoever grades two submissions at a time does so in two processes, as `classes/crew` does.
    """

    def __init__(
        self,
        course: Course,
        assignment: Assignment,
        *,
        sandbox: Sandbox | str = "auto",
        private: Sequence[Path] = (),
        seed: int | None = None,
        key: AnswerKey | None = None,
        keys: Path | None = None,
        limits: NotebookLimits | None = None,
        clock: Clock | None = None,
        began: Callable[[Exercise], None] | None = None,
    ) -> None:
        """`sandbox` names one to open, from which neither the course nor `private` can be read; or it is one that is
        open, and stays so. `seed` draws other inputs than the assignment's own. Unless a `key` is given, it is the one
        that lies in the folder `keys`, which no room sees either, or one made anew. `began` is told of each exercise of
        a submission when its first room is due, in their order; of what is withheld from students it tells nothing.

        Raises SandboxUnavailable with every cure.
        """
        self.course = course
        self.assignment = assignment
        self._store = KeyStore(keys)  # before a sandbox is opened, which hides what is there
        self._sandbox: Sandbox
        self._opening: AbstractContextManager[object]
        if isinstance(sandbox, str):
            hidden = (*course.private(assignment.id), *private, *([] if keys is None else [keys]))
            self._sandbox = self._opening = choose_sandbox(
                sandbox, assignment.runtime, uses=assignment.uses, private=hidden
            )
        else:
            self._sandbox, self._opening = sandbox, nullcontext()
        self._seed = assignment.seed if seed is None else seed
        self._key = key
        self._limits = limits or NotebookLimits()
        self._clock = clock or WallClock()
        self._began = began or _told_nobody
        self._stack = ExitStack()
        self._is_open = False

    def __enter__(self) -> Self:
        _refuse_other_threads()
        self._is_open = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_open = False
        self.__dict__.pop("materials", None)  # its rooms end here
        self._stack.close()

    def grade(self, name: str, data: bytes) -> Report:
        """Grade the bytes of one submission, handed in under `name`. Whatever they are, the answer is a report.

        Raises CourseError if the assignment itself is at fault.
        """
        handed_in = identified(name, data)
        try:
            notebook = with_own_scripts(read_notebook(data, self._limits), self.course)
            submission = find_answers(notebook, self.assignment)
        except UnreadableSubmission as error:
            return self.unreadable(handed_in, error.message)
        except TooCostly as error:
            return self.not_graded(handed_in, error.message)
        return self.examine(submission, handed_in)

    def examine(
        self,
        submission: Submission,
        handed_in: SubmissionReference,
        *,
        known: Mapping[str, ExerciseResult] = NOTHING_KNOWN,
    ) -> Report:
        """Ask in rooms, judge and add up; nothing is started for what has nothing to run. Exercises whose results are
        `known` are not asked about. Raises as `grade` does."""
        _refuse_other_threads()
        runs = any(isinstance(answer, Plan) and answer.exercise not in known for answer in submission.answers)
        if runs and (lacking := lacking_libraries(self.assignment.libraries)):
            return self.not_graded(handed_in, about(lacking[0]))
        materials = self.materials if runs else None
        timer = self._clock.start()
        examined = _all_examined(submission, self.assignment, materials, self._began, known)
        results = (*examined, *left_to_people(self.assignment, submission))
        return Report(
            status=status(results),
            assignment=AssignmentReference.to(self.assignment),
            submission=handed_in,
            score=score(results),
            exercises=results,
            notices=(*submission.notebook.notices, *submission.notices, *self._warnings()),
            provenance=self.provenance,
            run=timer.stop(),
        )

    def unreadable(self, handed_in: SubmissionReference, reason: Message) -> Report:
        """The report of what is no notebook, for `reason`, which the student reads."""
        run = self._clock.start().stop()
        return unreadable(handed_in, reason, assignment=self.assignment, provenance=self.provenance, run=run)

    def not_graded(self, handed_in: SubmissionReference, reason: Message) -> Report:
        """The report of a submission that we did not come through, for `reason`, which is ours."""
        run = self._clock.start().stop()
        return not_graded(handed_in, reason, assignment=self.assignment, provenance=self.provenance, run=run)

    @property
    def warning(self) -> Message | None:
        """See `Sandbox.warning`."""
        return self._sandbox.warning

    @property
    def provenance(self) -> Provenance:
        """Of the reports made here; the sandbox is the one that is proven, once a room was opened."""
        return provenance(self._sandbox, self._seed if self._key is None else self._key.seed)

    @cached_property
    def materials(self) -> Materials:
        """What exercises are examined with. Starting the rooms and making the key, which takes as long, go on at once.

        Raises CourseError if the reference is at fault.
        """
        if not self._is_open:
            raise RuntimeError("A Grader grades within its `with` block.")
        with ExitStack() as stack:
            stack.enter_context(self._opening)
            key = self._key
            if key is None:
                key = answer_key(self.course, self.assignment, self._sandbox, store=self._store, seed=self._seed)
            files = self.course.room_files(self.assignment.id)
            self._stack.enter_context(stack.pop_all())
        return Materials(course=self.course, assignment=self.assignment, key=key, files=files, sandbox=self._sandbox)

    def try_a_room(self) -> None:
        """Open a room and let it go. Raises SandboxUnavailable if this machine gives none, and SandboxError."""
        with self.materials.sandbox.room(RoomLimits()):
            pass

    def _warnings(self) -> tuple[Message, ...]:
        return () if self.warning is None else (self.warning,)


def _told_nobody(exercise: Exercise) -> None:
    del exercise


def _refuse_other_threads() -> None:
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("A Grader works in the main thread of its process. Give it a process of its own.")


def _all_examined(
    submission: Submission,
    assignment: Assignment,
    materials: Materials | None,
    began: Callable[[Exercise], None],
    known: Mapping[str, ExerciseResult],
) -> tuple[ExerciseResult, ...]:
    """What came of each exercise, which is told to those that depend on it; without `materials` where nothing runs."""
    answers = {answer.exercise: answer for answer in submission.answers}
    asked = [each for each in assignment.exercises if each.id not in known]
    interviews = {each.id: Interview(each, answers[each.id], submission) for each in asked}
    if materials is not None:
        _held(tuple(interviews.values()), materials, began)
    last = None if materials is None else _with_patience(materials)
    results: dict[str, ExerciseResult] = {}
    for exercise in assignment.exercises:
        earlier = tuple(results[name] for name in exercise.depends_on)
        results[exercise.id] = known.get(exercise.id) or _result(interviews[exercise.id], exercise, earlier, last)
    return tuple(results.values())


def _held(interviews: Sequence[Interview], materials: Materials, began: Callable[[Exercise], None]) -> None:
    """All rooms whose checks students see, then the others: what a hidden check met may not show in a later room, not
    even as the time at which it was opened."""
    for visibility in Visibility:  # the most open first
        patient = _with_patience(materials)
        for interview in interviews:
            if visibility is Visibility.VISIBLE:
                began(interview.exercise)
            interview.examine(visibility, patient)


def _with_patience(materials: Materials) -> Materials:
    """The checks of one visibility may take what the exercises may compute together, however many rooms they need.
    Another visibility has a patience of its own: how much of it was used up would tell what was asked there."""
    seconds = sum(exercise.limits.cpu_seconds for exercise in materials.assignment.exercises)
    return replace(materials, sandbox=Patience(materials.sandbox, seconds=seconds))


def _result(
    interview: Interview, exercise: Exercise, earlier: tuple[ExerciseResult, ...], materials: Materials | None
) -> ExerciseResult:
    try:
        return interview.result(materials, earlier)
    except (SandboxError, TooCostly) as error:
        return not_examined(exercise, error.message)
