"""What a report depends on, as digests: the context that a class shares, and the content of one notebook.

Under one key there is one report, outside `submission` and `run`. Who keeps reports by these keys is `journal.py`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import grader
from grader.assignment import Assignment
from grader.course import Course
from grader.limits import NotebookLimits
from grader.notebook import Notebook
from grader.report import Provenance
from grader.submission.find import hidden_answer


def context_key(course: Course, assignment: Assignment, provenance: Provenance, limits: NotebookLimits) -> str:
    """What all submissions of a class have alike: assignment, reference, versions, seed, sandbox and limits.

    The grader counts with its source as well: between two releases its version stays and its judgement changes.
    """
    package = Path(grader.__file__).parent
    return _digest(
        {
            "assignment": assignment.version,
            "asked": _files(course.folder / "assignments" / assignment.id, ("assignment.py", "files")),
            "answers": _files(course.folder / "reference", (assignment.id,)),
            "provenance": provenance.model_dump(),
            "limits": asdict(limits),
            "grader": [[path.relative_to(package).as_posix(), _digest_of(path)] for path in _below(package)],
        }
    )


def content_key(notebook: Notebook, assignment: Assignment, context: str) -> str:
    """What grading `notebook` depends on. Outputs do not count, nor does prose."""
    return _digest({"context": context, "notebook": asdict(essence(notebook, assignment))})


def unreadable_key(sha256: str, context: str) -> str:
    """What the report of bytes that are no notebook depends on."""
    return _digest({"context": context, "bytes": sha256})


def essence(notebook: Notebook, assignment: Assignment) -> Notebook:
    """The notebook without the cells that grading cannot see: all but code, and answers that hide in other cells."""
    hiding = {cell.index for each in assignment.exercises if (cell := hidden_answer(notebook, each)) is not None}
    return replace(
        notebook, cells=tuple(cell for cell in notebook.cells if cell.kind == "code" or cell.index in hiding)
    )


def _files(home: Path, names: tuple[str, ...]) -> list[list[str]]:
    found = (path for name in names for path in _below(home / name))
    return [[path.relative_to(home).as_posix(), _digest_of(path)] for path in found]


def _below(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    for each in sorted(path.rglob("*")):
        if each.is_file() and "__pycache__" not in each.parts:
            yield each


def _digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
