"""A crew outlives its workers: whatever one of them does, only its own task is at stake."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.classes.crew import Crew, Done, Lost, usable_cores
from grader.errors import CourseError, GraderError, SandboxUnavailable
from tests.english import spoken
from tests.unit.benches import Closed, Shouting

LONG = 120.0


def outcomes(folder: Path, *tasks: str, size: int = 2) -> dict[str, str]:
    """What came of each task: the result, or why it was lost. With every attempt to hang, a thousand seconds pass."""
    mark = folder / "done-hang"

    def clock() -> float:
        return 1_000.0 * mark.stat().st_size if mark.exists() else 0.0

    crew: Crew[str, str] = Crew(Shouting(folder=folder), size=size, seconds=LONG, clock=clock)
    with crew:
        return {each.task: said(each) for each in crew.work(iter(tasks))}


def said(outcome: Done[str, str] | Lost[str]) -> str:
    return outcome.result if isinstance(outcome, Done) else f"lost: {spoken(outcome.reason)}"


def test_every_task_comes_back_with_its_result(tmp_path: Path) -> None:
    """In whatever order they are done."""
    assert outcomes(tmp_path, "a", "b", "c", "d", "e") == {"a": "A", "b": "B", "c": "C", "d": "D", "e": "E"}


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        pytest.param("die", "the process that graded it ended, by SIGKILL", id="killed"),
        pytest.param("raise", "the grader failed with ZeroDivisionError: nothing to divide by", id="a bug of ours"),
    ],
)
def test_a_task_that_ends_two_workers_is_lost_and_no_other_is(tmp_path: Path, task: str, reason: str) -> None:
    """One submission can only lose itself."""
    came = outcomes(tmp_path, "a", task, "b", "c")

    assert came.pop(task).startswith(f"lost: {reason}")
    assert came == {"a": "A", "b": "B", "c": "C"}


def test_a_task_that_takes_too_long_is_ended_and_lost(tmp_path: Path) -> None:
    """Every wait has a deadline."""
    came = outcomes(tmp_path, "a", "hang", "b", size=1)

    assert came == {"a": "A", "b": "B", "hang": "lost: it took longer than 120 seconds"}


@pytest.mark.parametrize("task", ["die once", "raise once"])
def test_a_task_is_tried_once_more_by_another_worker(tmp_path: Path, task: str) -> None:
    """A worker may fall to something that has nothing to do with its task."""
    assert outcomes(tmp_path, "a", task, "b", size=1) == {"a": "A", "b": "B", task: task.upper()}


@pytest.mark.parametrize(
    ("task", "error"), [("stop", CourseError), ("roomless", SandboxUnavailable)], ids=["course", "sandbox"]
)
def test_what_no_worker_can_help_ends_the_run_at_once(tmp_path: Path, task: str, error: type[GraderError]) -> None:
    """A course that is at fault, or a machine without rooms, is said once and not for every submission."""
    asked = iter([task, *("a" * 300)])

    with pytest.raises(error), Crew[str, str](Shouting(folder=tmp_path), size=1, seconds=LONG) as crew:
        list(crew.work(asked))
    assert len(list(asked)) == 300


def test_workers_that_cannot_start_end_the_run() -> None:
    """A broken installation does not cost every submission two attempts."""
    crew: Crew[str, str] = Crew(Closed(error=RuntimeError("shut")), size=1, seconds=LONG)

    with pytest.raises(GraderError, match=r"cannot start: .*shut"), crew:
        list(crew.work(iter("abc")))


def test_a_task_is_asked_for_only_when_a_worker_is_free(tmp_path: Path) -> None:
    """Ten thousand submissions are never lined up in memory."""
    asked: list[str] = []

    def tasks() -> Iterator[str]:
        for word in "abcdefgh":
            asked.append(word)
            yield word

    with Crew[str, str](Shouting(folder=tmp_path), size=2, seconds=LONG) as crew:
        done = [len(asked) for _ in crew.work(tasks())]
    assert all(ahead <= behind + 3 for behind, ahead in enumerate(done))


def test_no_more_workers_start_than_there_are_tasks(tmp_path: Path) -> None:
    """A single changed notebook does not load the libraries on every core."""
    with Crew[str, str](Shouting(folder=tmp_path), size=8, seconds=LONG) as crew:
        list(crew.work(iter(["a"])))
        assert len(multiprocessing.active_children()) == 1


def test_nothing_to_do_starts_nobody(tmp_path: Path) -> None:
    """An unchanged class is done without a worker."""
    with Crew[str, str](Shouting(folder=tmp_path), size=2, seconds=LONG) as crew:
        assert list(crew.work(iter(()))) == []
        assert multiprocessing.active_children() == []


def test_leaving_closes_every_bench(tmp_path: Path) -> None:
    """No process and no room outlives the crew, and each bench is left in order."""
    outcomes(tmp_path, "a", "b", "c")

    assert list(tmp_path.glob("open-*")) == []
    assert multiprocessing.active_children() == []


def test_an_interrupt_ends_workers_in_the_middle_of_a_task(tmp_path: Path) -> None:
    """Ctrl-C does not wait for a submission that takes long, and its bench is closed all the same."""
    with pytest.raises(KeyboardInterrupt):
        interrupted_after_one(tmp_path, "a", "hang", "b")
    assert list(tmp_path.glob("open-*")) == []
    assert multiprocessing.active_children() == []


def interrupted_after_one(folder: Path, *tasks: str) -> None:
    with Crew[str, str](Shouting(folder=folder), size=2, seconds=LONG) as crew:
        next(crew.work(iter(tasks)))
        raise KeyboardInterrupt


def test_an_interrupt_of_the_terminal_is_left_to_the_parent(tmp_path: Path) -> None:
    """Ctrl-C reaches every process of the group; a worker that it hits goes on."""
    with Crew[str, str](Shouting(folder=tmp_path), size=1, seconds=LONG) as crew:
        results = crew.work(iter(["who 1", "who 2"]))
        first = said(next(results))
        os.kill(int(first.rpartition(" ")[2]), signal.SIGINT)
        second = said(next(results))
    assert first.rpartition(" ")[2] == second.rpartition(" ")[2]


def test_at_least_one_core_is_usable() -> None:
    """Whatever a container's quota says."""
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)
