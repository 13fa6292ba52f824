"""Whether what was named on the command line is the work of one student, who hands in several notebooks, or a class.

It is one student's if a notebook bears exactly the name of one that an assignment asks for: of a class each would bear
a student's. Nothing is read but names.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from grader.classes.intake.found import CHECKPOINTS, NOTEBOOK_ENDING, SCRIPT_ENDING, ZIP_ENDING
from grader.course.folder import Course


def notebooks_of(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files that count as one: what was named, of a folder the notebooks in it."""
    if len(paths) == 1 and paths[0].is_dir():
        found = sorted(path for path in paths[0].iterdir() if _is_notebook(path.name) and path.is_file())
        return tuple(path for path in found if not path.is_symlink()) or tuple(paths)
    return tuple(paths)


def is_of_one_student(paths: Sequence[Path], course: Course, assignment: str | None) -> bool:
    """Whether the files that were named, or lie in the one folder or zip that was, are one student's."""
    named = _names(paths)
    return len(named) > 1 and not asked_for(course, assignment).isdisjoint(each.casefold() for each in named)


def asked_for(course: Course, assignment: str | None) -> frozenset[str]:
    """What the notebooks are called of the assignments that ask for several, by what they hand out."""
    ids = course.ids if assignment is None else (assignment,)
    starters = (path for name in ids for path in course.notebooks(name, "starter"))
    return frozenset(path.stem.casefold() for path in starters if path.parent.name == "starter")


def _names(paths: Sequence[Path]) -> list[str]:
    """The notebooks by name, if they lie beside each other and nothing else of a class does."""
    if len(paths) > 1:
        alike = all(path.suffix.lower() in (NOTEBOOK_ENDING, SCRIPT_ENDING) for path in paths)
        return [path.stem for path in paths] if alike else []
    (path,) = paths
    if path.is_dir():
        beside = [each.stem for each in notebooks_of(paths) if each != path]
        return [] if beside[1:] and _holds_deeper(path) else beside
    inner = [PurePosixPath(each) for each in _members(path)] if path.suffix.lower() == ZIP_ENDING else []
    inner = [each for each in inner if _is_notebook(each.name) and CHECKPOINTS not in each.parts]
    return [each.stem for each in inner] if len({each.parent for each in inner}) == 1 else []


def _holds_deeper(folder: Path) -> bool:
    """Whether a folder within holds notebooks, as that of a class does."""
    return any(CHECKPOINTS not in each.parts for each in folder.glob(f"*/**/*{NOTEBOOK_ENDING}"))


def _members(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return [each for each in archive.namelist() if not each.startswith("__MACOSX")]
    except (OSError, ValueError, zipfile.BadZipFile):
        return []


def _is_notebook(name: str) -> bool:
    return name.lower().endswith(NOTEBOOK_ENDING) and not name.startswith(".")
