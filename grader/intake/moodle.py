"""The layout of Moodle's "download all submissions": `Name_12345_assignsubmission_file_/x.ipynb`, or without folders.

The number is the participant's in this one activity, not the user's: only a grading worksheet knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from grader.intake import Student
from grader.intake.claims import Claim, Layout, Question, Tree
from grader.intake.found import Found
from grader.intake.plain import claim as plain_claim

_FOLDER: Final = re.compile(
    r"(?P<who>(?P<name>.+?)_(?P<number>\d+))_assignsubmission_(?:file|onlinetext)(?:_.*)?", re.DOTALL
)


def _match(found: Found) -> re.Match[str] | None:
    return _FOLDER.fullmatch(found.parts[0]) if found.parts else None


def _recognises(tree: Tree) -> bool:
    return any(_match(found) for found in tree.found)


def _claims(question: Question) -> Iterator[Claim]:
    for found in question.tree.found:
        match = _match(found)
        made = _claim(found, match) if match else plain_claim(found)
        if made:
            yield made


def _claim(found: Found, match: re.Match[str]) -> Claim:
    return Claim(
        found=found,
        student=Student(id=match["who"], name=match["name"]),
        identities=(f"Participant {match['number']}",),
        names=(match["name"],),
    )


MOODLE = Layout(name="Moodle", recognises=_recognises, claims=_claims)
