"""Cells of the instructor's that lie in files beside the reference, where no student and no room sees them."""

from __future__ import annotations

from pathlib import Path


def cells_of(assignment: str) -> dict[str, str]:
    """The cells of an assignment by the names of their files: `cells_of(__file__)` in `assignments/<id>/assignment.py`
    reads `reference/<id>/tests/*.py`; a doctest lies there as `*.txt`."""
    home = Path(assignment).resolve().parent
    tests = home.parents[1] / "reference" / home.name / "tests"
    files = (path for path in sorted(tests.glob("*")) if path.suffix in (".py", ".txt"))
    return {path.stem: path.read_text(encoding="utf-8") for path in files}
