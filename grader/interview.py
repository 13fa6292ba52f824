"""One exercise of one submission: open a room for its plan, let the kind examine it, and put the result into words.

Decides when a plan is widened, and what a room that ended means. Judging itself is in `checks/`, rooms in `sandbox/`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from grader.assignment import Exercise, Visibility
from grader.checks import Examination, Subject, kind_of
from grader.checks.detectors.raised import hint_on_error
from grader.checks.examination import Fault, all_failed, in_one_line, no_value, place_of, settled
from grader.desk import Desk
from grader.errors import SandboxError, SandboxUnavailable
from grader.follow import about_own, about_reference, has_visible_fault, offers
from grader.lender import Loans
from grader.limits import MEGABYTE
from grader.protocol import Answer, Ended, Failure, Job, Leave, Opened, Question, Raised, StudentError
from grader.report import CellReference, CheckResult, ExerciseResult, Verdict, overall, summary
from grader.room.compatibility import NOTICES
from grader.sandbox import Room
from grader.submission import Missing, Plan, Submission, Unparsable, widen
from grader.wording import say

NO_SUCH_NAME = "NameError"
#: characters of the graded cell that a report keeps
MOST_SOURCE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What came of one room: the judged checks, and what was noticed on the way."""

    checks: tuple[CheckResult, ...]
    notices: tuple[str, ...]
    printed: str
    name_missing: bool
    seen: Examination | None = None
    withheld_notices: tuple[str, ...] = ()

    @property
    def earned(self) -> int:
        """Points of all checks."""
        return sum(check.earned for check in self.checks)

    @property
    def worth(self) -> tuple[int, int]:
        """By which of two sessions the better one is known: points, then checks that passed."""
        return self.earned, sum(check.verdict is Verdict.PASSED for check in self.checks)

    def noting(self, *notices: str, openly: bool) -> Session:
        """With these notices; unless `openly`, they tell of checks that not everybody sees."""
        if openly:
            return replace(self, notices=(*self.notices, *notices))
        return replace(self, withheld_notices=(*self.withheld_notices, *notices))


def interview(
    exercise: Exercise,
    answer: Plan | Missing | Unparsable,
    submission: Submission,
    desk: Desk,
    *,
    earlier: Sequence[ExerciseResult] = (),
) -> ExerciseResult:
    """Examine one exercise; `earlier` are the results of those it depends on.

    Raises SandboxError if no room could be had for it, or two were lost.
    """
    match answer:
        case Missing(message=message):
            return _without_room(exercise, Verdict.MISSING, message)
        case Unparsable():
            return _unparsable(exercise, answer, submission)
        case Plan():
            try:
                return _examined(exercise, answer, submission, desk, earlier)
            except SandboxUnavailable:
                raise
            except SandboxError:  # lost or starved, through no fault of the student: once more, then it is ours
                return _examined(exercise, answer, submission, desk, earlier)


def _examined(
    exercise: Exercise,
    plan: Plan,
    submission: Submission,
    desk: Desk,
    earlier: Sequence[ExerciseResult],
) -> ExerciseResult:
    session = _session(exercise, plan, submission, desk)
    if faulty := [result for result in earlier if has_visible_fault(result)]:
        session = _followed(exercise, plan, session, faulty, desk)
    return _result(exercise, plan, session, _source(submission, plan.cell))


def _followed(
    exercise: Exercise, plan: Plan, session: Session, faulty: Sequence[ExerciseResult], desk: Desk
) -> Session:
    """What is said where an earlier function is at fault: whose place the reference took, and how the own one does."""
    targets = {each.id: each.target for each in desk.assignment.exercises}
    names = [targets[result.id] for result in faulty]
    session = session.noting(about_reference(names), openly=True)
    if overall(session.checks) is Verdict.PASSED:
        own = replace(plan, statements=plan.own, borrowed=())
        shown = _of_visibility(exercise, Visibility.VISIBLE)
        with contextlib.suppress(SandboxError):  # it decides nothing: a room that is lost here costs one sentence
            works = bool(shown.checks) and overall(_room(shown, own, desk).checks) is Verdict.PASSED
            openly = len(shown.checks) == len(exercise.checks)  # else it tells that the hidden ones passed, too
            return session.noting(about_own(names, works=works), openly=openly)
    return session


