"""`grader release`: the student package. It holds the starter, the given files, what practice needs, and a README.
It holds nothing of the reference.

A part is a row of `PACKAGE_PARTS`. Parts are handed the course and must give no more of it than students may see.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias

from grader.authoring.filling import filled
from grader.authoring.listing import due_text
from grader.authoring.notebooks import cleared, imported, imports_in
from grader.authoring.practice import NEEDS
from grader.authoring.practice_cells import practice_call, with_practice
from grader.authoring.student_package import practice_files, practised
from grader.course.assignment import Assignment
from grader.course.folder import Course, find_course
from grader.errors import CourseError, UsageError
from grader.messages import terminal
from grader.settings import Settings

#: the files of one part of the package: bytes by their path in it, with slashes. The sandbox, as the command line calls
#: it, is for what runs the reference
PackagePart: TypeAlias = Callable[[Course, Assignment, str], Mapping[str, bytes]]

#: packages that are installed under another name than they are imported by
_INSTALLED_AS: Final = {"PIL": "pillow", "cv2": "opencv-python", "skimage": "scikit-image", "sklearn": "scikit-learn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRequest:
    """The command line of `grader release`, as given."""

    assignment: str
    output: Path
    course: Path | None
    force: bool
    sandbox: str = "auto"


def run_release(request: ReleaseRequest, *, environment: Mapping[str, str]) -> int:
    """Write the package; 0. Raises UsageError for a folder in use, CourseError for an assignment not ready."""
    settings = Settings.from_environment(environment)
    course = find_course(request.course or settings.course, near=Path.cwd())
    files = package(course, course.assignment(request.assignment), sandbox=request.sandbox)
    _write(files, request.output, force=request.force)
    terminal.tell(
        f"{request.output}: {request.assignment}, {len(files)} files for students.",
        *(f"  {line}" for line in _listed(files)),
    )
    return 0


def package(course: Course, assignment: Assignment, *, sandbox: str = "auto") -> dict[str, bytes]:
    """The files of the student package by their path in it; the same bytes for the same course.

    Raises CourseError if the assignment is not finished, or two parts want the same path, and SandboxUnavailable.
    """
    if unfinished := course.unfinished(assignment.id):
        raise CourseError(*unfinished)
    files: dict[str, bytes] = {}
    for name, part in PACKAGE_PARTS.items():
        for path, data in part(course, assignment, sandbox).items():
            if path in files:
                raise CourseError(f"{assignment.id}: two files of the student package are called {path} ({name}).")
            files[path] = data
    return files


def notebook_name(assignment: Assignment) -> str:
    """What students' notebook is called: by the assignment, so that several of them can be told apart."""
    return f"{assignment.id}.ipynb"


def _notebook(course: Course, assignment: Assignment, sandbox: str) -> Mapping[str, bytes]:
    del sandbox
    starters = course.notebooks(assignment.id, "starter")
    if not assignment.notebooks:
        return {notebook_name(assignment): with_practice(cleared(starters[0]), assignment)}
    return {each.name: with_practice(cleared(each), assignment.within(each.stem)) for each in starters}


def _files(course: Course, assignment: Assignment, sandbox: str) -> Mapping[str, bytes]:
    del sandbox
    return course.files(assignment.id)


def _practice(course: Course, assignment: Assignment, sandbox: str) -> Mapping[str, bytes]:
    return practice_files(course, assignment, sandbox=sandbox)


def _readme(course: Course, assignment: Assignment, sandbox: str) -> Mapping[str, bytes]:
    calls = [practice_call(each) for each in practised(assignment)]
    notebooks = _notebook(course, assignment, sandbox)
    starter = "".join(each.decode() for each in notebooks.values())
    text = filled(
        "student.md.jinja",
        assignment=assignment,
        notebooks=list(notebooks),
        due=None if assignment.due is None else due_text(assignment.due),
        files=sorted(course.files(assignment.id)),
        packages=_packages(course, assignment),
        practised=calls,
        practice_stands=any(json.dumps(call) in starter for call in calls),
        practice=NEEDS,
    )
    return {"README.md": text.encode()}


#: what the package is made of, in this order
PACKAGE_PARTS: Final[Mapping[str, PackagePart]] = {
    "notebook": _notebook,
    "given files": _files,
    "practice": _practice,
    "README": _readme,
}


def _packages(course: Course, assignment: Assignment) -> tuple[str, ...]:
    """What must be installed to run notebook and files, by the names that pip knows."""
    files = course.files(assignment.id)
    starters = course.notebooks(assignment.id, "starter")
    found = {name for each in starters for name in imported(cleared(each))}
    for path, data in files.items():
        if path.endswith(".py"):
            found.update(imports_in(data.decode("utf-8", "replace")))
    own = {PurePosixPath(path).parts[0].removesuffix(".py") for path in files} | {"grader"}
    foreign = found - own - sys.stdlib_module_names
    if "keras" in foreign:
        foreign.add("tensorflow")  # which Keras computes with here; alone it cannot be imported
    return tuple(sorted(_INSTALLED_AS.get(name, name) for name in foreign))


def _listed(files: Mapping[str, bytes]) -> Iterator[str]:
    """The files by name; of our own modules, which are the same in every package, only how many they are."""
    own = [path for path in files if path.startswith("grader/")]
    yield from sorted(path for path in files if path not in own)
    if own:
        yield f"grader/ ({len(own)} files, for practice)"


def _write(files: Mapping[str, bytes], folder: Path, *, force: bool) -> None:
    try:
        if not force and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(
                f"{folder} exists and is not an empty folder. Name another with -o, or add --force: that replaces "
                "files of the same names and leaves all others."
            )
        for path, data in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written ({error.strerror}). Name another folder with -o.") from error
