"""How far a class is, shown while it is graded: a bar in a terminal, a line now and then in a log, or nothing.

What is counted is decided by whoever counts; here it is only shown, on standard error.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import IO, Protocol, TextIO

from rich.console import Console
from rich.progress import Progress, ProgressColumn, Task
from rich.text import Text

from grader.words import counted

#: between two lines of a log
LINE_SECONDS = 5.0
#: the newest results, from whose pace the time left is told
RECENT = 50
#: columns of the bar itself, if the terminal has that many to spare
BAR = 24
SHORT_BAR = 8


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
        """Results in a second, None until two were graded; how long the first one took says little of the others.

        A wait that is longer than usual counts too, so that nobody reads for minutes that it takes two more seconds.
        """
        span = self._times[-1] - self._times[0] if self._times else 0.0
        if span <= 0:
            return None
        usual = span / (len(self._times) - 1)
        return (len(self._times) - 1) / max(span, self._clock() - usual - self._times[0])

    def left(self, tally: Tally) -> float | None:
        """Seconds, if it goes on like this."""
        rate = self.rate()
        return None if rate is None else (tally.total - tally.done) / rate


class Bar:
    """One line of a terminal, drawn again and again."""

    def __init__(self, drawn: Progress, pace: Pace, *, total: int) -> None:
        self._drawn = drawn
        self._pace = pace
        self._task = drawn.add_task("", total=total, tally=Tally(total=total))

    def saw(self, tally: Tally) -> None:
        """Draw it."""
        self._pace.heard(tally)
        self._drawn.update(self._task, completed=tally.done, tally=tally)


class _Line(ProgressColumn):
    """All of a bar's line: the table that the library makes of several columns cuts off whatever it likes."""

    def __init__(self, console: Console, pace: Pace) -> None:
        super().__init__()
        self._console = console
        self._pace = pace

    def render(self, task: Task) -> Text:
        """Drawn ten times a second; the times move even while nothing is done."""
        so_far = f"{in_short(self._pace.seconds)} so far"
        line = fitted("Grading", (*pieces(task.fields["tally"], self._pace), so_far), self._console.width)
        spare = self._console.width - len(line) - 1
        if spare < SHORT_BAR:
            return Text(line)
        full = "#" if self._console.options.ascii_only else "\N{BOX DRAWINGS HEAVY HORIZONTAL}"
        empty = " " if self._console.no_color else full  # else the two differ in colour
        width = min(spare, BAR)
        done = int(width * task.completed / (task.total or 1))
        head, tail = line.split(" ", 1)
        return Text.assemble(head, " ", (full * done, "bar.complete"), (empty * (width - done), "bar.back"), " ", tail)


class Lines:
    """A line at most every few seconds, and one at the end."""

    def __init__(self, stream: IO[str], pace: Pace) -> None:
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
        with on_console(Console(file=stream, no_color=not colour, highlight=False), total=total) as watcher:
            yield watcher


@contextmanager
def on_console(console: Console, *, total: int) -> Iterator[Watcher]:
    """A bar; lines on a terminal that cannot draw one again, such as those in editors."""
    pace = Pace()
    if console.is_dumb_terminal:
        yield Lines(console.file, pace)
        return
    with Progress(_Line(console, pace), console=console, transient=True) as drawn:
        yield Bar(drawn, pace, total=total)


def pieces(tally: Tally, pace: Pace) -> tuple[str, ...]:
    """What a bar says, the most telling first: how many are done, how long it takes, what went wrong, how fast."""
    left = pace.left(tally)
    remaining = [] if left is None or tally.done == tally.total else [f"{in_short(left)} left"]
    return (f"{tally.done:,}/{tally.total:,}", *remaining, *_faults(tally), *_rate(pace))


def fitted(head: str, said: Iterable[str], width: int) -> str:
    """`head` and as many of the pieces as a line of this width holds, from the first on; none is cut in two."""
    line = head
    for number, piece in enumerate(said):
        longer = f"{line}{', ' if number else ' '}{piece}"
        if len(longer) >= width:
            break
        line = longer
    return line


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
