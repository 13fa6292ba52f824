"""A machine that refuses namespaces gives tier 2; one that refuses Landlock as well grades nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.wall.room import kernel
from grader.wall.sandbox import launch
from grader.wall.sandbox.view import library_folders, view
from tests.hostile.refusing import NAMESPACES
from tests.hostile.small_course import handed_in

REPOSITORY = Path(__file__).parents[2]
GRADE = [sys.executable, "-c", "from grader.cli.grade import grade_command; grade_command()"]


def grade_where(refused: str, small: Course, *more: str) -> subprocess.CompletedProcess[str]:
    """`grade` on an honest notebook, as a plain user, on a machine that refuses what is named."""
    if os.uname().machine not in NAMESPACES or kernel.landlock_abi() < 6:
        pytest.skip("tier 2 is not to be had here, so its choice cannot be seen")
    notebook = small.folder / "honest.ipynb"
    notebook.write_bytes(handed_in())
    paths = view(REPOSITORY, small.folder, *library_folders()).shown
    script = [sys.executable, str(REPOSITORY / "tests/hostile/refusing.py"), refused]
    command = [*launch.as_plain_uid(paths), *script, *GRADE, str(notebook), "--course", str(small.folder), *more]
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "TMPDIR": "/tmp",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)


def test_without_namespaces_the_second_tier_is_taken(small: Course) -> None:
    """`auto` says so in the report, and an honest notebook earns what it earns in tier 1."""
    done = grade_where("namespaces", small, "--json", "-")

    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["provenance"]["sandbox"], report["score"]["percent"]) == ("landlock", 100)


def test_without_any_tier_nothing_is_graded(small: Course) -> None:
    """Exit code 3, the cure for each tier, and no report."""
    done = grade_where("namespaces,landlock", small)

    assert (done.returncode, done.stdout) == (3, "")
    assert "container" in done.stderr
    assert "Use Linux 6.12 or newer with Landlock" in done.stderr


def test_a_tier_asked_for_by_name_is_not_replaced_by_another(small: Course) -> None:
    """`--sandbox namespaces` where they are refused is exit code 3, never tier 2 in silence."""
    done = grade_where("namespaces", small, "--sandbox", "namespaces")

    assert (done.returncode, done.stdout) == (3, "")
    assert "bubblewrap cannot make a box here" in done.stderr
