"""Which file of one submission is graded: the notebook that answers most of the assignment. Nothing is graded here.

A platform's container holds one student's files, so there is nobody to tell apart, and no date to trust.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from grader.classes.intake.contents import bytes_at
from grader.classes.intake.folders import list_folder
from grader.classes.intake.found import FileKind, Found, without_ending
from grader.course.assignment import Assignment
from grader.errors import GraderError, TooCostly, UnreadableSubmission
from grader.limits import IntakeLimits, NotebookLimits
from grader.messages import Message, joined, say
from grader.notebook.bundle import MOST, as_one, beyond
from grader.notebook.reading import by_cells, read_notebook
from grader.notebook.submission import answered
from grader.wall.value_frames import encodable

NAMED: Final = 5
PREFERRED: Final = "submission"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """The file that is graded, by its name and bytes, and what its student is told about the others."""

    name: str
    data: bytes
    notices: tuple[Message, ...] = ()


def handed_in(folder: Path, assignment: Assignment) -> HandedIn:
    """The one of all files below `folder` that counts.

    Raises UnreadableSubmission, for the student to read, if there is none; GraderError if the folder is not there,
    which is no fault of theirs.
    """
    try:
        found = [each for each in list_folder(folder, IntakeLimits()) if each.kind is not FileKind.FOLDER]
    except OSError as error:
        raise GraderError(f"{folder}, where submissions should lie, cannot be read ({error.strerror}).") from error
    notebooks = _candidates(found)
    if not notebooks:
        raise UnreadableSubmission(_why_none(found))
    if assignment.notebooks and notebooks[1:]:
        return replace(_together(notebooks[:MOST]), notices=beyond([_path(each) for each in notebooks]))
    graded = max(notebooks[:MOST], key=lambda each: _rank(each, assignment)) if notebooks[1:] else notebooks[0]
    return HandedIn(
        name=encodable(graded.parts[-1]),
        data=bytes_at(graded.path, graded.packed, NotebookLimits().file_bytes),
        notices=_about_others(graded, [each for each in notebooks if each is not graded]),
    )


def _together(notebooks: Sequence[Found]) -> HandedIn:
    """All of them: which counts for which of those that are asked for is found out, and said, when they are graded."""
    most = NotebookLimits().file_bytes
    name, data = as_one([(encodable(each.parts[-1]), bytes_at(each.path, each.packed, most)) for each in notebooks])
    return HandedIn(name=name, data=data)


def _candidates(found: Sequence[Found]) -> list[Found]:
    """The notebooks, then the scripts, the outermost first; a file alone may be one by another name, and says itself if
    it is not."""
    notebooks = [each for each in found if each.kind is FileKind.NOTEBOOK]
    notebooks += sorted((each for each in found if each.kind is FileKind.SCRIPT), key=lambda each: len(each.parts))
    return notebooks or [each for each in found if each.kind is FileKind.OTHER and len(found) == 1]


def _why_none(found: Sequence[Found]) -> Message:
    refused = [each.reason for each in found if each.kind is FileKind.REFUSED]
    return refused[0] if refused else joined(say("no_notebook_handed_in"), say("download_again"))


def _rank(each: Found, assignment: Assignment) -> tuple[tuple[int, int], bool, bool, int, tuple[str, ...]]:
    """Most exercises, then a notebook before a script, the expected name, the outermost, the last by name."""
    stem = without_ending(each.parts[-1]).casefold()
    is_notebook, is_expected = each.kind is FileKind.NOTEBOOK, stem in (PREFERRED, assignment.id.casefold())
    return _answered(each, assignment), is_notebook, is_expected, -len(each.parts), each.parts


def _answered(each: Found, assignment: Assignment) -> tuple[int, int]:
    limits = NotebookLimits()
    try:
        data = bytes_at(each.path, each.packed, limits.file_bytes)
        return by_cells(read_notebook(data, limits), lambda read: answered(read, assignment))
    except (UnreadableSubmission, TooCostly):
        return -1, -1


def _about_others(graded: Found, others: Sequence[Found]) -> tuple[Message, ...]:
    if graded.kind is FileKind.NOTEBOOK:
        others = [each for each in others if each.kind is FileKind.NOTEBOOK]  # a script is most often its helper
    if not others:
        return ()
    names = [repr(_path(each)) for each in others[:NAMED]]
    names += ["..."] if others[NAMED:] else []
    return (say("graded_of_several", file=repr(_path(graded)), others=", ".join(names)),)


def _path(each: Found) -> str:
    return encodable("/".join(each.parts))
