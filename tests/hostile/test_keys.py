"""Answer keys that are kept on disk hold all that a room must not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.errors import SandboxUnavailable
from grader.grading.grader import Grader
from grader.report.report import Verdict
from tests.hostile.conftest import TIERS
from tests.hostile.small_course import handed_in, held

READS = """\
tries("list the keys", lambda: os.listdir({folder!r}))
tries("read a key", lambda: open({file!r}, "rb"))
"""


@pytest.mark.parametrize("tier", TIERS)
def test_no_room_reads_a_key_that_is_kept(tier: str, small: Course, tmp_path: Path) -> None:
    """19: not even where everybody else of the machine may."""
    keys = tmp_path / "keys"
    try:
        with Grader(small, small.assignment("small"), sandbox=tier, keys=keys) as grader:
            honest = grader.grade("honest.ipynb", handed_in())
            for folder in (keys, *keys.parents[:3]):
                folder.chmod(0o755)
            (first, *_) = sorted(keys.iterdir())
            first.chmod(0o644)
            report = grader.grade(
                "x.ipynb", held(READS.format(folder=str(keys), file=str(first)), before="import os\n")
            )
    except SandboxUnavailable as refusal:
        pytest.skip(str(refusal))

    assert [each.exercises[0].verdict for each in (honest, report)] == [Verdict.PASSED] * 2, report.exercises[0].message
