"""Benches for a crew in tests: what a worker does is written in the task. No test lives here.

A task is a word. `die`, `hang`, `raise` and `stop` do so; `die once` and the like only until their mark lies in the
folder; every other word comes back in capitals.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.errors import CourseError, SandboxUnavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class Shouting:
    """A bench that obeys. `folder` is where it leaves marks: who works, and what was done once."""

    folder: Path

    @contextmanager
    def open(self) -> Iterator[Callable[[str], str]]:
        """Leaves a mark while it is open."""
        mark = self.folder / f"open-{os.getpid()}"
        mark.touch()
        try:
            yield self._obey
        finally:
            mark.unlink()

    def _obey(self, task: str) -> str:
        word, _, once = task.partition(" ")
        mark = self.folder / f"done-{word}"
        if not (once and mark.exists()):
            with mark.open("a", encoding="ascii") as file:
                file.write("x")  # one for each attempt
            _do(word)
        return f"{task.upper()} by {os.getpid()}" if word == "who" else task.upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A bench that cannot be opened."""

    error: Exception

    @contextmanager
    def open(self) -> Iterator[Callable[[str], str]]:
        """Raises."""
        raise self.error
        yield  # type: ignore[unreachable]  # which makes this a generator


def _do(word: str) -> None:
    match word:
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":
            while True:
                signal.pause()
        case "raise":
            raise ZeroDivisionError("nothing to divide by")
        case "stop":
            raise CourseError("The reference raises.")
        case "roomless":
            raise SandboxUnavailable("There are no rooms here.")
        case _:
            pass
