"""What lies in a folder of another grader: its assignments, each with notebooks and the files beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.authoring.importing.elsewhere import known_elsewhere
from grader.errors import UsageError

MOST_NOTEBOOKS: Final = 1_000
MOST_FILE_BYTES: Final = 64 * 1024 * 1024
#: what lies beside a notebook and is none of what it hands out
_NOT_HANDED_OUT: Final = frozenset({".ipynb", ".zip", ".pyc", ".db"})
#: folders of a course of nbgrader in which each folder is an assignment
_OF_NBGRADER: Final = frozenset({"source", "release"})
_NO_FOLDERS: Final = frozenset({"tests", "__pycache__", ".ipynb_checkpoints", "dist"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAssignment:
    """The notebooks of one assignment, which lie beside each other, and the id it will have; `header` is put before
    each, as nbgrader does."""

    id: str
    paths: tuple[Path, ...]
    header: Path | None = None

    def apart(self) -> tuple[FoundAssignment, ...]:
        """Each notebook as an assignment of its own."""
        return tuple(
            FoundAssignment(id=_slug(f"{self.id}_{path.stem}"), paths=(path,), header=self.header)
            for path in self.paths
        )

    def files(self) -> dict[str, bytes]:
        """The files beside them that students get, by path. Those that are too large, or links, are left."""
        home = self.paths[0].parent
        found = (path for path in sorted(home.rglob("*")) if path.is_file() and not path.is_symlink())
        handed_out = (
            path
            for path in found
            if path.suffix not in _NOT_HANDED_OUT
            and not _NO_FOLDERS.intersection(path.relative_to(home).parts)
            and not any(part.startswith(".") for part in path.relative_to(home).parts)
            and path.stat().st_size <= MOST_FILE_BYTES
        )
        return {path.relative_to(home).as_posix(): path.read_bytes() for path in handed_out}


def found_in(source: Path) -> tuple[FoundAssignment, ...]:
    """All to bring over: of a course of nbgrader, of a folder of assignments, of one of them, or one notebook.

    Raises UsageError if there is none, or there are more than anybody has.
    """
    if not source.exists():
        raise UsageError(f"{source} is not there. Name a notebook, an assignment's folder, or a course of nbgrader.")
    if source.is_file() and source.suffix != ".ipynb" and (known := known_elsewhere(source)):
        raise UsageError(f"{source} {known}.")
    root = source / "source" if (source / "source").is_dir() else source
    is_one = root.absolute().parent.name in _OF_NBGRADER
    shared = (root.parent if is_one else root) / "header.ipynb"
    header = shared if shared.is_file() and _is_own(shared) else None
    found = tuple(_assignments(root, header))
    notebooks = sum(len(each.paths) for each in found)
    if not found:
        if known := known_elsewhere(source):
            raise UsageError(f"{source} {known}.")
        raise UsageError(f"{source} holds no notebook. Name one, an assignment's folder, or a course of nbgrader.")
    if notebooks > MOST_NOTEBOOKS:
        raise UsageError(
            f"{source} holds {notebooks:,} notebooks; {MOST_NOTEBOOKS:,} at once are read. Name a part of it."
        )
    return _with_own_ids(found)


def _assignments(root: Path, header: Path | None) -> Iterator[FoundAssignment]:
    if root.is_file():
        yield FoundAssignment(id=_slug(root.stem), paths=(root,))
        return
    yield from _of_folder(root, root.name if root.absolute().parent.name in _OF_NBGRADER else "", header)
    for folder in sorted(path for path in root.iterdir() if path.is_dir() and path.name not in _NO_FOLDERS):
        if _is_own(folder) and not folder.name.startswith("."):
            yield from _of_folder(folder, folder.name, header)


def _of_folder(folder: Path, name: str, header: Path | None) -> Iterator[FoundAssignment]:
    """The notebooks of an assignment's folder; where it has no `name`, each is an assignment."""
    here = tuple(path for path in sorted(folder.glob("*.ipynb")) if path != header and _is_own(path))
    if not name:
        yield from (FoundAssignment(id=_slug(path.stem), paths=(path,)) for path in here)
    elif here:
        yield FoundAssignment(id=_slug(name), paths=here, header=header)


def _is_own(path: Path) -> bool:
    """Whether it lies there: a link in a course of somebody else's may lead to anything of its reader's."""
    return not path.is_symlink()


def _with_own_ids(found: tuple[FoundAssignment, ...]) -> tuple[FoundAssignment, ...]:
    taken: dict[str, Path] = {}
    for each in found:
        path = each.paths[0]
        if each.id in taken:
            raise UsageError(f"{taken[each.id]} and {path} would both be called {each.id}. Rename one of them.")
        taken[each.id] = path
    return found


def _slug(name: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:60] or "unnamed"
    return slug if slug[0].isalpha() else f"a_{slug}"[:60]
