"""`grader import`: reads, writes the files of a course, says what came over and what did not, and proves it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from grader.authoring.importing.exercises import Planned, given_twice, planned
from grader.authoring.importing.files import files_of, packages_missing
from grader.authoring.importing.formats import read_source
from grader.authoring.importing.found import FoundAssignment, found_in
from grader.authoring.importing.opened import opened
from grader.authoring.importing.pieces import Given, Prose, Source
from grader.authoring.proof import Part, Proof, check_assignments
from grader.course.folder import Course
from grader.errors import CourseError, UsageError
from grader.messages import terminal
from grader.settings import Settings

#: what a notebook of several may be called; see `NotebookName`
_NAME: Final = re.compile(r"\w[\w .()-]{0,99}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """The command line of `grader import`, as given."""

    source: Path
    output: Path
    check: bool
    sandbox: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A notebook that did not come over, and why."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of one assignment: from which grader, what was planned of it, what of it cannot be read. `apart`: the
    names for whose sake its notebooks became assignments of their own; `missing`: packages that are not installed."""

    found: FoundAssignment
    peer: str = ""
    planned: Planned | None = None
    solved: bool = True
    faults: tuple[Fault, ...] = ()
    apart: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def came(self) -> int:
        """How many of its notebooks came over."""
        return len(self.found.paths) - len(self.faults) if self.planned is not None and self.planned.exercises else 0


def run_import(request: ImportRequest, *, environment: Mapping[str, str]) -> int:
    """Write what comes over and tell of all; 0, or 1 if some did not come over or its reference does not pass.

    Raises UsageError if nothing is there to import, or an assignment of that name is there already.
    """
    settings = Settings.from_environment(environment)
    assignments = found_in(request.source)
    course = Course(request.output.resolve())
    _refuse_taken(course, assignments)
    done = [imported for each in assignments for imported in _imported(each, course)]
    for each in done:
        terminal.tell(*_told(each))
    sound = [each.found.id for each in done if each.came and each.solved]
    proofs = _proved(course, sound, request.sandbox, settings.keys_folder) if request.check and sound else []
    faults = [f"{proof.assignment}: {fault}" for proof in proofs for fault in proof.faults]
    remarks = [f"{proof.assignment}: {remark}" for proof in proofs for remark in proof.remarks]
    terminal.tell(*faults, *remarks, *_last(done, sound, faults, request))
    return 1 if faults or any(each.faults or not each.solved for each in done) else 0


def _imported(found: FoundAssignment, course: Course) -> Iterator[Imported]:
    """The assignment; or its notebooks one by one, where no script could answer all of them."""
    read, faults = _read(found)
    names = given_twice(source for _, source in read.values())
    if len(found.paths) > 1 and (names or not all(map(_NAME.fullmatch, read))):
        apart = found.apart()
        _refuse_taken(course, apart)
        for each in apart:
            yield replace(_one(each, *_read(each), course), apart=names)
    else:
        yield _one(found, read, faults, course)


def _read(found: FoundAssignment) -> tuple[dict[str, tuple[str, Source]], tuple[Fault, ...]]:
    """By what each notebook is called, if they are several: from which grader it is, and what it holds."""
    read: dict[str, tuple[str, Source]] = {}
    faults: list[Fault] = []
    for path in found.paths:
        try:
            peer, source = read_source(path)
            read[path.stem if len(found.paths) > 1 else ""] = peer, _with_header(source, found.header)
        except CourseError as error:
            faults.append(Fault(path=path, why=str(error)))
    return read, tuple(faults)


def _one(
    found: FoundAssignment, read: Mapping[str, tuple[str, Source]], faults: tuple[Fault, ...], course: Course
) -> Imported:
    if not read:
        return Imported(found=found, faults=faults)
    sources = {name: source for name, (_, source) in read.items()}
    peer = next(iter(read.values()))[0]
    try:
        plan = planned(sources)
        if plan.exercises:
            sources = {name: source for name, source in sources.items() if not name or _is_in(plan, name)}
            title = _title(sources, found.id)
            _write(course, files_of(found.id, title, peer, sources, plan, found.files()))
            Course(course.folder).assignment(found.id)  # a course knows the ids that it had when it was asked first
    except CourseError as error:
        return Imported(found=found, faults=(*faults, Fault(path=found.paths[0], why=str(error))))
    solved = all(source.solved for source in sources.values())
    missing = packages_missing(sources.values(), found.files())
    return Imported(found=found, peer=peer, planned=plan, solved=solved, faults=faults, missing=missing)


