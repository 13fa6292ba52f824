"""Rehearsals of instructors' cells: whether each goes through with the reference, and what it asks of it meanwhile.

They tell whose fault it is that a cell did not end, and spare its room where a student's work answers alike. A cell is
rehearsed once for a class, in rooms without a line of a student's, and what came of it is kept with the key.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from grader.course.assignment import Exercise
from grader.errors import CourseError
from grader.grading.cell_heard import Noting, Rehearsal, exchanges_of
from grader.grading.cell_rooms import CellRooms
from grader.grading.key_store import KeyStore
from grader.grading.reference_rooms import ReferenceRooms
from grader.judging.cells import CellRan, CellRun, CourseCell, is_foreseen

#: the part of its time that a cell may take with the reference: one that nearly took all of it decides nothing
MOST_TIME: Final = 0.5


class _DoesNotGoThrough(Exception):
    """The cell does not hold of the reference: nothing that is worth keeping."""


class CellRehearsals:
    """Tries cells with the reference in rooms of their own, each once."""

    def __init__(self, rooms: ReferenceRooms, *, seed: int, store: KeyStore, name: str) -> None:
        """`seed` is what rooms of students draw from, and the cells with them; `name` that of the key in `store`."""
        self._rooms = rooms
        self._seed = seed
        self._store = store
        self._name = name
        self._known: dict[tuple[str, CourseCell], Rehearsal | None] = {}

    def of(self, exercise: Exercise, cell: CourseCell) -> Rehearsal | None:
        """How the cell goes through with the reference; None if it does not, or the reference does not answer, which
        `grader check` names. Raises SandboxError if a room is lost."""
        asked = exercise.id, cell
        if asked not in self._known:
            self._known[asked] = self._kept(exercise, cell)
        return self._known[asked]

    def _kept(self, exercise: Exercise, cell: CourseCell) -> Rehearsal | None:
        text = repr((cell.source, cell.setup, cell.form, cell.apart))
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
        name = f"{self._name}.{exercise.id}.{digest}.{self._seed}.cell"
        try:
            told = self._store.kept(name, dict, lambda: self._tried(exercise, cell))
        except (CourseError, _DoesNotGoThrough):
            return None
        frames = told["frames"]
        exchanges = None if frames is None else exchanges_of(frames)
        return Rehearsal(by_far=told["by_far"], exchanges=exchanges, foreseen=is_foreseen(cell))

    def _tried(self, exercise: Exercise, cell: CourseCell) -> dict[str, Any]:
        rooms = self._rooms
        with rooms.work(exercise, seed=self._seed) as work:
            noting = Noting(work.ask)
            tried = CellRooms(
                sandbox=rooms.sandbox, ask=noting.answers, limits=exercise.limits, files=rooms.files, seed=self._seed
            )
            (ran,) = tried.answers([CellRun(id=0, target=exercise.target, cell=cell)])
        assert isinstance(ran, CellRan)
        if ran.fault is not None:
            raise _DoesNotGoThrough
        return {"by_far": ran.seconds <= MOST_TIME * exercise.limits.cpu_seconds, "frames": noting.frames}
