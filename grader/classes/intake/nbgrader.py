"""The layout of nbgrader: `submitted/<student>/<assignment>/x.ipynb`, with the time of it in `timestamp.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from grader.classes.intake import Student
from grader.classes.intake.claims import UNDATED, Claim, Layout, Question, Tree
from grader.classes.intake.contents import bytes_at
from grader.classes.intake.found import FileKind, Found
from grader.classes.intake.moments import moment
from grader.errors import UnreadableSubmission, UsageError
from grader.messages import say

SUBMITTED: Final = "submitted"
TIMESTAMP: Final = "timestamp.txt"


def _below_submitted(tree: Tree) -> list[tuple[Found, tuple[str, ...]]]:
    """What lies in `submitted/`, which is a folder at the top or the named folder itself."""
    within = [(found, found.parts[1:]) for found in tree.found if found.parts[:1] == (SUBMITTED,) and found.parts[1:]]
    return within or [(found, found.parts) for found in tree.found if found.parts and tree.name == SUBMITTED]


def _recognises(tree: Tree) -> bool:
    return any(found.kind is FileKind.NOTEBOOK and len(parts) >= 3 for found, parts in _below_submitted(tree))


def _claims(question: Question) -> Iterator[Claim]:
    below = _below_submitted(question.tree)
    assignment = _chosen({p[1] for found, p in below if found.kind is FileKind.NOTEBOOK and len(p) > 2}, question)
    times = {
        parts[0]: _time(found, question.record_bytes)
        for found, parts in below
        if question.dated and parts[1:] == (assignment, TIMESTAMP) and found.kind is FileKind.RECORD
    }
    for found, parts in below:
        if len(parts) == 1 or parts[1] == assignment:
            # A folder says that the student is in the class; what lies beside the assignments is no submission.
            if len(parts) == 1 and found.kind is not FileKind.FOLDER:
                continue
            yield Claim(
                found=found,
                student=Student(id=parts[0]),
                identities=(parts[0],),
                names=(parts[0],),
                age=times.get(parts[0], UNDATED),
                because=say("timestamp_later"),
            )


def _chosen(assignments: set[str], question: Question) -> str:
    alike = [name for name in sorted(assignments) if _as_an_id(name) == _as_an_id(question.assignment or "")]
    named = next((name for name in alike if name == question.assignment), alike[0] if len(alike) == 1 else None)
    if named is None and len(assignments) > 1:
        listed = ", ".join(repr(name) for name in sorted(assignments)[:20])
        raise UsageError(
            f"{question.tree.name!r} holds submissions for several assignments: {listed}. "
            "Name one with --assignment, or name only the folders of one assignment."
        )
    return named if named is not None else next(iter(assignments))


def _as_an_id(name: str) -> str:
    """What `grader import` calls an assignment whose folder has that name: `homework_3` of `Homework 3`."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _time(found: Found, most: int) -> tuple[float, ...]:
    try:
        return moment(bytes_at(found.path, found.packed, most)[:100].decode("utf-8", "replace"))
    except UnreadableSubmission:
        return UNDATED


NBGRADER = Layout(name="nbgrader", recognises=_recognises, claims=_claims)
