"""The layout of Moodle's "download all submissions": `Name_12345_assignsubmission_file_/x.ipynb`, or without folders.

The number is the participant's in this one activity, not the user's: only a grading worksheet knows it, after a word
of its language. The rest of the name is the same in every language.
"""

from __future__ import annotations

import re
from typing import Final

from grader.classes.intake import Student
from grader.classes.intake.claims import Claim, Layout, Tree, matched
from grader.classes.intake.found import Found, names_within
from grader.classes.intake.plain import matching

_FOLDER: Final = re.compile(
    r"(?P<who>(?P<name>.+?)_(?P<number>\d+))_assignsubmission_(?:file|onlinetext)(?:_.*)?", re.DOTALL
)


def folder_named(path: str) -> str | None:
    """The folder of a participant among the parts of a path, without what comes after it where files have no folders;
    None where none is. A line under the name would hide the number: Moodle goes by the second part between them."""
    for name in names_within(path):
        if match := matched(_FOLDER, name):
            kind = "onlinetext" if "_assignsubmission_onlinetext" in name else "file"
            return f"{match['name'].replace('_', ' ')}_{match['number']}_assignsubmission_{kind}_"
    return None


def _match(found: Found) -> re.Match[str] | None:
    return matched(_FOLDER, found.parts[0]) if found.parts else None


def _recognises(tree: Tree) -> bool:
    return any(_match(found) for found in tree.found)


def _claim(found: Found, match: re.Match[str]) -> Claim:
    return Claim(
        found=found,
        student=Student(id=match["who"], name=match["name"]),
        names=(match["name"],),
        number=match["number"],
    )


MOODLE = Layout(name="Moodle", recognises=_recognises, claims=matching(_match, _claim))
