"""The socket that a site answers on. It is there before anything else is begun, so that nothing is begun in vain."""

from __future__ import annotations

import errno
import socket
from typing import Final

from grader.errors import UsageError

#: connections that may wait to be taken: a class that hands in at once
BACKLOG: Final = 2048


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
