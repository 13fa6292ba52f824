"""The paths of a command line as trees of what lies there; paths that together are one class become one tree.

`grade submissions/*/lab.ipynb` and `grade zips/*.zip` name a student with each path, `grade monday/ tuesday/` a class.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from grader.classes.intake.claims import Tree
from grader.classes.intake.folders import list_folder
from grader.classes.intake.found import FileKind, Found, is_zip, without_ending, written
from grader.classes.intake.nbgrader import SUBMITTED
from grader.classes.intake.zips import Shelf, list_zip
from grader.errors import UnreadableSubmission, UsageError
from grader.limits import IntakeLimits

_FEW: Final = 3  # notebooks that one student may have handed in as versions of one


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # thousands are looked up in sets, by identity
class _Named:
    """One folder or zip that was named, or the folder of files that were; the parts of `found` start at `base`."""

    base: Path
    found: tuple[Found, ...]
    is_zip: bool = False
    is_files: bool = False

    @property
    def names(self) -> list[str]:
        kinds = {found.kind for found in self.found}
        kind = FileKind.NOTEBOOK if FileKind.NOTEBOOK in kinds else FileKind.SCRIPT
        return [found.parts[-1] for found in self.found if found.kind is kind]


def trees(paths: Sequence[Path], limits: IntakeLimits) -> list[Tree]:
    """What lies at the named paths. Raises UsageError for a path that is not there or cannot be listed."""
    shown = list(dict.fromkeys(_there(path) for path in paths))
    files = [path for path in shown if not path.is_dir() and not is_zip(path.name)]
    others = [path for path in shown if path.is_dir() or is_zip(path.name)]
    named = [_read(path, limits) for path in others] + _by_folder(files)
    if root := _submitted_above(named):
        return [_joined(named, SUBMITTED, root)]
    single = _one_student_each(named)
    joined = [_joined([name for name in named if name in single], "")] if single else []
    return joined + [
        Tree(name=without_ending(written(name.base.name)), found=name.found, is_zip=name.is_zip)
        for name in named
        if name not in single
    ]


def _there(path: Path) -> Path:
    if not os.path.lexists(path):
        raise UsageError(f"{str(path)!r} does not exist. Name notebooks, folders or zips, for example submissions/.")
    return path.absolute()


def _by_folder(files: Iterable[Path]) -> list[_Named]:
    folders: dict[Path, list[Found]] = {}
    for path in files:
        name = written(path.name)
        # A link that somebody named is followed; links that lie in a folder are not.
        found = Found(kind=FileKind.NOTEBOOK, parts=(name,), where=name, path=Path(os.path.realpath(path)))
        folders.setdefault(path.parent, []).append(found)
    return [_Named(base=folder, found=tuple(found), is_files=True) for folder, found in folders.items()]


def _read(path: Path, limits: IntakeLimits) -> _Named:
    where = written(path.name)
    try:
        if path.is_dir():
            return _Named(base=path, found=tuple(list_folder(path, limits)))
        shelf = Shelf(path=Path(os.path.realpath(path)), where=where, of_class=True)
        return _Named(base=path, found=tuple(list_zip(shelf, limits)), is_zip=True)
    except OSError as error:
        raise UsageError(f"{str(path)!r} cannot be listed ({error.strerror}). Give it read permission.") from error
    except UnreadableSubmission as error:
        closed = Found(kind=FileKind.REFUSED, parts=(), where=where, path=path, reason=error.message)
        return _Named(base=path, found=(closed,), is_zip=True)


def _submitted_above(named: Sequence[_Named]) -> Path | None:
    """nbgrader's folder, where all that was named are students or files in it: `grade submitted/*/ps1/*.ipynb`."""
    above = {name.base.parent.parent if name.is_files else name.base.parent for name in named}
    root = next(iter(above))
    return root if len(named) > 1 and len(above) == 1 and root.name == SUBMITTED else None


def _one_student_each(named: Sequence[_Named]) -> set[_Named]:
    """Those that hold one student's files each. Most of a kind decide for all of it, so that nobody can step out.

    Else a zip among others, made to look like a class, could hand in for other students.
    """
    if len(named) < 2:
        return set()
    times = Counter(name for one in named for name in set(one.names))
    zips = [one for one in named if one.is_zip]
    folders = [one for one in named if not one.is_zip and not one.is_files and one.base.name != SUBMITTED]
    files = [one for one in named if one.is_files]
    single: set[_Named] = set()
    for kind in (zips, folders, files):
        telling = [one for one in kind if one.names]
        alike = [one for one in telling if _is_single(one, times)]
        if 2 * len(alike) > len(telling) and (kind is zips or len(kind) > 1):
            single |= set(kind)
    return single


def _is_single(one: _Named, times: Counter[str]) -> bool:
    """Whether it looks like one student's: a single notebook, or a few that are called as elsewhere."""
    shared = sum(times[name] > 1 for name in one.names)
    alone = len(one.names) == 1 and not one.is_files
    return len(one.names) <= _FEW and (alone or 2 * shared > len(one.names))


def _joined(named: Sequence[_Named], name: str, root: Path | None = None) -> Tree:
    """One tree, in which what was named lies as folders called as they are; below `root` if there is one."""
    found: list[Found] = []
    for one in named:
        top = one.base.relative_to(root).parts if root else (one.base.name,)
        within = tuple(written(part) for part in top)
        if not one.is_files:
            found.append(Found(kind=FileKind.FOLDER, parts=within, where="/".join(within), path=one.base))
        found += [replace(thing, parts=within + thing.parts) for thing in one.found]
    return Tree(name=name, found=tuple(found))
