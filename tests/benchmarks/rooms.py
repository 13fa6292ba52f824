"""Measures of single rooms: how soon one is ready, what a NumPy exercise takes in all, what memory a room writes to."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

import numpy as np

from grader.course.assignment import Assignment, Check, Exercise
from grader.course.edits import Script
from grader.course.folder import Course
from grader.grading.cell_rehearsals import CellRehearsals
from grader.grading.interview import interview
from grader.grading.key_store import KeyStore
from grader.grading.materials import Materials
from grader.grading.reference import AnswerKey, Lending
from grader.grading.reference_rooms import ReferenceRooms
from grader.judging import Solutions, prepare
from grader.judging.inputs import examples
from grader.judging.rules import Agrees
from grader.limits import MEGABYTE, NotebookLimits, RoomLimits
from grader.notebook.notebook import parse
from grader.notebook.submission import extract
from grader.report.report import Verdict
from grader.wall.protocol import Job, Opened
from grader.wall.sandbox import Sandbox
from grader.wall.sandbox.live_room import LiveRoom
from tests.benchmarks.digits_grader import digits_grader, grade_sample
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

    with digits_grader(sandbox) as grader:
        grade_sample(grader)  # now the zygote is there
    before = descendants()
    try:
        with digits_grader(Watching(sandbox, before=weigh)) as grader:
            for _ in range(runs):
                grade_sample(grader)
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
    rooms = ReferenceRooms(assignment, Script("solution.py", ""), sandbox, seed=0)
    no_cells = CellRehearsals(rooms, seed=0, store=KeyStore(None), name="bench")
    nothing_to_lend = Lending(rooms, seed=0)
    materials = Materials(
        course=Course(ROOT),
        assignment=assignment,
        key=AnswerKey(seed=0, room_seed=0, prepared={exercise.id: solved}, lending=nothing_to_lend, cells=no_cells),
        files={},
        sandbox=sandbox,
    )
    for _ in range(runs):
        start = time.perf_counter()
        result = interview(exercise, submission.answers[0], submission, materials)
        yield time.perf_counter() - start
        assert result.verdict is Verdict.PASSED


IMPORT = "import numpy as np"
SOFTMAX = "# GRADED FUNCTION: softmax\ndef softmax(z):\n    ez = np.exp(z)\n    return ez / np.sum(ez)\n"


def _softmax(z: np.ndarray[tuple[int], np.dtype[np.float64]]) -> object:
    ez = np.exp(z)
    return ez / np.sum(ez)


def _softmax_exercise() -> Exercise:
    draw = np.random.default_rng(0)
    inputs = examples(*((draw.normal(size=10),) for _ in range(CALLS)))
    check = Check(id="right", title="right", points=1, passed="Yes.", failed="No.", question=inputs, rule=Agrees())
    return Exercise(id="softmax", title="softmax", target="softmax", markers=("softmax",), checks=(check,))
