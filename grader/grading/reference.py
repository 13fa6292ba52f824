"""The answer key of an assignment: what its reference answers to the inputs of all checks, and what its mistakes do.

All of that is asked in reference rooms, once, and kept: see `reference_rooms.py` and `key_store.py`. No code of the
course but `assignment.py` runs in this process. What is drawn at random depends on the class's seed alone, so every
process that makes the key of a class makes the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TypeVar

from grader.course.assignment import Assignment, Exercise
from grader.course.folder import Course
from grader.course.mistakes import Mistake, read_mistakes, solution_of
from grader.errors import CourseError, SandboxError, SandboxUnavailable
from grader.grading.cell_rehearsals import CellRehearsals
from grader.grading.key_store import KeyStore, fingerprint
from grader.grading.loans import Lendable, Loans, Offer
from grader.grading.reference_rooms import ReferenceRooms
from grader.grading.rehearsals import Rehearsals
from grader.judging import Key, Misconception, Solutions, answered, drawn, prepare, small_cases
from grader.judging.question import Args, Case
from grader.judging.shapes import shape_for
from grader.limits import LendingLimits
from grader.notebook.submission import Borrowed, Parameters
from grader.wall.protocol import Answer, NoOutcome, Returned, Unsupported
from grader.wall.sandbox import Room, Sandbox
from grader.wall.values import LentFunction, Steps, Value, form

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerKey:
    """What one class is judged with: per exercise, what was prepared from reference and seed.

    `room_seed` is what students' rooms draw from, and what is lent to them. Student code sees it, so it says nothing
    of `seed`. `cells` knows how cells of the instructor's go through with the reference.
    """

    seed: int
    room_seed: int
    prepared: dict[str, Key]
    lending: Lending
    cells: CellRehearsals


def answer_key(
    course: Course,
    assignment: Assignment,
    sandbox: Sandbox,
    *,
    store: KeyStore | None = None,
    seed: int | None = None,
    room_seed: int | None = None,
    mistakes: Sequence[Mistake] | None = None,
) -> AnswerKey:
    """Draw all inputs and have the reference answer them in rooms of `sandbox`, unless `store` has what came of that.

    `mistakes` are those to be recognised, all that the course names if nobody says which.
    Raises CourseError if the reference cannot, and SandboxError if there is no room to be had.
    """
    chosen = assignment.seed if seed is None else seed
    rooms = assignment.open_seed("rooms") if room_seed is None else room_seed
    reference = ReferenceRooms(
        assignment, solution_of(course, assignment.id), sandbox, seed=chosen, files=course.room_files(assignment.id)
    )
    _refuse_what_cannot_be_lent(assignment)
    known = read_mistakes(course, assignment) if mistakes is None else mistakes
    kept = _Kept(reference, known, store or KeyStore(None), _name(course, assignment, chosen))
    prepared = {each.id: kept.prepared(each) for each in assignment.exercises}
    rehearsals = Rehearsals(rooms=reference, prepared=prepared, store=kept.store, name=kept.name, seed=rooms)
    lending = Lending(reference, seed=rooms, rehearsals=rehearsals)
    cells = CellRehearsals(reference, seed=rooms, store=kept.store, name=kept.name)
    return AnswerKey(seed=chosen, room_seed=rooms, prepared=prepared, lending=lending, cells=cells)


def _name(course: Course, assignment: Assignment, seed: int) -> str:
    return f"{assignment.id}-{fingerprint(course, assignment, seed=seed)[:32]}"


class _Kept:
    """What the course's code answers about the exercises of one assignment, asked only where it is not known yet."""

    def __init__(self, rooms: ReferenceRooms, wrong: Sequence[Mistake], store: KeyStore, name: str) -> None:
        self._rooms = rooms
        self._wrong = wrong
        self.store = store
        self.name = name

    def prepared(self, exercise: Exercise) -> Key:
        """What the exercise is judged with; what only the assignment says is not worth keeping."""
        if exercise.answered_by is None:
            return prepare(exercise, Solutions(), self._rooms.seed)
        name = f"{self.name}.{exercise.id}"
        key = self.store.kept(name, Key, lambda: _twice_if_lost(lambda: self._asked(exercise)))
        small = _Later(lambda: self.store.kept(f"{name}.small", dict, lambda: self._small(exercise)))
        return replace(key, small=small, misconceptions=self._misconceptions(exercise, key))

    def _asked(self, exercise: Exercise) -> Key:
        if exercise.answered_by == "value":
            with self._rooms.reference(exercise) as room:
                return drawn(exercise, Solutions(value=room.value()), self._rooms.seed)
        key = self._drawn[exercise.id]
        _refuse_what_is_not_lent(exercise, key, self._rooms.assignment)
        with self._rooms.reference(exercise) as room:
            return replace(answered(exercise, key, room.solve), known={**key.known, **room.defaults()})

    def _small(self, exercise: Exercise) -> dict[str, tuple[Case, ...]]:
        def solve(calls: Sequence[Args]) -> list[Value]:
            with self._rooms.reference(exercise) as room:
                return room.solve(calls)

        return small_cases(exercise, lambda calls: _twice_if_lost(lambda: solve(calls)))

    @cached_property
    def _drawn(self) -> dict[str, Key]:
        """The calls of all exercises, drawn before the first room is asked for: its libraries may still be loading."""
        asked = (each for each in self._rooms.assignment.exercises if each.answered_by == "function")
        return {each.id: drawn(each, Solutions(), self._rooms.seed) for each in asked}

    def _misconceptions(self, exercise: Exercise, key: Key) -> tuple[Misconception, ...]:
        about = tuple(each for each in self._wrong if each.exercise == exercise.id)
        answers = _Answers(
            self._rooms, exercise, about, _calls(exercise, key), self.store, f"{self.name}.{exercise.id}.mistakes"
        )
        return tuple(
            Misconception(
                name=each.name, hint=each.hint, answer=partial(answers.of, each.name), source=each.script.source
            )
            for each in about
        )


