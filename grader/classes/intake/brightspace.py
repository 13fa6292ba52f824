"""The layout of Brightspace: `123456-7890 - Ada Lovelace - Mar 5, 2026 1023 AM/lab.ipynb`, or ` - lab.ipynb`.

The first number is the user's, which no roster has, the second the assignment's. Each time that a student hands in is
a folder.
"""

from __future__ import annotations

import re
from typing import Final

from grader.classes.intake import Student
from grader.classes.intake.claims import Claim, Layout, Tree, matched, submitted
from grader.classes.intake.found import Found
from grader.classes.intake.moments import spelled_moment
from grader.classes.intake.plain import matching
from grader.messages import say

_FOLDER: Final = re.compile(
    r"(?P<user>\d+)-\d+\s+-\s*(?P<name>.+?)\s*-\s+(?P<time>(?=[^-]*\d{4})[^-]*?)(?:\s+-\s+(?P<own>.+))?", re.DOTALL
)


def _match(found: Found) -> re.Match[str] | None:
    return matched(_FOLDER, found.parts[0]) if found.parts else None


def _recognises(tree: Tree) -> bool:
    found = submitted(tree)
    known = sum(_match(each) is not None for each in found)
    return known > 0 and 2 * known >= len(found)


def _claim(found: Found, match: re.Match[str]) -> Claim:
    return Claim(
        found=found,
        student=Student(id=f"{match['name']}_{match['user']}", name=match["name"]),
        names=(match["name"],),
        age=spelled_moment(match["time"]),
        because=say("platform_got_it_later", platform="Brightspace"),
    )


BRIGHTSPACE = Layout(name="Brightspace", recognises=_recognises, claims=matching(_match, _claim))
