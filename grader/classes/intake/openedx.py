"""The layout of Open edX's archive of an open response: `[1]Week, [2]Lesson, [1]Unit/[1] - ada17 - lab.ipynb`.

Source: `OraDownloadData` of edx-ora2. A user whose name is withheld has 32 hexadecimal digits in its place.
"""

from __future__ import annotations

import re
from typing import Final

from grader.classes.intake import Student
from grader.classes.intake.claims import Claim, Layout, Tree, matched, submitted
from grader.classes.intake.found import Found
from grader.classes.intake.plain import matching

_FILE: Final = re.compile(r"\[(?:\d+|x)\] - (?P<user>.+?)(?: - (?P<own>.+)|(?P<ending>\.\w+))", re.DOTALL)


def _match(found: Found) -> re.Match[str] | None:
    """A file in the folder of a unit, or in that folder if it was named itself."""
    return next((match for part in found.parts[:2] if (match := matched(_FILE, part))), None)


def _recognises(tree: Tree) -> bool:
    found = submitted(tree)
    known = sum(_match(each) is not None for each in found)
    return known > 0 and 2 * known >= len(found)


def _claim(found: Found, match: re.Match[str]) -> Claim:
    return Claim(found=found, student=Student(id=match["user"]), identities=(match["user"],))


OPEN_EDX = Layout(name="Open edX", recognises=_recognises, claims=matching(_match, _claim))
