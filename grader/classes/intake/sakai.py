"""The layout of Sakai: `Lastname, Firstname(login)/Submission attachment(s)/lab.ipynb`, or without folders.

What the teacher sends back lies beside it in `Feedback Attachment(s)`, and is nobody's submission.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from grader.classes.intake import Student
from grader.classes.intake.claims import Claim, Layout, Question, Tree, matched
from grader.classes.intake.found import FileKind, Found
from grader.classes.intake.plain import matching

_FOLDER: Final = re.compile(r"(?P<name>.+?),?\s*\((?P<login>[^()\s]+)\)(?:_(?P<inner>[^_]+)_.*)?", re.DOTALL)
_FEEDBACK: Final = "feedback"


def _match(found: Found) -> re.Match[str] | None:
    match = matched(_FOLDER, found.parts[0]) if found.parts else None
    within = len(found.parts) > 1 or found.kind is FileKind.FOLDER
    return match if match and (within or match["inner"]) else None


def _recognises(tree: Tree) -> bool:
    """Most of what is there belongs to folders of that form, and a name has a comma, as nobody else's folders do."""
    tops = {found.parts[0]: _match(found) for found in tree.found if found.parts and found.kind is not FileKind.OTHER}
    known = [match for match in tops.values() if match]
    return 2 * len(known) >= len(tops) and any("," in match["name"] for match in known)


def _claims(question: Question) -> Iterator[Claim]:
    for claim in matching(_match, _claim)(question):
        within = claim.found.parts[1] if len(claim.found.parts) > 1 else ""
        if not within.casefold().startswith(_FEEDBACK):
            yield claim


def _claim(found: Found, match: re.Match[str]) -> Claim:
    name = match["name"].strip()
    return Claim(
        found=found, student=Student(id=match["login"], name=name), identities=(match["login"],), names=(name,)
    )


SAKAI = Layout(name="Sakai", recognises=_recognises, claims=_claims)
