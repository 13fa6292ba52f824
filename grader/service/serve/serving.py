"""A site from its start to its end: what can be refused is tried first, then others answer beside this process."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import exists, select

from grader.errors import UsageError
from grader.service.courses.adding import add_course
from grader.service.courses.ahead import Ahead
from grader.service.operations.logs import Log
from grader.service.people.accounts import owner_link
from grader.service.serve.answering import Answering, answerer
from grader.service.serve.beginning import Begun
from grader.service.serve.children import COMMAND, Child
from grader.service.serve.signals import Asked, listening_for_the_end
from grader.service.site import Site, Whereabouts, opened
from grader.service.store.tables import Course, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be served. `children`: what begins when it answers. `link`: whether the owner gets a link to sign in
    with even if there is an owner already."""

    where: Whereabouts
    courses: tuple[Path, ...]
    answering: Answering
    children: tuple[Child, ...] = ()
    link: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A site that answers. `link` signs its owner in, once."""

    address: str
    data: Path
    courses: tuple[str, ...]
    link: str | None


def serve(
    wanted: Wanted,
    begun: Begun,
    *,
    log: Log,
    environment: Mapping[str, str],
    told: Callable[[Ready], None],
    ahead: Ahead | None = None,
) -> None:
    """Serve until somebody asks for the end, with what was begun. Raises UsageError for what cannot be had, CourseError
    for a course."""
    with ExitStack() as stack:
        site = stack.enter_context(opened(wanted.where))
        ready = prepared(site, wanted, ahead)
        server = answerer(site, wanted.answering, log)
        asked = Asked(lambda: setattr(server, "should_exit", True))
        stack.enter_context(listening_for_the_end(asked))
        stack.callback(begun.children.end)
        for child in (*_children(wanted, begun.listening, environment), *wanted.children):
            begun.children.add(child)
        told(ready)
        _settled()
        server.run(sockets=[begun.listening])
        asked.then = begun.children.kill  # whoever asks once more does not want to wait for what is being graded


def share(where: Whereabouts, descriptor: int, *, answering: Answering, log: Log) -> None:
    """Answer on a socket that another process of the site made, until that one says that the end has come."""
    with socket.socket(fileno=descriptor) as listening, opened(where) as site:
        server = answerer(site, answering, log)
        with listening_for_the_end(Asked(lambda: setattr(server, "should_exit", True))):
            _settled()
            server.run(sockets=[listening])


def _settled() -> None:
    """What was made until now stays until the end: nobody looks through it for rubbish any more."""
    gc.freeze()
    gc.enable()


def prepared(site: Site, wanted: Wanted, ahead: Ahead | None = None) -> Ready:
    """The courses are added, and the site has an owner. Raises CourseError, and UsageError where there is no course."""
    for folder in wanted.courses:
        with site.database.begin() as session:
            add_course(session, site, folder, ahead=ahead)
    with site.database.begin() as session:
        if not session.scalar(select(exists().where(Course.id.is_not(None)))):
            raise UsageError(
                "There is no course here, and the site has none yet. Go to the folder of a course, or name one: "
                "grader serve FOLDER. It holds `assignments/` and `reference/`; `grader new` begins one."
            )
        is_new = not session.scalar(select(exists().where(Person.owns_site)))
        link = owner_link(session, site, site.now()) if is_new or wanted.link else None
    return Ready(address=site.address, data=site.data, courses=tuple(map(str, wanted.courses)), link=link)


def _children(wanted: Wanted, listening: socket.socket, environment: Mapping[str, str]) -> list[Child]:
    """What is secret in the address of a database is said by the environment: everybody can read a command line."""
    where, number = wanted.where, listening.fileno()
    told = {**environment, "GRADER_DATABASE": where.database_url, "GRADER_DATA": str(where.data)}
    told |= {"GRADER_BLOBS": where.blobs} if where.blobs else {}
    shared = ["serve", "--shared-socket", str(number), "--address", where.address]
    shared += [word for proxy in wanted.answering.proxies for word in ("--behind-proxy", proxy)]
    shared += ["--open-metrics"] if wanted.answering.open_metrics else []
    return [
        Child(name=f"web {each}", command=(*COMMAND, *shared), environment=told, sockets=(number,))
        for each in range(2, wanted.answering.processes + 1)
    ]
