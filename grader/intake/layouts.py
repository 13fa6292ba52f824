"""The layouts we know, as one table, and which of them a folder or a zip has. The next one is a file and a row."""

from __future__ import annotations

from typing import Final

from grader.intake.canvas import CANVAS
from grader.intake.claims import Layout, Tree
from grader.intake.found import Kind, without_ending
from grader.intake.gradescope import GRADESCOPE
from grader.intake.moodle import MOODLE
from grader.intake.nbgrader import NBGRADER
from grader.intake.plain import PLAIN

#: the first that recognises a tree reads it
LAYOUTS: Final = (GRADESCOPE, NBGRADER, MOODLE, CANVAS, PLAIN)


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
    tops = {found.parts[0] for found in tree.found if found.parts and found.kind is not Kind.OTHER}
    if len(tops) != 1:
        return False
    top = next(iter(tops))
    inner = tree.stripped()
    if layout_of(inner) is not PLAIN:
        return True
    entries = {f.parts[0] for f in inner.found if f.kind in (Kind.NOTEBOOK, Kind.REFUSED)}
    folders = {f.parts[0] for f in inner.found if len(f.parts) > 1 and f.kind in (Kind.NOTEBOOK, Kind.REFUSED)}
    named_alike = tree.is_zip and without_ending(top).casefold() == without_ending(tree.name).casefold()
    return len(folders) > 1 or (len(entries) > 1 and (named_alike or top.casefold().endswith(".zip")))
