"""A connection to PostgreSQL that is cut at the worst moment: when the server has committed, before anybody is told.

It stands between a client and the server, and passes on what they say until then.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy import make_url

#: how the server says that a transaction is committed
COMMITTED = b"COMMIT\x00"


@dataclass(slots=True, kw_only=True)
class Cut:
    """`url`: the database's, by way of here. With `armed`, the next transaction in which `statement` is said has its
    connection cut when it is committed; then it `was_cut`, once."""

    url: str
    statement: bytes
    armed: bool = False
    was_cut: threading.Event = field(default_factory=threading.Event)


@contextmanager
def cut_when_committed(url: str, statement: bytes) -> Iterator[Cut]:
    """A way to the database of that address."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        here = make_url(url).set(host="127.0.0.1", port=door.getsockname()[1])
        here = here.update_query_dict({"sslmode": "disable", "gssencmode": "disable"})
        cut = Cut(url=here.render_as_string(hide_password=False), statement=statement)
        threading.Thread(target=_let_in, args=(door, url, cut), daemon=True).start()
        yield cut
        door.shutdown(socket.SHUT_RDWR)


def _let_in(door: socket.socket, url: str, cut: Cut) -> None:
    with suppress(OSError):  # the door is closed
        while True:
            client, _ = door.accept()
            server = _server(url)
            heard = threading.Event()
            for said, to in ((client, server), (server, client)):
                threading.Thread(target=_pass_on, args=(said, to, cut, heard, to is client), daemon=True).start()


def _pass_on(said: socket.socket, to: socket.socket, cut: Cut, heard: threading.Event, is_answer: bool) -> None:
    with suppress(OSError):
        while data := said.recv(65_536):
            if cut.armed and not is_answer and cut.statement in data:
                heard.set()
            if is_answer and heard.is_set() and COMMITTED in data:
                cut.armed = False
                cut.was_cut.set()
                break
            to.sendall(data)
    for each in (said, to):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
    said.close()  # the other one is closed by whoever hears it


def _server(url: str) -> socket.socket:
    where = make_url(url)
    host, port = where.host or "127.0.0.1", where.port or 5432
    if not host.startswith("/"):
        return socket.create_connection((host, port))
    made = socket.socket(socket.AF_UNIX)
    made.connect(f"{host}/.s.PGSQL.{port}")
    return made
