"""From what was taken to what a slot's process is told: the bytes that were handed in, the course's folder on this
machine."""

from __future__ import annotations

import uuid
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from grader.errors import StoreDamaged
from grader.service.attempts.documents import machine_report
from grader.service.batches.claims import ClaimedFile
from grader.service.batches.course import course_of
from grader.service.courses.unpacking import unpacked
from grader.service.queue.claims import Claimed
from grader.service.regrading.claims import ClaimedWork
from grader.service.site import Site
from grader.service.store.batch_tables import Batch, BatchFile
from grader.service.store.blobs import EMPTY
from grader.service.store.regrade_tables import RegradeSet
from grader.service.store.tables import Attempt, StoredReport
from grader.service.worker.job import FileJob, Job, Preparation, RegradeJob
from grader.service.worker.likely import likely
from grader.service.worker.taken import Taken


class Fetching:
    """Makes jobs. A course is proven to be what was added once in the life of a worker: that reads all of it."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._folders: dict[int | uuid.UUID, Path] = {}

    def __call__(self, taken: Taken) -> Job:
        """Everything that grading it takes. Raises StoreDamaged for bytes or a course that are not what they were, and
        StoreUnavailable."""
        with self._site.database.read() as session:
            match taken:
                case Claimed():
                    return self._of_attempt(session, taken)
                case ClaimedWork():
                    return self._of_work(session, taken)
                case ClaimedFile():
                    return self._of_file(session, taken)

    def ahead(self) -> Preparation | None:
        """What is likely to be asked for next, to be got ready; None where nobody knows. Raises as a call."""
        with self._site.database.look() as connection:
            guess = likely(connection)
        if guess is None:
            return None
        if (folder := self._known(guess.revision_id)) is None:
            with self._site.database.read() as session:
                folder = self._of_revision(session, guess.revision_id)
        return Preparation(folder=folder, assignment=guess.assignment)

    def _of_attempt(self, session: Session, claimed: Claimed) -> Job:
        data = self._site.blobs.get(session, claimed.sha256)
        folder = self._of_revision(session, claimed.revision_id)
        return Job(folder=folder, assignment=claimed.assignment, name=claimed.filename, data=data)

    def _of_work(self, session: Session, claimed: ClaimedWork) -> RegradeJob:
        attempt = session.get(Attempt, claimed.attempt_id)
        stored = session.get(StoredReport, claimed.attempt_id, options=[undefer(StoredReport.document)])
        found = session.get(RegradeSet, claimed.set_id)
        if attempt is None or stored is None or found is None:
            raise StoreDamaged("What was to be judged again is gone.")
        is_there = attempt.sha256 != EMPTY
        return RegradeJob(
            folder=self._of_revision(session, found.revision_id),
            before=self._of_revision(session, stored.revision_id),
            assignment=found.assignment,
            name=attempt.filename,
            data=self._site.blobs.get(session, attempt.sha256) if is_there else b"",
            report=machine_report(stored).model_dump_json(),
            is_there=is_there,
        )

    def _of_revision(self, session: Session, revision_id: int) -> Path:
        if (folder := self._known(revision_id)) is None:
            folder = self._folders[revision_id] = unpacked(session, self._site, revision_id)
        return folder

    def _of_file(self, session: Session, claimed: ClaimedFile) -> Job:
        asked = select(BatchFile.content, Batch.assignment, Batch.seed).join(Batch, Batch.id == BatchFile.batch_id)
        found = session.execute(asked.where(BatchFile.id == claimed.file_id)).one_or_none()
        if found is None:
            raise StoreDamaged("Its command is gone.")
        if (folder := self._known(claimed.batch_id)) is None:
            folder = self._folders[claimed.batch_id] = course_of(session, self._site, claimed.batch_id)
        return FileJob(
            folder=folder, assignment=found.assignment, name=claimed.name, data=found.content, seed=found.seed
        )

    def _known(self, which: int | uuid.UUID) -> Path | None:
        folder = self._folders.get(which)
        return folder if folder is not None and folder.is_dir() else None
