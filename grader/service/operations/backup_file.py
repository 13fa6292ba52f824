"""The file that a site is kept in: a zip, in which `site.json` says what it is, `tables/` has the rows, a table to a
file, and `blobs/` the bytes. Which rows are written, and what becomes of them, is `backup.py`'s business."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Final, Literal

from grader.errors import StoreDamaged, UsageError
from grader.limits import MEGABYTE
from grader.policy.terms import Frozen
from grader.service.courses.archive import MOST_BYTES
from grader.service.store.blobs import verified

_ABOUT: Final = "site.json"
#: lines that are held at once, and the bytes after which no more are
AT_ONCE: Final = 500
MOST_HELD: Final = 32 * MEGABYTE
#: what the file says of itself; one row, a revision with all its releases among them; one blob, a packed course
#: among them: whoever made the file may mean us ill, and a zip says of a megabyte that it is a gigabyte
MOST_ABOUT: Final = MEGABYTE
MOST_LINE: Final = 256 * MEGABYTE
MOST_BLOB: Final = MOST_BYTES + MEGABYTE
#: the one way of packing that we use; others pack a gigabyte into nothing
_PACKED: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class TableKept(Frozen):
    """How many rows of a table there are, and the digest of their lines."""

    rows: int
    sha256: str


class About(Frozen):
    """What a backup says of itself. `tables_version`: of the migrations. `damaged`: blobs that the site had lost."""

    kind: Literal["notebook-grader site"] = "notebook-grader site"
    format: Literal[1] = 1
    grader: str
    tables_version: str
    site: str
    made_at: datetime
    tables: dict[str, TableKept]
    damaged: tuple[str, ...] = ()


class Writing:
    """A backup that is written."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def lines(self, table: str, lines: Iterable[str]) -> TableKept:
        """The rows of a table."""
        digest, rows = hashlib.sha256(), 0
        with self._archive.open(f"tables/{table}.jsonl", "w", force_zip64=True) as file:
            for line in lines:
                data = f"{line}\n".encode()
                digest.update(data)
                file.write(data)
                rows += 1
        return TableKept(rows=rows, sha256=digest.hexdigest())

    def blob(self, sha256: str, data: bytes) -> None:
        """The bytes of a blob."""
        self._archive.writestr(f"blobs/{sha256}", data)

    def about(self, about: About) -> None:
        """What the backup says of itself: last, so that a file without it is none."""
        self._archive.writestr(_ABOUT, about.model_dump_json(indent=1))


class Reading:
    """A backup that is read. Whatever is not as it was written raises StoreDamaged."""

    def __init__(self, archive: zipfile.ZipFile, about: About) -> None:
        self._archive = archive
        self.about = about

    def lines(self, table: str) -> Iterator[list[str]]:
        """The rows of a table, some at a time, and no more than the backup says that there are."""
        digest, rows = hashlib.sha256(), 0
        with _sound(table), self._archive.open(_entry(self._archive, f"tables/{table}.jsonl")) as file:
            most = self.about.tables[table].rows
            while rows <= most and (lines := _some(file)):
                digest.update(b"".join(lines))
                rows += len(lines)
                yield [line.decode() for line in lines]
        if self.about.tables.get(table) != TableKept(rows=rows, sha256=digest.hexdigest()):
            raise StoreDamaged(f"The backup is damaged: the rows of {table} are not those that were written.")

    def blob(self, sha256: str, size: int) -> bytes:
        """The bytes of a blob, of that size."""
        with _sound(sha256):
            entry = _entry(self._archive, f"blobs/{sha256}")
            if entry.file_size != size or size > MOST_BLOB:
                raise ValueError(size)
            return verified(self._archive.read(entry), sha256)


@contextmanager
def written(file: Path) -> Iterator[Writing]:
    """A new backup: whole at the end, else not there. For nobody else to read, since it holds the site's secrets.

    Raises UsageError if the file is there, or cannot be written.
    """
    if file.exists():
        raise UsageError(f"{file} exists. Name another file: no backup is written over.")
    beside = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        with _private(beside) as number, os.fdopen(number, "wb") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                yield Writing(archive)
            stream.flush()
            os.fsync(stream.fileno())
        beside.rename(file)
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror}). Name another file.") from error
    finally:
        with suppress(OSError):
            beside.unlink()


@contextmanager
def opened_backup(file: Path) -> Iterator[Reading]:
    """A backup that is there. Raises UsageError for a file that is none."""
    try:
        archive = zipfile.ZipFile(file)
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}).") from error
    except zipfile.BadZipFile:
        raise UsageError(f"{file} is no backup of a site, or not all of one.") from None
    with archive:
        try:
            entry = _entry(archive, _ABOUT)
            if entry.file_size > MOST_ABOUT:
                raise ValueError(entry.file_size)
            about = About.model_validate_json(archive.read(entry))
        except (KeyError, ValueError, EOFError, zipfile.BadZipFile, zlib.error):
            raise UsageError(f"{file} is no backup of a site that this grader can read.") from None
        yield Reading(archive, about)


def _entry(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """A member, of which no more can be read than it says it has. Raises KeyError, and ValueError for one that is not
    packed as ours are."""
    entry = archive.getinfo(name)
    if entry.compress_type not in _PACKED:
        raise ValueError(name)
    return entry


def _some(file: IO[bytes]) -> list[bytes]:
    """The next lines: so many, or until they are many bytes. Raises ValueError for a line that no row of ours makes."""
    lines: list[bytes] = []
    held = 0
    while len(lines) < AT_ONCE and held < MOST_HELD and (line := file.readline(MOST_LINE)):
        if len(line) == MOST_LINE:
            raise ValueError(len(line))
        lines.append(line)
        held += len(line)
    return lines


@contextmanager
def _private(path: Path) -> Iterator[int]:
    yield os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


@contextmanager
def _sound(what: str) -> Iterator[None]:
    try:
        yield
    except (KeyError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise StoreDamaged(f"The backup is damaged: {what} cannot be read from it.") from error
