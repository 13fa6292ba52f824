"""The command `grader serve`: arguments in, what is to be said to its terminal out. The work is `service/serve/`."""

from __future__ import annotations

import gc
import os
import shutil
from contextlib import ExitStack
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlsplit

import typer

from grader.cli.spread import spread
from grader.cli.which_site import AddressOption, NamedSiteAndBlobs
from grader.course.folder import find_course, is_in_a_course
from grader.errors import UsageError
from grader.messages import terminal
from grader.service.courses.ahead import Ahead, is_begun
from grader.service.serve.children import COMMAND, Child, Ended
from grader.settings import Settings

if TYPE_CHECKING:
    from grader.service.serve.serving import Ready

LogChoice = StrEnum("LogChoice", ["auto", "all", "troubles"])
#: by this, processes on one machine count requests together; the library reads it when it is imported
COUNTS: Final = "PROMETHEUS_MULTIPROC_DIR"


@spread
def serve(
    courses: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="COURSE...",
            help="Folders of courses. Default: the one you are in, and what the site has.",
            show_default=False,
        ),
    ] = None,
    host: Annotated[str, typer.Option(help="The address of this machine to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535, help="The port to listen on.")] = 8000,
    address: AddressOption = None,
    behind_proxy: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDR", help="A reverse proxy, whose word on where requests come from counts."),
    ] = None,
    open_metrics: Annotated[
        bool,
        typer.Option(
            "--open-metrics",
            help="Tell /metrics to programs on this machine without a token. Not where a proxy on it lets others in.",
        ),
    ] = False,
    *,
    site: NamedSiteAndBlobs,
    processes: Annotated[int, typer.Option(min=1, help="Processes that answer requests.")] = 1,
    worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Whether this command grades too, or only `grader worker`.")
    ] = True,
    log: Annotated[
        LogChoice, typer.Option(help="What is logged on standard error. auto: troubles on a terminal, all elsewhere.")
    ] = LogChoice.auto,
    shared_socket: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """Serve courses: people hand in on a page, and read their report on it a moment later.

    Needs no configuration: everything is kept in one folder of yours. Prints the address, and a link that signs you in
    as the owner, once. Ctrl-C ends it when what is being graded is done; once more, at once.
    """
    gc.disable()  # until the site answers: to look for rubbish in what is only being imported is a fifth of a start
    quiet = log is LogChoice.troubles or (log is LogChoice.auto and terminal.is_watched())
    folders = () if shared_socket is not None else _courses(courses)
    reached = _reached(address, host, port)
    folder = (site.data or Settings.from_environment(os.environ).data).absolute()
    with ExitStack() as stack:
        if shared_socket is None:
            from grader.service.serve.beginning import begun as beginning  # a site runs where there is POSIX alone

            early, later = _begun_when(folder, (_worker(folder, site),) if worker else ())
            ahead = stack.enter_context(Ahead(folder, folders))
            begun = stack.enter_context(beginning(host, port, data=folder, children=early, told=_ended))
        where = site.where(address=reached)
        counts = _counts(where.data, processes, begun=shared_socket is not None)
        from grader.service.operations.logs import Level, Log  # heavy: the whole service
        from grader.service.serve import serving
        from grader.service.serve.answering import Answering

        lines = Log(terminal.log(), least=Level.WARNING if quiet else Level.INFO)
        answering = Answering(
            processes=processes, proxies=tuple(behind_proxy or ()), counts=counts, open_metrics=open_metrics
        )
        if shared_socket is not None:
            serving.share(where, shared_socket, answering=answering, log=lines)
            return
        wanted = serving.Wanted(
            where=where, courses=folders, answering=answering, children=later, link=terminal.is_watched()
        )
        serving.serve(wanted, begun, log=lines, environment=dict(os.environ), told=_told, ahead=ahead)


def _begun_when(folder: Path, children: tuple[Child, ...]) -> tuple[tuple[Child, ...], tuple[Child, ...]]:
    """Those that begin before the site answers, and those that begin with it: of a site that has no course yet nobody
    wants a report sooner than its first page."""
    return (children, ()) if is_begun(folder) else ((), children)


def _worker(folder: Path, site: NamedSiteAndBlobs) -> Child:
    """It begins at once, and waits for the site to be there. What is secret in the address of a database is said by the
    environment: everybody can read a command line."""
    named = {
        "GRADER_DATABASE": site.database,
        "GRADER_DATABASE_PASSWORD_FILE": site.password_file,
        "GRADER_BLOBS": site.blobs,
    }
    said = {name: str(value) for name, value in named.items() if value is not None}
    return Child(
        name="worker",
        command=(*COMMAND, "worker", "--await-site"),
        environment={**os.environ, "GRADER_DATA": str(folder), **said},
    )


def _reached(address: str | None, host: str, port: int) -> str:
    """How people reach the site. Raises UsageError for what is no address, and where it cannot be guessed."""
    if address is None:
        if host in ("0.0.0.0", "::"):  # noqa: S104  # is asked about, not listened on
            raise UsageError(
                f"On {host} the site is reached by many addresses. Say with --address which one people use."
            )
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise UsageError(
            f"{address!r} is no address of a site. Write it as https://grader.example.org, without a path."
        )
    if parts.scheme == "http" and not _is_here(parts.hostname):
        terminal.warn(
            f"On {address} passwords and work travel in plain. Put a proxy with TLS before it: docs/administrators.md."
        )
    return f"{parts.scheme}://{parts.netloc}"


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _counts(data: Path, processes: int, *, begun: bool) -> Path | None:
    """The folder where several processes count together: empty at first, and known to the others by the environment."""
    if begun:
        return Path(os.environ[COUNTS]) if COUNTS in os.environ else None
    if processes == 1:
        return None
    folder = data / "counts"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ[COUNTS] = str(folder)
    return folder


def _courses(named: list[Path] | None) -> tuple[Path, ...]:
    """The folders named, else the one in the environment, else the one we are in, if any. Raises CourseError."""
    course = Settings.from_environment(os.environ).course
    if not named and course is None and not is_in_a_course(Path.cwd()):
        return ()
    folders: list[Path | None] = [*named] if named else [course]
    return tuple(find_course(folder, near=Path.cwd()).folder for folder in folders)


def _ended(news: Ended) -> None:
    terminal.warn(f"{news.name} ended with {news.code}; it is started again in {news.pause:g} s.")


def _told(ready: Ready) -> None:
    """Say it: to whoever began us, on the terminal alone."""
    terminal.tell(f"The site is ready: {ready.address}")
    if ready.link is not None:
        terminal.tell(f"Sign in as its owner, once, within the hour: {ready.link}")
    courses = ", ".join(ready.courses) or "those that the site has"
    terminal.tell(f"Courses: {courses}. All is kept in {ready.data}. Ctrl-C ends it.")
