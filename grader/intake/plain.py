"""The layout of people without a platform: one file, one folder or one zip for each student, named after them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from grader.intake import Student
from grader.intake.claims import Claim, Layout, Question, Tree
from grader.intake.found import NOTEBOOK_ENDING, Found, Kind, without_ending

#: what nobody but a student would put there: an empty zip, and archives that are not looked into
_ARCHIVE: Final = re.compile(r"(?P<who>.+?)(\.tar)?\.(zip|rar|7z|tar|tgz|gz|bz2|xz)", re.IGNORECASE | re.DOTALL)


def claim(found: Found) -> Claim | None:
    """The first folder, or the file's name, says whose it is. Loose files that are no notebooks are nobody's."""
    if not found.parts:
        return None
    first = found.parts[0]
    alone = len(found.parts) == 1
    if alone and found.kind in (Kind.OTHER, Kind.RECORD):
        at = first.casefold().find(NOTEBOOK_ENDING)  # lab.ipynb.txt, as some browsers save it
        archive = _ARCHIVE.fullmatch(first)
        if at < 1 and archive is None:
            return None
        first = archive["who"] if archive else first[:at]
    student = without_ending(without_ending(first))  # lab.ipynb.zip
    return Claim(found=found, student=Student(id=student), identities=(student,), names=(student,))


def _claims(question: Question) -> Iterator[Claim]:
    for found in question.tree.found:
        if made := claim(found):
            yield made


def _recognises(_: Tree) -> bool:
    return True


PLAIN = Layout(name="files and folders", recognises=_recognises, claims=_claims)
