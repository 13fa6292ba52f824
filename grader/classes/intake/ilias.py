"""The layout of ILIAS, to give feedback or of all submissions: `Lastname_Firstname_login_301/lab.ipynb`, for everybody.

The number is the user's, which no roster has. Files to give feedback to begin with the time they came, of 14 digits. A
team's members lie in one more folder. Source: `ilExSubmission` of ILIAS.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from grader.classes.intake import Student
from grader.classes.intake.claims import UNDATED, Claim, Layout, Question, Tree, endings, matched
from grader.classes.intake.found import FileKind, Found
from grader.classes.intake.plain import claim as plain_claim
from grader.messages import say

_FOLDER: Final = re.compile(r"(?P<last>[^_]+)_(?P<first>.+)_(?P<login>[^_]+)_(?P<number>\d+)", re.DOTALL)
_DOWNLOAD: Final = "multi_feedback"
_TIMED: Final = re.compile(r"(?P<time>\d{14})_.+", re.DOTALL)


def _match(found: Found) -> re.Match[str] | None:
    """What the folder says that is somebody's; a file of that name says nothing."""
    folders = found.parts if found.kind is FileKind.FOLDER else found.parts[:-1]
    return next((match for folder in folders[:2] if (match := matched(_FOLDER, folder))), None)


def _recognises(tree: Tree) -> bool:
    """Folders alone at the top, most of them of that form, and each with a number and a name of its own."""
    tops = {found.parts[0] for found in tree.found if found.parts and found.kind is not FileKind.OTHER}
    known = {match[0]: match for found in tree.found if (match := _match(found))}
    numbers = {match["number"] for match in known.values()}
    if not known or 2 * len(known) < len(tops) or len(numbers) < len(known) or _holds_all(tree, tops):
        return False
    timed = any(_TIMED.fullmatch(found.parts[-1]) for found in tree.found if _match(found))
    return timed or len({match["last"] for match in known.values()}) > 1


def _holds_all(tree: Tree, tops: set[str]) -> bool:
    """Whether the one folder at the top, though it may look like somebody's, is that of the download."""
    within = {found.parts[1] for found in tree.found if len(found.parts) > 1 and found.kind is not FileKind.OTHER}
    people = sum(matched(_FOLDER, name) is not None for name in within)
    named = any(top.casefold().startswith(_DOWNLOAD) for top in tops)
    return len(tops) == 1 and 2 * people > len(within) and (people > 1 or named)


def _claims(question: Question) -> Iterator[Claim]:
    people: defaultdict[str, set[str]] = defaultdict(set)
    for found in question.tree.found:
        if match := _match(found):
            people[match["login"].casefold()].add(match[0])
    shared = Counter({login: len(folders) for login, folders in people.items()})
    for found in question.tree.found:
        match = _match(found)
        made = _claim(found, match, alone=shared[match["login"].casefold()] == 1) if match else plain_claim(found)
        if made:
            yield made


def _claim(found: Found, match: re.Match[str], *, alone: bool) -> Claim:
    words = match[0].split("_")[:-1]
    timed = _TIMED.fullmatch(found.parts[-1])
    name = " ".join(words[:-1])
    return Claim(
        found=found,
        student=Student(id=match["login"] if alone else match[0], name=name),
        identities=endings(words),
        names=(name,),
        order=(float(timed["time"]),) if timed else UNDATED,  # files are added to one submission
        because=say("platform_got_it_later", platform="ILIAS"),
    )


ILIAS = Layout(name="ILIAS", recognises=_recognises, claims=_claims)
