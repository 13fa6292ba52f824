"""One run of `grade` over a class, watched from outside: how long, how busy the cores, how much memory."""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

GRADE = str(Path(sysconfig.get_path("scripts")) / "grade")
LOOK_SECONDS = 0.2
_STAT = Path("/proc/stat")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRun:
    """`busy`: the share of the usable cores' time in which they worked, for whomever. `parent_bytes`: at its most.

    `early_bytes`: the same after the first tenth of the time, to see whether it grows.
    """

    submissions: int
    seconds: float
    busy: float
    parent_bytes: int
    early_bytes: int

    @property
    def each(self) -> float:
        """Seconds for one submission, all of the command divided evenly."""
        return self.seconds / self.submissions


def grade_class(submissions: Path, *, course: Path, assignment: str, out: Path, cache: bool = False) -> ClassRun:
    """Grade the class. Raises AssertionError unless all earned all points, since no figure would mean anything."""
    command = class_command(submissions, course=course, assignment=assignment, out=out, cache=cache)
    before, start, looks = _ticks(), time.perf_counter(), list[int]()
    with tempfile.TemporaryFile() as errors, subprocess.Popen(command, stderr=errors) as process:
        while process.poll() is None:
            looks.append(_peak_bytes(process.pid))
            time.sleep(LOOK_SECONDS)
        errors.seek(0)
        assert process.returncode == 0, errors.read().decode()
    seconds, after = time.perf_counter() - start, _ticks()
    return ClassRun(
        submissions=_all_right(out),
        seconds=seconds,
        busy=1 - (after.idle - before.idle) / max(after.all - before.all, 1),
        parent_bytes=max(looks),
        early_bytes=looks[len(looks) // 10],
    )


def class_command(submissions: Path, *, course: Path, assignment: str, out: Path, cache: bool) -> list[str]:
    """The command that grades the class."""
    options = ["--course", str(course), "--assignment", assignment, "--out", str(out), "--quiet"]
    return [GRADE, str(submissions), *options, "--cache" if cache else "--no-cache"]


def _all_right(out: Path) -> int:
    rows = json.loads((out / "class.json").read_text(encoding="utf-8"))["students"]
    scores = [row["score"] for row in rows]
    assert all(score and score["earned"] == score["possible"] for score in scores), scores[:3]
    return len(rows)


@dataclass(frozen=True, slots=True)
class _Ticks:
    idle: int
    all: int


def _ticks() -> _Ticks:
    """Clock ticks of the cores that this process may use, since the machine was started."""
    idle = total = 0
    mine = {f"cpu{core}" for core in os.sched_getaffinity(0)}
    for line in _STAT.read_text(encoding="ascii").splitlines():
        name, *fields = line.split()
        if name in mine:
            ticks = [int(field) for field in fields[:8]]
            idle += ticks[3] + ticks[4]
            total += sum(ticks)
    return _Ticks(idle, total)


def _peak_bytes(pid: int) -> int:
    """The most memory the process has held at once; 0 if it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    lines = (line.split() for line in status.splitlines())
    return next((int(words[1]) * 1024 for words in lines if words[0] == "VmHWM:"), 0)
