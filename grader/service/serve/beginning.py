"""What a site takes before anything of it is known: its socket, its folder to itself, its worker. A worker loads its
libraries for longer than all else takes, so it begins first; what is imported here is little, for the same reason.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.service.serve.alone import alone_in
from grader.service.serve.children import Child, Children, Ended
from grader.service.serve.listening import listen


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
