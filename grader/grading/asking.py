"""One plan in one room: open it, ask what the checks ask, and say what its failures mean.

Decides what a room that ended means, and which error is told first. Which plan runs, and whether another is tried, is
`interview.py`; judging itself is in `judging/`, rooms in `wall/sandbox/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from grader.course.assignment import Exercise
from grader.course.folder import ROOM_CODE
from grader.errors import CourseCodeFails, PackageMissing, TooCostly
from grader.grading.cell_heard import AskedAhead
from grader.grading.cell_rooms import CellRooms
from grader.grading.follow import Discreet
from grader.grading.handouts import modules_for
from grader.grading.headline import Headline, headline_of, in_place_of, is_needed
from grader.grading.lacking import MISSING_NAME, lack_of
from grader.grading.materials import Materials
from grader.grading.session import Session
from grader.grading.slips import power_line, with_meant
from grader.grading.timings import Timings
from grader.judging import Examination, Subject, examine
from grader.judging.bounds import OutOfTime
from grader.judging.detectors.raised import hint_on_error
from grader.judging.examination import Ask, Fault, all_failed, in_one_line, no_value, place_of
from grader.limits import MEGABYTE, RoomLimits
from grader.messages import Message, joined, say
from grader.notebook.reading import MORE_SECONDS, within_budget
from grader.notebook.submission import Plan
from grader.notebook.submission.slice import HANDED_OUT
from grader.notebook.submission.written import beside
from grader.report.report import Verdict
from grader.wall.protocol import (
    Answer,
    Call,
    Ended,
    Failure,
    Job,
    Leave,
    NoOutcome,
    Opened,
    Question,
    Raised,
    StudentError,
)
from grader.wall.room.compatibility import NOTICES
from grader.wall.sandbox import Room

#: errors of one room that are looked into for what was meant; code may raise as many as it is asked questions
MOST_EXPLAINED = 3
#: characters of all statements that import; no parser can be held up by so few
SHORT = 2_000


def asked(exercise: Exercise, plan: Plan, materials: Materials) -> Session:
    """What came of all checks of `exercise` in one room that runs `plan`.

    Raises SandboxError if the room was lost through no fault of the student, PackageMissing if it lacks one that is
    ours to install, CourseCodeFails if the course's own code in it does, and TooCostly if judging took too long.
    """
    try:
        return _asked(exercise, plan, materials, ahead=True)
    except AskedAhead:
        return _asked(exercise, plan, materials, ahead=False)


def _asked(exercise: Exercise, plan: Plan, materials: Materials, *, ahead: bool) -> Session:
    with _opened(exercise, plan, materials) as (room, opened):
        if isinstance(opened, Ended):
            return _ended(exercise, plan, opened, room)
        _refuse_faulty_course(opened, plan, materials)
        _refuse_lack(opened, (), frozenset(), plan)
        if opened.target_type is None:
            return _nothing_bound(exercise, plan, opened, room)
        listener = _Listener(room, plan)
        examination = _examination(exercise, plan, materials, _asks(exercise, plan, materials, listener, ahead=ahead))
        last = room.leave()
        if isinstance(last, Ended) and (last.reason == "forged" or (last.reason == "over_limit" and listener.all_well)):
            return _ended(exercise, plan, last, room)
        _refuse_lack(opened, listener.raised, listener.missing, plan)
        notices = last.notices if isinstance(last, Leave) else opened.notices
        return _session(exercise, plan, replace(opened, notices=notices), listener, examination)


@contextmanager
def _opened(exercise: Exercise, plan: Plan, materials: Materials) -> Iterator[tuple[Room, Opened | Ended]]:
    """A room in which the plan has run, and how that went."""
    with (
        materials.key.lending.to(plan.borrowed, exercise) as loans,
        materials.sandbox.room(_limits(exercise, plan, materials)) as live,
    ):
        room = Discreet(live) if plan.borrowed else live
        yield room, room.open(_job(exercise, plan, materials), loans.lend)


@contextmanager
def _alone(exercise: Exercise, plan: Plan, materials: Materials) -> Iterator[Room]:
    """One more room of the same work, which nothing was asked yet. One that has ended answers nothing but that."""
    with _opened(exercise, plan, materials) as (room, _):
        yield room


def _job(exercise: Exercise, plan: Plan, materials: Materials) -> Job:
    return Job(
        statements=plan.statements,
        target=plan.target,
        seed=materials.key.room_seed,
        files=_laid(plan, materials),
        answer_bytes=exercise.limits.answer_bytes,
        borrows=tuple(each.name for each in plan.borrowed),
    )


def _examination(exercise: Exercise, plan: Plan, materials: Materials, ask: Ask) -> Examination:
    subject = Subject(target=plan.target, parameters=plan.parameters, statements=plan.statements)
    try:
        return examine(exercise, materials.key.prepared[exercise.id], subject, ask)
    except OutOfTime:
        raise TooCostly(say("judging_too_costly", exercise=exercise.id)) from None


def _asks(exercise: Exercise, plan: Plan, materials: Materials, listener: _Listener, *, ahead: bool) -> Ask:
    """Asks the room, and lets the instructor's cells run against it in rooms of their own, which cost the student's
    work none of its time; where time counts, it is taken. The asking raises AskedAhead, see `CellRooms`."""
    rooms = CellRooms(
        sandbox=materials.key.lending.rooms.sandbox,
        ask=listener.ask,
        limits=_limits(exercise, plan, materials),
        files=materials.files,
        seed=materials.key.room_seed,
        rehearsed=partial(materials.key.cells.of, exercise),
        ahead=ahead,
    )
    return Timings(
        ask=rooms.answers,
        alone=partial(_alone, exercise, plan, materials),
        heard=listener.heard,
        reference=partial(materials.key.lending.rooms.reference, exercise),
    ).answers


def _session(exercise: Exercise, plan: Plan, opened: Opened, listener: _Listener, examination: Examination) -> Session:
    headline = headline_of(opened.failures, plan, listener.missing)
    session = Session(
        checks=examination.checks,
        notices=(
            *_genuine(opened.notices),
            *examination.notices,
            *examination.remarks,
            *_echoes(opened, examination, headline, plan),
            *_about_power(plan, examination),
        ),
        printed=listener.printed,
        name_missing=listener.name_missing or _lacks_name(opened.failures, plan),
        seen=examination,
        behaviour=examination.behaviour,
    )
    return session if headline is None else _with_headline(session, headline, plan, exercise)


def _ended(exercise: Exercise, plan: Plan, ended: Ended, room: Room) -> Session:
    fault = no_value(ended, plan.target)
    assert fault is not None
    return _without_answers(exercise, fault, room)


def _laid(plan: Plan, materials: Materials) -> dict[str, bytes]:
    """All files of the room: those that are given, scripts of other names that were handed in, and in the place of
    both what the notebook writes itself, but for the course's code."""
    own = {name: data for name, data in materials.files.items() if name == ROOM_CODE}
    scripts = [each for each in plan.files if each.handed_in and each.name not in materials.files]
    found = _found(plan, materials, beside(materials.files, scripts))
    return {**beside(found, [each for each in plan.files if not each.handed_in]), **own}


