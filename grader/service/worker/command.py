"""`grader worker`, after its arguments: a worker on this machine, told to drain by SIGTERM and SIGINT."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final

from grader.classes.crew import usable_cores
from grader.errors import SandboxError
from grader.service.post.command import mail_sent
from grader.service.site import Site
from grader.service.worker.fetching import Fetching
from grader.service.worker.job import Job, Preparation
from grader.service.worker.supervisor import Worker
from grader.service.worker.work import GradingWork

if TYPE_CHECKING:
    from grader.service.lti.sending.post import Post

#: graders that stay warm in each slot's process; one holds its libraries, some 400 MB with TensorFlow
WARM: Final = 4
#: whose libraries are not loaded to find out which tier there is
RUNTIME: Final = "numpy"
#: of the machine's memory, what all that is warm may hold together
SHARE: Final = 0.5
#: below the site's folder: answer keys, for all slots of this machine
KEYS: Final = "keys"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerRequest:
    """What the command line says. `drain`: seconds for what runs, when the end is asked for."""

    slots: int | None
    sandbox: str
    drain: int


def run_worker(site: Site, request: WorkerRequest) -> None:
    """Work until the end is asked for. Must be called in the main thread.

    Raises SandboxUnavailable and UsageError where this machine cannot grade.
    """
    slots = request.slots or usable_cores()
    making = partial(_work, site, request.sandbox, int(SHARE * _memory() / slots))
    fetching = Fetching(site)
    worker: Worker[Job | Preparation] = Worker(
        site,
        slots=slots,
        fetch=fetching,
        making=making,
        ahead=fetching.ahead,
        sandbox=partial(_tier, site, request.sandbox),
    )
    with asked_to_end(lambda: worker.drain(request.drain)), telling_platforms(site, worker.id), mail_sent(site):
        worker.run()


@contextmanager
def telling_platforms(site: Site, worker: str) -> Iterator[None]:
    """Grades travel to learning platforms meanwhile, in a thread of its own, which ends with this."""
    over = threading.Event()
    posts: list[Post] = []

    def run() -> None:
        from grader.service.lti.sending.post import Post  # heavy: httpx; grading begins meanwhile

        posts.append(Post(site, worker=worker))
        if not over.is_set():
            posts[0].run()

    thread = threading.Thread(target=run, name="post")
    thread.start()
    try:
        yield
    finally:
        over.set()
        for post in posts:
            post.end()
        thread.join()


def _tier(site: Site, choice: str) -> str | None:
    """The one that rooms will be in; None where there is none, of which the first job says why."""
    from grader.wall.sandbox.forked import choose_sandbox  # heavy: NumPy; slots begin meanwhile

    try:
        return choose_sandbox(choice, RUNTIME, private=[site.data.absolute()]).name
    except SandboxError:
        return None


def _work(site: Site, sandbox: str, memory: int, told: Connection) -> GradingWork:
    folder = site.data.absolute()
    return GradingWork(sandbox=sandbox, private=(folder,), keys=folder / KEYS, told=told, most=WARM, memory=memory)


def _memory() -> int:
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def asked_to_end(drain: Callable[[], None]) -> Iterator[None]:
    """SIGTERM and SIGINT have that called: by another thread, since a handler may have interrupted whoever holds the
    lock that draining takes."""

    def heard(number: int, frame: object) -> None:
        del number, frame
        threading.Thread(target=drain, daemon=True).start()

    before = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
