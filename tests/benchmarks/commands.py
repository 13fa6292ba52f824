"""Measures of the whole command `grade`: cold against a bare import of TensorFlow, and with a warm zygote."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.sandbox.warm import Warm
from grader.settings import Settings
from tests.benchmarks.table import Row, row
from tests.end_to_end.digits import ROOT, SAMPLE

COLD_RATIO, WARM_SECONDS = 1.25, 1.0
IMPORT = [sys.executable, "-c", "import tensorflow"]
GRADE = [str(Path(sysconfig.get_path("scripts")) / "grade"), str(SAMPLE), "--quiet"]


def grade_cold(runs: int) -> Row:
    """Pairs, one after the other, so that a busy minute of the machine meets both."""
    with _environment() as environment:
        _seconds(IMPORT, environment), _seconds(GRADE, environment)  # from here on the disk's cache has all files
        pairs = [(_seconds(GRADE, environment), _seconds(IMPORT, environment)) for _ in range(runs)]
    cold, bare = (statistics.median(seconds) for seconds in zip(*pairs, strict=True))
    return row(
        '`grade` cold on the sample, against `python -c "import tensorflow"`, median of ratios',
        statistics.median(graded / imported for graded, imported in pairs),
        reach=COLD_RATIO,
        unit=" x",
        note=f"{cold:.2f} s against {bare:.2f} s",
    )


def grade_warm(runs: int) -> Row:
    """The command from start to end, when another `grade` has left its zygote."""
    with _environment() as environment:
        try:
            _seconds([*GRADE, "--keep-warm", "10m"], environment)
            seconds = statistics.median(_seconds(GRADE, environment) for _ in range(runs))
        finally:
            Warm(folder=Settings.from_environment(environment).runtime_folder).stop()
    return row("`grade` with a warm zygote, whole command, median", seconds, reach=WARM_SECONDS, unit=" s")


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


@contextmanager
def _environment() -> Iterator[dict[str, str]]:
    """Ours, but with no warm zygote of the user's, and with Python's compiled files, as an installation has them."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        yield {**kept, "XDG_RUNTIME_DIR": folder}
