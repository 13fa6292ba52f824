"""Which file of one submission is graded: the notebook that answers most of the assignment. Nothing is graded here.

A platform's container holds one student's files, so there is nobody to tell apart, and no date to trust.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

from grader.assignment import Assignment
from grader.errors import GraderError, UnreadableSubmission
from grader.frames import whole
from grader.intake.contents import bytes_at
from grader.intake.folders import list_folder
from grader.intake.found import Found, Kind, without_ending
from grader.limits import IntakeLimits, NotebookLimits
from grader.notebook import parse
from grader.submission import detect
from grader.wording import say

#: notebooks that are looked into; the others are only named
ASKED: Final = 20
NAMED: Final = 5
PREFERRED: Final = "submission"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """The file that is graded, by its name and bytes, and what its student is told about the others."""

    name: str
    data: bytes
    notices: tuple[str, ...] = ()


def handed_in(folder: Path, assignment: Assignment) -> HandedIn:
    """The one of all files below `folder` that counts.

    Raises UnreadableSubmission, for the student to read, if there is none; GraderError if the folder is not there,
    which is no fault of theirs.
    """
    try:
        found = [each for each in list_folder(folder, IntakeLimits()) if each.kind is not Kind.FOLDER]
    except OSError as error:
        raise GraderError(f"{folder}, where submissions should lie, cannot be read ({error.strerror}).") from error
    notebooks = _candidates(found)
    if not notebooks:
        raise UnreadableSubmission(_why_none(found))
    graded = max(notebooks[:ASKED], key=lambda each: _rank(each, assignment)) if notebooks[1:] else notebooks[0]
    return HandedIn(
        name=whole(graded.parts[-1]),
        data=bytes_at(graded.path, graded.packed, NotebookLimits().file_bytes),
        notices=_about_others(graded, [each for each in notebooks if each is not graded]),
    )


def _candidates(found: Sequence[Found]) -> list[Found]:
    """The notebooks; a file alone may be one by another name, and says itself if it is not."""
    notebooks = [each for each in found if each.kind is Kind.NOTEBOOK]
    return notebooks or [each for each in found if each.kind is Kind.OTHER and len(found) == 1]


def _why_none(found: Sequence[Found]) -> str:
    refused = [each.reason for each in found if each.kind is Kind.REFUSED]
    return refused[0] if refused else f"{say('no_notebook_handed_in')} {say('download_again')}"


def _rank(each: Found, assignment: Assignment) -> tuple[Fraction, bool, int, tuple[str, ...]]:
    """Most exercises, then the expected name, then the outermost, then the last by name."""
    stem = without_ending(each.parts[-1]).casefold()
    return _share(each, assignment), stem in (PREFERRED, assignment.id.casefold()), -len(each.parts), each.parts


def _share(each: Found, assignment: Assignment) -> Fraction:
    limits = NotebookLimits()
    try:
        notebook = parse(bytes_at(each.path, each.packed, limits.file_bytes), limits)
    except UnreadableSubmission:
        return Fraction(-1)
    return detect(notebook, [assignment]).fits[0].strength[0]


def _about_others(graded: Found, others: Sequence[Found]) -> tuple[str, ...]:
    if not others:
        return ()
    names = [repr(whole("/".join(each.parts))) for each in others[:NAMED]]
    names += ["..."] if others[NAMED:] else []
    return (say("graded_of_several", file=repr(whole("/".join(graded.parts))), others=", ".join(names)),)
