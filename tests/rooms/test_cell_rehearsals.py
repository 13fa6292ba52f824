"""Rehearsed cells: what the reference was asked and said spares a room, and changes nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course.assignment import Assignment
from grader.course.edits import Script
from grader.errors import SandboxError
from grader.grading.cell_heard import AskedAhead, Noting, Rehearsal, exchanges_of
from grader.grading.cell_rehearsals import CellRehearsals
from grader.grading.cell_rooms import CellRooms
from grader.grading.key_store import KeyStore
from grader.grading.reference_rooms import ReferenceRooms
from grader.judging.cells import CellRan, CellRun, CourseCell, is_foreseen
from grader.judging.examination import Ask, no_value
from grader.lab import cell, check, work
from grader.limits import RoomLimits
from grader.messages import say
from grader.report.report import Verdict
from grader.wall.message_frames import to_bytes
from grader.wall.protocol import Answer, Call, Ended, Job, Opened, Question
from grader.wall.sandbox import Lend, Room, Sandbox
from grader.wall.sandbox.passing import PassingRoom
from tests.rooms.test_cell_rooms import LIMITS, OBJECTS, RIGHT, Account, Work, squares


class NoRooms:
    """A sandbox that has none left."""

    name = "none left"
    warning = None

    def room(self, limits: RoomLimits) -> AbstractContextManager[Room]:
        """See `Sandbox.room`."""
        raise SandboxError(f"no room is left of {limits.cpu_seconds} s")


def ran(sandbox: Sandbox, asked: CourseCell, ask: Ask, rehearsal: Rehearsal | None = None) -> CellRan:
    """What came of a cell."""
    rooms = CellRooms(sandbox=sandbox, ask=ask, limits=LIMITS, rehearsed=lambda _: rehearsal)
    (answer,) = rooms.answers([CellRun(id=0, target="squares", cell=asked)])
    assert isinstance(answer, CellRan)
    return answer


def rehearsed(sandbox: Sandbox, asked: CourseCell, names: dict[str, Any]) -> Rehearsal:
    """How the cell goes with these names as the reference's."""
    noting = Noting(Work(names).ask)
    assert ran(sandbox, asked, noting.answers).fault is None
    assert noting.frames is not None
    return Rehearsal(by_far=True, exchanges=exchanges_of(noting.frames))


#: but for the one that counts in the class itself, which here is the same for both
CELLS = {**RIGHT, **{name: cell(source) for name, source in OBJECTS.items() if name != "each made once"}}


@pytest.mark.parametrize("name", CELLS)
def test_work_that_answers_as_the_reference_did_needs_no_room_for_the_cell(name: str, sandbox: Sandbox) -> None:
    """A cell does what its text and the answers make of it, and both are the same."""
    names = {"squares": squares, "answer": np.array([1, 2]), "order": lambda box: box.sort(), "Account": Account}
    rehearsal = rehearsed(sandbox, CELLS[name], names)

    assert ran(NoRooms(), CELLS[name], Work(names).ask, rehearsal).fault is None


ENDED = Ended(reason="timed_out", message=say("cell_endless"))
ASKED = cell(
    "first = squares(2)\nif first[0] > 1:\n    squares(9)\nassert squares(first[-1]) == [1, 4, 9, 16]\nsquares(1)"
)


