"""What a site takes before anything of it is known: its socket, its folder to itself, its worker. A worker loads its
libraries for longer than all else takes, so it begins first; what is imported here is little, for the same reason.
"""

from __future__ import annotations

import errno
import fcntl
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.errors import UsageError
from grader.service.serve.children import Child, Children, Ended
from grader.service.site import make_folder

#: in a site's folder: what is locked while it is served
LOCK: Final = "serving.lock"
#: connections that may wait to be taken: a class that hands in at once
BACKLOG: Final = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What is there: a socket on which nobody answers yet, and the processes beside this one."""

    listening: socket.socket
    children: Children


@contextmanager
def begun(
    host: str, port: int, *, data: Path, children: tuple[Child, ...], told: Callable[[Ended], None]
) -> Iterator[Begun]:
    """Until the site has ended. Raises UsageError for a port or a folder that cannot be had; then nothing was begun."""
    with listen(host, port) as listening, alone_in(data), Children(children, told=told) as kept:
        yield Begun(listening=listening, children=kept)


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections from now on. Raises UsageError where it cannot be had."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind)
    except OSError as error:
        raise UsageError(f"{host!r} is no address of this machine ({error.strerror}). Give --host another.") from None
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        raise _refused(error, host, port) from None
    return listening


def _refused(error: OSError, host: str, port: int) -> UsageError:
    match error.errno:
        case errno.EADDRINUSE:
            return UsageError(f"Port {port} is in use, perhaps by this site itself. Name a free one with --port.")
        case errno.EACCES:
            return UsageError(f"Only root may listen on port {port}. Name one above 1023 with --port.")
        case _:
            return UsageError(f"Nobody can listen on {host}, port {port} ({error.strerror}). Give --host another.")


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Nobody else serves from `folder` meanwhile, which is made if it is not there. Raises UsageError if somebody does,
    or if it cannot be had."""
    make_folder(folder)
    with (folder / LOCK).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                f"A site is being served from {folder} already. Stop that one, or name another folder with --data."
            ) from None
        yield
