"""The layout of people without a platform: one file, one folder or one zip for each student, named after them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from grader.classes.intake import Student
from grader.classes.intake.claims import Claim, Layout, Question, Tree
from grader.classes.intake.found import NOTEBOOK_ENDING, FileKind, Found, without_ending

#: what nobody but a student would put there: an empty zip, and archives that are not looked into
_ARCHIVE: Final = re.compile(r"(?P<who>.+?)(\.tar)?\.(zip|rar|7z|tar|tgz|gz|bz2|xz)", re.IGNORECASE | re.DOTALL)

#: what people and platforms put between a title, a name and a number
_SEPARATORS: Final = (re.compile(r" - "), re.compile(r"_+"), re.compile(r"[()\[\]]"))
_SEPARATOR: Final = re.compile(r"_+| - |-|[()\[\]]")
_MOST_PIECES: Final = 16


def claim(found: Found) -> Claim | None:
    """The first folder, or the file's name, says whose it is. Loose files that are no notebooks are nobody's."""
    if not found.parts:
        return None
    first = found.parts[0]
    alone = len(found.parts) == 1
    if alone and found.kind in (FileKind.OTHER, FileKind.RECORD):
        at = first.casefold().find(NOTEBOOK_ENDING)  # lab.ipynb.txt, as some browsers save it
        archive = _ARCHIVE.fullmatch(first)
        if at < 1 and archive is None:
            return None
        first = archive["who"] if archive else first[:at]
    student = without_ending(without_ending(first))  # lab.ipynb.zip
    return Claim(found=found, student=Student(id=student), identities=(student,), names=(student,))


def matching(
    match: Callable[[Found], re.Match[str] | None], made: Callable[[Found, re.Match[str]], Claim]
) -> Callable[[Question], Iterator[Claim]]:
    """What a layout claims that tells whose a thing is by its own name; what does not match is claimed as here."""

    def claims(question: Question) -> Iterator[Claim]:
        for found in question.tree.found:
            matched = match(found) if found.parts else None
            claimed = claim(found) if matched is None else made(found, matched)
            if claimed:
                yield claimed

    return claims


def _claims(question: Question) -> Iterator[Claim]:
    claims = [made for found in question.tree.found if (made := claim(found))]
    shared = _shared_beginning({each.student.id for each in claims})
    for each in claims:
        called = each.student.id
        own = called.removeprefix(shared)
        alone = (own,) if shared and own else ()
        yield replace(each, identities=(called, *alone), names=(called, *alone), pieces=_pieces(called))


def _shared_beginning(names: Collection[str]) -> str:
    """What nearly all names begin with, up to a separator: `lab2-` of a repository for each student."""
    times = Counter(name[: at.end()] for name in names for at in islice(_SEPARATOR.finditer(name), _MOST_PIECES))
    shared = [start for start, count in times.items() if count > 1 and 4 * count > 3 * len(names)]
    return max(shared, key=len, default="")


def _pieces(name: str) -> tuple[tuple[str, ...], ...]:
    """What a name falls into at each kind of separator, since a name may hold the others, and at all of them."""
    return tuple(
        tuple(piece for piece in map(str.strip, separator.split(name)) if piece)[:_MOST_PIECES]
        for separator in (*_SEPARATORS, _SEPARATOR)
    )


def _recognises(_: Tree) -> bool:
    return True


PLAIN = Layout(name="files and folders", recognises=_recognises, claims=_claims)
