"""Adapters: an assignment packed as what another platform grades with. `grader adapter` makes them.

An archive holds the grader as a wheel, the versions it goes with, the one assignment with its reference, and scripts.
What then runs in the platform's container is `inside.py`; what is particular to a platform is a row of `platforms.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from grader.adapter.archive import Packed, archived
from grader.adapter.parts import parse_part, written
from grader.adapter.platforms import PLATFORMS, Platform
from grader.adapter.wheel import constraints, wheel
from grader.course import Course, find_course
from grader.errors import UsageError
from grader.settings import Settings

_PASSED_OVER = frozenset({"__pycache__", ".ipynb_checkpoints"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The command line of `grader adapter`, as given."""

    platform: str
    assignment: str
    output: Path
    course: Path | None
    parts: tuple[str, ...]
    sandbox: str


def make_adapter(request: Request, *, environment: Mapping[str, str]) -> int:
    """Write the archive; 0. Raises UsageError and CourseError."""
    course = find_course(request.course or Settings.from_environment(environment).course, near=Path.cwd())
    data = packed(request, course)
    try:
        request.output.write_bytes(data)
    except OSError as error:
        raise UsageError(
            f"{request.output} cannot be written ({error.strerror}). Name another file with -o."
        ) from error
    sys.stdout.write(
        f"{request.output}: {request.assignment} for {request.platform}, {len(data) / 1e6:.1f} MB. "
        "It holds the reference: give it to no student.\n"
    )
    return 0


def packed(request: Request, course: Course) -> bytes:
    """The archive as bytes, the same ones for the same course and versions. Raises UsageError and CourseError."""
    platform = PLATFORMS[request.platform]
    assignment = course.assignment(request.assignment)
    if request.parts and request.platform != "coursera":
        raise UsageError(f"{request.platform} has no parts. Leave out --part.")
    parts = [parse_part(text, assignment) for text in request.parts]
    files = [*_scripts(platform), *_package(), *_course(course, assignment.id)]
    files.append(Packed(path="failed.json", data=platform.failed.text.encode()))
    files.append(Packed(path="sandbox", data=f"{request.sandbox}\n".encode()))
    if parts:
        files.append(Packed(path="parts.toml", data=written(parts).encode()))
    return archived(files)


def _scripts(platform: Platform) -> Iterator[Packed]:
    for name in platform.scripts:
        data = resources.files(__package__).joinpath("files", name).read_bytes()
        yield Packed(path=name, data=data, program=name in platform.programs)


def _package() -> Iterator[Packed]:
    made = wheel()
    yield Packed(path=f"package/{made.path}", data=made.data)
    yield Packed(path="package/constraints.txt", data=constraints().encode())


def _course(course: Course, assignment: str) -> Iterator[Packed]:
    """The assignment and its reference; of links only what they lead to."""
    for home in (course.folder / "assignments" / assignment, course.folder / "reference" / assignment):
        for path in sorted(home.rglob("*")):
            if path.is_file() and not _PASSED_OVER & set(path.parts) and path.suffix != ".ipynb":
                yield Packed(path=f"course/{path.relative_to(course.folder).as_posix()}", data=path.read_bytes())
