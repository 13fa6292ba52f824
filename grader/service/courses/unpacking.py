"""Revisions as folders on this machine, for whoever grades: made once, below the site's folder, and never changed."""

from __future__ import annotations

import fcntl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from grader.errors import CourseError, StoreDamaged, StoreUnavailable
from grader.service.courses.archive import CourseFiles, read, unpacked_files, write_out
from grader.service.site import Site
from grader.service.store.tables import Revision

#: below the site's folder
FOLDER: Final = "courses"


def unpacked(session: Session, site: Site, revision_id: int) -> Path:
    """The folder of a revision on this machine, with the files that its digest stands for. Many may ask at once.

    Raises StoreDamaged if the stored archive is not what was added, StoreUnavailable if it cannot be had or written.
    """
    revision = session.get(Revision, revision_id)
    if revision is None:
        raise StoreDamaged(f"There is no revision {revision_id}.")
    if is_whole(place := place_of(site, revision.digest), revision.digest):
        return place
    files = unpacked_files(site.blobs.get(session, revision.archive))
    if files.digest != revision.digest:
        raise StoreDamaged(f"The archive of revision {revision_id} is not what was added. Restore it from a backup.")
    return placed(site, files)


def placed(site: Site, files: CourseFiles) -> Path:
    """The folder of a course with these files. Raises StoreUnavailable if it cannot be written."""
    digest = files.digest
    place = place_of(site, digest)
    try:
        if not is_whole(place, digest):
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with _alone(place.parent):
                if not is_whole(place, digest):
                    _put(files, place)
    except OSError as error:
        raise StoreUnavailable(f"{place} cannot be written ({error.strerror}). Make room there.") from error
    return place


def place_of(site: Site, digest: str) -> Path:
    """Where a course with that digest lies, if it does."""
    return site.data.absolute() / FOLDER / digest[:32]


def is_whole(place: Path, digest: str) -> bool:
    """Whether the files there are those. A course of 26 assignments is read for that in 10 ms."""
    try:
        return place.is_dir() and read(place).digest == digest
    except (CourseError, OSError):
        return False


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time makes folders here; one that dies lets go."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _put(files: CourseFiles, place: Path) -> None:
    """In one step, so that nobody sees it half; what was damaged there goes out of the way of whoever reads in it."""
    with tempfile.TemporaryDirectory(prefix=".new-", dir=place.parent) as beside:
        write_out(files, made := Path(beside) / "course")
        if place.exists():
            place.chmod(0o755)
            place.rename(away := Path(beside) / "damaged")
            _opened(away)
        made.chmod(0o755)  # or it could not be moved
        made.rename(place)
        place.chmod(0o555)


def _opened(folder: Path) -> None:
    """So that what is in it can be taken away."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)
