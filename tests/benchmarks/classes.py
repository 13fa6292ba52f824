"""Measures of a class: that size does not slow it down, what the parent holds, what a second run costs, and kills."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from grader.journal import FILE, FOLDER
from tests.benchmarks.one_class import Figures
from tests.benchmarks.table import Row, row
from tests.hostile.small_course import DOUBLE, IMPORTS, TOTAL, write_course
from tests.notebooks import code, notebook

SMALL, KILLED = 100, 40
SCALING, MEGABYTES, IDLE, AGAIN_SECONDS = 1.1, 250.0, 0.10, 3.0
ROOT = Path(__file__).parents[2]


def classes(submissions: int, kills: int) -> Iterator[Row]:
    """The rows of a class of so many cheap NumPy notebooks, and of one that is killed so many times."""
    with tempfile.TemporaryDirectory() as name:
        place = _Place(folder=Path(name))
        write_course(place.course)
        few = place.graded(place.handed_in("few", min(submissions, SMALL)), "few-out")
        many = place.graded(place.handed_in("many", submissions), "many-out")
        yield _scaling(few, many, submissions)
        yield row(
            f"memory of the parent, {submissions:,} submissions, most", many.megabytes, reach=MEGABYTES, unit=" MB"
        )
        yield row("processors idle during a class", 1 - many.busy, reach=IDLE, unit=" %", scale=100)
        yield _again(place, min(submissions, 1_000))
        yield _kills(place, kills)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A folder for courses, classes and reports."""

    folder: Path

    @property
    def course(self) -> Path:
        return self.folder / "course"

    def handed_in(self, name: str, count: int) -> Path:
        """A class of so many; every notebook is another, and every third one wrong."""
        folder = self.folder / name
        folder.mkdir()
        for number in range(count):
            double = DOUBLE if number % 3 else DOUBLE.replace("2.0 * x", f"2.0 * x + {number}")
            cells = (code(f"{IMPORTS}# {number}\n"), code(double), code(TOTAL))
            (folder / f"s{number:05}.ipynb").write_bytes(notebook(*cells))
        return folder

    def command(self, folder: Path, out: str) -> list[str]:
        names = map(str, (folder, self.folder / out, self.course))
        return [sys.executable, "-m", "tests.benchmarks.one_class", *names]

    def graded(self, folder: Path, out: str) -> Figures:
        done = subprocess.run(self.command(folder, out), cwd=ROOT, stdout=subprocess.PIPE, check=True)
        return Figures(**json.loads(done.stdout))

    def report(self, out: str) -> dict[str, object]:
        """The class report outside its run, and apart from it how many were graded and how many known."""
        found: dict[str, object] = json.loads((self.folder / out / "class.json").read_bytes())
        return found

    def recorded(self, out: str) -> int:
        """How many submissions the journal knows; reading it as the next run would."""
        path = self.folder / out / FOLDER / FILE
        with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as journal:
            return int(journal.execute("SELECT count(*) FROM submissions").fetchone()[0])
        return 0


def _scaling(few: Figures, many: Figures, submissions: int) -> Row:
    return row(
        f"a submission among {submissions:,}, against one among {SMALL}, from the first result on",
        many.each / few.each,
        reach=SCALING,
        unit=" x",
        note=f"{many.each * 1e3:.3g} ms against {few.each * 1e3:.3g} ms",
    )


def _again(place: _Place, count: int) -> Row:
    """The whole command, on a class that was graded a moment ago."""
    folder = place.handed_in("again", count)
    place.graded(folder, "again-out")
    start = time.perf_counter()
    subprocess.run(place.command(folder, "again-out"), cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    seconds = time.perf_counter() - start
    return row(
        f"a second `grade` of {count:,} unchanged submissions, whole command", seconds, reach=AGAIN_SECONDS, unit=" s"
    )


def _kills(place: _Place, kills: int) -> Row:
    """Each time: a fresh folder, SIGKILL to the whole group at a random moment, and the same command once more."""
    folder = place.handed_in("killed", KILLED)
    seconds = place.graded(folder, "whole-out").seconds
    whole = place.report("whole-out")
    whole.pop("run")
    draw = random.Random(kills)
    wrong = sum(_killed(place, folder, draw.uniform(0, seconds + 1), whole) for _ in range(kills))
    return row(
        f"a class killed at {kills} random moments and continued: otherwise reported, or graded twice",
        wrong,
        reach=0,
        unit="",
    )


def _killed(place: _Place, folder: Path, after: float, whole: dict[str, object]) -> bool:
    """Whether the continued run says anything else than `whole`, or graded what was recorded."""
    shutil.rmtree(place.folder / "killed-out", ignore_errors=True)
    running = subprocess.Popen(
        place.command(folder, "killed-out"), cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True
    )
    with suppress(subprocess.TimeoutExpired):
        running.wait(after)
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    recorded = place.recorded("killed-out")
    place.graded(folder, "killed-out")
    report = place.report("killed-out")
    run = report.pop("run")
    assert isinstance(run, dict)
    return report != whole or run["from_journal"] != recorded
