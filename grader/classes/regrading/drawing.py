"""The files of reports that are replaced, drawn by a crew: to draw a thousand keeps a core busy for half a minute.

What is drawn of a report is `report_files.py`'s business, where it is put `applying.py`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from grader.classes.crew import Crew, Done, Lost
from grader.classes.report_files import REPORT_FILES, STORED
from grader.messages import Words
from grader.report.report import Report

#: fewer are drawn before a worker has started
WORTH_A_CREW: Final = 100
#: until a worker that draws one report is ended
SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A report that is to be drawn, and its path below the class folder."""

    path: str
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Draws for a reader of these words."""

    words: Words

    @contextmanager
    def open(self) -> Iterator[Callable[[Sheet], dict[str, bytes]]]:
        """See `crew.Work`."""
        yield self.drawn

    def drawn(self, sheet: Sheet) -> dict[str, bytes]:
        """The files of the report, by their paths below the class folder."""
        stem = sheet.path.removesuffix(STORED)
        return {stem + ending: draw(sheet.report, self.words).encode() for ending, draw in REPORT_FILES.items()}


def drawn(
    reports: Mapping[str, Report], words: Words, *, workers: int, worth_a_crew: int = WORTH_A_CREW
) -> dict[str, bytes]:
    """The files of all these reports, which are given by their paths below the class folder; by a crew from
    `worth_a_crew` on. Raises GraderError if no worker can start."""
    drawing, sheets = Drawing(words=words), [Sheet(path=path, report=report) for path, report in reports.items()]
    made: dict[str, bytes] = {}
    if workers == 1 or len(sheets) < worth_a_crew:
        for sheet in sheets:
            made |= drawing.drawn(sheet)
        return made
    with Crew[Sheet, dict[str, bytes]](drawing, size=workers, seconds=SECONDS) as crew:
        for outcome in crew.work(iter(sheets)):
            match outcome:
                case Done(result=files):
                    made |= files
                case Lost(task=sheet):
                    made |= drawing.drawn(sheet)  # whatever is wrong is raised here
    return made
