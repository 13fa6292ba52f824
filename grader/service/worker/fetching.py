"""From a claim to what a slot's process is told: the bytes that were handed in, the course's folder on this machine."""

from __future__ import annotations

from pathlib import Path

from grader.service.courses.unpacking import unpacked
from grader.service.queue.claims import Claimed
from grader.service.site import Site
from grader.service.worker.job import Job


class Fetching:
    """Makes jobs of claims. A course is proven to be what was added once in the life of a worker: that reads all of
    it."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._folders: dict[int, Path] = {}

    def __call__(self, claimed: Claimed) -> Job:
        """Everything that grading it takes. Raises StoreDamaged for bytes or a course that are not what they were, and
        StoreUnavailable."""
        with self._site.database.read() as session:
            data = self._site.blobs.get(session, claimed.sha256)
            folder = self._folders.get(claimed.revision_id)
            if folder is None or not folder.is_dir():
                folder = unpacked(session, self._site, claimed.revision_id)
        self._folders[claimed.revision_id] = folder
        return Job(folder=folder, assignment=claimed.assignment, name=claimed.filename, data=data)