def _session(exercise: Exercise, plan: Plan, submission: Submission, desk: Desk) -> Session:
    """One room for the checks that students see, others for those they see later or never.

    In one room, code could carry the inputs of a hidden check over into the answer or the error of a visible one. For
    the same reason a plan is widened by what was seen in rooms as open as this one, never by what a hidden check found.
    """
    sessions: dict[Visibility, Session] = {}
    for each in Visibility:  # the most open first
        part = _of_visibility(exercise, each)
        if part.checks:
            sessions[each], plan = _widened_if_that_helps(part, plan, submission, desk)
    openly = sessions[Visibility.VISIBLE].notices if Visibility.VISIBLE in sessions else ()
    first, *_ = sessions.values()
    said = dict.fromkeys(notice for session in sessions.values() for notice in session.notices)
    return replace(
        first,
        checks=settled(exercise.checks, [check for session in sessions.values() for check in session.checks]),
        notices=openly,
        withheld_notices=tuple(notice for notice in said if notice not in openly),
        seen=next((session.seen for session in sessions.values() if session.seen is not None), None),
    )


def _widened_if_that_helps(part: Exercise, plan: Plan, submission: Submission, desk: Desk) -> tuple[Session, Plan]:
    """The session of these checks, and the plan it had: a wider one if a name was missing and more passes with it."""
    session = _room(part, plan, desk)
    if session.name_missing and (wider := widen(submission, plan)).statements != plan.statements:
        second = _room(part, wider, desk)
        if second.worth > session.worth:
            return second.noting(_widened(plan), openly=True), wider
    return session, plan


def _of_visibility(exercise: Exercise, visibility: Visibility) -> Exercise:
    """The exercise with its checks of that visibility only; what a check needs may be in another part."""
    part = [check for check in exercise.checks if check.visibility is visibility]
    ids = {check.id for check in part}
    own = [check.model_copy(update={"needs": tuple(need for need in check.needs if need in ids)}) for check in part]
    return exercise.model_copy(update={"checks": tuple(own)})


def _room(exercise: Exercise, plan: Plan, desk: Desk) -> Session:
    job = Job(
        statements=plan.statements,
        target=plan.target,
        seed=desk.key.seed,
        files=_files_used(desk.files, plan),
        answer_bytes=exercise.limits.answer_bytes,
        borrows=tuple(each.name for each in plan.borrowed),
    )
    offered = offers(plan.borrowed, desk.assignment)
    with Loans(desk.key.lender, offered) as loans, desk.sandbox.room(exercise.limits) as room:
        opened = room.open(job, loans.lend)
        if isinstance(opened, Ended):
            fault = no_value(opened, plan.target)
            assert fault is not None
            return _without_answers(exercise, fault, room)
        if opened.target_type is None:
            return _nothing_bound(exercise, plan, opened, room)
        listener, subject = _Listener(room), Subject(target=plan.target, parameters=plan.parameters)
        examination = kind_of(exercise).examine(exercise, desk.key.prepared[exercise.id], subject, listener.ask)
        last = room.leave()
        if isinstance(last, Ended) and last.reason == "forged":
            return _without_answers(exercise, Fault(detail=last.text), room)
        adapted = _genuine(last.notices if isinstance(last, Leave) else opened.notices)
        return Session(
            checks=examination.checks,
            notices=(*adapted, *examination.notices, *examination.remarks, *_echoes(opened, examination)),
            printed=room.printed,
            name_missing=listener.name_missing or _lacks_name(opened.failures, plan),
            seen=examination,
        )


