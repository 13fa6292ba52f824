"""Grading leaves the processor to whoever looks at a page."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from grader.service.worker.grading import GradingWork
from grader.service.worker.tied import GIVES_WAY


def niceness_at_work() -> int:
    """That of the process it is called in, once that has begun to grade."""
    told, _ = get_context("spawn").Pipe(duplex=False)
    with GradingWork(sandbox="none", private=(), keys=None, told=told, most=1, memory=1).open():
        return os.nice(0)


def test_what_grades_comes_after_what_answers() -> None:
    """A slot's process, and with it its rooms, is nicer than the process that began it."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(niceness_at_work).result() == min(os.nice(0) + GIVES_WAY, 19)
