"""Whether a site can do its work here: database, disk, workers. What is to be done about it is not known here."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from grader.errors import GraderError, StoreUnavailable
from grader.service.site import Site
from grader.service.store.migrating import is_current, is_newer
from grader.service.store.tables import WorkerSeen

#: a worker that has said nothing for so long is not counted on; it says that it is there every few seconds
SEEN_RECENTLY: Final = timedelta(seconds=60)
#: with less room on the disk nothing more is taken
FREE_BYTES: Final = 200_000_000


class HealthFinding(StrEnum):
    """What was found of one thing that a site needs."""

    OK = "ok"
    UNREACHABLE = "unreachable"
    OUTDATED = "outdated"
    NEWER = "newer"
    FULL = "full"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What was found of each thing."""

    database: HealthFinding
    disk: HealthFinding
    workers: HealthFinding

    @property
    def is_ready(self) -> bool:
        """Whether requests may come. Without a worker they may: what is handed in is kept and graded when one is
        back, whereas a site that takes nothing makes students late. So they may where a newer grader has upgraded the
        database: else all processes of a site would be taken out of service at that moment."""
        return self.database in (HealthFinding.OK, HealthFinding.NEWER) and self.disk is HealthFinding.OK


def examine(site: Site, *, free_bytes: int = FREE_BYTES) -> Health:
    """Look at everything now."""
    database = _database(site)
    return Health(
        database=database,
        disk=HealthFinding.OK if shutil.disk_usage(site.data).free >= free_bytes else HealthFinding.FULL,
        workers=HealthFinding.UNKNOWN if database is HealthFinding.UNREACHABLE else _workers(site),
    )


def _database(site: Site) -> HealthFinding:
    try:
        if is_newer(site.database):
            return HealthFinding.NEWER
        return HealthFinding.OK if is_current(site.database) else HealthFinding.OUTDATED
    except (SQLAlchemyError, StoreUnavailable):
        return HealthFinding.UNREACHABLE
    except GraderError:  # another program's tables
        return HealthFinding.OUTDATED


def _workers(site: Site) -> HealthFinding:
    since = site.now() - SEEN_RECENTLY
    asked = select(func.count()).select_from(WorkerSeen).where(WorkerSeen.seen_at >= since, ~WorkerSeen.draining)
    try:
        with site.database.read() as session:
            return HealthFinding.OK if session.scalar(asked) else HealthFinding.MISSING
    except (SQLAlchemyError, StoreUnavailable):
        return HealthFinding.UNKNOWN
