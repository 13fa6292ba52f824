"""Reference rooms: where the code of a course runs, its reference and its mistakes. They are rooms like a student's,
locked, seeded and bounded alike, and never hold a line of a student's; a student's room never holds one of theirs.

Scripts are read like a notebook of one cell, and only the statements that an exercise needs are run. Each call begins
with the generators as the seed leaves them, so that whoever asks, and in whatever order, hears the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from grader.course.assignment import Assignment, Exercise
from grader.course.edits import Script
from grader.errors import CourseError
from grader.judging.question import Args
from grader.judging.shapes import shape_for
from grader.judging.showing import call_text
from grader.limits import MEGABYTE, LendingLimits, RoomLimits
from grader.messages import english, say
from grader.notebook.notebook import from_script
from grader.notebook.submission import Borrowed, Parameters, Plan, extract
from grader.wall.protocol import (
    Answer,
    Call,
    Ended,
    Job,
    Opened,
    OverLimit,
    Raised,
    Read,
    Returned,
    Statement,
    Unsupported,
    asked_with,
)
from grader.wall.sandbox import Lend, Room, Sandbox
from grader.wall.values import Value, identical, thaw

#: what a reference may compute for all cases of an exercise: it is ours, and asked more than any student's code
REFERENCE_SECONDS: Final = 120
#: nobody keeps what it prints
PRINTED_BYTES: Final = 1024 * MEGABYTE
ANSWER_BYTES: Final = 256 * MEGABYTE
#: the module that a mistake has the references from which it depends on
_LENT: Final = "lent_by_the_reference"
_DEFAULT_OF: Final = "__default_of__"
_ASKS_FOR_DEFAULTS: Final = """\
def {function}(name):
    import inspect
    return inspect.signature({target}).parameters[name].default
"""
_PASSED_BACK: Final = "__passed_back__"
_PASSES_BACK: Final = """\
def {function}(*given):
    return given[-1]
"""
_TELLS_NOTHING: Final = """\
def _telling_nothing(function, text):
    def lent(*args, **named):
        try:
            return function(*args, **named)
        except Exception:
            raise ValueError(text) from None
    return lent
