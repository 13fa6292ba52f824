"""What an assignment handed out, found again where a notebook lost it: helper modules by any name, names of the lab.

A module of a neighbouring lab is given without the functions that are graded here: it must not hold the answers.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final

from grader.course.assignment import Assignment
from grader.course.folder import Course
from grader.errors import UnreadableSubmission
from grader.grading.lacking import imported
from grader.limits import NotebookLimits
from grader.notebook.bundle import with_scripts
from grader.notebook.notebook import Notebook, parse
from grader.notebook.submission import Plan, foreign
from grader.notebook.submission.effects import BUILTINS
from grader.notebook.submission.listing import Listing, list_statements
from grader.notebook.submission.names import names_of
from grader.notebook.submission.slice import HANDED_OUT
from grader.wall.protocol import Statement

#: of a plan that is looked through for lost names; real ones hold tens
MAX_STATEMENTS: Final = 5_000
#: what one generation of a course adds to the name of a module: dnn_utils, dnn_utils_v2, testCases_v4a
_GENERATION: Final = re.compile(r"(?:_?v\d+[a-z]?|_a\d)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplied:
    """A plan with what the lab itself handed out, and the names that it gets by that."""

    plan: Plan
    names: tuple[str, ...]


def modules_for(
    statements: Iterable[Statement], files: Mapping[str, bytes], course: Course, assignment: Assignment
) -> dict[str, bytes]:
    """The files, and the helper modules that the statements ask for under a name that no file has."""
    asked = [module for each in statements if "import" in each.source for module in imported(each.source)]
    found = dict(files)
    while asked:
        name = asked.pop()
        path = f"{name}.py"
        if "." in name or path in found:
            continue
        source = _of_this_lab(name, files) or _of_a_neighbour(name, course, assignment)
        if source is not None:
            found[path] = source
            asked.extend(imported(source.decode(errors="replace")))
    return found


def with_own_scripts(notebook: Notebook, course: Course) -> Notebook:
    """The notebook, with the scripts beside it told apart: whoever hands in the course's own modules answers nothing by
    them, and in one of a neighbouring lab right answers may stand."""
    handed_out = {_family(path.stem) for path in _modules(course.folder)}
    scripts = (replace(each, own=_family(PurePosixPath(each.name).stem) not in handed_out) for each in notebook.scripts)
    return with_scripts(notebook, tuple(scripts))


def _of_this_lab(name: str, files: Mapping[str, bytes]) -> bytes | None:
    found = [path for path in sorted(files) if path.endswith(".py") and _family(path[:-3]) == _family(name)]
    return files[found[-1]] if found else None


def _of_a_neighbour(name: str, course: Course, assignment: Assignment) -> bytes | None:
    """The module of another lab, if only one has it; of several it is not known which is meant."""
    modules = [path for path in _modules(course.folder) if _family(path.stem) == _family(name)]
    exact = [path for path in modules if path.stem == name]
    chosen = exact if len(exact) == 1 else modules
    if len({path.parent for path in chosen}) != 1:
        return None
    graded = frozenset(exercise.target for exercise in assignment.exercises)
    return _without(chosen[-1].read_text(encoding="utf-8"), graded).encode()


@lru_cache(maxsize=4)
def _modules(course: Path) -> tuple[Path, ...]:
    return tuple(sorted(course.glob("assignments/*/files/*.py")))


def _family(name: str) -> str:
    return _GENERATION.sub("", name.casefold())


def _without(source: str, graded: AbstractSet[str]) -> str:
    """The module without what binds one of the graded names."""
    tree = ast.parse(source)
    tree.body = [node for node in tree.body if names_of(node).all_bound.isdisjoint(graded)]
    return ast.unparse(tree)


def supplied(plan: Plan, course: Course, assignment: Assignment) -> Supplied | None:
    """The plan with the lab's own imports and helper functions, for names that it reads and that nothing surely gives.

    What is supplied runs first: whatever the notebook binds wins, and so do its own imports, where they succeed.
    """
    notebook = next(each.notebook for each in assignment.exercises if each.id == plan.exercise)
    starters = course.notebooks(assignment.id, "starter")
    starter = next((_starter(path) for path in starters if len(starters) == 1 or path.stem == notebook), None)
    if starter is None or len(plan.statements) > MAX_STATEMENTS:
        return None
    reads, bound, imports = _names(plan.statements)
    never = bound | BUILTINS | {each.target for each in assignment.exercises} | {each.name for each in plan.borrowed}
    brought = _brought(starter, course.files(assignment.id))
    found = _found_in(starter, brought, reads - never, never)
    statements = tuple(
        Statement(cell=HANDED_OUT, line=1, source=starter.statements[at].source, role="import", needed=False)
        for at in sorted(found)
    )
    given = {name for at in found for name in starter.statements[at].names.all_bound}
    given |= {name for name, at in brought.items() if at in found} - never
    told = tuple(sorted(given & (reads - imports) or given & reads))
    return Supplied(plan=replace(plan, statements=(*statements, *plan.statements)), names=told) if told else None


def _names(statements: Iterable[Statement]) -> tuple[set[str], set[str], set[str]]:
    """What the statements read, what they bind otherwise than by imports, and what by imports."""
    reads, bound, imports = set[str](), set[str](), set[str]()
    for each in statements:
        tree = foreign.tree(each.source)
        for node in () if isinstance(tree, foreign.Refused) else tree.body:
            names = names_of(node)
            reads |= names.reads | names.reads_later
            (imports if each.role == "import" else bound).update(names.all_bound)
    return reads, bound, imports


def _brought(starter: Listing, files: Mapping[str, bytes]) -> dict[str, int]:
    """The names that a `*` of a given module brings, by the position of the starter's import that does."""
    brought = dict[str, int]()
    for at, each in enumerate(starter.statements):
        for node in ast.parse(each.source).body if each.traits.imports else ():
            if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
                brought.update(dict.fromkeys(_public(files.get(f"{node.module}.py", b"")), at))
    return brought


def _public(source: bytes) -> set[str]:
    """What a given module binds for everybody; nothing of one that is no Python of today."""
    tree = foreign.tree(source.decode(errors="replace"))
    body = [] if isinstance(tree, foreign.Refused) else tree.body
    bound = {name for node in body for name in names_of(node).all_bound}
    return {name for name in bound if not name.startswith("_")}


def _found_in(starter: Listing, brought: Mapping[str, int], wanted: set[str], never: AbstractSet[str]) -> set[int]:
    """The positions of the starter's statements that give the wanted names, and what those need."""
    found: set[int] = set()
    while wanted:
        name = wanted.pop()
        own = (at for at in reversed(starter.binding(name)) if _is_handed_out(starter, at))
        at = next(own, brought.get(name))
        if at is not None and at not in found:
            found.add(at)
            names = starter.statements[at].names
            wanted |= (names.reads | names.reads_later) - never
    return found


def _is_handed_out(starter: Listing, at: int) -> bool:
    """Whether a statement of the starter is an import or a helper function, rather than work or its tests."""
    traits = starter.statements[at].traits
    return (traits.imports or traits.function is not None) and not traits.blank


@lru_cache(maxsize=4)
def _starter(path: Path) -> Listing | None:
    try:
        return list_statements.__wrapped__(parse(path.read_bytes(), NotebookLimits()))
    except (OSError, UnreadableSubmission):
        return None
