"""The command `grader worker`: arguments in, exit code out. The work is `service/worker/`."""

from __future__ import annotations

import gc
from typing import Annotated

import typer

from grader.cli.grade import SandboxChoice
from grader.cli.spread import spread
from grader.cli.which_site import NamedSiteAndBlobs


@spread
def worker(
    named: NamedSiteAndBlobs,
    slots: Annotated[
        int | None, typer.Option(min=1, help="Submissions graded at a time. Default: one for each usable core.")
    ] = None,
    sandbox: Annotated[SandboxChoice, typer.Option(help="Where student code runs.")] = SandboxChoice.auto,
    drain: Annotated[
        int, typer.Option(min=0, metavar="SECONDS", help="What may still be finished when it is told to end.")
    ] = 60,
    await_site: Annotated[bool, typer.Option("--await-site", hidden=True)] = False,
) -> None:
    """Grade what is handed in to a site, on this machine or another; any number of workers serve one site.

    Ctrl-C or SIGTERM ends it when what it has begun is done, or given back to others. Ends with 3 if this machine
    gives no sandbox.
    """
    gc.disable()  # until it works, as a site until it answers
    where = named.where()
    from grader.service.site import await_site as until_there  # heavy: the whole service
    from grader.service.site import opened
    from grader.service.worker.command import WorkerRequest, run_worker

    if await_site:
        until_there(where)
    with opened(where) as site:
        gc.freeze()
        gc.enable()
        run_worker(site, WorkerRequest(slots=slots, sandbox=sandbox.value, drain=drain))
