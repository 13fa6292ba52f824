"""The layout of a Canvas bulk download: `name_[LATE_]user_file_original.ipynb`, the numbers being Canvas's own ids.

Source: `get_filename` and `add_upload_submission` of `lib/content_zipper.rb` in canvas-lms. Names lose whatever looks
like ids, so the first pair of numbers is Canvas's, whatever a student calls a file. Later uploads have higher ids.
"""

from __future__ import annotations

import re
from typing import Final

from grader.classes.intake import Student
from grader.classes.intake.claims import Claim, Layout, Tree, submitted
from grader.classes.intake.found import Found, names_within, without_ending
from grader.classes.intake.plain import matching
from grader.messages import say

_UPLOAD: Final = re.compile(
    r"(?:(?P<name>.*?)_)?(?:(?P<late>LATE)_)?(?P<user>\d+)_(?P<file>\d+)_(?P<own>.+)", re.DOTALL
)
_ANONYMOUS: Final = re.compile(r"(?:(?P<late>LATE)_)?(?P<user>anon_\w+?)_(?P<file>\d+)_(?P<own>.+)", re.DOTALL)
_TYPED: Final = re.compile(r"(?:(?P<name>.*?)_)?(?:(?P<late>LATE)_)?(?P<user>\d+)_(?:text|link)\.html", re.DOTALL)
_SAME_NAME: Final = re.compile(r"-(\d{1,9})\Z")


def _match(name: str) -> re.Match[str] | None:
    return _ANONYMOUS.fullmatch(name) or _UPLOAD.fullmatch(name) or _TYPED.fullmatch(name)


def upload_named(path: str) -> str | None:
    """The name of the upload among those of a place, as the download has it; None where none is."""
    return next((name for name in names_within(path) if _UPLOAD.fullmatch(name)), None)


def _found(found: Found) -> re.Match[str] | None:
    return _match(found.parts[0])


def _recognises(tree: Tree) -> bool:
    names = {found.parts[0] for found in submitted(tree)}
    known = sum(_match(name) is not None for name in names)
    return known > 0 and 2 * known >= len(names)


def _claim(found: Found, match: re.Match[str]) -> Claim:
    fields = match.groupdict()
    name = fields.get("name") or ""
    numbered = _SAME_NAME.search(without_ending(fields.get("own") or ""))
    return Claim(
        found=found,
        own=(fields.get("own") or "") if len(found.parts) == 1 else "",
        student=Student(id=fields["user"], name=name, columns={"canvas user id": fields["user"]}),  # for its gradebook
        identities=(fields["user"],),
        names=(name,) if name else (),
        order=(float(fields.get("file") or 0), float(numbered[1]) if numbered else 0.0),  # all are of one attempt
        because=say("platform_got_it_later", platform="Canvas"),
        late=fields["late"] is not None,
    )


CANVAS = Layout(name="Canvas", recognises=_recognises, claims=matching(_found, _claim))
