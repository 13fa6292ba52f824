"""`grader check` as the command line asks for it: which assignments, what is written where, and the exit code."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from grader.authoring.proof import Part, Proof, check_assignments
from grader.authoring.proof.showing import as_json, as_markdown, as_text
from grader.classes.crew import usable_cores
from grader.classes.writing import write_whole
from grader.course.folder import Course, find_course
from grader.errors import UsageError
from grader.messages import terminal
from grader.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRequest:
    """The command line of `grader check`, as given."""

    assignments: tuple[str, ...]
    all: bool
    course: Path | None
    parts: tuple[str, ...]
    json: Path | None
    markdown: bool
    workers: int | None
    sandbox: str


def run_check(request: CheckRequest, *, environment: Mapping[str, str]) -> int:
    """Prove, print, and return 1 if anything is at fault. Raises UsageError for an assignment there is not."""
    settings = Settings.from_environment(environment)
    course = find_course(request.course or settings.course, near=Path.cwd())
    proofs = _proofs(request, course, settings)
    if request.json is not None and str(request.json) != "-":
        write_whole(request.json, as_json(proofs), otherwise="Name another file with --json.")
    if str(request.json) == "-":
        terminal.hand_over(as_json(proofs))
    elif request.markdown:
        terminal.hand_over(as_markdown(proofs))
    else:
        width = max(shutil.get_terminal_size((110, 24)).columns, 110)
        terminal.show(as_text(proofs, width=width, colour=terminal.is_watched() and settings.colour))
    return 0 if all(proof.holds for proof in proofs) else 1


def _proofs(request: CheckRequest, course: Course, settings: Settings) -> list[Proof]:
    ids = course.ids if request.all else request.assignments
    if not ids:
        raise UsageError("Which assignment? Name one or more, or all with --all.")
    if unknown := [name for name in ids if name not in course.ids]:
        raise UsageError(f"There is no assignment {unknown[0]!r} in {course.folder}: {', '.join(course.ids)}.")
    columns = (TextColumn("grading solutions"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=terminal.progress()), transient=True) as bar:
        task = bar.add_task("", total=None)
        return check_assignments(
            course,
            ids,
            parts=[Part(name) for name in request.parts] or tuple(Part),
            sandbox=request.sandbox,
            workers=request.workers or usable_cores(),
            keys=settings.keys_folder,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
