"""Patience: the rooms of one submission share what its exercises may take together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from grader.limits import RoomLimits
from grader.messages import Message
from grader.wall.protocol import Answer, Ended, Job, Leave, Opened, Question
from grader.wall.sandbox import Lend, Room
from grader.wall.sandbox.patience import LAST_SECONDS, Patience

LIMITS = RoomLimits(cpu_seconds=10, wall_factor=4)


@dataclass
class SlowRoom:
    """Says nothing, and took so many seconds."""

    seconds: float
    printed: str = ""
    computed: float | None = None

    def open(self, job: Job, lend: Lend | None = None) -> Opened | Ended:
        raise NotImplementedError

    def ask(self, questions: Sequence[Question]) -> Sequence[Answer]:
        raise NotImplementedError

    def leave(self) -> Leave | Ended:
        raise NotImplementedError


@dataclass
class SlowSandbox:
    """Its rooms take as long as they are told, one after the other; it remembers what each was allowed."""

    takes: list[float]
    name: str = "slow"
    warning: Message | None = None
    allowed: list[tuple[int, int]] = field(default_factory=list)

    @contextmanager
    def room(self, limits: RoomLimits) -> Iterator[Room]:
        self.allowed.append((limits.cpu_seconds, limits.wall_seconds))
        yield SlowRoom(self.takes.pop(0))


LAST = (LAST_SECONDS, LAST_SECONDS)


@pytest.mark.parametrize(
    ("takes", "allowed"),
    [
        pytest.param([0.5] * 4, [(10, 40)] * 4, id="answers that do not wait"),
        pytest.param([40, 40, 20, 2], [(10, 40), (10, 40), (10, 20), LAST], id="rooms that sleep"),
        pytest.param([40, 40, 15, 5], [(10, 40), (10, 40), (10, 20), (5, 5)], id="a little is left"),
        pytest.param([100, 0.1, 0.1], [(10, 40), LAST, LAST], id="nothing is left, and each room gets a moment"),
    ],
)
def test_rooms_share_one_patience(takes: list[float], allowed: list[tuple[int, int]]) -> None:
    """Computing time and clock of each room, of a hundred seconds for all of them."""
    sandbox = SlowSandbox(takes=list(takes))
    patience = Patience(sandbox, seconds=100)
    for _ in takes:
        with patience.room(LIMITS):
            pass

    assert sandbox.allowed == allowed


def test_a_room_that_was_lost_is_counted() -> None:
    """Whatever ended it, it took its time."""
    sandbox = SlowSandbox(takes=[100, 1])
    patience = Patience(sandbox, seconds=100)
    with pytest.raises(ValueError, match="lost"), patience.room(LIMITS):
        raise ValueError("lost")
    with patience.room(LIMITS):
        pass

    assert sandbox.allowed[1] == LAST
