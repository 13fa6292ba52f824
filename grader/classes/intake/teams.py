"""The layout of Microsoft Teams, as its class site keeps it: `Ada Lovelace/Lab 2/Version 2/lab.ipynb`.

A student's folder holds one for each assignment, and that one for each time the student handed in; the
word for it may be of any language.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from grader.classes.intake import Student
from grader.classes.intake.claims import Claim, Layout, Tree, submitted
from grader.classes.intake.found import Found
from grader.classes.intake.plain import matching
from grader.messages import say

_SUBMITTED: Final = "submitted files"
_VERSION: Final = re.compile(r"(?P<word>[^\d\s]+) ?(?P<number>\d{1,4})")


def _match(found: Found) -> re.Match[str] | None:
    return _VERSION.fullmatch(found.parts[2]) if len(found.parts) > 3 else None


def _recognises(tree: Tree) -> bool:
    """Nearly all notebooks lie in such a folder of one and the same word, in one of few assignments."""
    found = submitted(tree)
    words = Counter(match["word"] for each in found if (match := _match(each)))
    sure = tree.name.casefold() == _SUBMITTED
    return any((sure or times > 1) and 4 * times >= 3 * len(found) for times in words.values()) and (
        2 * len({each.parts[1] for each in found if _match(each)}) <= len({each.parts[0] for each in found}) + 1
    )


def _claim(found: Found, match: re.Match[str]) -> Claim:
    name = found.parts[0]
    return Claim(
        found=found,
        student=Student(id=name, name=name),
        identities=(name,),
        names=(name,),
        age=(float(match["number"]),),
        because=say("later_version"),
    )


TEAMS = Layout(name="Teams", recognises=_recognises, claims=matching(_match, _claim))
