"""Grading leaves the processor to whoever looks at a page."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from grader.service.worker.tied import GIVES_WAY
from grader.service.worker.work import GradingWork
from grader.wall.sandbox.forked import choose_sandbox
from grader.wall.sandbox.live_room import LiveRoom
from grader.wall.sandbox.niceness import as_nice_as_we
from tests.rooms.jobs import LIMITS, job

NICE = min(os.nice(0) + GIVES_WAY, 19)


def at_work(told: Callable[[], list[int]]) -> list[int]:
    """What is told by a process of its own, once that has begun to grade."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_begun, told).result()


def _begun(told: Callable[[], list[int]]) -> list[int]:
    theirs, _ = get_context("spawn").Pipe(duplex=False)
    with GradingWork(sandbox="none", private=(), keys=None, told=theirs, most=1, memory=1).open():
        return told()


def niceness() -> list[int]:
    """Of the process that asks."""
    return [os.nice(0)]


def niceness_of_sessions() -> list[int]:
    """What the kernel gives the sessions of a slot, and of rooms in the strongest tier and in none."""
    told = [_of_session(os.getpid())]
    for tier in ("auto", "none"):
        with choose_sandbox(tier, "numpy") as sandbox, sandbox.room(LIMITS) as room:
            assert isinstance(room, LiveRoom)
            room.open(job("x = 1", target="x"))
            told.append(_of_session(room.process))
    return told


def _of_session(process: int | None) -> int:
    return int(_session(process).split()[-1])


def _session(process: int | None) -> str:
    """As the kernel shows it: nothing, for who was begun by what never left the machine's first session."""
    return Path(f"/proc/{process}/autogroup").read_text()


def test_what_grades_comes_after_what_answers() -> None:
    """A slot's process, and with it its rooms, is nicer than the process that began it."""
    assert at_work(niceness) == [NICE]


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="this kernel has no autogroups")
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: others may tell the kernel only ten times a second")
def test_sessions_of_a_slot_and_its_rooms_come_after_others() -> None:
    """Where the kernel shares the processor among sessions, niceness is told for each session: a slot's own is not the
    one that it was started in, and every room has another."""
    mine = _session(os.getpid())
    assert at_work(niceness_of_sessions) == [NICE] * 3
    assert _session(os.getpid()) == mine


@pytest.mark.parametrize("process", [None, 7])
def test_who_gives_no_way_tells_no_session(process: int | None, tmp_path: Path) -> None:
    """A command's rooms are as every other process; a room whose process is not known is left alone."""
    told = tmp_path / "7" / "autogroup"
    told.parent.mkdir()
    as_nice_as_we(process, proc=tmp_path)
    assert told.exists() == (process is not None and os.nice(0) > 0)
