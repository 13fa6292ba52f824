"""A submission that looks like a course: what it holds is never executed outside of a room."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests import commands
from tests.hostile.small_course import ASSIGNMENT, handed_in, write_course

EXECUTED = "executed"


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    """A class that a true course lies around; in it, a course that leaves a trace wherever it is executed."""
    folder = tmp_path / "course" / "submissions"
    write_course(tmp_path / "course")
    write_course(folder)
    trace = f"\nopen({str(tmp_path / EXECUTED)!r}, 'w').close()\n"
    (folder / "assignments/small/assignment.py").write_text(ASSIGNMENT + trace, encoding="utf-8")
    (folder / "ada").mkdir()
    for name in ("x.ipynb", "ada/x.ipynb"):
        (folder / name).write_bytes(handed_in())
    return folder


def graded(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "GRADER_COURSE"}
    return commands.run("grade", *arguments, "--sandbox", "none", "--quiet", cwd=cwd, environment=environment)


LINES = [
    pytest.param("x.ipynb", ".", id="a notebook beside it"),
    pytest.param("ada/x.ipynb", ".", id="a notebook below it"),
    pytest.param("../submissions", ".", id="the whole class"),
    pytest.param(".", "ada", id="from a student's folder"),
]


@pytest.mark.parametrize(("line", "cwd"), LINES)
def test_a_course_that_was_handed_in_is_not_executed(submissions: Path, line: str, cwd: str) -> None:
    """Exit code 2, and a sentence that says what to do."""
    (submissions.parent / "assignments").rename(submissions.parent / "put away")
    done = graded(line, cwd=submissions / cwd)

    assert done.returncode == 2
    assert f"{submissions}" in done.stderr
    assert not (submissions.parent.parent / EXECUTED).exists()


def test_between_two_courses_nothing_is_executed(submissions: Path) -> None:
    """Neither the one that was handed in nor the one around it."""
    done = graded("x.ipynb", cwd=submissions)

    assert (done.returncode, "Say with --course which of them" in done.stderr) == (2, True)
    assert not (submissions.parent.parent / EXECUTED).exists()


def test_half_of_a_course_takes_the_place_of_none(submissions: Path) -> None:
    """The true one around it is found, and must be named all the same, since the work lies in it."""
    (submissions / "reference").rename(submissions / "put away")
    done = graded("x.ipynb", cwd=submissions)

    assert (done.returncode, f"--course {submissions.parent}" in done.stderr) == (2, True)
    assert not (submissions.parent.parent / EXECUTED).exists()
    assert graded("x.ipynb", "--course", "..", cwd=submissions).returncode == 0
