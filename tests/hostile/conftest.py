"""The house under attack: a sandbox of each tier, an honest report, and the machine as it was before."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.course import Course
from grader.desk import Desk
from grader.errors import SandboxUnavailable
from grader.pipeline import grade_bytes
from grader.provenance import WallClock
from grader.reference import answer_key
from grader.report import Report
from grader.sandbox import Sandbox
from grader.sandbox.backends import open_sandbox
from tests.hostile.small_course import handed_in, write_course
from tests.hostile.traces import Traces, traces

TIERS = ("namespaces", "landlock")
#: planted in the trusted process's environment before any sandbox starts
ENVIRONMENT_CANARY = "canary-of-the-environment-77c1e0"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A desk whose sandbox is of one tier; `temporary` is the only folder in which it makes temporary files."""

    desk: Desk
    temporary: Path
    honest: str
    before: Traces

    @property
    def sandbox(self) -> Sandbox:
        """Where the attacks run."""
        return self.desk.sandbox

    def grade(self, data: bytes) -> Report:
        """Grade the bytes of one notebook."""
        return grade_bytes("submission.ipynb", data, self.desk)

    def traces(self) -> Traces:
        """What there is now of processes, mounts, files and shared memory."""
        return traces(self.temporary)


@pytest.fixture(scope="session")
def temporary() -> Iterator[Path]:
    """All temporary files of the suite lie here, so that another program's are not taken for ours."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        tempfile.tempdir = name
        yield folder
        tempfile.tempdir = before


@pytest.fixture(scope="session")
def small(temporary: Path) -> Course:
    """The small course, in files that any user may read."""
    folder = temporary / "course"
    write_course(folder)
    return Course(folder)


@contextmanager
def opened(tier: str, runtime: str) -> Iterator[Sandbox]:
    """The sandbox of that tier. Skips where the machine refuses it; in CI a package that is missing is a failure."""
    os.environ["GRADER_TEST_CANARY"] = ENVIRONMENT_CANARY
    try:
        sandbox = open_sandbox(tier, runtime)
    except SandboxUnavailable as refusal:
        if os.environ.get("CI") and "not installed" in str(refusal):
            pytest.fail(str(refusal))
        pytest.skip(str(refusal))
    with sandbox as running:
        yield running


@pytest.fixture(scope="session", params=TIERS)
def house(request: pytest.FixtureRequest, temporary: Path, small: Course) -> Iterator[House]:
    """The small course's desk, once for each tier, when its sandbox is warm and has graded an honest notebook."""
    with opened(request.param, "numpy") as sandbox:
        yield furnished(small, "small", sandbox, temporary, handed_in())


def furnished(course: Course, name: str, sandbox: Sandbox, temporary: Path, honest: bytes) -> House:
    """A house for an assignment of `course`; `honest` is the notebook that must be graded alike ever after."""
    assignment = course.assignment(name)
    desk = Desk(
        course=course,
        assignment=assignment,
        key=answer_key(course, assignment),
        files=course.files(name),
        sandbox=sandbox,
        clock=WallClock(),
    )
    report = grade_bytes("submission.ipynb", honest, desk)
    assert report.score is not None
    assert report.score.percent == 100, report
    return House(desk=desk, temporary=temporary, honest=outside_run(report), before=traces(temporary))


def outside_run(report: Report) -> str:
    """The report as JSON without the one section that may differ, and without the student's own source."""
    own = {"__all__": {"cell": {"source"}}}
    return report.model_dump_json(exclude={"run": True, "exercises": own}, warnings=False)
