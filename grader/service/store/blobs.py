"""Bytes by their SHA-256: notebooks as handed in, courses as added. What they mean is not known here.

A blob always has a row; its bytes are in the row, or in a folder or store outside. The row is written first, in the
caller's transaction, and holds off whoever would sweep the same blob away; the bytes are there before it commits.
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import Executable, delete, func, select
from sqlalchemy.orm import Session

from grader.errors import StoreDamaged, StoreUnavailable, UsageError
from grader.service.store.putting import insert_of
from grader.service.store.tables import Blob

#: what names nothing at all: of attempts whose notebook is no longer kept
EMPTY: Final = hashlib.sha256(b"").hexdigest()
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class Blobs(Protocol):
    """Where the bytes of blobs are kept."""

    def put(self, session: Session, data: bytes, *, now: datetime, sha256: str | None = None) -> str:
        """Keep these bytes; their SHA-256, which whoever knows it says. What is kept already is kept once. Raises
        StoreUnavailable."""

    def get(self, session: Session, sha256: str) -> bytes:
        """The bytes, verified. Raises StoreDamaged if they are not those that were put, StoreUnavailable."""

    def drop(self, session: Session, sha256: str) -> None:
        """Let go of bytes that no row names any more. In a transaction of its own: they do not come back with it."""


class InDatabase:
    """In the rows themselves: one thing to keep, to back up and to lose."""

    def put(self, session: Session, data: bytes, *, now: datetime, sha256: str | None = None) -> str:
        """See `Blobs.put`."""
        return _row(session, data, content=data, now=now, sha256=sha256)

    def get(self, session: Session, sha256: str) -> bytes:
        """See `Blobs.get`."""
        content = _content(session, sha256)
        if content is None:
            raise StoreDamaged(
                f"Blob {sha256} is kept outside the database. Say where, as before: --blobs or GRADER_BLOBS."
            )
        return verified(content, sha256)

    def drop(self, session: Session, sha256: str) -> None:
        """See `Blobs.drop`."""
        session.execute(delete(Blob).where(Blob.sha256 == sha256))


class InStore:
    """In a folder, or in any store that fsspec knows by its URL, such as s3://bucket/blobs. What the database holds of
    an earlier time is read from there."""

    def __init__(self, url: str) -> None:
        """Raises UsageError for a URL of no store, or of one whose package is not installed."""
        import fsspec  # type: ignore[import-untyped]  # it has no types; heavy, and most sites need no store outside

        self.url = url
        try:
            self._store, root = fsspec.core.url_to_fs(url, use_listings_cache=False)
        except (ValueError, ImportError) as error:
            raise UsageError(f"Blobs cannot be kept in {url}: {error}") from error
        self._root: str = str(root).rstrip("/")
        self._is_folder = isinstance(self._store, fsspec.get_filesystem_class("file"))

    def put(self, session: Session, data: bytes, *, now: datetime, sha256: str | None = None) -> str:
        """See `Blobs.put`."""
        sha256 = _row(session, data, content=None, now=now, sha256=sha256)
        path = self._path(sha256)
        try:
            if self._is_folder:
                _kept_in_folder(Path(path), data)
            elif not self._store.exists(path):
                self._store.pipe_file(path, data)
        except Exception as error:  # each store has exceptions of its own
            raise StoreUnavailable(
                f"Blobs cannot be written to {self.url} ({_reason(error)}). Nothing was stored."
            ) from error
        return sha256

    def get(self, session: Session, sha256: str) -> bytes:
        """See `Blobs.get`."""
        content = _content(session, sha256)
        return verified(self._read(sha256) if content is None else content, sha256)

    def drop(self, session: Session, sha256: str) -> None:
        """See `Blobs.drop`."""
        session.execute(delete(Blob).where(Blob.sha256 == sha256))
        with suppress(FileNotFoundError):
            self._store.rm_file(self._path(sha256))

    def _read(self, sha256: str) -> bytes:
        try:
            data: bytes = self._store.cat_file(self._path(sha256))
        except FileNotFoundError as error:
            raise StoreDamaged(f"Blob {sha256} is missing in {self.url}. Restore it from a backup.") from error
        except Exception as error:  # as above
            raise StoreUnavailable(f"Blobs cannot be read from {self.url} ({_reason(error)}).") from error
        return data

    def _path(self, sha256: str) -> str:
        return f"{self._root}/{sha256[:2]}/{sha256}"


def blobs_at(url: str | None) -> Blobs:
    """Where a site's blobs are kept: in a folder or store of that URL, without one in the database."""
    return InDatabase() if url is None else InStore(url)


def verified(data: bytes, sha256: str) -> bytes:
    """The bytes, if their digest is that. Raises StoreDamaged."""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise StoreDamaged(f"Blob {sha256} is damaged where it is stored. Restore it from a backup.")
    return data


def _row(session: Session, data: bytes, *, content: bytes | None, now: datetime, sha256: str | None) -> str:
    """Written or found, and locked either way until the transaction ends."""
    sha256 = sha256 or hashlib.sha256(data).hexdigest()
    row = {"sha256": sha256, "size": len(data), "content": content, "stored_at": now}
    connection = session.connection()
    connection.execute(_keep(connection.dialect.name), row)
    return sha256


@cache
def _keep(dialect: str) -> Executable:
    """What is kept already stays; what was kept elsewhere is taken in."""
    new = insert_of(dialect, Blob)
    kept = {"content": func.coalesce(Blob.content, new.excluded.content)}
    return new.on_conflict_do_update(index_elements=["sha256"], set_=kept)


def _content(session: Session, sha256: str) -> bytes | None:
    if not _SHA256.fullmatch(sha256):
        raise StoreDamaged(f"{sha256!r} is no SHA-256, so no blob is called that.")
    found = session.execute(select(Blob.content).where(Blob.sha256 == sha256)).one_or_none()
    if found is None:
        raise StoreDamaged(f"There is no blob {sha256}. Restore it from a backup.")
    return found[0]


def _kept_in_folder(path: Path, data: bytes) -> None:
    """As a whole or not at all, and on the disk when this returns. Two who write the same may meet."""
    with suppress(OSError):
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _synced(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def _synced(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
