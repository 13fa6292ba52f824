"""`grader import`: reads, writes the files of a course, says what came over and what did not, and proves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.importing.exercises import Planned, planned
from grader.authoring.importing.files import files_of
from grader.authoring.importing.formats import read_source
from grader.authoring.importing.found import FoundNotebook, found_in
from grader.authoring.importing.opened import opened
from grader.authoring.importing.pieces import Given, Prose, Source
from grader.authoring.proof import Part, check_assignments
from grader.course.folder import Course
from grader.errors import CourseError, UsageError
from grader.messages import terminal
from grader.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """The command line of `grader import`, as given."""

    source: Path
    output: Path
    check: bool
    sandbox: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of one notebook: from which grader, what was planned of it; or why nothing was written."""

    found: FoundNotebook
    peer: str = ""
    planned: Planned | None = None
    solved: bool = True
    fault: str = ""


def run_import(request: ImportRequest, *, environment: Mapping[str, str]) -> int:
    """Write what comes over and tell of all; 0, or 1 if some did not come over or its reference does not pass.

    Raises UsageError if nothing is there to import, or an assignment of that name is there already.
    """
    settings = Settings.from_environment(environment)
    notebooks = found_in(request.source)
    course = Course(request.output.resolve())
    _refuse_taken(course, notebooks)
    done = [_imported(each, course) for each in notebooks]
    for each in done:
        terminal.tell(*_told(each))
    sound = [each.found.id for each in done if each.planned is not None and each.planned.exercises and each.solved]
    faults = list(_proved(course, sound, request.sandbox, settings.keys_folder)) if request.check and sound else []
    terminal.tell(*faults, *_last(done, sound, faults, request))
    return 1 if faults or any(each.fault or not each.solved for each in done) else 0


def _imported(found: FoundNotebook, course: Course) -> Imported:
    try:
        peer, source = read_source(found.path)
        source = _with_header(source, found.header)
        plan = planned(source)
        if plan.exercises:
            title = _title(source, found.id)
            _write(course, files_of(found.id, title, peer, source, plan, found.files()))
            Course(course.folder).assignment(found.id)  # a course knows the ids that it had when it was asked first
        return Imported(found=found, peer=peer, planned=plan, solved=source.solved)
    except CourseError as error:
        return Imported(found=found, fault=str(error))


def _with_header(source: Source, header: Path | None) -> Source:
    if header is None:
        return source
    cells = opened(header)
    before = [Prose(source=each.source) if each.kind == "markdown" else Given(source=each.source) for each in cells]
    return Source(pieces=(*before, *source.pieces), lost=source.lost, solved=source.solved)


def _title(source: Source, id: str) -> str:
    lines = (line for each in source.pieces if isinstance(each, Prose) for line in each.source.split("\n"))
    headings = (line.lstrip("# ").strip() for line in lines if line.startswith("# "))
    return next((each for each in headings if each), id.replace("_", " ").capitalize())[:120]


def _write(course: Course, files: Mapping[str, bytes]) -> None:
    try:
        for name, data in files.items():
            path = course.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{course.folder} cannot be written ({error.strerror}). Name another with -o.") from error


def _refuse_taken(course: Course, notebooks: Sequence[FoundNotebook]) -> None:
    for each in notebooks:
        for kind in ("assignments", "reference"):
            if (home := course.folder / kind / each.id).exists():
                raise UsageError(f"{home} exists already, and is left as it is. Name another course with -o.")


def _proved(course: Course, ids: Sequence[str], sandbox: str, keys: Path | None) -> Iterator[str]:
    """What does not hold of reference and starter: one must pass every check, the other none."""
    proofs = check_assignments(
        course, ids, parts=[Part.NOTEBOOKS], sandbox=sandbox, keys=keys, progress=lambda _done, _of: None
    )
    for proof in proofs:
        yield from (f"{proof.assignment}: {fault}" for fault in proof.faults)


def _told(done: Imported) -> Iterator[str]:
    """The table of one notebook."""
    if done.planned is None:
        yield f"{done.found.path}: not imported. {done.fault}"
        return
    plan = done.planned
    checks = [check for each in plan.exercises for check in each.checks]
    waiting = sum(each.points for each in plan.to_mark)
    came = sum(check.points for check in checks)
    of = came + waiting + plan.factor * sum(each.points for each in plan.lost)
    yield f"{done.found.id}, from {done.peer} ({done.found.path}): {came} of {of} points are checked, {waiting} to mark"
    if plan.factor != 1:
        yield f"  points are {plan.factor} times those it had there, so that all are whole"
    for exercise in plan.exercises:
        yield f"  {exercise.target}: " + ", ".join(f"{each.id} ({each.points})" for each in exercise.checks)
    yield from (f"  to mark {each.id} ({each.points}): {each.title}" for each in plan.to_mark)
    for lost in plan.lost:
        yield f"  not {lost.name} ({lost.points * plan.factor}): {lost.why}"
    if not plan.exercises:
        yield "  Nothing of it is checked by a test, so no assignment was written."
    elif not done.solved:
        yield f"  It holds no solutions: write reference/{done.found.id}/solution.py, or import the source version."


def _last(
    done: Sequence[Imported], sound: Sequence[str], faults: Sequence[str], request: ImportRequest
) -> Iterator[str]:
    came = sum(each.planned is not None and bool(each.planned.exercises) for each in done)
    yield f"{came} of {len(done)} notebooks came over to {request.output}."
    if request.check and sound and not faults:
        yield "Their references pass every check, their starters none that is worth a point."
    yield f"Next: grader check --all --course {request.output}"
