"""The layouts we know, as one table, and which of them a folder or a zip has. The next one is a file and a row."""

from __future__ import annotations

from typing import Final

from grader.classes.intake.blackboard import BLACKBOARD
from grader.classes.intake.brightspace import BRIGHTSPACE
from grader.classes.intake.canvas import CANVAS
from grader.classes.intake.claims import Layout, Tree
from grader.classes.intake.found import FileKind, without_ending
from grader.classes.intake.gradescope import GRADESCOPE
from grader.classes.intake.ilias import ILIAS
from grader.classes.intake.moodle import MOODLE
from grader.classes.intake.nbgrader import NBGRADER
from grader.classes.intake.openedx import OPEN_EDX
from grader.classes.intake.plain import PLAIN
from grader.classes.intake.pulled import PULLED
from grader.classes.intake.sakai import SAKAI
from grader.classes.intake.teams import TEAMS

#: the first that recognises a tree reads it
LAYOUTS: Final = (
    PULLED,
    GRADESCOPE,
    NBGRADER,
    MOODLE,
    BLACKBOARD,
    BRIGHTSPACE,
    OPEN_EDX,
    SAKAI,
    CANVAS,
    ILIAS,
    TEAMS,
    PLAIN,
)
_MOST_WRAPPERS: Final = 4


def layout_of(tree: Tree) -> Layout:
    """The layout of a tree. All look at its top alone: what students made lies deeper, and gets no say."""
    return next(layout for layout in LAYOUTS if layout.recognises(tree))


def unwrapped(tree: Tree) -> Tree:
    """The tree without folders or zips that merely hold everything, as archives and downloads often do."""
    while layout_of(tree) is PLAIN and _is_wrapped(tree):
        tree = tree.stripped()
    return tree


def _is_wrapped(tree: Tree) -> bool:
    """Whether a single folder at the top holds a class. One that holds a student's files is theirs."""
    tops = _tops(tree)
    if len(tops) != 1:
        return False
    top = next(iter(tops))
    inner = tree.stripped()
    if _leads_to_known(inner) or _is_wrapped(inner):
        return True
    entries = {f.parts[0] for f in inner.found if f.kind in (FileKind.NOTEBOOK, FileKind.REFUSED)}
    folders = {f.parts[0] for f in inner.found if len(f.parts) > 1 and f.kind in (FileKind.NOTEBOOK, FileKind.REFUSED)}
    named_alike = tree.is_zip and without_ending(top).casefold() == without_ending(tree.name).casefold()
    return len(folders) > 1 or (len(entries) > 1 and (named_alike or top.casefold().endswith(".zip")))


def _leads_to_known(tree: Tree) -> bool:
    """Whether a platform's layout begins here, or below folders that hold everything: archive, course, assignment."""
    for _ in range(_MOST_WRAPPERS):
        if layout_of(tree) is not PLAIN:
            return True
        if len(_tops(tree)) != 1 or not any(len(found.parts) > 1 for found in tree.found):
            return False
        tree = tree.stripped()
    return False


def _tops(tree: Tree) -> set[str]:
    return {found.parts[0] for found in tree.found if found.parts and found.kind is not FileKind.OTHER}
