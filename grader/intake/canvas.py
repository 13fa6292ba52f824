"""The layout of a Canvas bulk download: `name_[LATE_]user_file_original.ipynb`, the numbers being Canvas's own ids.

Source: `get_filename` and `add_upload_submission` of `lib/content_zipper.rb` in canvas-lms. Names lose whatever looks
like ids, so the first pair of numbers is Canvas's, whatever a student calls a file. Later uploads have higher ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from grader.intake import Student
from grader.intake.claims import Claim, Layout, Question, Tree, submitted
from grader.intake.found import Found, without_ending
from grader.intake.plain import claim as plain_claim
from grader.wording import say

_UPLOAD: Final = re.compile(
    r"(?:(?P<name>.*?)_)?(?:(?P<late>LATE)_)?(?P<user>\d+)_(?P<file>\d+)_(?P<own>.+)", re.DOTALL
)
_ANONYMOUS: Final = re.compile(r"(?:(?P<late>LATE)_)?(?P<user>anon_\w+?)_(?P<file>\d+)_(?P<own>.+)", re.DOTALL)
_TYPED: Final = re.compile(r"(?:(?P<name>.*?)_)?(?:(?P<late>LATE)_)?(?P<user>\d+)_(?:text|link)\.html", re.DOTALL)
_SAME_NAME: Final = re.compile(r"-(\d{1,9})\Z")


def _match(name: str) -> re.Match[str] | None:
    return _ANONYMOUS.fullmatch(name) or _UPLOAD.fullmatch(name) or _TYPED.fullmatch(name)


def _recognises(tree: Tree) -> bool:
    names = {found.parts[0] for found in submitted(tree)}
    known = sum(_match(name) is not None for name in names)
    return known > 0 and 2 * known >= len(names)


def _claims(question: Question) -> Iterator[Claim]:
    for found in question.tree.found:
        match = _match(found.parts[0]) if found.parts else None
        made = _claim(found, match) if match else plain_claim(found)
        if made:
            yield made


def _claim(found: Found, match: re.Match[str]) -> Claim:
    fields = match.groupdict()
    name = fields.get("name") or ""
    numbered = _SAME_NAME.search(without_ending(fields.get("own") or ""))
    return Claim(
        found=found,
        student=Student(id=fields["user"], name=name, columns={"canvas user id": fields["user"]}),  # for its gradebook
        identities=(fields["user"],),
        names=(name,) if name else (),
        age=(float(fields.get("file") or 0), float(numbered[1]) if numbered else 0.0),
        because=say("canvas_got_it_later"),
        late=fields["late"] is not None,
    )


CANVAS = Layout(name="Canvas", recognises=_recognises, claims=_claims)
