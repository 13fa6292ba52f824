"""`marks.csv` in a folder that was pulled: the site's marks, and a line for each answer that waits. What somebody wrote
into that file here is never overwritten."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from grader.classes.marks import FILE
from grader.classes.report_files import OTHERWISE, Notes
from grader.classes.writing import bytes_there, write_whole
from grader.messages import say, terminal
from grader.service.client.connection import Connection, RefusedBySite

#: where the site's marks go when the file is somebody's own by now
BESIDE: Final = "marks.site.csv"
_NOTE: Final = "marks of the site"


def pull_marks(connection: Connection, course: str, assignment: str, output: Path, notes: Notes) -> None:
    """Bring the file up to date, unless it was changed here since it was pulled: then the site's is put beside it, with
    a warning. A class in which nothing is marked and nothing waits has none."""
    try:
        table = connection.fetch(f"/courses/{course}/assignments/{assignment}/marks?format=csv", accept="text/csv")
    except RefusedBySite as refused:
        if refused.status == 404:  # a site of an earlier version
            return
        raise
    file, there = output / FILE, bytes_there(output / FILE)
    if there is None and table.count(b"\n") < 2:
        return
    if there is not None and there != table and _digest(there) != notes.noted(_NOTE):
        write_whole(output / BESIDE, table, otherwise=OTHERWISE)
        terminal.warn(say("marks_changed_here", file=str(file), beside=str(output / BESIDE)))
        return
    notes.note(_NOTE, _digest(table))
    write_whole(file, table, otherwise=OTHERWISE)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