@pytest.mark.parametrize(
    "function",
    [
        pytest.param(squares, id="right"),
        pytest.param(lambda n: [float(each) for each in squares(n)], id="of another type"),
        pytest.param(lambda n: [each + 1 for each in squares(n)], id="asked something else from then on"),
        pytest.param(lambda n: squares(n) if n < 3 else [], id="wrong in the middle"),
        pytest.param(lambda n: squares(n)[n + 9], id="raises"),
        pytest.param(lambda n: squares(n) if n > 1 else squares(n)[9], id="raises at the end"),
        pytest.param(lambda n: (n, squares), id="what cannot be sent"),
    ],
)
def test_a_rehearsal_changes_neither_what_work_is_asked_nor_what_is_told_of_it(
    function: Callable[[int], Any], sandbox: Sandbox
) -> None:
    """Nothing is asked that the cell would not have asked by itself, and nothing twice."""
    rehearsal = rehearsed(sandbox, ASKED, {"squares": squares})
    alone, beside = (Work({"squares": function}) for _ in range(2))

    first, second = ran(sandbox, ASKED, alone.ask), ran(sandbox, ASKED, beside.ask, rehearsal)

    assert (second.fault, second.call) == (first.fault, first.call)
    assert list(map(to_bytes, beside.asked)) == list(map(to_bytes, alone.asked))


FORESEEN = cell(
    "".join(f"assert squares({n}) == {squares(n)}\n" for n in range(1, 5))
    + "box = [3, 1]\norder(box)\nassert box == [1, 3]\nassert squares(0) == []"
)
FUNCTIONS = [
    pytest.param(lambda n: [float(each) for each in squares(n)], id="of another type"),
    pytest.param(lambda n: [each + 1 for each in squares(n)], id="wrong at once"),
    pytest.param(lambda n: squares(n) if n < 3 else [], id="wrong in the middle"),
    pytest.param(lambda n: squares(n)[n + 9], id="raises"),
    pytest.param(lambda n: squares(n) if n else squares(n)[9], id="raises at the end"),
    pytest.param(lambda n: (n, squares), id="what cannot be sent"),
    pytest.param(lambda n: squares(n) if n < 3 else squares, id="what cannot be sent in the middle"),
]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_is_foreseen_is_asked_at_once_and_tells_the_same(function: Callable[[int], Any], sandbox: Sandbox) -> None:
    """The cell meets the answers that it would have met, changed arguments and exceptions among them."""
    names = {"squares": function, "order": lambda box: box.sort()}
    rehearsal = rehearsed(sandbox, FORESEEN, {**names, "squares": squares})
    alone, beside = (Work(names) for _ in range(2))

    first = ran(sandbox, FORESEEN, alone.ask)
    second = ran(sandbox, FORESEEN, beside.ask, replace(rehearsal, foreseen=is_foreseen(FORESEEN)))

    assert (second.fault, second.call) == (first.fault, first.call)
    assert list(map(to_bytes, beside.asked)) == [to_bytes(each.question) for each in rehearsal.exchanges or ()]


@dataclass
class Lending:
    """A sandbox that counts what its rooms are lent."""

    sandbox: Sandbox
    lent: int = 0

    @contextmanager
    def room(self, limits: RoomLimits) -> Iterator[Room]:
        """See `Sandbox.room`."""
        with self.sandbox.room(limits) as room:
            yield Lent(room, self)


class Lent(PassingRoom):
    """One of its rooms."""

    def __init__(self, room: Room, sandbox: Lending) -> None:
        super().__init__(room)
        self._sandbox = sandbox

    def open(self, job: Job, lend: Lend | None = None) -> Opened | Ended:
        """See `Room.open`."""
        assert lend is not None
        return super().open(job, lambda borrow: self._counted(lend(borrow)))

    def _counted(self, loan: Any) -> Any:
        self._sandbox.lent += 1
        return loan


@pytest.mark.parametrize("asked", [pytest.param(FORESEEN, id="foreseen"), pytest.param(ASKED, id="not foreseen")])
def test_a_cell_makes_no_journey_for_what_was_heard(asked: CourseCell, sandbox: Sandbox) -> None:
    """Up to the answer that is wrong, all of it was heard before its room was opened."""
    names = {"squares": squares, "order": lambda box: box.sort()}
    rehearsal = replace(rehearsed(sandbox, asked, names), foreseen=is_foreseen(asked))
    counting = Lending(sandbox)
    wrong = Work({**names, "squares": lambda n: squares(n) if n < 4 else []})

    assert ran(counting, asked, wrong.ask, rehearsal).fault is not None  # type: ignore[arg-type]  # all that it needs
    assert counting.lent == 0


