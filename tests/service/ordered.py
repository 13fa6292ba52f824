"""From what a worker has taken to what its obedient process is told."""

from __future__ import annotations

from grader.service.batches.claims import ClaimedFile
from grader.service.queue.claims import Claimed
from grader.service.regrading.claims import ClaimedWork
from grader.service.worker.taken import Taken
from tests.service.obeying import Order


def ordered(taken: Taken) -> Order:
    """By the name of what was handed in."""
    match taken:
        case Claimed():
            return Order(attempt=str(taken.attempt_id), name=taken.filename)
        case ClaimedWork():
            return Order(attempt=str(taken.attempt_id), name="again")
        case ClaimedFile():
            return Order(attempt=str(taken.file_id), name=taken.name)
