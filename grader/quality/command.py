"""`grader check` as the command line asks for it: which assignments, what is written where, and the exit code."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from grader.course import Course, find_course
from grader.crew import usable_cores
from grader.errors import UsageError
from grader.quality import Part, Proof, check_assignments
from grader.quality.showing import as_json, as_markdown, as_text
from grader.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The command line of `grader check`, as given."""

    assignments: tuple[str, ...]
    all: bool
    course: Path | None
    parts: tuple[str, ...]
    json: Path | None
    markdown: bool
    workers: int | None
    sandbox: str


def run_check(request: Request, *, environment: Mapping[str, str]) -> int:
    """Prove, print, and return 1 if anything is at fault. Raises UsageError for an assignment there is not."""
    settings = Settings.from_environment(environment)
    course = find_course(request.course or settings.course, near=Path.cwd())
    proofs = _proofs(request, course)
    if request.json is not None and str(request.json) != "-":
        request.json.write_text(as_json(proofs), encoding="utf-8")
    if str(request.json) == "-":
        sys.stdout.write(as_json(proofs))
    elif request.markdown:
        sys.stdout.write(as_markdown(proofs))
    else:
        terminal = sys.stdout.isatty()
        width = max(shutil.get_terminal_size((110, 24)).columns, 110)
        sys.stdout.write(as_text(proofs, width=width, colour=terminal and settings.colour))
    return 0 if all(proof.holds for proof in proofs) else 1


def _proofs(request: Request, course: Course) -> list[Proof]:
    ids = course.ids if request.all else request.assignments
    if not ids:
        raise UsageError("Which assignment? Name one or more, or all with --all.")
    if unknown := [name for name in ids if name not in course.ids]:
        raise UsageError(f"There is no assignment {unknown[0]!r} in {course.folder}: {', '.join(course.ids)}.")
    columns = (TextColumn("grading solutions"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        return check_assignments(
            course,
            ids,
            parts=[Part(name) for name in request.parts] or tuple(Part),
            sandbox=request.sandbox,
            workers=request.workers or usable_cores(),
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