def test_work_that_ended_at_what_the_cell_did_not_come_to_is_asked_again(sandbox: Sandbox) -> None:
    """Its room would have answered what other checks ask."""
    rehearsal = replace(rehearsed(sandbox, cell("squares(1)\nsquares(2)"), {"squares": squares}), foreseen=True)
    wrong = Work({"squares": lambda n: [n][1:]})

    def ask(questions: Sequence[Question]) -> list[Answer]:
        answers = wrong.ask(questions)
        ends = [isinstance(each, Call) and each.args == (2,) for each in questions]
        return [ENDED if end else answer for end, answer in zip(ends, answers, strict=True)]

    with pytest.raises(AskedAhead):
        ran(sandbox, cell("assert squares(1)\nsquares(2)"), ask, rehearsal)
    assert ran(sandbox, cell("squares(1)\nassert squares(2)"), ask, rehearsal).fault == no_value(ENDED, "squares")


def test_a_cell_that_ends_its_room_tells_what_it_called_last(sandbox: Sandbox) -> None:
    """What it took of what it was told died with the room, so it runs once more and asks."""
    source = cell("got = squares(2)\nif len(got) == 3:\n    import os\n    os._exit(1)\nsquares(3)")
    rehearsal = replace(rehearsed(sandbox, source, {"squares": squares}), foreseen=True)
    wrong = ran(sandbox, source, Work({"squares": lambda n: squares(n + 1)}).ask, rehearsal)

    assert (wrong.fault and wrong.fault.verdict, wrong.call and wrong.call.call) == (Verdict.NOT_GRADED, "squares(2)")


SQUARES = "def squares(n):\n    return [k * k for k in range(1, n + 1)]\n"


def rehearsals(sandbox: Sandbox, folder: Path, *asked: CourseCell, reference: str = SQUARES) -> list[Rehearsal | None]:
    """How cells go with a reference, by a store in that folder."""
    exercise = work("squares", "Squares").checks(*(check(f"c{n}", "A cell", 1, each) for n, each in enumerate(asked)))
    assignment = Assignment(id="cells", title="cells", version="1", exercises=(exercise,))
    rooms = ReferenceRooms(assignment, Script("solution.py", reference), sandbox, seed=0)
    known = CellRehearsals(rooms, seed=0, store=KeyStore(folder), name="key")
    return [known.of(exercise, each) for each in asked]


def test_a_rehearsal_is_kept_with_the_key(sandbox: Sandbox, tmp_path: Path) -> None:
    """So whoever grades the class after that needs no room for it."""
    right = cell("assert squares(2) == [1, 4]")
    (first,) = rehearsals(sandbox, tmp_path, right)
    (second,) = rehearsals(NoRooms(), tmp_path, right)

    assert [len(each.exchanges or ()) for each in (first, second) if each is not None] == [2, 2]


def test_a_cell_that_does_not_hold_of_the_reference_tells_nothing_of_any_work(sandbox: Sandbox, tmp_path: Path) -> None:
    """It is put to everybody, as `grader check` has said."""
    assert rehearsals(sandbox, tmp_path, cell("assert squares(2) == []"), cell("assert cubes(2)")) == [None, None]


def test_what_is_too_much_to_keep_is_asked_every_time(sandbox: Sandbox, tmp_path: Path) -> None:
    """A cell of megabytes has a room of its own."""
    reference = "import numpy as np\ndef squares(n):\n    return np.arange(n) ** 2\n"
    (rehearsal,) = rehearsals(sandbox, tmp_path, cell("assert len(squares(10**6)) == 10**6"), reference=reference)

    assert rehearsal is not None
    assert rehearsal.exchanges is None