class _Listener:
    """Passes questions on, and remembers whether an answer failed for want of a name."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.name_missing = False

    def ask(self, questions: Sequence[Question]) -> Sequence[Answer]:
        answers = self._room.ask(questions)
        self.name_missing |= any(isinstance(a, Raised) and a.error.type == NO_SUCH_NAME for a in answers)
        return answers


def _genuine(notices: tuple[str, ...]) -> tuple[str, ...]:
    """Student code can make its room say anything; only our own words are passed on as ours, each once."""
    return tuple(dict.fromkeys(notice for notice in notices if notice in NOTICES))


def _lacks_name(failures: tuple[Failure, ...], plan: Plan) -> bool:
    return any(f.error.type == NO_SUCH_NAME and _is_needed(f, plan) for f in failures)


def _is_needed(failure: Failure, plan: Plan) -> bool:
    return 0 <= failure.statement < len(plan.statements) and plan.statements[failure.statement].needed


def _nothing_bound(exercise: Exercise, plan: Plan, opened: Opened, room: Room) -> Session:
    needed = [failure for failure in opened.failures if _is_needed(failure, plan)]
    if not needed:
        text = say("not_defined", cell=plan.cell, target=plan.target)
        return _without_answers(exercise, Fault(verdict=Verdict.MISSING, detail=text), room)
    error = needed[-1].error
    causes = [failure for failure in opened.failures if failure is not needed[-1]]
    because = f" {say('before_that', error=in_one_line(causes[0].error))}" if causes else ""
    fault = _failed_statement(error, plan, exercise)
    session = _without_answers(exercise, replace(fault, detail=fault.detail + because), room)
    return replace(session, name_missing=_lacks_name(opened.failures, plan), notices=_genuine(opened.notices))


def _failed_statement(error: StudentError, plan: Plan, exercise: Exercise) -> Fault:
    verdict, detail = Verdict.RAISED, say("stopped_before", target=plan.target, error=in_one_line(error))
    if error.type == "MemoryError":
        most = f"{exercise.limits.memory_bytes // MEGABYTE:,}"
        verdict, detail = Verdict.OVER_LIMIT, say("over_memory", most=most)
    return Fault(verdict=verdict, detail=detail, raised_at=place_of(error), by_kind=hint_on_error(error))


def _without_answers(exercise: Exercise, fault: Fault, room: Room) -> Session:
    checks = all_failed(exercise, fault.verdict, fault.detail, raised_at=fault.raised_at, hint=fault.by_kind)
    return Session(checks=checks, notices=(), printed=room.printed, name_missing=False)


def _echoes(opened: Opened, examination: Examination) -> tuple[str, ...]:
    """Statements that failed on the way are worth a word only if the answer then fell short."""
    if all(check.verdict is Verdict.PASSED for check in examination.checks):
        return ()
    return tuple(say("on_the_way", error=in_one_line(failure.error)) for failure in opened.failures[:3])


def _result(exercise: Exercise, plan: Plan, session: Session, source: str) -> ExerciseResult:
    verdict = overall(session.checks)
    seen = session.seen
    return ExerciseResult(
        id=exercise.id,
        title=exercise.title,
        verdict=verdict,
        earned=session.earned,
        possible=exercise.points,
        message=summary(verdict, session.checks),
        cell=CellReference(index=plan.cell, found_by=plan.found_by, source=source),
        depends_on=exercise.depends_on,
        checks=session.checks,
        printed=session.printed,
        notices=(*plan.notices, *session.notices, *session.withheld_notices),
        withheld_notices=session.withheld_notices,
        misconception=seen.misconception if seen else None,
        layers=seen.layers if seen else (),
        curve=seen.curve if seen else None,
    )


def _source(submission: Submission, cell: int) -> str:
    """The graded cell as the student wrote it, for the report; the end of an endless one is left out."""
    return next((each.source[:MOST_SOURCE] for each in submission.notebook.cells if each.index == cell), "")


def _without_room(exercise: Exercise, verdict: Verdict, message: str) -> ExerciseResult:
    return ExerciseResult(
        id=exercise.id,
        title=exercise.title,
        verdict=verdict,
        earned=None if verdict is Verdict.NOT_GRADED else 0,
        possible=exercise.points,
        message=message,
        cell=None,
        depends_on=exercise.depends_on,
        checks=all_failed(exercise, verdict, message),
    )


def _unparsable(exercise: Exercise, answer: Unparsable, submission: Submission) -> ExerciseResult:
    """The cell stands in the report, so that the line on which Python gave up can be marked in it."""
    source = _source(submission, answer.cell)
    cell = CellReference(index=answer.cell, found_by=answer.found_by, source=source)
    if answer.newer_python:
        result = _without_room(exercise, Verdict.NOT_GRADED, say("newer_python", cell=answer.cell))
        return result.model_copy(update={"cell": cell})
    text = say("cell_no_python", cell=answer.cell, error=in_one_line(answer.error))
    hint = hint_on_error(answer.error)
    checks = all_failed(exercise, Verdict.RAISED, text, raised_at=place_of(answer.error), hint=hint)
    return _without_room(exercise, Verdict.RAISED, text).model_copy(update={"cell": cell, "checks": checks})


def _files_used(files: Mapping[str, bytes], plan: Plan) -> dict[str, bytes]:
    """All given files if the plan mentions one of them by name, else none: copying them costs every room a little."""
    names = {path.rpartition("/")[2].partition(".")[0] for path in files}
    mentioned = any(name in statement.source for statement in plan.statements for name in names)
    return dict(files) if mentioned else {}


def _widened(plan: Plan) -> str:
    return say("widened", cell=plan.cell)
