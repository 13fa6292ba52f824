"""Measures of the whole command `grade`: against a bare import of TensorFlow, and of a lab that needs none."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.table import Row, row
from tests.end_to_end.digits import ROOT, SAMPLE

COLD_RATIO, STARTER_SECONDS, RIGHT_SECONDS = 1.25, 2.0, 1.6
IMPORT = [sys.executable, "-c", "import tensorflow"]
COMMAND = str(Path(sysconfig.get_path("scripts")) / "grade")
GRADE = [COMMAND, str(SAMPLE), "--quiet"]
NUMPY_LAB = ROOT / "assignments" / "shallow_network"


def grade_cold(runs: int) -> Row:
    """Pairs, one after the other, so that a busy minute of the machine meets both."""
    environment = _environment()
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


def numpy_cold(runs: int) -> Iterator[Row]:
    """Starter and sample of a lab of eight exercises; the first of all makes the answer key, the others read it."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**_environment(), "XDG_CACHE_HOME": folder}
        for name, reach in (("starter", STARTER_SECONDS), ("sample", RIGHT_SECONDS)):
            command = [COMMAND, str(NUMPY_LAB / f"{name}.ipynb"), "--quiet"]
            first = _seconds(command, environment)
            before = _processor_seconds()
            seconds = statistics.median(_seconds(command, environment) for _ in range(runs))
            processor = (_processor_seconds() - before) / runs
            yield row(
                f"`grade` cold on the {name} of {NUMPY_LAB.name}, whole command, median",
                seconds,
                reach=reach,
                unit=" s",
                note=f"{processor:.2f} s of processor time; {first:.2f} s the first time",
            )


def _processor_seconds() -> float:
    """Of all commands so far, and of the processes that they waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _environment() -> dict[str, str]:
    """Ours, with Python's compiled files, as an installation has them."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start
