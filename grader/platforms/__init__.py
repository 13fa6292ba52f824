"""Adapters: an assignment packed as what another platform grades with. `grader adapter` makes them.

An archive holds the grader as a wheel, the versions it goes with, the one assignment with its reference, and scripts.
What then runs in the platform's container is `inside.py`; what is particular to a platform is a row of `platforms.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from grader.classes.writing import write_whole
from grader.course.folder import Course, find_course
from grader.errors import UsageError
from grader.messages import terminal
from grader.platforms.archive import ArchiveFile, archived
from grader.platforms.parts import parse_part, written
from grader.platforms.platforms import PLATFORMS, Platform
from grader.platforms.wheel import constraints, wheel
from grader.settings import Settings

_PASSED_OVER = frozenset({"__pycache__", ".ipynb_checkpoints"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AdapterRequest:
    """The command line of `grader adapter`, as given."""

    platform: str
    assignment: str
    output: Path
    course: Path | None
    parts: tuple[str, ...]
    sandbox: str


def make_adapter(request: AdapterRequest, *, environment: Mapping[str, str]) -> int:
    """Write the archive; 0. Raises UsageError and CourseError."""
    course = find_course(request.course or Settings.from_environment(environment).course, near=Path.cwd())
    data = packed(request, course)
    write_whole(request.output, data, otherwise="Name another file with -o.")
    terminal.tell(
        f"{request.output}: {request.assignment} for {request.platform}, {len(data) / 1e6:.1f} MB. "
        "It holds the reference: give it to no student."
    )
    return 0


def packed(request: AdapterRequest, course: Course) -> bytes:
    """The archive as bytes, the same ones for the same course and versions. Raises UsageError and CourseError."""
    platform = PLATFORMS[request.platform]
    assignment = course.assignment(request.assignment)
    if request.parts and request.platform != "coursera":
        raise UsageError(f"{request.platform} has no parts. Leave out --part.")
    parts = [parse_part(text, assignment) for text in request.parts]
    files = [*_scripts(platform), *_package(), *_course(course, assignment.id)]
    files.append(ArchiveFile(path="failed.json", data=platform.failed.text.encode()))
    files.append(ArchiveFile(path="sandbox", data=f"{request.sandbox}\n".encode()))
    if parts:
        files.append(ArchiveFile(path="parts.toml", data=written(parts).encode()))
    return archived(files)


def _scripts(platform: Platform) -> Iterator[ArchiveFile]:
    for name in platform.scripts:
        data = resources.files(__package__).joinpath("files", name).read_bytes()
        yield ArchiveFile(path=name, data=data, program=name in platform.programs)


def _package() -> Iterator[ArchiveFile]:
    made = wheel()
    yield ArchiveFile(path=f"package/{made.path}", data=made.data)
    yield ArchiveFile(path="package/constraints.txt", data=constraints().encode())


def _course(course: Course, assignment: str) -> Iterator[ArchiveFile]:
    """The assignment and its reference; of links only what they lead to."""
    for home in (course.folder / "assignments" / assignment, course.folder / "reference" / assignment):
        for path in sorted(home.rglob("*")):
            if path.is_file() and not _PASSED_OVER & set(path.parts) and path.suffix != ".ipynb":
                yield ArchiveFile(path=f"course/{path.relative_to(course.folder).as_posix()}", data=path.read_bytes())
