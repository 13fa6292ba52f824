"""What a report depends on, as digests: the context that a class shares, and the content of one notebook.

Under one key there is one report, outside `submission` and `run`. Who keeps reports by these keys is a `ReportStore`.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import grader
from grader.classes.intake.found import OUTPUT_JOURNAL
from grader.course.assignment import Assignment
from grader.course.digests import digests_below
from grader.course.folder import Course
from grader.limits import NotebookLimits
from grader.notebook.notebook import Notebook
from grader.notebook.submission.find import hidden_answer
from grader.notebook.submission.texts import asked_and_answered
from grader.report.report import Provenance


def context_key(
    course: Course,
    assignment: Assignment,
    provenance: Provenance,
    limits: NotebookLimits,
    packages: Sequence[str],
) -> str:
    """What all submissions of a class have alike: assignment, reference, versions, seed, sandbox and limits.

    Of assignment and reference every file counts, since either may read any. `packages` are all that are installed.
    The grader counts with its source as well: between two releases its version stays and its judgement changes.
    """
    package = Path(grader.__file__).parent
    return _digest(
        {
            "assignment": assignment.version,
            "asked": _files(course.folder / "assignments" / assignment.id),
            "answers": _files(course.folder / "reference" / assignment.id),
            "provenance": provenance.model_dump(),
            "packages": list(packages),
            "limits": asdict(limits),
            "grader": _files(package),
        }
    )


def environment_key(limits: NotebookLimits, packages: Sequence[str]) -> str:
    """What judges, apart from the course and the sandbox: the grader, Python, what is installed, limits."""
    return _digest(
        {
            "python": platform.python_version(),
            "packages": list(packages),
            "limits": asdict(limits),
            "grader": _files(Path(grader.__file__).parent),
        }
    )


def content_key(notebook: Notebook, assignment: Assignment, context: str) -> str:
    """What grading `notebook` depends on. Outputs do not count, nor does prose that answers nothing."""
    return _digest({"context": context, "notebook": asdict(essence(notebook, assignment))})


def bytes_key(sha256: str, context: str) -> str:
    """What the report of a file depends on, whatever its bytes are; several may have one content."""
    return _digest({"context": context, "bytes": sha256})


def essence(notebook: Notebook, assignment: Assignment) -> Notebook:
    """The notebook without the cells that neither grading nor a person sees: all but code, answers that hide in other
    cells, and those in prose, with the line that asks for each. So it is with those that were handed in with it."""
    kept = {cell.index for each in assignment.exercises if (cell := hidden_answer(notebook, each)) is not None}
    kept |= {cell.index for prompt in _prompts(assignment) for cell in asked_and_answered(notebook, prompt)}
    cells = tuple(cell for cell in notebook.cells if cell.kind == "code" or cell.index in kept)
    return replace(notebook, cells=cells, beside=tuple(essence(each, assignment) for each in notebook.beside))


def _prompts(assignment: Assignment) -> Iterator[str]:
    yield from (each.prompt for each in assignment.asked if each.prompt)


def _files(home: Path) -> list[list[str]]:
    """Every file below `home`; what the grader wrote does not count."""
    return digests_below(home, apart={path.parent for path in home.rglob(OUTPUT_JOURNAL)} - {home})


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
