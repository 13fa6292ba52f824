"""An instructor's cell of fifty calls: run outside the student's process as we do, against the same cell within it.

`python -m tests.benchmarks.cells RUNS` prints a row for each kind of work. Inside, one room runs the notebook and then
the cell; outside, the cell is put to such a room from elsewhere. Counted is the processor time of this process and of
all rooms from fork to end, with the sandbox that the machine gives.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from grader.course.assignment import Assignment, Exercise
from grader.course.edits import Script
from grader.grading.cell_rehearsals import CellRehearsals
from grader.grading.cell_rooms import CellRooms
from grader.grading.key_store import KeyStore
from grader.grading.reference_rooms import ReferenceRooms
from grader.judging.cells import CellRan, CellRun
from grader.lab import cell, check, work
from grader.limits import RoomLimits
from grader.wall.protocol import Job, Leave, Opened, Statement
from grader.wall.sandbox import Sandbox
from grader.wall.sandbox.forked import choose_sandbox
from grader.wall.sandbox.live_room import LiveRoom
from tests.benchmarks.table import Row, row, table
from tests.benchmarks.watching import Watching, buried

RATIO: Final = 2.0
CALLS: Final = 50
IMPORT: Final = "import numpy as np\n"
SOFTMAX: Final = "def softmax(z):\n    ez = np.exp(z)\n    return ez / np.sum(ez)\n"
CELL: Final = cell(
    "\n".join(f"assert np.allclose(softmax(np.array([{n}.0, 1.0, 2.0])).sum(), 1.0)" for n in range(CALLS)),
    setup=IMPORT,
)
#: what is handed in, by what it is beside the reference
WORKS: Final = {
    "work that answers as the reference does": SOFTMAX.replace("ez", "powers"),
    "work that differs in the last digits": SOFTMAX.replace("np.exp(z)", "np.exp(z - z.max())"),
    "work that is wrong in the last call": f"{SOFTMAX}    / (1 if z[0] < {CALLS - 1} else 2)\n".replace(
        "np.sum(ez)\n    ", "np.sum(ez)"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A sandbox whose rooms are counted, and the cell as it was rehearsed there."""

    sandbox: Sandbox
    exercise: Exercise
    rehearsals: CellRehearsals

    def outside(self, source: str) -> None:
        """The cell, put to a room that runs `source`."""
        with self.sandbox.room(self.exercise.limits) as room:
            assert isinstance(room.open(_job(source)), Opened)
            rooms = CellRooms(
                sandbox=self.sandbox,
                ask=room.ask,
                limits=self.exercise.limits,
                rehearsed=partial(self.rehearsals.of, self.exercise),
            )
            (ran,) = rooms.answers([CellRun(id=0, target="softmax", cell=CELL)])
            assert isinstance(ran, CellRan)
            assert isinstance(room.leave(), Leave)

    def inside(self, source: str) -> None:
        """The cell, run after `source` in its room."""
        with self.sandbox.room(self.exercise.limits) as room:
            assert isinstance(room.open(_job(source, CELL.setup, CELL.source)), Opened)
            assert isinstance(room.leave(), Leave)


def cells(sandbox: Sandbox, runs: int) -> Iterator[Row]:
    """A row for each kind of work."""
    rooms: list[float] = []

    def note(room: LiveRoom) -> None:
        rooms.append(buried(room).cpu_seconds)

    def spent(run: Callable[[str], None], source: str) -> float:
        rooms.clear()
        before = time.process_time()
        run(source)
        return time.process_time() - before + sum(rooms)

    exercise = work("softmax", "softmax").checks(check("cell", "The cell", 1, CELL))
    watched = Watching(sandbox, after=note)
    bench = Bench(sandbox=watched, exercise=exercise, rehearsals=_rehearsals(exercise, watched))
    assert bench.rehearsals.of(exercise, CELL) is not None
    for kind, source in WORKS.items():
        spent(bench.outside, source), spent(bench.inside, source)  # the first of anything is slower
        turns = [(spent(bench.outside, source), spent(bench.inside, source)) for _ in range(runs)]
        yield _row(kind, turns)


def _rehearsals(exercise: Exercise, sandbox: Sandbox) -> CellRehearsals:
    assignment = Assignment(id="bench", title="bench", version="1", exercises=(exercise,))
    rooms = ReferenceRooms(assignment, Script("solution.py", IMPORT + SOFTMAX), sandbox, seed=0)
    return CellRehearsals(rooms, seed=0, store=KeyStore(None), name="bench")


def _job(*sources: str) -> Job:
    statements = [Statement(cell=n, line=1, source=each, role="cell") for n, each in enumerate((IMPORT, *sources), 1)]
    return Job(statements=tuple(statements), target="softmax", seed=0, files={}, answer_bytes=RoomLimits().answer_bytes)


def _row(kind: str, turns: list[tuple[float, float]]) -> Row:
    ratio = statistics.median(outside / inside for outside, inside in turns)
    outside, inside = (1e3 * statistics.median(each) for each in zip(*turns, strict=True))
    what = f"a cell of {CALLS} calls outside, against the same cell in the student's process: processor time, {kind}"
    return row(what, ratio, reach=RATIO, unit=" x", note=f"{outside:.0f} ms against {inside:.0f} ms")


if __name__ == "__main__":
    with choose_sandbox("auto", "numpy") as given:
        sys.stdout.write(f"{table(list(cells(given, int(sys.argv[1]))))}\n")
