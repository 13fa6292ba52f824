"""The same submission gives the same report: run after run, in every sandbox, with any number of workers."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import pytest

from grader.course.folder import Course
from grader.errors import SandboxUnavailable
from grader.grading.grader import Grader
from grader.render.json_report import render
from tests.end_to_end.digits import ROOT

RUNS = 4
#: a start of TensorFlow for each worker tells no more
LAB = "numpy_basics"
STARTER = ROOT / "assignments" / LAB / "starter.ipynb"


def bodies(tier: str) -> set[str]:
    """The distinct reports of a few runs by one worker, without their run section and the sandbox's name."""
    course = Course(ROOT)
    with Grader(course, course.assignment(LAB), sandbox=tier) as grader:
        reports = [grader.grade("submission.ipynb", STARTER.read_bytes()) for _ in range(RUNS)]
    return {render(report).partition('"run": {')[0].replace(tier, "sandbox") for report in reports}


def test_two_workers_in_two_tiers_write_the_same_bytes() -> None:
    """Outside `run`, nothing depends on the machine's mood."""
    tiers = ["namespaces", "namespaces", "landlock"]
    try:
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as workers:
            seen = set[str]().union(*workers.map(bodies, tiers))
    except SandboxUnavailable as refusal:
        pytest.skip(str(refusal))

    assert len(seen) == 1
