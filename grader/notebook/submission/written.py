"""Files that a notebook writes with `%%writefile`, and scripts that were handed in with it.

The room gets them, so that they can be imported and read. A file that is run gives its statements where it is run,
each with its place in the cell that wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from grader.notebook.notebook import Script
from grader.notebook.submission.cell_magics import file_name
from grader.notebook.submission.cells import CodeCell

MOST_FILES: Final = 100
MOST_CHARACTERS: Final = 1_000_000  # of all files of a notebook


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFile:
    """A file within the notebook's folder, as it is when all cells have run; `handed_in` if none of these writes it."""

    name: str
    text: str
    handed_in: bool = False


def written_files(cells: Iterable[CodeCell], scripts: Iterable[Script] = ()) -> tuple[WrittenFile, ...]:
    """The scripts, and the files that the cells write, within bounds; none lies where another one needs a folder."""
    texts: dict[str, list[str]] = {}
    together = {each.name: each.text for each in scripts if file_name(each.name) == each.name}
    characters = sum(map(len, together.values()))
    for cell in cells:
        magic = cell.magic
        if magic is None or magic.file is None:
            continue
        characters += len(magic.text)
        if characters <= MOST_CHARACTERS and (magic.file in texts or len(texts) < MOST_FILES):
            before = texts.get(magic.file) if magic.appends else None
            texts[magic.file] = [] if before is None else before
            texts[magic.file].append(magic.text)
    whole = {**together, **{name: "".join(text) for name, text in texts.items()}}
    folders = {folder for name in whole for folder in _folders(name)}
    return tuple(
        WrittenFile(name=name, text=text, handed_in=name not in texts)
        for name, text in whole.items()
        if name not in folders
    )


def beside(given: Mapping[str, bytes], written: Iterable[WrittenFile]) -> dict[str, bytes]:
    """The given files and the notebook's own, which replace them, as they do for whoever runs the notebook."""
    files = dict(given)
    taken = {folder for name in given for folder in _folders(name)}
    for each in written:
        if each.name not in taken and files.keys().isdisjoint(_folders(each.name)):
            files[each.name] = each.text.encode()
    return files


def _folders(name: str) -> list[str]:
    """Every folder above a file: `a` and `a/b` of `a/b/c`."""
    parts = name.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]
