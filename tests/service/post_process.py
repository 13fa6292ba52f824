"""A worker's post in a process of its own, for tests to kill, and a platform behind a port, for tests to stop.

`python -m tests.service.post_process URL FOLDER LEASE`: it tells platforms on this machine, without TLS.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import uvicorn

from grader.service.lti.sending.post import Post
from grader.service.lti.services.calls import Calls, opened_client
from grader.service.site import Site, utc_now
from grader.service.store.database import Database
from grader.service.worker.command import asked_to_end
from tests.lti_platform.services import Services

ROOT = Path(__file__).parents[2]


@contextmanager
def post_process(site: Site, *, lease: float = 1.0) -> Iterator[subprocess.Popen[bytes]]:
    """The post of a worker of that site; killed at the end, if it is still there."""
    command = [sys.executable, "-m", "tests.service.post_process", site.database.url, str(site.data), str(lease)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def answering(services: Services, *, port: int = 0) -> Iterator[int]:
    """The platform behind that port, or any; its address is its origin from then on. Left, it is gone at once."""
    server = uvicorn.Server(
        uvicorn.Config(services.app, port=port, log_level="critical", lifespan="off", timeout_graceful_shutdown=0)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    ends = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive()
        assert time.monotonic() < ends
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    services.origin = f"http://127.0.0.1:{port}"
    try:
        yield port
    finally:
        server.should_exit = server.force_exit = True
        thread.join()


def work(url: str, folder: Path, lease: float) -> None:
    """Be that post, until SIGTERM."""

    async def run() -> None:
        async with opened_client() as client:
            calls = Calls(client, plain=True)
            post = Post(site, worker="p", calls=calls, lease=timedelta(seconds=lease), look=0.2)
            with asked_to_end(post.end):
                await post.going()

    site = Site(database=Database(url), data=folder, now=utc_now, address="http://testserver")
    asyncio.run(run())


if __name__ == "__main__":
    work(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]))
