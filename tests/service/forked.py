"""Processes for tests to kill: forks of one that has imported what they run; most of what a new Python does is that. No
test lives here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from typing import Final

_FORKS: Final = get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.service.worker_process", "tests.service.web_process"])


@contextmanager
def forked(be: Callable[..., None], *arguments: object) -> Iterator[BaseProcess]:
    """A process that is `be(*arguments)`; killed at the end, if it is still there."""
    process = _FORKS.Process(target=be, args=arguments)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()
