"""The layout of Blackboard's assignment file download: `Lab 2_ada17_attempt_2026-03-01-10-11-12_own.ipynb` and others.

The first time in a name is Blackboard's, whatever a student calls a file; the word before it is of its language. Beside
each attempt lies a text of the same name without a file, whose first line ends in the user name in parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from grader.classes.intake import Student
from grader.classes.intake.claims import Claim, Layout, Question, Tree, endings, matched, submitted
from grader.classes.intake.contents import bytes_at
from grader.classes.intake.found import FileKind, Found
from grader.classes.intake.plain import claim as plain_claim
from grader.errors import UnreadableSubmission
from grader.messages import say

_ATTEMPT: Final = re.compile(
    r"(?P<head>.+?)_[^\W\d_]+_(?P<time>\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d)(?:_(?P<own>.+)|(?P<record>\.txt))", re.DOTALL
)
_OWNER: Final = re.compile(r"[^:\uff1a]{1,40}[:\uff1a]\s*(?P<name>.{0,300})\((?P<user>[^()]{1,100})\)\s*")


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose a title with a user name is: the user name, and the person's name if a record tells it."""

    user: str
    name: str = ""


def _match(found: Found) -> re.Match[str] | None:
    return matched(_ATTEMPT, found.parts[0]) if found.parts else None


def _recognises(tree: Tree) -> bool:
    found = submitted(tree)
    known = sum(_match(each) is not None for each in found)
    return known > 0 and 4 * known > 3 * len(found)


def _claims(question: Question) -> Iterator[Claim]:
    owners = _owners(question)
    for found in question.tree.found:
        match = _match(found)
        made = _claim(found, match, owners[match["head"]]) if match else plain_claim(found)
        if made:
            yield made


def _owners(question: Question) -> Mapping[str, _Owner]:
    """By title and user name together; what no record tells apart is told by what all have in common, the title."""
    known = [(found, match) for found in question.tree.found if (match := _match(found))]
    heads = {match["head"] for _, match in known}
    title = _title(heads)
    owners = {head: _Owner(head.removeprefix(title) if title else head.rpartition("_")[2] or head) for head in heads}
    records = [(found, match["head"]) for found, match in known if match["record"] and found.kind is FileKind.OTHER]
    for found, head in records:
        owner = _recorded(found, question.record_bytes)
        if owner and head.endswith(f"_{owner.user}"):
            owners[head] = owner
    return owners


def _title(heads: set[str]) -> str:
    if len(heads) < 2:
        return ""
    first, last = min(heads), max(heads)
    alike = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[: first.rfind("_", 0, alike) + 1]


def _recorded(found: Found, most: int) -> _Owner | None:
    try:
        text = bytes_at(found.path, found.packed, most)[:1_000].decode("utf-8-sig", "replace")
    except UnreadableSubmission:
        return None
    match = _OWNER.fullmatch(text.partition("\n")[0])
    return _Owner(match["user"], match["name"].strip()) if match else None


def _claim(found: Found, match: re.Match[str], owner: _Owner) -> Claim:
    return Claim(
        found=found,
        own=(match["own"] or "") if len(found.parts) == 1 else "",
        student=Student(id=owner.user, name=owner.name),
        identities=(owner.user, *endings(match["head"].split("_"))),
        names=(owner.name,) if owner.name else (),
        age=tuple(map(float, match["time"].split("-"))),
        because=say("platform_got_it_later", platform="Blackboard"),
    )


BLACKBOARD = Layout(name="Blackboard", recognises=_recognises, claims=_claims)