def _is_in(plan: Planned, notebook: str) -> bool:
    """Whether anything of the assignment is answered in that notebook."""
    answered = [each.notebook for each in plan.exercises] + [each.notebook for each in plan.to_mark]
    return notebook in answered


def _with_header(source: Source, header: Path | None) -> Source:
    if header is None:
        return source
    cells = opened(header)
    before = [Prose(source=each.source) if each.kind == "markdown" else Given(source=each.source) for each in cells]
    return Source(pieces=(*before, *source.pieces), lost=source.lost, solved=source.solved)


def _title(sources: Mapping[str, Source], id: str) -> str:
    """The first heading of the notebook; of several none stands for all."""
    pieces = next(iter(sources.values())).pieces if len(sources) == 1 else ()
    lines = (line for each in pieces if isinstance(each, Prose) for line in each.source.split("\n"))
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


def _refuse_taken(course: Course, assignments: Sequence[FoundAssignment]) -> None:
    for each in assignments:
        for kind in ("assignments", "reference"):
            if (home := course.folder / kind / each.id).exists():
                raise UsageError(f"{home} exists already, and is left as it is. Name another course with -o.")


def _proved(course: Course, ids: Sequence[str], sandbox: str, keys: Path | None) -> list[Proof]:
    """What is known of reference and starter: one must pass every check, the other none."""
    return check_assignments(
        course, ids, parts=[Part.NOTEBOOKS], sandbox=sandbox, keys=keys, progress=lambda _done, _of: None
    )


def _told(done: Imported) -> Iterator[str]:
    """The table of one assignment."""
    for fault in done.faults:
        yield f"{fault.path}: not imported. {fault.why}"
    if done.planned is None:
        return
    plan = done.planned
    checks = [check for each in plan.exercises for check in each.checks]
    waiting = sum(each.points for each in plan.to_mark)
    came = sum(check.points for check in checks)
    of = came + waiting + plan.factor * sum(each.points for each in plan.lost)
    paths = ", ".join(str(path) for path in done.found.paths)
    yield f"{done.found.id}, from {done.peer} ({paths}): {came} of {float(of):g} points are checked, {waiting} to mark"
    if done.apart:
        yield f"  an assignment of its own: {', '.join(done.apart[:5])} means something else in another of the folder"
    if plan.factor != 1:
        yield f"  points are {plan.factor} times those it had there, so that all are whole"
    if done.missing:
        yield f"  not installed here, so that its code cannot run: {', '.join(done.missing)}"
    for exercise in plan.exercises:
        ids = ", ".join(f"{each.id} ({each.points})" for each in exercise.checks)
        yield f"  {_within(exercise.notebook)}{exercise.target}: {ids}"
    yield from (f"  to mark {_within(each.notebook)}{each.id} ({each.points}): {each.title}" for each in plan.to_mark)
    for lost in plan.lost:
        yield f"  not {_within(lost.notebook)}{lost.name} ({float(lost.points * plan.factor):g}): {lost.why}"
    if not plan.exercises:
        yield "  Nothing of it is checked by a test, so no assignment was written."
    elif not done.solved:
        yield f"  It holds no solutions: write reference/{done.found.id}/solution.py, or import the source version."


def _within(notebook: str) -> str:
    return f"{notebook}: " if notebook else ""


def _last(
    done: Sequence[Imported], sound: Sequence[str], faults: Sequence[str], request: ImportRequest
) -> Iterator[str]:
    came, all_of_them = sum(each.came for each in done), sum(len(each.found.paths) for each in done)
    yield f"{came} of {all_of_them} notebooks came over to {request.output}."
    if request.check and sound and not faults:
        yield "Their references pass every check, their starters none that is worth a point."
    if faults:
        yield (
            "Of a test that the reference loses, mend reference/ID/tests/NAME.py, or delete its check in "
            "assignments/ID/assignment.py: until then it costs every student its points."
        )
    if came:
        yield f"Next: grader check --all --course {request.output}"
