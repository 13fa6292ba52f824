"""Whether an instructor's cell goes through with the reference: what tells whose fault it is that one did not end.

Asked only where a cell stopped in a way that a value of the work's may have brought about, and once for a class.
"""

from __future__ import annotations

from typing import Final

from grader.course.assignment import Exercise
from grader.errors import CourseError
from grader.grading.cell_rooms import CellRooms
from grader.grading.reference_rooms import ReferenceRooms
from grader.judging.cells import CellRan, CellRun, CourseCell

#: the part of its time that a cell may take with the reference: one that nearly took all of it decides nothing
MOST_TIME: Final = 0.5


class CellProofs:
    """Tries cells with the reference in rooms of their own, each once."""

    def __init__(self, rooms: ReferenceRooms, *, seed: int) -> None:
        """`seed` is what rooms of students draw from, and the cells with them."""
        self._rooms = rooms
        self._seed = seed
        self._known: dict[tuple[str, CourseCell], bool] = {}

    def goes_through(self, exercise: Exercise, cell: CourseCell) -> bool:
        """Whether the cell holds of the reference, by far within its limits. Raises SandboxError if a room is lost."""
        asked = exercise.id, cell
        if asked not in self._known:
            self._known[asked] = self._tried(exercise, cell)
        return self._known[asked]

    def _tried(self, exercise: Exercise, cell: CourseCell) -> bool:
        rooms = self._rooms
        try:
            with rooms.work(exercise, seed=self._seed) as work:
                tried = CellRooms(
                    sandbox=rooms.sandbox, ask=work.ask, limits=exercise.limits, files=rooms.files, seed=self._seed
                )
                (ran,) = tried.answers([CellRun(id=0, target=exercise.target, cell=cell)])
        except CourseError:  # which `grader check` names; of the student's work it says nothing
            return False
        assert isinstance(ran, CellRan)
        return ran.fault is None and ran.seconds <= MOST_TIME * exercise.limits.cpu_seconds
