"""Instructors' cells and students' work against one another, each in a room of its own, in both tiers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.grading.cell_rooms import CellRooms
from grader.judging.cells import CellRan, CellRun, CourseCell
from grader.judging.examination import Fault
from grader.lab import cell
from grader.limits import RoomLimits
from grader.report.report import Verdict
from grader.wall.sandbox import Sandbox
from tests.english import spoken
from tests.hostile.conftest import TIERS, opened
from tests.hostile.on_cells import OURS, SQUARES, WORK
from tests.rooms.jobs import opened as opened_room

LIMITS = RoomLimits(cpu_seconds=1, wall_factor=2, printed_bytes=100_000)


@pytest.fixture(scope="module", params=TIERS)
def locked(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox of each tier with NumPy."""
    with opened(request.param, "numpy") as given:
        yield given


def fault_of(sandbox: Sandbox, work: str, asked: CourseCell) -> Fault | None:
    """Why the cell did not go through with that work; None if it did."""
    with opened_room(sandbox, work, limits=LIMITS) as room:
        rooms = CellRooms(sandbox=sandbox, ask=room.ask, limits=LIMITS, most_calls=50)
        (ran,) = rooms.answers([CellRun(id=0, target="f", cell=asked)])
    assert isinstance(ran, CellRan)
    return ran.fault


@pytest.mark.parametrize("name", OURS)
def test_a_cell_that_ends_by_its_own_fault_is_no_zero(locked: Sandbox, name: str) -> None:
    """It is bounded, and not graded: no student pays for it."""
    fault = fault_of(locked, SQUARES, OURS[name])

    assert fault is not None
    assert fault.verdict is Verdict.NOT_GRADED
    assert spoken(fault.detail).startswith("This was not graded, for a reason that is not yours: ")


@pytest.mark.parametrize("name", WORK)
def test_work_that_would_deceive_or_hold_up_a_cell_earns_nothing(locked: Sandbox, name: str) -> None:
    """It costs its own room, and no other work's cell is held up."""
    source, asked, verdicts = WORK[name]
    fault = fault_of(locked, source, cell(asked))

    assert fault is not None
    assert fault.verdict in verdicts
    assert not fault.share
