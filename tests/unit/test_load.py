"""Who is to blame when the clock runs out: code that waited by itself, or a machine that was too busy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.sandbox.load import seconds_in_the_queue, was_starved


@pytest.mark.parametrize(
    ("queued", "starved"),
    [
        pytest.param(0.1, False, id="it slept"),
        pytest.param(9.9, False, id="a little crowded"),
        pytest.param(10.0, True, id="a quarter of the time in the queue"),
        pytest.param(None, True, id="nobody counts"),
    ],
)
def test_a_quarter_of_the_time_in_the_queue_is_the_machines_fault(queued: float | None, starved: bool) -> None:
    """Forty seconds on the clock; unknown counts for the student."""
    assert was_starved(queued, 40.0) is starved


def test_the_thread_that_waited_longest_counts(tmp_path: Path) -> None:
    """The second number of its schedstat, in nanoseconds. Threads that stand in each other's way add up to nothing."""
    for thread, line in {"7": "5 1500000000 3", "8": "5 500000000 3"}.items():
        (tmp_path / "7" / "task" / thread).mkdir(parents=True)
        (tmp_path / "7" / "task" / thread / "schedstat").write_text(line, encoding="ascii")

    assert seconds_in_the_queue(7, proc=tmp_path) == 1.5


def test_a_process_that_is_not_there_waited_for_nobody_knows_how_long(tmp_path: Path) -> None:
    """None, not zero."""
    assert seconds_in_the_queue(7, proc=tmp_path) is None


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="this system does not count waiting times")
def test_our_own_waiting_is_counted_here() -> None:
    """On Linux the figure is there."""
    assert (seconds_in_the_queue(os.getpid()) or 0.0) >= 0.0
