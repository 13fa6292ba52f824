"""A zip that is the same bytes whenever the same files go into it. What goes in is not known here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

#: the first date a zip can hold
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFile:
    """One file of an archive: its path there with slashes, its bytes, and whether it is a program."""

    path: str
    data: bytes
    program: bool = False


def archived(files: Iterable[ArchiveFile]) -> bytes:
    """The files as a zip, sorted by path. Raises ValueError for two of one path."""
    stream = io.BytesIO()
    names: set[str] = set()
    with zipfile.ZipFile(stream, "w") as archive:
        for file in sorted(files, key=lambda file: file.path):
            if file.path in names:
                raise ValueError(f"two files for {file.path}")
            names.add(file.path)
            archive.writestr(_entry(file), file.data, zipfile.ZIP_DEFLATED, 9)
    return stream.getvalue()


def _entry(file: ArchiveFile) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(file.path, _DATE)
    entry.create_system = _UNIX
    entry.external_attr = (0o100_755 if file.program else 0o100_644) << 16
    return entry
