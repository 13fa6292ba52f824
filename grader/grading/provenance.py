"""Where a report comes from: versions, seed, and the clock. The clock is handed in, so that tests stop it."""

from __future__ import annotations

import platform
import socket
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Protocol

from grader import __version__
from grader.report.report import Provenance, Run
from grader.wall.sandbox import Sandbox


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


#: beside NumPy, TensorFlow and Keras: what draws inputs, judges, reads cells, or is imported by students and references
PACKAGES: Final = (
    *("hypothesis", "ipython", "sympy", "mpmath"),
    *("h5py", "joblib", "matplotlib", "ml_dtypes", "pandas", "pillow", "scikit-learn", "scipy", "tqdm"),
)


def provenance(sandbox: Sandbox, seed: int) -> Provenance:
    """Versions of everything that had a say in the result. Nothing is imported to find them."""
    return Provenance(
        grader=__version__,
        python=platform.python_version(),
        numpy=version_of("numpy") or "",
        tensorflow=version_of("tensorflow") or version_of("tensorflow-cpu"),
        keras=version_of("keras"),
        packages={name: found for name in PACKAGES if (found := version_of(name)) is not None},
        sandbox=sandbox.name,
        seed=seed,
    )


@cache
def installed() -> tuple[str, ...]:
    """Every package of this environment with its version: a room may import any of them.

    By the names of the folders that describe them: to read what 260 packages say of themselves takes 0.1 s.
    """
    homes = (Path(entry) for entry in sys.path if entry)
    there = (path for home in homes if home.is_dir() for path in home.iterdir())
    described = (path.stem.partition("-") for path in there if path.suffix in (".dist-info", ".egg-info"))
    return tuple(sorted({f"{name}=={version}" for name, _, version in described}))


@cache
def version_of(package: str) -> str | None:
    """The installed version of `package`, None if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
