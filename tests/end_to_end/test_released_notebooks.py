"""Finished work opened as a student opens it: in a plain Jupyter kernel, in a folder with what was released."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from grader.course import Course
from grader.publishing.release import package
from tests.end_to_end.digits import ROOT

COURSE = Course(ROOT)
SAMPLES = [name for name in COURSE.ids if (ROOT / "assignments" / name / "sample.ipynb").is_file()]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_runs_from_top_to_bottom_with_the_released_files(name: str, tmp_path: Path) -> None:
    """No cell raises, and every code cell was run."""
    for path, data in package(COURSE, COURSE.assignment(name)).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    sample = nbformat.read(ROOT / "assignments" / name / "sample.ipynb", as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types

    place = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(sample, timeout=300, kernel_name="python3", resources=place).execute()

    assert all(cell.execution_count for cell in sample.cells if cell.cell_type == "code" and cell.source.strip())
