"""One exercise of one submission: which plans run, visibility by visibility, and the result in words.

Decides when a plan is widened and which of several answers counts. What one plan does in one room is `asking.py`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from grader.course.assignment import Exercise, Visibility
from grader.errors import CourseCodeFails, PackageMissing, SandboxError, SandboxUnavailable, TooCostly
from grader.grading.asking import asked
from grader.grading.candidates import about_first, better_of
from grader.grading.follow import about_own, about_reference, has_visible_fault
from grader.grading.handouts import supplied
from grader.grading.headline import CONSEQUENCES, in_place_of
from grader.grading.materials import Materials
from grader.grading.places import placed
from grader.grading.session import Session
from grader.judging.behaviour import together
from grader.judging.detectors.raised import hint_on_error
from grader.judging.examination import Fault, all_failed, in_one_line, place_of, settled
from grader.messages import Message, counted, say
from grader.notebook.reading import MORE_SECONDS, MOST_SECONDS, within_budget
from grader.notebook.submission import Missing, Plan, Submission, Unparsable, widen
from grader.report.report import CellReference, ExerciseResult, Verdict
from grader.report.sums import earned, overall, summary

#: characters of the graded cell that a report keeps
MOST_SOURCE = 20_000


class Interview:
    """One exercise of one submission, examined visibility by visibility; the most open comes first.

    In one room, code could carry the inputs of a hidden check over into the answer or the error of a visible one. For
    the same reason all visible rooms of a submission come before all hidden ones; a plan is widened by what was seen in
    rooms as open as this one, never by what a hidden check found; of several answers the better one is known by the
    visible checks alone; and a room that is lost leaves the checks of its own visibility open, and no others.
    """

    def __init__(self, exercise: Exercise, answer: Plan | Missing | Unparsable, submission: Submission) -> None:
        self.exercise = exercise
        self._answer = answer
        self._submission = submission
        self._sessions: dict[Visibility, Session] = {}
        self.lost: list[SandboxError | TooCostly] = []

    def examine(self, visibility: Visibility, materials: Materials) -> None:
        """Judge the checks of that visibility, if there are any."""
        part = _of_visibility(self.exercise, visibility)
        if not part.checks or not isinstance(self._answer, Plan):
            return
        try:
            held = self._held_twice_if_lost(part, self._answer, visibility, materials)
        except (SandboxError, TooCostly) as error:
            self.lost.append(error)
            held = _not_held(part, error.message), self._answer
        self._sessions[visibility], self._answer = held

    def result(self, materials: Materials | None, earlier: Sequence[ExerciseResult] = ()) -> ExerciseResult:
        """What came of it; `earlier` are the results of the exercises it depends on. If it ran, it takes
        `materials`.

        Raises SandboxError or TooCostly if none of its checks could be judged, those among them that students see.
        """
        return placed(self._result(materials, earlier), self._submission.where(self.exercise.id).name)

    def _result(self, materials: Materials | None, earlier: Sequence[ExerciseResult]) -> ExerciseResult:
        match self._answer:
            case Missing(message=message):
                return _without_room(self.exercise, Verdict.MISSING, message)
            case Unparsable():
                return _unparsable(self.exercise, self._answer, self._submission)
            case Plan():
                if len(self.lost) == len(self._sessions) and Visibility.VISIBLE in self._sessions:
                    raise self.lost[0]
                session = _together(self.exercise, self._answer, self._sessions)
                if _is_unanswered(self._answer, session):
                    session = _unanswered(self._answer, session, self.exercise)
                elif faulty := [result for result in earlier if has_visible_fault(result)]:
                    assert materials is not None
                    session = _followed(self.exercise, self._answer, session, faulty, self._submission, materials)
                return _result(self.exercise, self._answer, session, _cell(self._submission, self._answer))

    def _held_twice_if_lost(
        self, part: Exercise, plan: Plan, visibility: Visibility, materials: Materials
    ) -> tuple[Session, Plan]:
        try:
            return self._held(part, plan, visibility, materials)
        except (SandboxUnavailable, PackageMissing, CourseCodeFails):
            raise
        except SandboxError:  # lost or starved, through no fault of the student: once more, then it is ours
            return self._held(part, plan, visibility, materials)

    def _held(self, part: Exercise, plan: Plan, visibility: Visibility, materials: Materials) -> tuple[Session, Plan]:
        judge = partial(_widened_if_that_helps, part, submission=self._submission, materials=materials)
        return better_of(plan, judge) if visibility is Visibility.VISIBLE else judge(plan)


def interview(
    exercise: Exercise,
    answer: Plan | Missing | Unparsable,
    submission: Submission,
    materials: Materials,
    *,
    earlier: Sequence[ExerciseResult] = (),
) -> ExerciseResult:
    """Examine one exercise alone, all visibilities. Raises SandboxError or TooCostly if a check could not be judged."""
    examined = Interview(exercise, answer, submission)
    for each in Visibility:
        examined.examine(each, materials)
    if examined.lost:
        raise examined.lost[0]
    return examined.result(materials, earlier)


def _followed(
    exercise: Exercise,
    plan: Plan,
    session: Session,
    faulty: Sequence[ExerciseResult],
    submission: Submission,
    materials: Materials,
) -> Session:
    """What is said where an earlier function is at fault: whose place the reference took, and how the own one does."""
    targets = {each.id: each.target for each in materials.assignment.exercises}
    names = [targets[result.id] for result in faulty]
    session = session.noting(about_reference(names), openly=True)
    if overall(session.checks) is Verdict.PASSED:
        own = replace(plan, statements=plan.own, borrowed=())
        shown = _of_visibility(exercise, Visibility.VISIBLE)
        # it decides nothing: a room that is lost here costs one sentence
        with contextlib.suppress(SandboxError, TooCostly):
            works = bool(shown.checks) and _works(shown, own, submission, materials)
            openly = len(shown.checks) == len(exercise.checks)  # else it tells that the hidden ones passed, too
            return session.noting(about_own(names, works=works), openly=openly)
    return session


def _works(exercise: Exercise, plan: Plan, submission: Submission, materials: Materials) -> bool:
    """Whether all checks pass with the plan, or with a wider one: else the student would be told what is not so."""
    session, _ = _widened_if_that_helps(exercise, plan, submission, materials)
    return session.full


def _together(exercise: Exercise, plan: Plan, sessions: Mapping[Visibility, Session]) -> Session:
    """The sessions of all visibilities as one, with what may be said openly kept apart."""
    openly = sessions[Visibility.VISIBLE].notices if Visibility.VISIBLE in sessions else about_first(plan)
    first, *_ = sessions.values()
    said = dict.fromkeys(notice for session in sessions.values() for notice in session.notices)
    return replace(
        first,
        checks=settled(exercise.checks, [check for session in sessions.values() for check in session.checks]),
        notices=openly,
        withheld_notices=tuple(notice for notice in said if notice not in openly),
        seen=next((session.seen for session in sessions.values() if session.seen is not None), None),
        behaviour=together(session.behaviour for session in sessions.values()),
    )


def _not_held(part: Exercise, reason: Message) -> Session:
    """No room, for a `reason` that is ours."""
    checks = all_failed(part, Verdict.NOT_GRADED, say("not_graded_because", reason=reason))
    return Session(checks=checks, notices=(), printed="", name_missing=False)


def _widened_if_that_helps(
    part: Exercise, plan: Plan, submission: Submission, materials: Materials
) -> tuple[Session, Plan]:
    """The session of these checks, and the plan it had: a wider one if that is missed and more passes with it."""
    session, plan = _supplied_if_that_helps(part, plan, materials)
    if session.full:
        return session, plan
    # what was judged stands, whatever becomes of cells that nobody is known to need
    with contextlib.suppress(*([] if session.name_missing else [SandboxError, PackageMissing, TooCostly])):
        wider = _wider(submission, plan, name_missing=session.name_missing)
        if wider.statements == plan.statements:
            return session, plan
        second = asked(part, wider, materials)
        if second.worth > session.worth:
            return second.noting(_widened(plan), openly=True), wider
    return session, plan


def _wider(submission: Submission, plan: Plan, *, name_missing: bool) -> Plan:
    """Raises TooCostly, too, where to look through the notebook once took what time there is."""
    if submission.is_dear:
        raise TooCostly(say("too_costly", time=counted(MOST_SECONDS, "second")))
    return within_budget(lambda: widen(submission, plan, name_missing=name_missing), seconds=MORE_SECONDS)


def _supplied_if_that_helps(part: Exercise, plan: Plan, materials: Materials) -> tuple[Session, Plan]:
    """The session, and the plan it had: with what the lab handed out, if a name was missing and more passes with it."""
    lacking: PackageMissing | None = None
    try:
        session = asked(part, plan, materials)
        if not session.name_missing:
            return session, plan
    except PackageMissing as error:
        lacking, session = error, None
    more = within_budget(lambda: supplied(plan, materials.course, materials.assignment), seconds=MORE_SECONDS)
    second = None if more is None else asked(part, more.plan, materials)
    if more is not None and second is not None and (session is None or second.worth > session.worth):
        return second.noting(say("supplied", names=", ".join(more.names)), openly=True), more.plan
    if lacking is not None:
        raise lacking
    assert session is not None
    return session, plan


def _is_unanswered(plan: Plan, session: Session) -> bool:
    """Whether the cell looks as it was handed out, and earns nothing where everybody sees it."""
    return plan.untouched and not any(c.earned for c in session.checks if c.visibility is Visibility.VISIBLE)


def _unanswered(plan: Plan, session: Session, exercise: Exercise) -> Session:
    """That the place for the answer is empty, once, instead of all that follows from it."""
    fault = Fault(verdict=Verdict.MISSING, detail=say("unanswered", target=exercise.target, cell=plan.cell))
    checks = in_place_of((*CONSEQUENCES, Verdict.MISSING), session.checks, fault)
    return Session(checks=checks, notices=(), printed=session.printed, name_missing=False)


def _of_visibility(exercise: Exercise, visibility: Visibility) -> Exercise:
    """The exercise with its checks of that visibility only; what a check needs may be in another part."""
    part = [check for check in exercise.checks if check.visibility is visibility]
    ids = {check.id for check in part}
    own = [check.model_copy(update={"needs": tuple(need for need in check.needs if need in ids)}) for check in part]
    return exercise.model_copy(update={"checks": tuple(own)})


def _result(exercise: Exercise, plan: Plan, session: Session, cell: CellReference) -> ExerciseResult:
    verdict = overall(session.checks)
    seen = session.seen
    return ExerciseResult(
        id=exercise.id,
        title=exercise.title,
        verdict=verdict,
        earned=earned(session.checks),
        possible=exercise.points,
        message=summary(verdict, session.checks) if session.headline is None else session.headline,
        cell=cell,
        depends_on=exercise.depends_on,
        checks=session.checks,
        printed=session.printed,
        notices=(*plan.notices, *session.notices),
        withheld_notices=session.withheld_notices,
        misconception=seen.misconception if seen else None,
        behaviour=session.behaviour or None,
        reads_as=plan.reads_as or None,
        layers=seen.layers if seen else (),
        curve=seen.curve if seen else None,
    )


def _cell(submission: Submission, answer: Plan | Unparsable) -> CellReference:
    """The graded cell as the student wrote it, for the report; the end of an endless one is left out."""
    there = next((each for each in submission.where(answer.exercise).cells if each.index == answer.cell), None)
    return CellReference(
        index=answer.cell,
        found_by=answer.found_by,
        source=there.source[:MOST_SOURCE] if there else "",
        prose=there.prose[:MOST_SOURCE] if there else "",
    )


def _without_room(exercise: Exercise, verdict: Verdict, message: Message) -> ExerciseResult:
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
    cell = _cell(submission, answer)
    if answer.newer_python:
        result = _without_room(exercise, Verdict.NOT_GRADED, say("newer_python", cell=answer.cell))
        return result.model_copy(update={"cell": cell})
    if answer.untouched:
        text = say("unanswered", target=exercise.target, cell=answer.cell)
        return _without_room(exercise, Verdict.MISSING, text).model_copy(update={"cell": cell})
    text = say("cell_no_python", cell=answer.cell, error=in_one_line(answer.error))
    hint = hint_on_error(answer.error)
    checks = all_failed(exercise, Verdict.RAISED, text, raised_at=place_of(answer.error), hint=hint)
    return _without_room(exercise, Verdict.RAISED, text).model_copy(update={"cell": cell, "checks": checks})


def _widened(plan: Plan) -> Message:
    return say("widened", cell=plan.cell)
