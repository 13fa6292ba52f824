"""How far a class is, shown while it is graded: a bar in a terminal, a line now and then in a log, or nothing.

What is counted is decided by whoever counts; here it is only shown, on standard error.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import IO, Protocol, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column

#: between two lines of a log
LINE_SECONDS = 5.0
#: results as old as this tell the time left
RECENT_SECONDS = 600.0
#: columns of the bar itself, the last thing on its line and the first to give way
BAR = 24
#: columns of a terminal in which the rest of that line does not fit
NARROW = 40


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


class Bar:
    """One line of a terminal, drawn again and again by rich; also what counts for `Lines`.

    It is about what is graded now: what was remembered is done at once, and promises nothing of the pace.
    """

    def __init__(self, drawn: Progress, *, total: int) -> None:
        self._drawn = drawn
        self._task = drawn.add_task("Grading", total=total, faults="")

    def saw(self, tally: Tally) -> None:
        """Draw it."""
        graded, faults = tally.done - tally.known, ", ".join(_faults(tally))
        self._drawn.update(self._task, total=tally.total - tally.known, completed=graded, faults=faults)


class Lines:
    """A line at most every few seconds, and one at the end."""

    def __init__(self, stream: IO[str], *, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._counted = Progress(get_time=clock, disable=True, speed_estimate_period=RECENT_SECONDS)
        self._bar = Bar(self._counted, total=total)
        self._last = 0.0

    def saw(self, tally: Tally) -> None:
        """Write it, if it is time."""
        self._bar.saw(tally)
        (task,) = self._counted.tasks
        so_far = task.elapsed or 0.0
        if tally.done == tally.total or so_far - self._last >= LINE_SECONDS:
            self._last = so_far
            self._stream.write(f"{sentence(tally, so_far=so_far, left=task.time_remaining)}\n")
            self._stream.flush()


@contextmanager
def watching(stream: TextIO, *, total: int, quiet: bool, colour: bool) -> Iterator[Watcher]:
    """Whoever suits the stream: a bar if it is a terminal, else lines. `total`: how many there are to grade."""
    if quiet:
        yield Silent()
    elif not stream.isatty():
        yield Lines(stream, total=total)
    else:
        with on_console(Console(file=stream, no_color=not colour, highlight=False), total=total) as watcher:
            yield watcher


@contextmanager
def on_console(console: Console, *, total: int) -> Iterator[Watcher]:
    """A bar; lines on a terminal that cannot draw one again, such as those in editors, or has no room for it."""
    if console.is_dumb_terminal or console.width < NARROW:
        yield Lines(console.file, total=total)
        return
    columns = (
        TextColumn("{task.description}"),
        MofNCompleteColumn(table_column=Column(min_width=2 * len(str(total)) + 1)),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True, table_column=Column(min_width=5)),
        TextColumn("{task.fields[faults]}"),
        BarColumn(bar_width=BAR),
    )
    with Progress(*columns, console=console, transient=True, speed_estimate_period=RECENT_SECONDS) as drawn:
        yield Bar(drawn, total=total)


def sentence(tally: Tally, *, so_far: float, left: float | None) -> str:
    """How far it is after so many seconds, in one line of a log; `left`: seconds, if that can be told."""
    if tally.done == tally.total:
        remembered = [f"{tally.known:,} of them unchanged"] if tally.known else []
        return ", ".join([f"{tally.done:,} done in {in_short(so_far)}", *remembered, *_faults(tally)])
    remaining = [] if left is None else [f"{in_short(left)} left"]
    return ", ".join([f"{tally.done:,} of {tally.total:,} done", *_faults(tally), *remaining])


def in_short(seconds: float) -> str:
    """A time as one reads it at a glance: 8 s, 3 min, 2 h 5 min."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def _faults(tally: Tally) -> list[str]:
    unreadable = [f"{tally.unreadable:,} unreadable"] if tally.unreadable else []
    return unreadable + ([f"{tally.not_graded:,} not graded"] if tally.not_graded else [])
