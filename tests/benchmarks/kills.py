"""A class that is killed with all its processes, again and again, and continued: is it reported as if nothing were?"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.classes.journal import FILE, FOLDER
from tests.benchmarks.class_run import class_command
from tests.benchmarks.made_class import arrays, write_class
from tests.benchmarks.table import Row, row
from tests.hostile.small_course import write_course

#: submissions in the class that is killed
SUBMISSIONS = 40


def killed_and_continued(folder: Path, kills: int) -> Iterator[Row]:
    """One row: of so many random moments, at how many the continued run said otherwise or graded something twice."""
    write_course(folder / "course")
    write_class(folder / "class", SUBMISSIONS, arrays)
    class_ = _Class(folder)
    start = time.perf_counter()
    whole = class_.graded("whole").report
    seconds = time.perf_counter() - start
    draw = random.Random(kills)
    wrong = sum(class_.differs_if_killed(draw.uniform(0, seconds), whole) for _ in range(kills))
    what = f"a class killed at {kills} random moments and continued: otherwise reported, or graded twice"
    yield row(what, wrong, reach=0, unit="")


@dataclass(frozen=True, slots=True)
class _Graded:
    """A class report outside its run, and how many of its submissions the journal knew before."""

    report: dict[str, Any]
    known: int


@dataclass(frozen=True, slots=True)
class _Class:
    folder: Path

    def command(self, out: str) -> list[str]:
        course, class_ = self.folder / "course", self.folder / "class"
        return class_command(class_, course=course, assignment="small", out=self.folder / out, cache=True)

    def graded(self, out: str) -> _Graded:
        subprocess.run(self.command(out), check=True, capture_output=True)
        report = json.loads((self.folder / out / "class.json").read_bytes())
        return _Graded(report=report, known=report.pop("run")["from_journal"])

    def differs_if_killed(self, after: float, whole: dict[str, Any]) -> bool:
        """Whether the run continued after that many seconds says anything else, or grades what was recorded."""
        shutil.rmtree(self.folder / "killed", ignore_errors=True)
        nowhere = subprocess.DEVNULL
        with subprocess.Popen(self.command("killed"), stdout=nowhere, stderr=nowhere, start_new_session=True) as run:
            with suppress(subprocess.TimeoutExpired):
                run.wait(after)
            with suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)
        recorded = self._recorded("killed")
        continued = self.graded("killed")
        return continued != _Graded(report=whole, known=recorded)

    def _recorded(self, out: str) -> int:
        """How many submissions the journal knows; reading it as the next run would."""
        with suppress(sqlite3.Error), closing(sqlite3.connect(self.folder / out / FOLDER / FILE)) as journal:
            return int(journal.execute("SELECT count(*) FROM reports").fetchone()[0])
        return 0
