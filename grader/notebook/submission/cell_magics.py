"""What IPython does with a cell whose first line is `%%name`: runs it, writes it to a file, or runs it elsewhere.

A table of names. A magic that is not in it, such as one of a package, is taken to run what stands below it, if that is
Python at all. Nothing is run or written here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final, Literal

#: in IPython, or in a package of that name or one near it: what stands below is run, and what it binds is bound
_RUNS: Final = re.compile(
    "time|capture|prun|memit|mprun|lprun|debug|pyinstrument|snakeviz|scalene|heat|mem|ipytest|run_pytest|cython|cache"
    "|notify|wandb|matplotlib|autoreload|load_ext|tensorflow_version"
)
_WRITES: Final = re.compile("writefile|file")
#: run in a process or a language of their own, shown, measured without binding anything, or left out
_KEEPS: Final = re.compile(
    "timeit|python|python2|python3|pypy|py|script|bash|sh|cmd|system|sx|perl|ruby|R|julia|octave|matlab|sql|bigquery|cpp"
    "|html|HTML|svg|SVG|javascript|js|latex|markdown|skip|ignore|ai|.*!.*"
)
#: stands, as a call with the file's name, where a notebook runs a file; a student who writes it runs that file, no more
RUN_FILE: Final = "__run_file__"
#: of the names of files and folders; a file is put into the notebook's own folder wherever it was meant to go
MOST_PARTS: Final = 8

_MAGIC: Final = re.compile(r"\s*%%([\w!]{1,40})(?!\w)[ \t]*(.*)")
_APPEND: Final = re.compile(r"(?:-a|--append)[ \t]+|[ \t]+(?:-a|--append)$")
_PART: Final = re.compile(r"\w[\w .+-]{0,99}")

Effect = Literal["runs", "perhaps", "writes", "keeps"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellMagic:
    """The first magic of a cell that matters: `name` as written, its effect, and where its text goes if to a file.

    `body` is the cell without its magics, line for line; `first` is the line of the cell, from 0, below the magic.
    """

    name: str
    effect: Effect
    body: str
    first: int
    file: str | None = None
    appends: bool = False

    @property
    def text(self) -> str:
        """What a file of it holds."""
        return "\n".join(self.body.split("\n")[self.first :]).rstrip("\n") + "\n"


def cell_magic(source: str) -> CellMagic | None:
    """The magic of a cell; None if it has none. Comments above it are forgiven, though IPython does not."""
    lines = source.split("\n")
    found: CellMagic | None = None
    for position, line in enumerate(lines):
        magic = _MAGIC.match(line)
        if magic is None:
            if line.strip() and not line.lstrip().startswith("#"):
                break
            continue
        lines[position] = ""
        found = _magic(magic[1], magic[2].strip(), position + 1)
        if found.effect in ("writes", "keeps"):
            break
    return None if found is None else replace(found, body="\n".join(lines))


def file_name(argument: str) -> str | None:
    """The file that a notebook's argument names, within its own folder; None for what cannot be one."""
    named = argument.strip().strip("\"'").replace("\\", "/")
    parts = [part for part in PurePosixPath(named).parts if part != "."]
    if named.startswith(("/", "~")) or ".." in parts or ":" in named:
        parts = parts[-1:]
    fits = 0 < len(parts) <= MOST_PARTS and all(_PART.fullmatch(part) for part in parts)
    return "/".join(parts) if fits else None


def _magic(name: str, argument: str, first: int) -> CellMagic:
    if _WRITES.fullmatch(name):
        file = file_name(_APPEND.sub("", argument))
        appends = _APPEND.search(argument) is not None
        return CellMagic(name=name, effect="writes", body="", first=first, file=file, appends=appends)
    effect: Effect = "runs" if _RUNS.fullmatch(name) else "keeps" if _KEEPS.fullmatch(name) else "perhaps"
    return CellMagic(name=name, effect=effect, body="", first=first)