class _Later(Mapping[str, tuple[Case, ...]]):
    """Small calls by check, made when the first is asked for: only what is wrong is shown with one."""

    def __init__(self, make: Callable[[], Mapping[str, tuple[Case, ...]]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[str, tuple[Case, ...]]:
        return self._make()

    def __getitem__(self, check: str) -> tuple[Case, ...]:
        return self._made[check]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


class _Answers:
    """What the mistakes about one exercise answer to the calls of its key. Only a wrong answer is held against them, so
    nobody asks them before there is one."""

    def __init__(
        self,
        rooms: ReferenceRooms,
        exercise: Exercise,
        mistakes: Sequence[Mistake],
        calls: Mapping[Hashable, tuple[Value, ...]],
        store: KeyStore,
        name: str,
    ) -> None:
        self._rooms = rooms
        self._exercise = exercise
        self._mistakes = mistakes
        self._calls = calls
        self._store = store
        self._name = name

    def of(self, mistake: str, args: tuple[Value, ...]) -> Answer:
        """The answer of one mistake to one call."""
        return self._all[mistake][form(args)]

    @cached_property
    def _all(self) -> dict[str, dict[Hashable, Answer]]:
        told = self._store.kept(self._name, dict, self._asked)
        asked = tuple(self._calls) or (form(()),)
        return {name: dict(zip(asked, answers, strict=True)) for name, answers in told.items()}

    def _asked(self) -> dict[str, tuple[Answer, ...]]:
        return {each.name: tuple(map(_sendable, self._answers(each))) for each in self._mistakes}

    def _answers(self, mistake: Mistake) -> Sequence[Answer]:
        calls = tuple(self._calls.values())
        try:
            return _twice_if_lost(lambda: self._rooms.answers(self._exercise, mistake.script, calls))
        except CourseError as fault:  # of one mistake, which `grader check` will name: no student is in its way
            return [Unsupported(id=0, what=fault.message)] * max(1, len(calls))


def _calls(exercise: Exercise, key: Key) -> dict[Hashable, tuple[Value, ...]]:
    """All calls by which a student's function is judged, each once; a value is read and not called."""
    if exercise.answered_by == "value":
        return {}
    return {form(case.args): case.args for cases in key.cases.values() for case in cases}


def _sendable(answer: Answer) -> Answer:
    """That a mistake ended its room is no answer that a student's could be like."""
    return Unsupported(id=0, what=answer.message) if isinstance(answer, NoOutcome) else answer


def _twice_if_lost(ask: Callable[[], T]) -> T:
    try:
        return ask()
    except SandboxUnavailable:
        raise
    except SandboxError:  # lost or starved, through no fault of the course
        return ask()


class Lending:
    """Gives loans of the reference's functions to rooms that borrow them, each room its own."""

    def __init__(
        self,
        rooms: ReferenceRooms,
        *,
        seed: int,
        limits: LendingLimits | None = None,
        rehearsals: Rehearsals | None = None,
    ) -> None:
        self.rooms = rooms
        self.limits = limits or LendingLimits()
        self._seed = seed
        self.rehearsals = rehearsals

    def to(self, borrowed: Sequence[Borrowed], part: Exercise | None = None) -> Loans:
        """The loans of one room, by the names under which its code calls them; `part`: the exercise, with the checks
        that the room is asked for."""
        rehearsals = self.rehearsals
        if rehearsals is None or part is None or not borrowed:
            return self._loans(borrowed)
        own = self.rooms.plan(part, self.rooms.solution).borrowed

        def of_its_own(noted: Callable[[AbstractContextManager[Room]], AbstractContextManager[Room]]) -> Loans:
            return self._loans(own, noted=noted)

        return self._loans(borrowed, rehearsed=lambda: rehearsals.known(part, of_its_own))

    def _loans(
        self,
        borrowed: Sequence[Borrowed],
        *,
        noted: Callable[[AbstractContextManager[Room]], AbstractContextManager[Room]] = lambda opening: opening,
        rehearsed: Callable[[], Mapping[str, Returned]] = dict,
    ) -> Loans:
        exercises = {each.id: each for each in self.rooms.assignment.exercises}
        wanted = [exercises[name] for name in dict.fromkeys(each.exercise for each in borrowed)]
        offers = {each.name: self._offer(exercises[each.exercise], each.parameters) for each in borrowed}

        def room() -> AbstractContextManager[Room]:
            return noted(self.rooms.lent(wanted, self.limits, seed=self._seed))

        return Loans(offers, room, self.limits, rehearsed=rehearsed)

    def _offer(self, exercise: Exercise, parameters: Parameters | None) -> Offer:
        plan = self.rooms.plan(exercise, self.rooms.solution)
        lendable = Lendable(
            target=plan.target,
            parameters=() if plan.parameters is None else plan.parameters.names,
            shapes=tuple(shape.places for shape in exercise.shapes),
        )
        shape = shape_for(exercise.shapes, parameters)
        return Offer(lendable=lendable, shape=None if shape is None else shape.places)


def _refuse_what_is_not_lent(exercise: Exercise, key: Key, assignment: Assignment) -> None:
    """Raises CourseError if a function is given as an argument that students' rooms do not borrow."""
    lent = {other.target for other in assignment.exercises if other.id in exercise.depends_on}
    args = (each for cases in key.cases.values() for case in cases for each in case.args)
    given = (part for each in args for part in (_parts(each) if isinstance(each, Steps) else (each,)))
    for each in given:
        if isinstance(each, LentFunction) and each.name not in lent:
            raise CourseError(
                f"exercise {exercise.id}: it is called with the function {each.name}, which is of no exercise that it "
                "depends on. Name that exercise in depends_on in assignment.py."
            )


def _parts(steps: Steps) -> Iterator[Value]:
    for step in steps.steps:
        yield from step.values


def _refuse_what_cannot_be_lent(assignment: Assignment) -> None:
    """Raises CourseError for an exercise that others depend on and that is no function."""
    for exercise in assignment.exercises:
        users = [other.id for other in assignment.exercises if exercise.id in other.depends_on]
        if users and exercise.answered_by != "function":
            raise CourseError(
                f"assignment {assignment.id}: exercise {users[0]} depends on {exercise.id}, which is no function "
                "and so cannot be called in the student's place. Take it out of depends_on in assignment.py."
            )
