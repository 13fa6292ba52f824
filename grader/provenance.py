"""Where a report comes from: versions, seed, and the clock. The clock is handed in, so that tests stop it."""

from __future__ import annotations

import platform
import socket
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Protocol

from grader import __version__
from grader.report import Provenance, Run
from grader.sandbox import Sandbox


class Timer(Protocol):
    """A started measurement."""

    def stop(self) -> Run:
        """The run section of a report."""


class Clock(Protocol):
    """Where times come from."""

    def start(self) -> Timer:
        """Begin to measure one submission."""


@dataclass(frozen=True, slots=True)
class _WallTimer:
    started: datetime
    tick: float

    def stop(self) -> Run:
        seconds = round(time.perf_counter() - self.tick, 3)
        return Run(started=self.started.isoformat(timespec="seconds"), seconds=seconds, host=socket.gethostname())


class WallClock:
    """The real time, in UTC."""

    def start(self) -> Timer:
        return _WallTimer(datetime.now(UTC), time.perf_counter())


def provenance(sandbox: Sandbox, seed: int) -> Provenance:
    """Versions of everything that had a say in the result. Nothing is imported to find them."""
    return Provenance(
        grader=__version__,
        python=platform.python_version(),
        numpy=version_of("numpy") or "",
        tensorflow=version_of("tensorflow") or version_of("tensorflow-cpu"),
        keras=version_of("keras"),
        sandbox=sandbox.name,
        seed=seed,
    )


@cache
def version_of(package: str) -> str | None:
    """The installed version of `package`, None if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
