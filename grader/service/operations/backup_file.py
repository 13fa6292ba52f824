"""The file that a site is kept in: a zip, in which `site.json` says what it is, `tables/` has the rows, a table to a
file, and `blobs/` the bytes. Which rows are written, and what becomes of them, is `backup.py`'s business."""

from __future__ import annotations

import hashlib
import itertools
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError

from grader.errors import StoreDamaged, UsageError
from grader.service.policy.terms import Frozen
from grader.service.store.blobs import verified

_ABOUT: Final = "site.json"
#: lines that are held at once
AT_ONCE: Final = 500


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
        """The rows of a table, some at a time."""
        digest, rows = hashlib.sha256(), 0
        with _sound(table), self._archive.open(f"tables/{table}.jsonl") as file:
            while lines := list(itertools.islice(file, AT_ONCE)):
                digest.update(b"".join(lines))
                rows += len(lines)
                yield [line.decode() for line in lines]
        if self.about.tables.get(table) != TableKept(rows=rows, sha256=digest.hexdigest()):
            raise StoreDamaged(f"The backup is damaged: the rows of {table} are not those that were written.")

    def blob(self, sha256: str) -> bytes:
        """The bytes of a blob."""
        with _sound(sha256):
            return verified(self._archive.read(f"blobs/{sha256}"), sha256)


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
            about = About.model_validate_json(archive.read(_ABOUT))
        except (KeyError, ValidationError, zipfile.BadZipFile):
            raise UsageError(f"{file} is no backup of a site that this grader can read.") from None
        yield Reading(archive, about)


@contextmanager
def _private(path: Path) -> Iterator[int]:
    yield os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


@contextmanager
def _sound(what: str) -> Iterator[None]:
    try:
        yield
    except (KeyError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise StoreDamaged(f"The backup is damaged: {what} cannot be read from it.") from error
