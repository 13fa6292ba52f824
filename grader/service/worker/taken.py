"""What a slot has taken: an attempt of the site, one that is judged again, or a file of a class that a command has
graded here. Each is kept, failed and given back where its rows are; which place that is, is said here alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import TypeAlias

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from grader.classes.graded import Graded
from grader.message import Message
from grader.report.report import Report
from grader.service.attempts.finishing import failed, finish, sweep
from grader.service.batches import claims as file_claims
from grader.service.batches.claims import (
    ClaimedFile,
    claim_file_in,
    file_failed,
    give_file_back,
    keep_file,
    renew_files,
    sweep_batches,
)
from grader.service.queue import claims
from grader.service.queue.claims import Claimed, claim_in, give_back, renew, show_stage
from grader.service.queue.order import Lane
from grader.service.regrading import claims as work_claims
from grader.service.regrading.claims import (
    ClaimedWork,
    claim_work_in,
    give_work_back,
    keep_work,
    renew_works,
    sweep_works,
    work_failed,
)
from grader.service.site import Site
from grader.service.store.database import Kind
from grader.service.store.outline import Stage

Taken: TypeAlias = Claimed | ClaimedWork | ClaimedFile


def take(site: Site, *, worker: str, lane: Lane, lease: timedelta) -> Taken | None:
    """The attempt that is next; where none waits, what is judged again, or the file of a class. The fast lane is kept
    free of works, of which nobody knows what they take."""
    database, now = site.database, site.now()
    with database.look() as connection:  # mostly nothing waits; and who only looks waits for nobody
        waits = connection.execute(_waiting(database.kind, lane), file_claims.by_clock(database.kind, now)).one()
    taken: Taken | None = None
    if waits.attempt:
        taken = claim_in(database, worker=worker, now=now, lane=lane, lease=lease)
    if taken is None and waits.work and lane is Lane.ANY:
        taken = claim_work_in(database, worker=worker, now=now, lease=lease)
    if taken is None and waits.file:
        taken = claim_file_in(database, worker=worker, now=now, lane=lane, lease=lease)
    return taken


@cache
def _waiting(kind: Kind, lane: Lane) -> Select[bool, bool, bool]:
    """What of each kind, in one question: it is asked whenever a slot has nothing to do."""
    return select(
        claims.waits(lane).label("attempt"),
        work_claims.waits().label("work"),
        file_claims.waits(kind, lane).label("file"),
    )


def kept(session: Session, site: Site, taken: Taken, graded: Graded, report: Report) -> None:
    """Keep what came of it, with the report that it holds, unless somebody else has it now."""
    match taken:
        case Claimed():
            finish(session, site, taken, report)
        case ClaimedWork():
            keep_work(session, taken, report, asked_again=not graded.was_kept)
        case ClaimedFile():
            keep_file(session, taken, graded, seconds=report.run.seconds)


def not_come_through(session: Session, site: Site, taken: Taken, trouble: Message) -> None:
    """A failure of ours: it is tried again, or parked."""
    match taken:
        case Claimed():
            failed(session, site, taken, trouble)
        case ClaimedWork():
            work_failed(session, taken, trouble)
        case ClaimedFile():
            file_failed(session, taken, trouble)


def given_back(session: Session, taken: Taken) -> None:
    """It waits again, through nobody's failure."""
    match taken:
        case Claimed():
            give_back(session, taken)
        case ClaimedWork():
            give_work_back(session, taken)
        case ClaimedFile():
            give_file_back(session, taken)


def show(session: Session, taken: Taken, stage: Stage) -> None:
    """Say how far it is, to whoever looks; of one file of a class nobody does."""
    if isinstance(taken, Claimed):
        show_stage(session, taken, stage)


def renewed(session: Session, site: Site, held: Sequence[Taken], *, lease: timedelta) -> frozenset[Taken]:
    """Keep all of these for another lease. Which of them are still ours."""
    attempts = [each for each in held if isinstance(each, Claimed)]
    works = [each for each in held if isinstance(each, ClaimedWork)]
    files = [each for each in held if isinstance(each, ClaimedFile)]
    now = site.now()
    return frozenset[Taken](
        (
            *renew(session, attempts, now=now, lease=lease),
            *renew_works(session, works, now=now, lease=lease),
            *renew_files(session, files, now=now, lease=lease),
        )
    )


def sweep_all(session: Session, site: Site) -> None:
    """What is to be done for whoever is not heard of any more."""
    sweep(session, site)
    sweep_works(session, now=site.now())
    sweep_batches(session, now=site.now())
