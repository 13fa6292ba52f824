"""The question that is a cell of the instructor's, and the rule that it runs through.

The cell is put to the student's work from outside: functions of the notebook are asked over the wall, variables read,
so it meets plain data and nothing that a student's class could answer for. What ran is a `CellRan`; who lets it run
is `grading/cell_rooms.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from grader.course.assignment import Check, Exercise
from grader.judging.cells.names import as_plain, names_of_others
from grader.judging.examination import Fault, nothing_read
from grader.judging.question import Args, Case, Question, Reaction, Solutions
from grader.judging.rules import Rule
from grader.report.report import Counterexample
from grader.wall.protocol import Read, Returned

Form = Literal["cell", "examples"]


@dataclass(frozen=True)
class CourseCell(Question):
    """A cell that is to run through, `source`, after `setup`: imports and helpers of the instructor's own.

    `form`: Python, or the examples of a doctest. With `apart`, each top-level statement with an assert is worth its
    share of the points, and runs whether or not those before it held; else the first that fails ends it all. Names that
    neither text binds are the student's.
    """

    source: str
    setup: str = ""
    form: Form = "cell"
    apart: bool = False

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names that it takes from the student's notebook. Raises ValueError for a doctest that is none."""
        return names_of_others(self.text, self.setup)

    @cached_property
    def text(self) -> str:
        """Its code, that of a doctest without what is shown. Raises ValueError for a doctest that is none."""
        return as_plain(self.source) if self.form == "examples" else self.source

    def cases(self, exercise: Exercise, solutions: Solutions, seed: int, asked_by: str) -> tuple[Case, ...]:
        del exercise, solutions, seed, asked_by
        return (Case(),)

    def put(self, args: Args, *, id: int, target: str) -> CellRun:
        del args
        return CellRun(id=id, target=target, cell=self)

    def seen(self, reaction: Reaction, target: str) -> Any:
        answer = reaction.answer
        if isinstance(answer, CellRan):
            return answer if answer.fault is None else answer.fault
        return nothing_read(answer, target) or Fault()

    def example(self, check: Check, reaction: Reaction, target: str) -> Counterexample | None:
        del check, target
        answer = reaction.answer
        return answer.call if isinstance(answer, CellRan) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRun(Read):
    """A question that crosses no wall as it is: a cell that is to be run against the work of which `target` is part.

    It is a reading to all who pass questions on; `CellRooms` takes it out and puts what the cell asks in its place.
    """

    cell: CourseCell


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CellRan(Returned):
    """What came of it: None, or why it did not run through; the last call that it made of the student's work; and the
    seconds of its own that it took."""

    value: None = field(default=None)
    fault: Fault | None = None
    call: Counterexample | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Passes(Rule):
    """The cell ran through."""

    def fault(self, reaction: Reaction) -> Fault | None:
        return None if isinstance(reaction.seen, CellRan) else Fault()
