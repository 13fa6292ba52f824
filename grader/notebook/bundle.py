"""Several notebooks that were handed in together, as one file: a zip. They are read together, and none hides another.

Whether a notebook is the one that is asked for is not known here, nor who put them together.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from grader.errors import UnreadableSubmission
from grader.limits import MEGABYTE, NotebookLimits
from grader.messages import Message, joined, say
from grader.messages.visible import in_cell
from grader.notebook.notebook import CLEAR_OUTPUTS, Notebook, Script, parse, read
from grader.notebook.wrong_file import DOWNLOAD_AGAIN

#: notebooks of one student that are looked into; it is said which others there are
MOST: Final = 100
#: of these, how many are named
NAMED: Final = 5
#: scripts that a notebook may find beside it, and how large one is; whoever hands in an environment hands in thousands
MOST_SCRIPTS: Final = 20
SCRIPT_BYTES: Final = MEGABYTE // 4
NOTEBOOK_ENDING: Final = ".ipynb"
SCRIPT_ENDING: Final = ".py"
ENDINGS: Final = (NOTEBOOK_ENDING, SCRIPT_ENDING)
#: what several are called as one
TOGETHER: Final = "notebooks.zip"
_SIGNATURE: Final = b"PK\x03\x04"
#: what the library raises for what somebody made up, or has locked with a password
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    RuntimeError,
)
#: the same bytes whenever and wherever it is made
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


def bundled(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of these files, each by its name; the same bytes for the same files. Of one name the last counts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(dict(files).items()):
            archive.writestr(zipfile.ZipInfo(name.encode(errors="replace").decode(), _LONG_AGO), data)
    return packed.getvalue()


def as_one(files: Sequence[tuple[str, bytes]]) -> tuple[str, bytes]:
    """What was handed in as one file, and its name: of several a zip, in which none takes the place of another."""
    if len(files) == 1:
        return files[0]
    names = Counter(name for name, _ in files)
    apart = ((f"{number}/{name}" if names[name] > 1 else name, data) for number, (name, data) in enumerate(files, 1))
    return TOGETHER, bundled(apart)


def packed(paths: Sequence[Path], limits: NotebookLimits) -> tuple[str, bytes]:
    """What these files are as one, and its name. Raises UnreadableSubmission."""
    return as_one([(path.name, read(path, limits)) for path in paths])


def read_together(data: bytes, limits: NotebookLimits) -> Notebook:
    """The notebook in `data`; of a zip the first, with the others beside it, and each with the scripts in it.

    One that cannot be read is left out, with a notice. Raises UnreadableSubmission if none can be read.
    """
    if not data.startswith(_SIGNATURE):
        return parse(data, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _notebooks(archive)
            if not members:
                return parse(data, limits)  # which says what it is instead
            together = _together([(member.filename, archive, member) for member in members[:MOST]], limits)
            together = with_scripts(together, tuple(_scripts(archive, members[0])))
            return replace(together, notices=(*together.notices, *beyond([each.filename for each in members])))
    except _DAMAGED as error:
        raise UnreadableSubmission(joined(say("zip_cannot_be_read"), DOWNLOAD_AGAIN)) from error


def beyond(names: Sequence[str]) -> tuple[Message, ...]:
    """That of so many notebooks in this order only the first are looked into, and which others there are."""
    if not (others := names[MOST:]):
        return ()
    named = [in_cell(each) for each in others[:NAMED]] + (["..."] if others[NAMED:] else [])
    return (say("notebooks_beyond", most=MOST, others=", ".join(named)),)


def _notebooks(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The notebooks, the outermost first; scripts where there is none. Not what systems and editors leave behind."""
    return _ending_in(NOTEBOOK_ENDING, archive) or _ending_in(SCRIPT_ENDING, archive)


def _ending_in(ending: str, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    named = (each for each in archive.infolist() if each.filename.lower().endswith(ending))
    found = (each for each in named if not _is_left(each.filename))
    return sorted(found, key=lambda each: (each.filename.count("/"), each.filename))


def _scripts(archive: zipfile.ZipFile, notebook: zipfile.ZipInfo) -> Iterator[Script]:
    """The scripts in the folder of a notebook and below it, the outermost first; not what is too large, or no text."""
    folder = notebook.filename.rpartition("/")[0]
    folder += "/" if folder else ""
    scripts = _ending_in(SCRIPT_ENDING, archive) if notebook.filename.lower().endswith(NOTEBOOK_ENDING) else []
    for member in [each for each in scripts if each.filename.startswith(folder)][:MOST_SCRIPTS]:
        with suppress(UnreadableSubmission, UnicodeDecodeError):
            text = _unpacked(archive, member, SCRIPT_BYTES, NotebookLimits()).decode("utf-8-sig")
            yield Script(name=member.filename.removeprefix(folder), text=text)


def with_scripts(notebook: Notebook, scripts: tuple[Script, ...]) -> Notebook:
    """The notebook, and those that were handed in with it, with these scripts at hand."""
    return replace(notebook, scripts=scripts, beside=tuple(replace(each, scripts=scripts) for each in notebook.beside))


def _is_left(path: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(path).parts)


def _together(members: Sequence[tuple[str, zipfile.ZipFile, zipfile.ZipInfo]], limits: NotebookLimits) -> Notebook:
    read: list[Notebook] = []
    refused: list[tuple[str, UnreadableSubmission]] = []
    left = limits.file_bytes
    for name, archive, member in members:
        try:
            data = _unpacked(archive, member, left, limits)
            left -= len(data)
            read.append(replace(parse(data, limits), name=_stem(name)))
        except UnreadableSubmission as error:
            refused.append((name, error))
    if not read:
        raise refused[0][1]
    first, *others = read if read[1:] else [replace(read[0], name="")]  # alone, it is the one by whatever name
    left_out = (say("file_left_out", file=in_cell(name), reason=error.message) for name, error in refused)
    return replace(first, beside=tuple(others), notices=(*first.notices, *left_out))


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, limits: NotebookLimits) -> bytes:
    """The bytes of one of them; together they are no larger than one may be."""
    try:
        with archive.open(member) as file:
            data = file.read(most + 1)
    except _DAMAGED as error:
        raise UnreadableSubmission(joined(say("zip_cannot_be_read"), DOWNLOAD_AGAIN)) from error
    if len(data) > most:
        too_large = say("together_too_large", most=f"{limits.file_bytes / MEGABYTE:g}")
        raise UnreadableSubmission(joined(too_large, CLEAR_OUTPUTS))
    return data


def _stem(path: str) -> str:
    name = PurePosixPath(path).name
    return next((name[: -len(each)] for each in ENDINGS if name.lower().endswith(each)), name)


def read_files(paths: Sequence[Path], limits: NotebookLimits) -> Notebook:
    """The notebook in a file; of several the first, with the others beside it. Raises UnreadableSubmission."""
    if len(paths) == 1:
        return parse(read(paths[0], limits), limits)
    first, *others = (replace(parse(read(path, limits), limits), name=path.stem) for path in paths)
    return replace(first, beside=tuple(others))


def each_of(notebook: Notebook) -> Iterator[Notebook]:
    """The notebook and those that were handed in with it, each alone."""
    yield replace(notebook, beside=())
    yield from notebook.beside
