"""The command `grader site mail`: arguments in, exit code out. The work is `service/post/`."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from grader.cli.spread import spread
from grader.cli.which_site import NamedSite
from grader.messages import terminal


@spread
def mail(
    named: NamedSite,
    off: Annotated[bool, typer.Option("--off", help="Send no more: what waits is dropped.")] = False,
) -> None:
    """Send the site's mail by the server that `mail.toml` in its folder names, until Ctrl-C or SIGTERM.

    Workers do so themselves where that file is in their folder; this is for a machine that reaches the mail server
    where workers reach nothing.
    """
    with named.opened() as site:
        from grader.service.post.command import send_mail  # heavy: SQLAlchemy, Jinja
        from grader.service.post.postman import end_mail

        if off:
            end_mail(site)
            terminal.tell("No more mail is sent. Remove mail.toml from the folders of the site, or it begins again.")
            return
        over = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: over.set())
        send_mail(site, over)
