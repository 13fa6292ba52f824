"""Whose time it was when the clock runs out: the room's own, or what a busy machine or a busy judge made of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

import pytest

from grader.wall.sandbox.load import OwnTime, our_seconds_in_the_queue, seconds_in_the_queue


def threads(proc: Path, **lines: str | None) -> Path:
    """A procfs with one process, number 7, of these threads by their schedstat; None: it ended just now."""
    for thread, line in lines.items():
        folder = proc / "7" / "task" / thread.removeprefix("t")
        folder.mkdir(parents=True)
        if line is not None:
            (folder / "schedstat").write_text(line, encoding="ascii")
    return proc


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        pytest.param({"t7": "5 1500000000 3", "t8": "5 500000000 3"}, 1.5, id="the thread that waited longest"),
        pytest.param({"t7": "5 1500000000 3", "t8": None}, 1.5, id="beside one that has ended since"),
        pytest.param({"t7": None}, 0.0, id="all have ended"),
        pytest.param({"t7": "nobody counts here"}, 0.0, id="what is no figure"),
        pytest.param({}, 0.0, id="no such process"),
    ],
)
def test_the_kernel_tells_how_long_a_room_stood_in_the_queue(
    tmp_path: Path, lines: dict[str, str | None], seconds: float
) -> None:
    """The second number, in nanoseconds. What cannot be read is never proof of load."""
    assert seconds_in_the_queue(7, proc=threads(tmp_path, **lines)) == seconds


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="this system does not count waiting times")
def test_our_own_waiting_is_counted_here() -> None:
    """On Linux the figures are there, for rooms and for the judge."""
    assert seconds_in_the_queue(os.getpid()) >= 0.0
    assert our_seconds_in_the_queue() > 0.0


def clock(queued: float, ours: Iterator[float]) -> OwnTime:
    """A clock of a room that stood so long in the queue, asked by a judge who stood as long as `ours` says."""
    own = OwnTime(lambda _: queued, lambda: next(ours))
    own.start(7)
    for _ in range(1000):
        with own.running():
            pass
    return own


@pytest.mark.parametrize(
    ("queued", "ours"),
    [
        pytest.param(1e6, repeat(0.0), id="the room stood in the queue"),
        pytest.param(0.0, iter([0.0, 0.0, 1e6]), id="the judge did"),
    ],
)
def test_what_the_machine_took_is_not_the_rooms(queued: float, ours: Iterator[float]) -> None:
    """Whoever of the two had to wait for a processor."""
    own = clock(queued, ours)

    assert (own.look(), own.waited > 0.0) == (0.0, True)


def test_what_the_room_slept_is_its_own() -> None:
    """It had its processor and did not use it; what the judge had waited before is not subtracted."""
    own = clock(0.0, repeat(5.0))

    assert own.look() == own.waited > 0.0
