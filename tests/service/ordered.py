"""From what a worker has taken to what its obedient process is told."""

from __future__ import annotations

from grader.service.queue.claims import Claimed
from grader.service.worker.taken import Taken
from tests.service.obeying import Order


def ordered(taken: Taken) -> Order:
    """By the name of what was handed in."""
    if isinstance(taken, Claimed):
        return Order(attempt=str(taken.attempt_id), name=taken.filename)
    return Order(attempt=str(taken.file_id), name=taken.name)