def _found(plan: Plan, materials: Materials, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """See `modules_for`; imports of a usual length cost less to read than a process that bounds it."""

    def found() -> dict[str, bytes]:
        return modules_for(plan.statements, files, materials.course, materials.assignment)

    length = sum(len(each.source) for each in plan.statements if "import" in each.source)
    return found() if length <= SHORT else within_budget(found, seconds=MORE_SECONDS)


def _with_headline(session: Session, headline: Headline, plan: Plan, exercise: Exercise) -> Session:
    fault = _failed_statement("stopped_within", with_meant(headline.error, plan), plan, exercise)
    seen = None if headline.everything else session.seen
    checks = in_place_of(headline.consequences, session.checks, fault)
    return replace(session, checks=checks, seen=seen, headline=fault.detail if headline.everything else None)


def _refuse_faulty_course(opened: Opened, plan: Plan, materials: Materials) -> None:
    """Raises CourseCodeFails if what the course gives could not be had, which was tried before anything else ran."""
    failed = opened.failures[0] if opened.failures and materials.assignment.from_room else None
    if failed is not None and failed.statement == 0 and plan.statements[0].cell == HANDED_OUT:
        raise CourseCodeFails(say("room_code_fails", file=ROOM_CODE, error=in_one_line(failed.error)))


def _refuse_lack(opened: Opened, raised: Sequence[StudentError], missing: AbstractSet[str], plan: Plan) -> None:
    """Raises PackageMissing if what failed did so for want of a package that is ours to install."""
    needed = (each.error for each in opened.failures if is_needed(each, plan))
    lacked = missing | {error.missing for error in needed if error.type == MISSING_NAME and error.missing}
    if (reason := lack_of(opened.failures, raised, lacked, plan)) is not None:
        raise PackageMissing(reason)


def _limits(exercise: Exercise, plan: Plan, materials: Materials) -> RoomLimits:
    """The limits of the exercise, and time for needed libraries that its rooms do not have loaded."""
    return exercise.limits.importing(plan.libraries - materials.assignment.libraries.names)


class _Listener:
    """Passes questions on, and remembers what answers raised, and which names they lacked."""

    def __init__(self, room: Room, plan: Plan) -> None:
        self._room = room
        self._plan = plan
        self._explained: dict[StudentError, StudentError] = {}
        self.name_missing = False
        self.missing: set[str] = set()
        self.raised: list[StudentError] = []
        self.all_well = True  # so far: what is found out when the room leaves is news

    @property
    def printed(self) -> str:
        """What the code has printed so far."""
        return self._room.printed

    def ask(self, questions: Sequence[Question]) -> Sequence[Answer]:
        return list(map(self.heard, questions, self._room.ask(questions)))

    def heard(self, question: Question, answer: Answer) -> Answer:
        """The answer, remembered; a missing name with what was meant by it."""
        self.all_well &= not isinstance(answer, NoOutcome)
        if not isinstance(answer, Raised):
            return answer
        error = answer.error
        self.raised.append(error)
        if error.type != MISSING_NAME or (isinstance(question, Call) and error.missing in question.without):
            return answer
        self.name_missing = True
        self.missing.update([error.missing] if error.missing else [])
        if error not in self._explained and len(self._explained) < MOST_EXPLAINED:
            self._explained[error] = with_meant(error, self._plan)
        return replace(answer, error=self._explained.get(error, error))


def _genuine(notices: tuple[Message, ...]) -> tuple[Message, ...]:
    """Student code can make its room say anything; only our own words are passed on as ours, each once."""
    return tuple(dict.fromkeys(notice for notice in notices if notice in NOTICES))


def _lacks_name(failures: tuple[Failure, ...], plan: Plan) -> bool:
    return any(f.error.type == MISSING_NAME and is_needed(f, plan) for f in failures)


def _nothing_bound(exercise: Exercise, plan: Plan, opened: Opened, room: Room) -> Session:
    needed = [failure for failure in opened.failures if is_needed(failure, plan)]
    if not needed:
        text = say("not_defined", cell=plan.cell, target=plan.target)
        return _without_answers(exercise, Fault(verdict=Verdict.MISSING, detail=text), room)
    fault = _failed_statement("stopped_before", with_meant(needed[0].error, plan), plan, exercise)
    causes = [each for each in opened.failures if each.statement < needed[0].statement and _is_no_import(each, plan)]
    because = [say("before_that", error=in_one_line(causes[0].error))] if causes else []
    session = _without_answers(exercise, replace(fault, detail=joined(fault.detail, *because)), room)
    return replace(session, name_missing=_lacks_name(opened.failures, plan), notices=_genuine(opened.notices))


def _is_no_import(failure: Failure, plan: Plan) -> bool:
    return failure.statement >= 0 and plan.statements[failure.statement].role != "import"


def _failed_statement(key: str, error: StudentError, plan: Plan, exercise: Exercise) -> Fault:
    verdict, detail = Verdict.RAISED, say(key, target=plan.target, error=in_one_line(error))
    if error.type == "MemoryError":
        most = f"{exercise.limits.memory_bytes // MEGABYTE:,}"
        verdict, detail = Verdict.OVER_LIMIT, say("over_memory", most=most)
    return Fault(verdict=verdict, detail=detail, raised_at=place_of(error), by_kind=hint_on_error(error))


def _without_answers(exercise: Exercise, fault: Fault, room: Room) -> Session:
    checks = all_failed(exercise, fault.verdict, fault.detail, raised_at=fault.raised_at, hint=fault.by_kind)
    return Session(checks=checks, notices=(), printed=room.printed, name_missing=False)


def _echoes(opened: Opened, examination: Examination, headline: Headline | None, plan: Plan) -> tuple[Message, ...]:
    """Needed statements that failed on the way, worth a word only if the answer then fell short for another reason."""
    if headline is not None or all(check.verdict is Verdict.PASSED for check in examination.checks):
        return ()
    met = [failure for failure in opened.failures if is_needed(failure, plan)]
    return tuple(say("on_the_way", error=in_one_line(failure.error)) for failure in met[:3])


def _about_power(plan: Plan, examination: Examination) -> tuple[Message, ...]:
    """Of whole numbers `^` makes others without a word, so a wrong answer is the first that shows it."""
    wrong = any(check.verdict is Verdict.FAILED for check in examination.checks)
    line = power_line(plan) if wrong else None
    return () if line is None else (say("note_power", line=line, cell=plan.cell),)
