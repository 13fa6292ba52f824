"""Mail while something else goes on, and `grader site mail`, after its arguments: a process that does nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.errors import UsageError
from grader.service.post.server import FILE, MailServer, read_server
from grader.service.site import Site

if TYPE_CHECKING:
    from grader.service.post.postman import Postman


@contextmanager
def mail_sent(site: Site) -> Iterator[None]:
    """Meanwhile a thread sends the site's mail, where its folder names a server. Raises UsageError for a fault in
    that."""
    server = read_server(site.data)
    if server is None:
        yield
        return
    postman, over = _postman(site, server), threading.Event()
    postman.begin()
    thread = threading.Thread(target=postman.run, args=(over,), name="mail", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(server.seconds)


def send_mail(site: Site, over: threading.Event) -> None:
    """Send the site's mail until that is set. Raises UsageError where the site's folder names no server."""
    server = read_server(site.data)
    if server is None:
        raise UsageError(
            f"There is no {FILE} in {site.data}, so no mail can be sent. docs/administrators.md says what it holds."
        )
    postman = _postman(site, server)
    postman.begin()
    postman.run(over)


def _postman(site: Site, server: MailServer) -> Postman:
    """Links in mail lead to where people reach the site, which a worker is not told."""
    from grader.service.post.postman import Postman  # heavy: what draws pages; most sites send no mail
    from grader.service.post.sending import Smtp

    return Postman(site=replace(site, address=server.address), server=server, carrier=Smtp(server))