"""


class ReferenceRooms:
    """Gives the reference rooms of one assignment, each forked anew in `sandbox`. `files` lie beside the code."""

    def __init__(
        self,
        assignment: Assignment,
        solution: Script,
        sandbox: Sandbox,
        *,
        seed: int,
        files: Mapping[str, bytes] | None = None,
    ) -> None:
        self.assignment = assignment
        self.solution = solution
        self.sandbox = sandbox
        self.seed = seed
        self.files = dict(files or {})
        self._found: dict[tuple[str, str], Plan] = {}

    def plan(self, exercise: Exercise, script: Script) -> Plan:
        """What of the script runs for that exercise. Raises CourseError if it does not answer it."""
        asked = exercise.id, script.name
        if asked not in self._found:
            self._found[asked] = plan_of(exercise, script, self.assignment)
        return self._found[asked]

    @contextmanager
    def reference(self, exercise: Exercise) -> Iterator[ReferenceRoom]:
        """A room in which the statements of the reference have run.

        Raises CourseError that names exercise and line if they do not.
        """
        script = self.solution
        plan = self.plan(exercise, script)
        statements = merged([plan, *self._plans_of(plan.borrowed).values()])  # what is lent may be an argument alone
        limits = replace(exercise.limits, cpu_seconds=max(REFERENCE_SECONDS, exercise.limits.cpu_seconds))
        with self.sandbox.room(self._within(limits, plan)) as live:
            ours = _default_of(plan.target), _statement(_PASSES_BACK.format(function=_PASSED_BACK))
            opened = live.open(self._job(plan.target, (*statements, *ours)))
            room = ReferenceRoom(live, exercise, script, plan)
            room.insist_on(opened)
            yield room

    @contextmanager
    def work(self, exercise: Exercise, *, seed: int) -> Iterator[Room]:
        """A room in which the reference answers as a student's work would, for instructors' cells to ask.

        Raises CourseError if it does not answer the exercise, or its statements fail.
        """
        plan = self.plan(exercise, self.solution)
        with self.sandbox.room(self._within(exercise.limits, plan)) as live:
            job = self._job(plan.target, plan.own or plan.statements)
            opened = live.open(replace(job, seed=seed, reseeds=False))
            ReferenceRoom(live, exercise, self.solution, plan).insist_on(opened)
            yield live

    @contextmanager
    def lent(self, exercises: Sequence[Exercise], limits: LendingLimits, *, seed: int) -> Iterator[Room]:
        """A room with the reference's functions of these exercises, for one room of a student's to call.

        Raises CourseError if their statements fail.
        """
        plans = [self.plan(each, self.solution) for each in exercises]
        within = RoomLimits(
            cpu_seconds=limits.seconds + limits.call_seconds + 1,
            memory_bytes=limits.memory_bytes,
            asked_seconds=limits.call_seconds,
        )
        with self.sandbox.room(self._within(within, *plans)) as live:
            job = replace(self._job(plans[0].target, merged(plans)), seed=seed, answer_bytes=limits.answer_bytes)
            ReferenceRoom(live, exercises[0], self.solution, plans[0]).insist_on(live.open(job))
            yield live

    def rehearse(self, exercise: Exercise, calls: Sequence[tuple[Value, ...]], lend: Lend, *, seed: int) -> None:
        """Have the reference answer these calls as a right student's code would: what it builds on it borrows."""
        plan = self.plan(exercise, self.solution)
        job = replace(
            self._job(plan.target, _needed(plan.statements)),
            seed=seed,
            borrows=tuple(each.name for each in plan.borrowed),
            reseeds=False,
        )
        with self.sandbox.room(self._within(exercise.limits, plan)) as live:
            if isinstance(live.open(job, lend), Opened):
                ReferenceRoom(live, exercise, self.solution, plan).ask(calls)

    def answers(self, exercise: Exercise, script: Script, calls: Sequence[tuple[Value, ...]]) -> list[Answer]:
        """What the script answers to each call, or to the one question for its value if `calls` are none.

        It may be wrong, so it may raise, or end its room. What it depends on is the reference's, as it is for students.
        """
        plan = self.plan(exercise, script)
        borrowed = plan.borrowed
        lent = (_statement(f"from {_LENT} import {', '.join(each.name for each in borrowed)}"),) if borrowed else ()
        statements = [*lent, *(part for each in _needed(plan.statements) for part in (each, *lent))]
        files = {f"{_LENT}.py": self._lent(borrowed).encode()} if borrowed else {}
        with self.sandbox.room(self._within(exercise.limits, plan)) as live:
            opened = live.open(self._job(plan.target, statements, files))
            if isinstance(opened, Ended):
                return [opened] * max(1, len(calls))
            return ReferenceRoom(live, exercise, script, plan).ask(calls)

    def _job(self, target: str, statements: Sequence[Statement], files: Mapping[str, bytes] | None = None) -> Job:
        return Job(
            statements=tuple(statements),
            target=target,
            seed=self.seed,
            files={**self.files, **(files or {})},
            answer_bytes=ANSWER_BYTES,
            reseeds=True,
        )

    def _within(self, limits: RoomLimits, *plans: Plan) -> RoomLimits:
        roomy = replace(limits, printed_bytes=PRINTED_BYTES, answer_bytes=ANSWER_BYTES)
        return roomy.importing({each for plan in plans for each in plan.libraries} - self.assignment.libraries.names)

    def _plans_of(self, borrowed: Sequence[Borrowed]) -> dict[str, Plan]:
        exercises = {each.id: each for each in self.assignment.exercises}
        return {each.name: self.plan(exercises[each.exercise], self.solution) for each in borrowed}

    def _lent(self, borrowed: Sequence[Borrowed]) -> str:
        """A module with the references of those exercises under those names; where they raise, they tell nothing."""
        plans = self._plans_of(borrowed)
        lines = [each.source for each in merged(plans.values())]
        quiet = [
            f"{name} = _telling_nothing({plan.target}, {english(say('lent_no_answer', name=plan.target))!r})"
            for name, plan in plans.items()
        ]
        return "\n".join([*lines, _TELLS_NOTHING, *quiet, ""])


