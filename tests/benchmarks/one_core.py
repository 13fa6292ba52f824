"""The sample graded on one core, by the clock and by processor time, beside a bare child that runs the same code.

`python -m tests.benchmarks.one_core RUNS` pins itself, and so the zygote and the rooms, to one core, and prints JSON.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.grading.grader import Grader
from grader.wall.room.preloaded import Libraries
from grader.wall.sandbox import Sandbox
from grader.wall.sandbox.forked import choose_sandbox
from grader.wall.sandbox.live_room import LiveRoom
from grader.wall.sandbox.zygote_process import ENVIRONMENT
from tests.benchmarks.digits_grader import digits_grader, grade_sample
from tests.benchmarks.table import Row, row
from tests.benchmarks.watching import Watching, buried
from tests.end_to_end.digits import ROOT
from tests.replay import Recorder

WALL_SECONDS, CPU_RATIO = 0.30, 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One round: the grader by the clock; processor seconds of the grader, and of the bare child of either parent."""

    wall: float
    cpu: float
    plain: float
    prepared: float


def digits_on_one_core(runs: int) -> tuple[Row, Row]:
    """The two rows of the digits submission."""
    command = [sys.executable, "-m", "tests.benchmarks.one_core", str(runs)]
    told = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    turns = [Turn(**turn) for turn in json.loads(told)]
    cpu, plain = (1e3 * statistics.median(each) for each in ([t.cpu for t in turns], [t.plain for t in turns]))
    prepared = statistics.median(turn.cpu / turn.prepared for turn in turns)
    what = "digits submission, both exercises, warm, one core"
    return (
        row(f"{what}, median", statistics.median(t.wall for t in turns), reach=WALL_SECONDS, unit=" s"),
        row(
            f"{what}: processor time against a bare forked child, median of ratios",
            statistics.median(turn.cpu / turn.plain for turn in turns),
            reach=CPU_RATIO,
            unit=" x",
            note=f"{cpu:.0f} ms against {plain:.0f} ms; {prepared:.2f} x if its parent is prepared as a zygote is",
        ),
    )


def _turns(runs: int) -> Iterator[Turn]:
    with (
        choose_sandbox("auto", "tensorflow") as sandbox,
        digits_grader(sandbox) as grader,
        tempfile.NamedTemporaryFile() as journal,
    ):
        journal.write(_journal(sandbox))
        journal.flush()
        path = Path(journal.name)
        libraries = Libraries("tensorflow")
        with bare_child("plain", path, libraries) as plain, bare_child("prepared", path, libraries) as prepared:
            _graded(grader), _measured(sandbox)  # the first of anything is slower
            for _ in range(runs):
                yield Turn(wall=_graded(grader), cpu=_measured(sandbox), plain=asked(plain), prepared=asked(prepared))


def _graded(grader: Grader) -> float:
    start = time.perf_counter()
    grade_sample(grader)
    return time.perf_counter() - start


def _measured(sandbox: Sandbox) -> float:
    """Processor seconds of this process and of the rooms, which are waited for until they are gone."""
    rooms: list[float] = []

    def note(room: LiveRoom) -> None:
        rooms.append(buried(room).cpu_seconds)

    with digits_grader(Watching(sandbox, after=note)) as grader:
        assert grader.materials.key.prepared  # it is made once for a class
        start = time.process_time()
        grade_sample(grader)
        return time.process_time() - start + sum(rooms)


def _journal(sandbox: Sandbox) -> bytes:
    """All that the rooms of the sample were told and asked, as bytes of the protocol."""
    recorder = Recorder(sandbox)
    with digits_grader(recorder) as grader:
        assert grader.materials.key.prepared
        recorder.recordings.clear()  # of the rooms in which the key was made
        grade_sample(grader)
    pages = []
    for recording in recorder.recordings:
        pages += [recording.job, *(key for key, answers in recording.answers.items() for _ in answers)]
    return b"".join(pages)


@contextmanager
def bare_child(parent: str, journal: Path, libraries: Libraries) -> Iterator[subprocess.Popen[str]]:
    """See `bare_child.py`: a process that runs the journal once for each time it is `asked`."""
    told = (parent, str(journal), libraries.runtime, *libraries.uses)
    command = [sys.executable, "-m", "tests.benchmarks.bare_child", *told]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process


def asked(bare: subprocess.Popen[str]) -> float:
    """Processor seconds of one child."""
    assert bare.stdin is not None
    assert bare.stdout is not None
    bare.stdin.write("again\n")
    bare.stdin.flush()
    return float(bare.stdout.readline())


if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    json.dump([asdict(turn) for turn in _turns(int(sys.argv[1]))], sys.stdout)
