"""Measures of single rooms: how soon one is ready, what a NumPy exercise takes in all, what memory a room writes to."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

import numpy as np

from grader.assignment import Assignment
from grader.checks import Solutions
from grader.checks.function import FunctionCheck, FunctionExercise, prepare
from grader.checks.inputs import examples
from grader.course import Course
from grader.desk import Desk
from grader.interview import interview
from grader.limits import MEGABYTE, NotebookLimits, RoomLimits
from grader.notebook import parse
from grader.protocol import Job, Opened
from grader.provenance import WallClock
from grader.reference import AnswerKey
from grader.report import Verdict
from grader.sandbox import Sandbox
from grader.sandbox.live_room import LiveRoom
from grader.submission import extract
from tests.benchmarks.digits_desk import digits_desk, grade_sample
from tests.benchmarks.processes import descendants, private_bytes
from tests.benchmarks.table import Row, Standing, row
from tests.benchmarks.watching import Watching
from tests.end_to_end.digits import ROOT
from tests.notebooks import code, notebook

READY_SECONDS, EXERCISE_SECONDS, PRIVATE_BYTES = 0.020, 0.060, 90 * MEGABYTE
NOTHING = Job(statements=(), target="x", seed=0, files={}, answer_bytes=1_000)
CALLS = 100


def room_ready(sandbox: Sandbox, runs: int) -> Row:
    """From the request to `Opened` of an empty job, in a zygote that has TensorFlow."""
    seconds = statistics.median(list(_openings(sandbox, runs + 1))[1:])  # the first waits for the zygote
    return row("room ready after fork (TensorFlow zygote), median", seconds, reach=READY_SECONDS, unit=" ms", scale=1e3)


def numpy_exercise(sandbox: Sandbox, runs: int) -> Row:
    """Fork, lock, run, a hundred calls, judge."""
    seconds = statistics.median(list(_examinations(sandbox, runs + 1))[1:])
    what = f"NumPy exercise, whole (fork, lock, run, {CALLS} calls, judge), median"
    return row(what, seconds, reach=EXERCISE_SECONDS, unit=" ms", scale=1e3)


def private_memory(sandbox: Sandbox, runs: int) -> Row:
    """The most that a room of the sample's model exercise has written to when it leaves."""
    what = "private memory per room (model exercise), largest"
    weights: list[int] = []
    before = descendants()

    def weigh(room: LiveRoom) -> None:
        del room
        youngest = max(descendants() - before, key=lambda process: (process.started, process.pid))
        weights.append(private_bytes(youngest))  # an older one may still be ending

    grade_sample(digits_desk(sandbox))  # now the zygote is there
    before = descendants()
    try:
        desk = digits_desk(Watching(sandbox, before=weigh))
        for _ in range(runs):
            grade_sample(desk)
    except OSError as error:
        reach = f"<= {PRIVATE_BYTES // MEGABYTE} MB"
        return Row(what=what, reach=reach, measured=f"run it as root: {error}", standing=Standing.NOT_MEASURED)
    return row(what, max(weights), reach=PRIVATE_BYTES, unit=" MB", scale=1 / MEGABYTE)


def _openings(sandbox: Sandbox, runs: int) -> Iterator[float]:
    for _ in range(runs):
        start = time.perf_counter()
        with sandbox.room(RoomLimits()) as room:
            assert isinstance(room.open(NOTHING), Opened)
            yield time.perf_counter() - start


def _examinations(sandbox: Sandbox, runs: int) -> Iterator[float]:
    exercise = _softmax_exercise()
    assignment = Assignment(id="bench", title="bench", version="1", exercises=(exercise,))
    submission = extract(parse(notebook(code(IMPORT), code(SOFTMAX)), NotebookLimits()), assignment)
    solved = prepare(exercise, Solutions(reference=_softmax), seed=0)
    desk = Desk(
        course=Course(ROOT),
        assignment=assignment,
        key=AnswerKey(seed=0, prepared={exercise.id: solved}),
        files={},
        sandbox=sandbox,
        clock=WallClock(),
    )
    for _ in range(runs):
        start = time.perf_counter()
        result = interview(exercise, submission.answers[0], submission, desk)
        yield time.perf_counter() - start
        assert result.verdict is Verdict.PASSED


IMPORT = "import numpy as np"
SOFTMAX = "# GRADED FUNCTION: softmax\ndef softmax(z):\n    ez = np.exp(z)\n    return ez / np.sum(ez)\n"


def _softmax(z: np.ndarray[tuple[int], np.dtype[np.float64]]) -> object:
    ez = np.exp(z)
    return ez / np.sum(ez)


def _softmax_exercise() -> FunctionExercise:
    draw = np.random.default_rng(0)
    inputs = examples(*((draw.normal(size=10),) for _ in range(CALLS)))
    check = FunctionCheck(id="right", title="right", points=1, passed="Yes.", failed="No.", inputs=inputs)
    return FunctionExercise(id="softmax", title="softmax", target="softmax", markers=("softmax",), checks=(check,))
