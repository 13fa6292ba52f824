"""Whether a connection to PostgreSQL that lay in the pool still is one. What is asked over it is not known here.

A server that stops, or ends a session, says so on the line, which is seen without a word to it. Only a line that has
been silent for long is asked, since what lies between may have forgotten it: to ask each time is a way there and back
before every question.
"""

from __future__ import annotations

import select
import time
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

#: shorter than anything between forgets a line
SILENT_SECONDS: Final = 30.0
_SINCE: Final = "silent_since"


def look_after(engine: Engine) -> None:
    """From now on whoever takes a connection gets one that is there; all are made anew after one that is not."""

    def returned(_: Any, record: Any) -> None:
        record.info[_SINCE] = time.monotonic()

    def taken(connection: Any, record: Any, _: Any) -> None:
        since = record.info.get(_SINCE)
        if since is None or not (_is_said(connection) or time.monotonic() - since > SILENT_SECONDS):
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    event.listen(engine, "checkin", returned)
    event.listen(engine, "checkout", taken)


def _is_said(connection: Any) -> bool:
    """Whether something came that nobody asked for, or the line is closed on our side already."""
    if connection.closed:
        return True
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN)
    return bool(line.poll(0))
