"""How far a class is, shown while it is graded: a bar in a terminal, a line now and then in a log, or nothing.

What is counted is decided by whoever counts; here it is only shown, on standard error.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from grader.words import counted

#: between two lines of a log
LINE_SECONDS = 5.0
#: the newest results, from whose pace the time left is told
RECENT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many of a class are done; of these, how many were in the journal already, unreadable, or not graded."""

    total: int
    done: int = 0
    known: int = 0
    unreadable: int = 0
    not_graded: int = 0


class Watcher(Protocol):
    """Somebody who looks on."""

    def saw(self, tally: Tally) -> None:
        """One more is done."""


class Watching(Protocol):
    """Makes a watcher for a stream."""

    def __call__(self, stream: TextIO, *, total: int, quiet: bool, colour: bool) -> AbstractContextManager[Watcher]:
        """As `watching`."""


class Silent:
    """Shows nothing."""

    def saw(self, tally: Tally) -> None:
        """Nothing."""


class Pace:
    """Results in a second and seconds left, from the newest results that were graded and not remembered."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._start = clock()
        self._times: list[float] = []
        self._graded = 0

    def heard(self, tally: Tally) -> None:
        """Take note of the time."""
        if tally.done - tally.known > self._graded:
            self._graded = tally.done - tally.known
            self._times = [*self._times[-RECENT:], self._clock()]

    @property
    def seconds(self) -> float:
        """Since the start."""
        return self._clock() - self._start

    def rate(self) -> float | None:
        """Results in a second, None until two were graded; how long the first one took says little of the others."""
        span = self._times[-1] - self._times[0] if self._times else 0.0
        return (len(self._times) - 1) / span if span > 0 else None

    def left(self, tally: Tally) -> float | None:
        """Seconds, if it goes on like this."""
        rate = self.rate()
        return None if rate is None else (tally.total - tally.done) / rate


class Bar:
    """One line of a terminal, drawn again and again."""

    def __init__(self, drawn: Progress, pace: Pace, *, total: int) -> None:
        self._drawn = drawn
        self._pace = pace
        self._task = drawn.add_task("Grading", total=total, more="", left="")

    def saw(self, tally: Tally) -> None:
        """Draw it."""
        self._pace.heard(tally)
        left = self._pace.left(tally)
        self._drawn.update(
            self._task,
            completed=tally.done,
            more=", ".join([*_faults(tally), *_rate(self._pace)]),
            left="" if left is None or tally.done == tally.total else f"{in_short(left)} left",
        )


class Lines:
    """A line at most every few seconds, and one at the end."""

    def __init__(self, stream: TextIO, pace: Pace) -> None:
        self._stream = stream
        self._pace = pace
        self._last = 0.0

    def saw(self, tally: Tally) -> None:
        """Write it, if it is time."""
        self._pace.heard(tally)
        at_end = tally.done == tally.total
        if at_end or self._pace.seconds - self._last >= LINE_SECONDS:
            self._last = self._pace.seconds
            self._stream.write(f"{sentence(tally, self._pace)}\n")
            self._stream.flush()


@contextmanager
def watching(stream: TextIO, *, total: int, quiet: bool, colour: bool) -> Iterator[Watcher]:
    """Whoever suits the stream: a bar if it is a terminal, else lines. `total`: how many there are to grade."""
    if quiet:
        yield Silent()
    elif not stream.isatty():
        yield Lines(stream, Pace())
    else:
        console = Console(file=stream, no_color=not colour, highlight=False)
        columns = (TextColumn("{task.description}"), BarColumn(24), MofNCompleteColumn())
        more = (TextColumn("{task.fields[more]}"), TextColumn("{task.fields[left]}"))
        with Progress(*columns, *more, console=console, transient=True) as drawn:
            yield Bar(drawn, Pace(), total=total)


def sentence(tally: Tally, pace: Pace) -> str:
    """How far it is, in one line of a log."""
    left = pace.left(tally)
    if tally.done == tally.total:
        remembered = [f"{tally.known:,} of them unchanged"] if tally.known else []
        return ", ".join([f"{tally.done:,} done in {in_short(pace.seconds)}", *remembered, *_faults(tally)])
    remaining = [] if left is None else [f"{in_short(left)} left"]
    return ", ".join([f"{tally.done:,} of {tally.total:,} done", *_faults(tally), *_rate(pace), *remaining])


def in_short(seconds: float) -> str:
    """A time as one reads it at a glance: 8 s, 3 min, 2 h 5 min."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{max(seconds, 0):.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def _faults(tally: Tally) -> list[str]:
    unreadable = [f"{tally.unreadable:,} unreadable"] if tally.unreadable else []
    return unreadable + ([f"{tally.not_graded:,} not graded"] if tally.not_graded else [])


def _rate(pace: Pace) -> list[str]:
    rate = pace.rate()
    if rate is None:
        return []
    return [f"{rate:.0f} a second"] if rate >= 2 else [f"{counted(round(rate * 60), 'submission')} a minute"]
