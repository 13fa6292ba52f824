"""An assignment that cannot be read, in a course whose other assignments are graded without naming them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import commands
from tests.hostile.small_course import DOUBLE, handed_in, write_course


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The small course, and beside its assignment one that raises."""
    folder = tmp_path / "course"
    write_course(folder)
    (folder / "assignments" / "broken").mkdir()
    (folder / "assignments" / "broken" / "assignment.py").write_text("ASSIGNMENT = 1 / 0\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("handed", ["class/ada.ipynb", "class"], ids=["one notebook", "a class"])
def test_a_broken_assignment_is_passed_over_with_a_warning(handed: str, course: Path) -> None:
    """The work is graded, and stderr names the file to mend."""
    (course.parent / "class").mkdir()
    (course.parent / "class" / "ada.ipynb").write_bytes(handed_in(DOUBLE))
    done = commands.run("grade", handed, "--course", course.name, cwd=course.parent)

    assert done.returncode == 0, done.stderr
    assert "warning: broken is passed over, since it cannot be read: " in done.stderr
    assert "assignment.py, line 1 raised ZeroDivisionError: division by zero" in done.stderr
