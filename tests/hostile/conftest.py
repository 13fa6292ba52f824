"""The house under attack: a sandbox of each tier, an honest report, and the machine as it was before."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.errors import SandboxUnavailable
from grader.grading.grader import Grader
from grader.report.report import Report
from grader.wall.sandbox import Sandbox
from grader.wall.sandbox.forked import choose_sandbox
from tests.hostile.small_course import handed_in, write_course
from tests.hostile.traces import Traces, traces

TIERS = ("namespaces", "landlock")
#: the first of them that this machine gives, for what is the same in every tier
STRONGEST = "strongest"
#: planted in the trusted process's environment before any sandbox starts
ENVIRONMENT_CANARY = "canary-of-the-environment-77c1e0"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A grader whose sandbox is of one tier; `temporary` is the only folder in which it makes temporary files.

    `before` is what there was when the test began: other houses of the session live in the same folder.
    """

    grader: Grader
    temporary: Path
    honest: str
    before: Traces

    @property
    def sandbox(self) -> Sandbox:
        """Where the attacks run."""
        return self.grader.materials.sandbox

    def grade(self, data: bytes) -> Report:
        """Grade the bytes of one notebook."""
        return self.grader.grade("submission.ipynb", data)

    def found(self) -> House:
        """The same house, compared from now on with the machine as it is now."""
        return replace(self, before=self.traces())

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
def opened(
    tier: str, runtime: str, *, uses: tuple[str, ...] = (), private: tuple[Path, ...] = (), skips: bool = True
) -> Iterator[Sandbox]:
    """The sandbox of that tier. Skips where the machine refuses it; in CI a package that is missing is a failure."""
    os.environ["GRADER_TEST_CANARY"] = ENVIRONMENT_CANARY
    for each in TIERS if tier == STRONGEST else (tier,):
        try:
            sandbox = choose_sandbox(each, runtime, uses=uses, private=private)
            break
        except SandboxUnavailable as refusal:
            if not skips:
                raise
            reason = str(refusal)
            if os.environ.get("CI") and "not installed" in reason:
                pytest.fail(reason)
    else:
        pytest.skip(reason)
    with sandbox as running:
        yield running


@pytest.fixture(scope="session")
def houses(temporary: Path, small: Course) -> Iterator[Callable[[str], House]]:
    """`houses(tier)`: the small course's grader, whose sandbox is warm and has graded an honest notebook. Each stands
    to the end, in whatever order tests ask for tiers; of a fixture with parameters only the last one stands."""
    with ExitStack() as stack:

        @cache
        def standing(tier: str) -> House:
            sandbox = stack.enter_context(opened(tier, "numpy"))
            grader = stack.enter_context(Grader(small, small.assignment("small"), sandbox=sandbox))
            return furnished(grader, temporary, handed_in())

        yield standing


@pytest.fixture(params=TIERS)
def house(request: pytest.FixtureRequest, houses: Callable[[str], House]) -> House:
    """The small course's grader in each tier, as the test finds it."""
    return houses(request.param).found()


def furnished(grader: Grader, temporary: Path, honest: bytes) -> House:
    """A house for a grader; `honest` is the notebook that must be graded alike ever after."""
    report = grader.grade("submission.ipynb", honest)
    assert report.score is not None
    assert report.score.percent == 100, report
    return House(grader=grader, temporary=temporary, honest=outside_run(report), before=traces(temporary))


def outside_run(report: Report) -> str:
    """The report as JSON without the one section that may differ, and without the student's own source."""
    own = {"__all__": {"cell": {"source"}}}
    return report.model_dump_json(exclude={"run": True, "exercises": own}, warnings=False)
