"""The web server of one process: the application, its counts and its log. Which processes there are, others know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import uvicorn

from grader.service.operations.logs import Log, take_libraries_logs
from grader.service.operations.metrics import Metrics
from grader.service.site import Site
from grader.service.web.app import make_app

#: what requests that are being answered may take when a site ends, in seconds
LAST_ANSWERS: Final = 10
#: how long a line is kept of which nothing is heard, in seconds: longer than programs keep theirs (5 to 15), or one
#: would send its next request just as we hang up
SILENT_LINES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """How requests come: in how many processes, and through whom (whose word on addresses counts).
    `counts`: the folder in which several processes count together. `open_metrics`: see `make_app`."""

    processes: int = 1
    proxies: tuple[str, ...] = ()
    counts: Path | None = None
    open_metrics: bool = False


def answerer(site: Site, answering: Answering, log: Log) -> uvicorn.Server:
    """A server that runs when it is told to. What a client says of itself counts only if a named proxy passes it on."""
    take_libraries_logs(log)
    config = uvicorn.Config(
        make_app(site, log=log, metrics=Metrics(shared=answering.counts), open_metrics=answering.open_metrics),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(answering.proxies),
        forwarded_allow_ips=list(answering.proxies),
        timeout_keep_alive=SILENT_LINES,
        timeout_graceful_shutdown=LAST_ANSWERS,
    )
    return uvicorn.Server(config)
