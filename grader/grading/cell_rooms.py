"""Cell rooms: where an instructor's cell runs, as a room borrows from the reference, the other way round.

A cell room is locked like a reference room and holds no line of a student's. What the cell calls of the student's work
is asked of the student's room, over the wall, and what comes back is plain data or the number of an object that stays
there; of the cell's text nothing goes there but functions that it passes, with what these name.
What ends the cell without a word of the student's work being wrong is ours, and then it is not graded; unless the cell
goes through with the reference, so that only a value of the work's can have ended it. Work that answers as the
reference did when the cell was rehearsed brings it through with no room for it: see `cell_heard.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from grader.grading.cell_faults import UNDECIDED, fault_of, of_the_work
from grader.grading.cell_heard import AskedAhead, Exchange, Rehearsal, Retold, asked_alike
from grader.grading.cell_things import USE, WITH, WITHOUT
from grader.grading.cell_told import Told
from grader.grading.cell_work import VALUE_OF, Work
from grader.judging.cells import CellRan, CellRun, CourseCell
from grader.judging.cells.asserts import CALLED, COMPARED, EXAMPLES, GIVEN, HELD, TAKEN, apart, telling
from grader.judging.examination import Ask
from grader.limits import RoomLimits
from grader.wall.protocol import Answer, Ended, Job, Opened, Question, Statement
from grader.wall.sandbox import Sandbox

#: calls of the student's work that one cell may make
MOST_CALLS: Final = 10_000
_BINDS_HARNESS: Final = f"""\
from grader.wall.room import cell_harness as __grader_harness__
{COMPARED}, {CALLED} = __grader_harness__.compared, __grader_harness__.called
{HELD}, {EXAMPLES} = __grader_harness__.held, __grader_harness__.examples
{TAKEN} = lambda *names: {USE}({WITHOUT!r}, *names)
{GIVEN} = lambda *names: {USE}({WITH!r}, *names)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRooms:
    """Lets cells run against the work in one student's room, which `ask` asks, in rooms of `sandbox`.

    `files` lie beside the cell; `seed` is what the student's room draws from as well. `rehearsed` tells how a cell goes
    through with the reference, if it does. With `ahead`, what a cell is foreseen to ask is asked at once.
    """

    sandbox: Sandbox
    ask: Ask
    limits: RoomLimits
    files: Mapping[str, bytes] = field(default_factory=dict)
    seed: int = 0
    most_calls: int = MOST_CALLS
    rehearsed: Callable[[CourseCell], Rehearsal | None] = lambda _: None
    ahead: bool = True

    def answers(self, questions: Sequence[Question]) -> list[Answer]:
        """The answers in order: a cell runs in a room of its own, everything else is passed on.

        Raises SandboxError if a cell room was lost through no fault of the cell, and AskedAhead if the student's room
        is not what it would be had it been asked by the cell alone.
        """
        if not any(isinstance(each, CellRun) for each in questions):
            return list(self.ask(questions))
        return [self._ran(each) if isinstance(each, CellRun) else self.ask([each])[0] for each in questions]

    def _ran(self, run: CellRun) -> Answer:
        rehearsal = self.rehearsed(run.cell)
        heard: list[Exchange] = []
        if rehearsal is not None and rehearsal.exchanges is not None:
            heard, alike = asked_alike(rehearsal, self.ask, ahead=self.ahead)
            if alike:
                return CellRan(id=run.id)
        ahead = self.ahead and rehearsal is not None and rehearsal.foreseen
        ran = self._put(run, Retold(heard, self.ask), tells=True, ahead=ahead)
        if ran is None:
            ran = self._put(run, Retold(heard, self.ask), tells=False, ahead=ahead)
            assert ran is not None
        if ran.fault is not None and ran.fault.cause == UNDECIDED and rehearsal is not None and rehearsal.by_far:
            return replace(ran, fault=of_the_work(ran.fault))
        return ran

    def _put(self, run: CellRun, heard: Retold, *, tells: bool, ahead: bool) -> CellRan | None:
        """What came of the cell in a room that is told what was heard; None if it ended, and nobody knows where."""
        work = Work(heard.answers, run.cell.names, most_calls=self.most_calls)
        if work.stopped is not None:
            return CellRan(id=run.id, fault=work.stopped)
        script = _script(run.cell, work)
        told = Told(work, heard.left if tells else ())
        opened, seconds = self._opened(script, told)
        if isinstance(opened, Ended) and told.is_open:
            return None
        if ahead and heard.too_much:
            raise AskedAhead
        fault = fault_of(run.cell, script, work, opened)
        return CellRan(id=run.id, fault=fault, call=None if fault is None else work.last_call, seconds=seconds)

    def _opened(self, script: Sequence[Statement], told: Told) -> tuple[Opened | Ended, float]:
        """How the script went in a room of its own, and the seconds that it took."""
        with self.sandbox.room(self.limits) as room:
            opened = room.open(self._job(script, told), told.lend)
            if isinstance(opened, Opened):
                told.take(opened.told)
            return opened, room.seconds

    def _job(self, script: Sequence[Statement], told: Told) -> Job:
        return Job(
            statements=tuple(script),
            target=VALUE_OF,
            seed=self.seed,
            files=dict(self.files),
            answer_bytes=self.limits.answer_bytes,
            borrows=(VALUE_OF, USE),
            told=told.frames,
        )


def _script(cell: CourseCell, work: Work) -> list[Statement]:
    """What runs in the cell room: harness, setup, the student's variables, functions and objects, all numbered 0, and
    the cell, which is 1."""
    values = [f"{name} = {VALUE_OF}({name!r})" for name in work.values]
    functions = [f"{name} = __grader_harness__.Function({USE}, {name!r})" for name in work.functions]
    objects = [
        f"{name} = __grader_harness__.Thing({USE}, {number}, {kinds})" for name, (number, kinds) in work.objects.items()
    ]
    begins = f"__grader_harness__.begin({USE}, {(cell.setup, cell.text)!r}, globals())"
    bound = "\n".join((*values, *functions, *objects, begins))
    return [_before(_BINDS_HARNESS), _before(cell.setup), _before(bound), *_of_cell(cell)]


def _before(source: str) -> Statement:
    return Statement(cell=0, line=1, source=source, role="definition")


def _of_cell(cell: CourseCell) -> list[Statement]:
    if cell.form == "examples":
        return [Statement(cell=1, line=1, source=f"{EXAMPLES}({cell.source!r}, globals())", role="cell")]
    if not cell.apart:
        return [Statement(cell=1, line=1, source=telling(cell.source, cell.names), role="cell")]
    return [
        Statement(cell=1, line=line, source=source, role="cell")
        for line, source in apart(telling(cell.source, cell.names))
    ]
