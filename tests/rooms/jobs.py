"""Jobs and questions as room tests write them. No test lives here."""

from __future__ import annotations

import contextlib
import textwrap
from collections.abc import Iterator
from typing import Any

from grader.limits import RoomLimits
from grader.wall.protocol import Call, Job, Opened, Statement
from grader.wall.sandbox import Room, Sandbox
from grader.wall.values import freeze

LIMITS = RoomLimits(cpu_seconds=5)


def job(
    *sources: str, target: str = "f", seed: int = 0, files: dict[str, bytes] | None = None, limits: RoomLimits = LIMITS
) -> Job:
    """The job of a notebook with these cells, asked for `target`."""
    statements = tuple(
        Statement(cell=number, line=1, source=textwrap.dedent(source).strip(), role="cell")
        for number, source in enumerate(sources, start=1)
    )
    return Job(statements=statements, target=target, seed=seed, files=files or {}, answer_bytes=limits.answer_bytes)


def calls(*arguments: Any) -> list[Call]:
    """One call of f for each argument, numbered from 0."""
    return [Call(id=number, target="f", args=(freeze(argument),)) for number, argument in enumerate(arguments)]


@contextlib.contextmanager
def opened(sandbox: Sandbox, *sources: str, limits: RoomLimits = LIMITS) -> Iterator[Room]:
    """A room in which these cells have run."""
    with sandbox.room(limits) as room:
        assert isinstance(room.open(job(*sources, limits=limits)), Opened)
        yield room
