"""The course that a class is graded by, which travels with it: nobody's revision changes because somebody grades with
another one."""

from __future__ import annotations

import uuid
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.errors import StoreDamaged
from grader.service.courses.archive import unpacked_files
from grader.service.courses.unpacking import is_whole, place_of, placed
from grader.service.site import Site
from grader.service.store.batch_tables import Batch


def course_of(session: Session, site: Site, batch_id: uuid.UUID) -> Path:
    """Its folder on this machine: that of the revision with the same files, where there is one.

    Raises StoreDamaged if the class is gone, or its course not what its command packed, StoreUnavailable.
    """
    digest = session.scalar(select(Batch.digest).where(Batch.id == batch_id))
    if digest is not None and is_whole(place := place_of(site, digest), digest):
        return place
    archive = session.scalar(select(Batch.archive).where(Batch.id == batch_id))
    if archive is None:
        raise StoreDamaged("Its command is gone.")
    files = unpacked_files(archive)
    if files.digest != digest:
        raise StoreDamaged("The course of a class is not what its command packed. Run the command again.")
    return placed(site, files)
