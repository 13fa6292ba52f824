"""Notebooks opened as a student opens them: in a plain Jupyter kernel, in a folder with what was released."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from grader.authoring.notebooks import cleared
from grader.authoring.practice_cells import practice_call, with_practice
from grader.authoring.student_package import practised
from tests.labs import COURSE, lab, packed

#: one with Keras and one without; starting a kernel and training in it once more would tell no more
TRIED = ("digits", "numpy_basics")
SAMPLES = [name for name in COURSE.ids if (COURSE.folder / "assignments" / name / "sample.ipynb").is_file()]


@pytest.mark.parametrize("name", [lab(name, thorough=name not in TRIED) for name in SAMPLES])
def test_a_sample_runs_from_top_to_bottom_with_the_released_files(name: str, tmp_path: Path) -> None:
    """With the lines of practice that students get: no cell raises, every cell runs, and each card finds all right."""
    assignment = COURSE.assignment(name)
    data = with_practice(cleared(COURSE.folder / "assignments" / name / "sample.ipynb"), assignment)
    sample = ran(data, into=tmp_path, name=name)

    assert all(cell.execution_count for cell in code_cells(sample) if cell.source.strip())
    assert {line: outcomes(cell) for line, cell in practised_in(sample, name)} == {
        practice_call(each): ["fine"] for each in practised(assignment)
    }


@pytest.mark.parametrize("name", ["numpy_basics", pytest.param("digits", marks=pytest.mark.thorough)])
def test_a_starter_shows_what_is_left_to_do(name: str, tmp_path: Path) -> None:
    """Before anything is written, no line of practice raises, and none finds the answer right."""
    starter = ran(packed(name)[f"{name}.ipynb"], into=tmp_path, name=name)
    found = {line: outcomes(cell) for line, cell in practised_in(starter, name)}

    assert set(found) == {practice_call(each) for each in practised(COURSE.assignment(name))}
    assert all(shown == ["to mend"] for shown in found.values())


def ran(notebook: bytes, *, into: Path, name: str) -> Any:
    """The notebook, run in a folder with the released files; a starter goes on where a cell of its own raises."""
    for path, data in packed(name).items():
        (into / path).parent.mkdir(parents=True, exist_ok=True)
        (into / path).write_bytes(data)
    read = nbformat.reads(notebook.decode(), as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types
    place = {"metadata": {"path": str(into)}}
    goes_on = notebook == packed(name)[f"{name}.ipynb"]
    NotebookClient(read, timeout=300, kernel_name="python3", resources=place, allow_errors=goes_on).execute()
    return read


def code_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def practised_in(notebook: Any, name: str) -> list[tuple[str, Any]]:
    lines = {practice_call(each) for each in COURSE.assignment(name).exercises}
    return [(cell.source, cell) for cell in code_cells(notebook) if cell.source in lines]


def outcomes(cell: Any) -> list[str]:
    """What each output of a line of practice is: a card on which all is well or something is not, or something else."""
    return [_outcome(output) for output in cell.outputs]


def _outcome(output: Any) -> str:
    data = output.get("data", {})
    if "Practice, not a grade" not in data.get("text/html", ""):
        return str(output)
    wrong = any(verdict in data["text/plain"] for verdict in ("FAILED", "RAISED", "MISSING"))
    return "to mend" if wrong else "fine"
