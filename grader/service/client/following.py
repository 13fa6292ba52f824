"""Following an attempt until it is over: by the site's events, and where they do not come through, by asking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Final, TextIO

import httpx
from httpx_sse import SSEError
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from grader.classes.progress import BAR, in_short
from grader.policy.state import State
from grader.service.client.answers import AttemptProgress
from grader.service.client.connection import Connection

Watch = Callable[[AttemptProgress], None]
#: seconds between two questions, at first and at last
SOON, LATER = 0.5, 5.0
SLOWER: Final = 1.3


def follow(connection: Connection, attempt: AttemptProgress, *, watch: Watch) -> AttemptProgress:
    """How the attempt stands when it is over. Raises what the connection raises."""
    watch(attempt)
    if attempt.is_over:
        return attempt
    for standing in chain(_told(connection, attempt), _asked(connection, attempt)):
        watch(standing)
        if standing.is_over:
            return standing
    raise AssertionError("asking does not end before the attempt does")


def _told(connection: Connection, attempt: AttemptProgress) -> Iterator[AttemptProgress]:
    """What the site tells of it, until it stops telling."""
    try:
        with connection.events(f"/attempts/{attempt.id}/events") as events:
            yield from map(AttemptProgress.model_validate_json, events)
    except (httpx.TransportError, SSEError, ValidationError):
        return


def _asked(connection: Connection, attempt: AttemptProgress) -> Iterator[AttemptProgress]:
    """What the site answers, asked again and again."""
    pause = SOON
    while True:
        yield connection.read(AttemptProgress, f"/attempts/{attempt.id}")
        connection.sleep(pause)
        pause = min(pause * SLOWER, LATER)


@contextmanager
def watching(stream: TextIO, *, quiet: bool, colour: bool) -> Iterator[Watch]:
    """Whoever suits the stream: one line that is drawn again in a terminal, else a line for each change."""
    if quiet:
        yield _unseen
    elif not stream.isatty():
        yield _Lines(stream)
    else:
        console = Console(file=stream, no_color=not colour, highlight=False)
        columns = (TextColumn("{task.description}"), TimeElapsedColumn(), BarColumn(bar_width=BAR))
        with Progress(*columns, console=console, transient=True) as drawn:
            yield _Bar(drawn)


def _unseen(_: AttemptProgress) -> None:
    """Nobody looks on."""


class _Lines:
    """A line for each thing that is new."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._last = ""

    def __call__(self, standing: AttemptProgress) -> None:
        line = sentence(standing)
        if line != self._last and not standing.is_over:
            self._last = line
            self._stream.write(f"{line}\n")
            self._stream.flush()


class _Bar:
    """One line, drawn by rich."""

    def __init__(self, drawn: Progress) -> None:
        self._drawn = drawn
        self._task = drawn.add_task("Handed in", total=None)

    def __call__(self, standing: AttemptProgress) -> None:
        stage = standing.stage
        total, done = (None, 0) if stage is None else (stage.exercises, stage.exercise - 1)
        self._drawn.update(self._task, description=sentence(standing), total=total, completed=done)


def sentence(standing: AttemptProgress) -> str:
    """How it stands, in a line. The title of an exercise is the course's own, and left out here."""
    if standing.status is State.RUNNING:
        stage = standing.stage
        return "Grading" if stage is None else f"Grading exercise {stage.exercise} of {stage.exercises}"
    if standing.is_over:
        return "Done"
    ahead = "" if not standing.position else f", {standing.position:,} ahead"
    seconds = standing.estimate_seconds
    return f"Waiting{ahead}" + ("" if seconds is None else f", about {in_short(max(seconds, 1))}")
