"""Every lab, warm, in processor seconds: its sample, its starter, a bare child that runs what the sample's rooms did.

`python -m tests.benchmarks.every_lab RUNS [LAB...]` prints a line for each lab.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.grading.lacking import lacking_libraries
from grader.notebook.notebook import from_script
from grader.notebook.submission import Plan, extract
from grader.wall.message_frames import from_reader, to_bytes
from grader.wall.protocol import Job, Statement
from grader.wall.room.preloaded import Libraries
from grader.wall.sandbox import Sandbox
from grader.wall.sandbox.forked import choose_sandbox
from grader.wall.sandbox.live_room import LiveRoom
from tests.benchmarks.bare_child import MOST
from tests.benchmarks.one_core import asked, bare_child
from tests.benchmarks.table import Row, row
from tests.benchmarks.watching import Watching, buried
from tests.end_to_end.digits import ROOT
from tests.replay import Recorder

FAILING_RATIO, BARE_RATIO = 2.0, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Processor seconds of one round: the lab's sample, which is right; its starter, which fails; the bare child."""

    right: float
    failing: float
    bare: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """The rounds of one lab."""

    name: str
    turns: tuple[Turn, ...]

    @property
    def failing(self) -> float:
        """How much more a submission costs that fails, median of ratios."""
        return statistics.median(turn.failing / turn.right for turn in self.turns)

    @property
    def grading(self) -> float:
        """How much more the sample costs than its bare child, median of ratios."""
        return statistics.median(turn.right / turn.bare for turn in self.turns)

    def __str__(self) -> str:
        right = 1e3 * statistics.median(turn.right for turn in self.turns)
        failing = 1e3 * statistics.median(turn.failing for turn in self.turns)
        bare = 1e3 * statistics.median(turn.bare for turn in self.turns)
        return (
            f"{self.name}: right {right:.0f} ms, failing {failing:.0f} ms ({self.failing:.2f} x), "
            f"bare {bare:.0f} ms ({self.grading:.2f} x)"
        )


def every_lab(runs: int, names: Sequence[str] = ()) -> tuple[Row, Row]:
    """The two rows: the lab in which a failure costs most, and the lab in which grading does."""
    labs = list(_labs(runs, names))
    failing, grading = max(labs, key=lambda lab: lab.failing), max(labs, key=lambda lab: lab.grading)
    what = f"processor time, warm, {len(labs)} labs, the worst of them"
    return (
        row(
            f"failing against passing submission: {what}",
            failing.failing,
            reach=FAILING_RATIO,
            unit=" x",
            note=str(failing),
        ),
        row(
            f"right submission against a bare child: {what}",
            grading.grading,
            reach=BARE_RATIO,
            unit=" x",
            note=str(grading),
        ),
    )


def _labs(runs: int, names: Sequence[str]) -> Iterator[Lab]:
    course = Course(ROOT)
    by_libraries: dict[Libraries, list[str]] = {}
    for name in names or course.ids:
        libraries = course.assignment(name).libraries
        if not lacking_libraries(libraries):
            by_libraries.setdefault(libraries, []).append(name)
    for libraries, chosen in by_libraries.items():
        with choose_sandbox("auto", libraries.runtime, uses=libraries.uses) as sandbox:
            for name in chosen:
                yield Lab(name=name, turns=tuple(_turns(course, name, sandbox, runs)))


def _turns(course: Course, name: str, sandbox: Sandbox, runs: int) -> Iterator[Turn]:
    assignment = course.assignment(name)
    rooms: list[float] = []

    def note(room: LiveRoom) -> None:
        rooms.append(buried(room).cpu_seconds)

    def spent(notebook: str) -> float:
        rooms.clear()
        started = sum(os.times()[:4])
        grader.grade(notebook, (ROOT / "assignments" / name / notebook).read_bytes())
        return sum(os.times()[:4]) - started + sum(rooms)

    with Grader(course, assignment, sandbox=Watching(sandbox, after=note)) as grader:
        key = grader.materials.key
        with tempfile.NamedTemporaryFile() as journal:
            journal.write(_journal(course, name, sandbox))
            journal.flush()
            with bare_child("plain", Path(journal.name), assignment.libraries) as bare:
                spent("sample.ipynb"), spent("starter.ipynb")  # the first of anything is slower
                for _ in range(runs):
                    yield Turn(right=spent("sample.ipynb"), failing=spent("starter.ipynb"), bare=asked(bare))
        assert key.prepared


def _journal(course: Course, name: str, sandbox: Sandbox) -> bytes:
    """What the rooms of the sample were told and asked, as bytes of the protocol; what they borrowed is told them."""
    assignment, recorder = course.assignment(name), Recorder(sandbox)
    with Grader(course, assignment, sandbox=recorder) as grader:
        assert grader.materials.key.prepared
        recorder.recordings.clear()  # of the rooms in which the key was made
        report = grader.grade("sample.ipynb", (ROOT / "assignments" / name / "sample.ipynb").read_bytes())
        assert report.score is not None
        assert report.score.earned == report.score.possible, name
    solution = extract(from_script(course.solution(name).read_text(encoding="utf-8")), assignment)
    plans = {each.target: each.statements for each in solution.answers if isinstance(each, Plan)}
    pages = []
    for recording in recorder.recordings:
        job = from_reader(BytesIO(recording.job).read, max_bytes=MOST, max_header=MOST)
        assert isinstance(job, Job)
        if not job.reseeds:  # those are the rooms that lend
            lent: list[Statement] = [each for target in job.borrows for each in plans[target]]
            pages.append(to_bytes(replace(job, statements=(*dict.fromkeys(lent), *job.statements), borrows=())))
            pages += [question for question, answers in recording.answers.items() for _ in answers]
    return b"".join(pages)


if __name__ == "__main__":
    for lab in _labs(int(sys.argv[1]), sys.argv[2:]):
        print(lab, flush=True)
