"""The same submission gives the same report: run after run, in every sandbox, with any number of workers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from grader.desk import Desk
from grader.errors import SandboxUnavailable
from grader.pipeline import grade_bytes
from grader.render.json_report import render
from grader.sandbox.backends import open_sandbox
from tests.end_to_end.digits import STARTER

RUNS = 4


def bodies(desk: Desk, tier: str) -> set[str]:
    """The distinct reports of a few runs by one worker, without their run section and the sandbox's name."""
    with open_sandbox(tier, desk.assignment.runtime) as sandbox:
        own = replace(desk, sandbox=sandbox)
        reports = [grade_bytes("submission.ipynb", STARTER.read_bytes(), own) for _ in range(RUNS)]
    return {render(report).partition('"run": {')[0].replace(tier, "sandbox") for report in reports}


def test_two_workers_in_two_tiers_write_the_same_bytes(desk: Desk) -> None:
    """Outside `run`, nothing depends on the machine's mood."""
    tiers = ["namespaces", "namespaces", "landlock"]
    try:
        with ThreadPoolExecutor(max_workers=2) as workers:
            seen = set[str]().union(*workers.map(lambda tier: bodies(desk, tier), tiers))
    except SandboxUnavailable as refusal:
        pytest.skip(str(refusal))

    assert len(seen) == 1
