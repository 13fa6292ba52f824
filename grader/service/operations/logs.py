"""What the processes of a site write about their work, for machines: a line of JSON for each thing that happened.

A line has the fields of `Entry` and no others. So nothing of what people wrote, are called or may not tell gets into a
log: no student's code, no name, no secret, no query, of an exception its kind and place and never its words.
"""

from __future__ import annotations

import logging
import traceback
import uuid
from dataclasses import dataclass, fields
from enum import IntEnum
from pathlib import Path
from typing import Any, Final, TextIO

import structlog

#: as much of a stack as tells where something failed
_FRAMES: Final = 12


class Level(IntEnum):
    """How much a line matters."""

    INFO = logging.INFO
    WARNING = logging.WARNING
    ERROR = logging.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line. `event`: a word of ours. `route`: the pattern of a path, never the path. `part`: which process of ours.
    `code`: with what one ended, or what a database or the system calls its trouble. `error`, `where`: an exception."""

    event: str
    level: Level = Level.INFO
    request: str | None = None
    attempt: uuid.UUID | None = None
    method: str | None = None
    route: str | None = None
    status: int | None = None
    ms: float | None = None
    part: str | None = None
    code: str | None = None
    error: str | None = None
    where: tuple[str, ...] | None = None


#: the fields of a line beside what stands before all others
_SAID: Final = tuple(each.name for each in fields(Entry) if each.name not in ("event", "level"))


class Log:
    """Writes entries to `stream` as they come; those that matter less than `least` are left out."""

    def __init__(self, stream: TextIO, *, least: Level = Level.INFO) -> None:
        self._logger: Any = structlog.wrap_logger(
            structlog.WriteLogger(stream),
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
                structlog.processors.JSONRenderer(default=str),
            ],
            wrapper_class=structlog.make_filtering_bound_logger(least),
        )

    def write(self, entry: Entry) -> None:
        """One line, or none."""
        said = {key: value for key in _SAID if (value := getattr(entry, key)) is not None}
        self._logger.log(entry.level, entry.event, **said)


class ForLibraries(logging.Handler):
    """Takes what libraries log. Their sentences quote what was asked, so only who speaks and of what is passed on."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """See `logging.Handler.emit`."""
        error = record.exc_info[1] if record.exc_info else None
        said = Entry(event="library") if error is None else trouble(error, event="library")
        level = Level.ERROR if record.levelno >= logging.ERROR else Level.WARNING
        self._log.write(
            Entry(
                event=said.event,
                level=level,
                part=record.name,
                code=said.code,
                error=said.error,
                where=said.where or (f"{Path(record.pathname).name}:{record.lineno}",),
            )
        )


def take_libraries_logs(log: Log) -> None:
    """From now on, what libraries of this process log is passed on to `log`."""
    logging.getLogger().handlers = [ForLibraries(log)]


def trouble(error: BaseException, *, event: str) -> Entry:
    """An exception as an entry: what kind it is and where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return Entry(
        event=event,
        level=Level.ERROR,
        code=_code(error),
        error=type(error).__name__,
        where=tuple(f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames),
    )


def _code(error: BaseException) -> str | None:
    """What the system or the database calls it: the number says what to do and quotes nobody."""
    origin = getattr(error, "orig", None) or error
    for name in ("sqlstate", "sqlite_errorname", "strerror"):
        if isinstance(found := getattr(origin, name, None), str):
            return found
    return None


def _place(filename: str) -> str:
    """The last two parts of a path, which tell the module and not the machine."""
    return "/".join(Path(filename).parts[-2:])