class ReferenceRoom:
    """A live room in which a script of the course has run for one exercise."""

    def __init__(self, room: Room, exercise: Exercise, script: Script, plan: Plan) -> None:
        self._room = room
        self._exercise = exercise
        self._script = script
        self._plan = plan
        self._asked = 0

    @property
    def computed(self) -> float | None:
        """See `Room.computed`."""
        return self._room.computed

    def ask(self, calls: Sequence[tuple[Value, ...]]) -> list[Answer]:
        """The answers to calls with canonical arguments, of which it is passed those that its definition asks for; to
        no calls, its value. The arguments of an answer are all canonical ones; None if they are as they were."""
        if not calls:
            return list(self._room.ask([Read(id=self._next(), target=self._plan.target)]))
        places = [self._places(len(args)) for args in calls]
        answers = self._room.ask(
            [
                asked_with(tuple(args[place] for place in picked), id=self._next(), target=self._plan.target)
                for args, picked in zip(calls, places, strict=True)
            ]
        )
        return [_as_given(*each) for each in zip(answers, calls, places, strict=True)]

    def pass_back(self, args: Args, value: Value) -> None:
        """Have the room do nothing but take these arguments and answer this value."""
        self._room.ask([Call(id=self._next(), target=_PASSED_BACK, args=(*args, value))])

    def insist_on(self, opened: Opened | Ended) -> None:
        """Raises CourseError if a statement of the script failed, or the room is gone."""
        match opened:
            case Ended(message=message):
                raise CourseError(
                    f"{self._script.name}: exercise {self._exercise.id}: its statements do not come to an end. "
                    f"{english(message)}"
                )
            case Opened(failures=(first, *_)):
                line = first.error.line or 1
                raise CourseError(
                    f"{self._script.name}, line {line}: exercise {self._exercise.id}: "
                    f"{first.error.type}: {first.error.text}"
                )

    def solve(self, calls: Sequence[Args]) -> list[Value]:
        """What the reference returns for canonical arguments.

        Raises CourseError where it raises, dies, hangs or answers what cannot be sent.
        """
        told = zip(self.ask(calls), calls, strict=True)
        return [self._value(answer, f"for {call_text(self._exercise.target, args)}") for answer, args in told]

    def defaults(self) -> dict[str, Value]:
        """What its parameters are without an argument, where that can be sent."""
        parameters = self._plan.parameters or Parameters(names=(), needed=0)
        with_default = parameters.names[parameters.needed :]
        asked = [Call(id=self._next(), target=_DEFAULT_OF, args=(name,)) for name in with_default]
        told = zip(with_default, self._room.ask(asked), strict=True)
        return {name: answer.value for name, answer in told if isinstance(answer, Returned)}

    def value(self) -> Any:
        """What the script binds to the target, as a plain object. Raises CourseError as `function` says."""
        return thaw(self._value(self.ask(())[0], f"when {self._plan.target} is read"))

    def _value(self, answer: Answer, when: str) -> Value:
        match answer:
            case Returned(value=value):
                return value
            case Raised(error=error):
                where = "" if error.line is None else f", line {error.line}"
                fault = f"raises {error.type}: {error.text} {when}"
            case Unsupported(what=what):
                where, fault = "", f"gives {english(what)}, which cannot be compared, {when}"
            case OverLimit(message=message) | Ended(message=message):
                where, fault = "", f"does not answer {when}. {english(message)}"
        raise CourseError(
            f"{self._script.name}{where}: the reference of exercise {self._exercise.id} {fault}. "
            "Correct it in solution.py, or the inputs of that check in assignment.py."
        )

    def _places(self, count: int) -> Sequence[int]:
        exercise, parameters = self._exercise, self._plan.parameters
        shape = shape_for(exercise.shapes, parameters)
        if shape is None or parameters is None or parameters.take(count):
            return range(count)
        return shape.pick(range(count))

    def _next(self) -> int:
        self._asked += 1
        return self._asked - 1


def plan_of(exercise: Exercise, script: Script, assignment: Assignment) -> Plan:
    """What of a script of the course runs for that exercise. Raises CourseError if it does not answer it."""
    plan = extract(from_script(script.source), _only(exercise, assignment)).answers[-1]
    if isinstance(plan, Plan):
        return plan
    if script.fault is not None:
        raise CourseError(f"{script.name}: {script.fault}.")
    raise CourseError(
        f"{script.name} defines no {exercise.target}. Add it, since exercise {exercise.id} is judged by it."
    )


def _only(exercise: Exercise, assignment: Assignment) -> Assignment:
    """The assignment as far as the exercise needs it: to look for all of it in each mistake takes ten times as long."""
    needed = {exercise.id}
    for each in reversed(assignment.exercises):
        needed |= set(each.depends_on) if each.id in needed else set()
    kept = tuple(each for each in assignment.exercises if each.id in needed)
    return assignment.model_copy(update={"exercises": kept})


def merged(plans: Iterable[Plan]) -> tuple[Statement, ...]:
    """The statements that any of these plans of one script needs, each once, in the order of the script."""
    needed = dict.fromkeys(each for plan in plans for each in _needed(plan.own or plan.statements))
    return tuple(sorted(needed, key=lambda each: each.line))


def _needed(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    return tuple(each for each in statements if each.needed)


def _default_of(target: str) -> Statement:
    return _statement(_ASKS_FOR_DEFAULTS.format(function=_DEFAULT_OF, target=target))


def _statement(source: str) -> Statement:
    return Statement(cell=0, line=1, source=source, role="cell")


def _as_given(answer: Answer, args: tuple[Value, ...], places: Sequence[int]) -> Answer:
    if not isinstance(answer, Returned) or answer.arguments is None:
        return answer
    after = list(args)
    for place, argument in zip(places, answer.arguments, strict=False):
        after[place] = argument
    same = all(map(identical, after, args))
    return replace(answer, arguments=None if same else tuple(after))
