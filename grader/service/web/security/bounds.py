"""How much and how often, in numbers. Data only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from grader.limits import MEGABYTE, NotebookLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one request, one caller and one address may do. Rates are written as the library `limits` reads them.

    What is counted by address is generous, since a whole class may stand behind one; what is counted by account is not.
    Each web process counts for itself.
    """

    form_bytes: int = MEGABYTE
    upload_bytes: int = NotebookLimits().file_bytes + MEGABYTE
    roster_bytes: int = 17 * MEGABYTE
    drained_bytes: int = 512 * MEGABYTE  # read to its end and dropped, so that a browser hears why
    briefly_bytes: int = (
        8 * MEGABYTE
    )  # the same of what comes too often, which is given less: no notebook of ours is larger
    briefly_seconds: float = 5.0
    body_seconds: float = 20.0  # before the first byte, and as slack ever after
    bytes_per_second: int = 8 * 1024  # the slowest that is waited for

    uploads_each: int = 4
    uploads_all: int = 200
    uploads_crowded: int = 50  # from so many on each has one: 50 accounts hold half of all, and a class the rest
    streams_each: int = 8
    streams_all: int = 5_000

    api: str = "1200/minute"
    password_by_account_there: str = "10/15 minutes"  # noqa: S105  # a rate
    password_by_account: str = "100/hour"  # noqa: S105  # a rate
    password_by_address: str = "600/15 minutes"  # noqa: S105  # a rate
    secrets_by_address: str = "300/minute"
    links_by_account: str = "3/hour"  # that are mailed, whether or not there is such an account
    links_by_address: str = "300/hour"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Where files are handed in; everywhere else a body is a form."""

    path: re.Pattern[str]
    is_table: bool = False


#: what else stands below a course, none of it a file
_PAGES: Final = "teach|gradebook|people|openings|marking|statistics|queue|audit"
#: a route that takes a file is a row here
UPLOADS: Final = (
    Upload(path=re.compile(r"/courses/[^/]+/people(/roster)?(/preview)?"), is_table=True),
    Upload(path=re.compile(r"/api/v1/courses/[^/]+/(people|roster)(/[a-z]+)?"), is_table=True),
    Upload(path=re.compile(r"/courses/[^/]+/openings/[^/]+/marking"), is_table=True),
    Upload(path=re.compile(r"/api/v1/courses/[^/]+/assignments/[^/]+/marks"), is_table=True),
    Upload(path=re.compile(rf"/courses/[^/]+/(?!({_PAGES})$)[^/]+")),
    Upload(path=re.compile(r"/api/v1/courses/[^/]+/assignments/[^/]+/attempts")),
)


def upload_at(path: str) -> Upload | None:
    """What is handed in at that path, if it is a file."""
    return next((each for each in UPLOADS if each.path.fullmatch(path)), None)
