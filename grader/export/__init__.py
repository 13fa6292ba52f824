"""Stored reports in another format: `grader export`. Reads what `grade --out` and `--json` wrote; grades nothing.

A damaged or foreign file is named, and left out; the others are exported all the same.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from grader.errors import UnreadableReport, UsageError
from grader.export.stored import CLASS_FILE, class_as_seen, gather, read_report, report_files
from grader.render import RENDERERS
from grader.render.classes import CLASS_RENDERERS
from grader.report import Audience, Report

#: learning platforms that keep hidden checks from students by themselves, and are told the whole score
WHOLE = frozenset({"gradescope", "coursera"})
_ENDINGS = {"gradescope": ".json", "coursera": ".json", "html": ".html"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The command line of `grader export`, as given."""

    format: str
    reports: tuple[Path, ...]
    output: Path | None
    audience: str
    published: bool = False


def export(request: Request, *, now: datetime | None = None) -> int:
    """Write the reports in the asked-for format; 0, or 3 if some could not be read. Raises UsageError and
    UnreadableReport.

    `now` decides what a student may see yet; without it the due date has not passed.
    """
    _refuse_nonsense(request)

    def seen(report: Report) -> Report:
        return report.seen_by(Audience(request.audience), now=now, published=request.published)

    alone = request.reports[0] if len(request.reports) == 1 and request.reports[0].is_file() else None
    if alone is not None and alone.name != CLASS_FILE and request.format in RENDERERS:
        _put(RENDERERS[request.format](seen(read_report(alone))), request.output)
        return 0
    if request.format in CLASS_RENDERERS:
        return _class(request, seen)
    return _each(request, seen)


def _refuse_nonsense(request: Request) -> None:
    formats = {**RENDERERS, **CLASS_RENDERERS}
    if request.format not in formats:
        raise UsageError(f"There is no format {request.format!r}. Formats: {', '.join(formats)}.")
    if request.format in WHOLE and request.audience != Audience.INSTRUCTOR:
        raise UsageError(
            f"{request.format} takes the whole report, and keeps from students what they may not see. "
            "Leave out --audience student."
        )
    for path in request.reports:
        if not path.exists():
            raise UsageError(f"{path} does not exist. Name a folder made by `grade --out`, or a report's JSON file.")


def _class(request: Request, seen: Callable[[Report], Report]) -> int:
    """One text for all of them."""
    gathered = gather(request.reports)
    whole = request.audience == Audience.INSTRUCTOR
    report = gathered.report if whole else class_as_seen(gathered, seen)
    _put(CLASS_RENDERERS[request.format](report, (seen(read_report(path)) for path in gathered.paths)), request.output)
    return _told(gathered.refused)


def _each(request: Request, seen: Callable[[Report], Report]) -> int:
    """A file for each report, in a folder."""
    if request.output is None:
        raise UsageError(f"{request.format} has a file for each submission. Name a folder for them with -o.")
    refused: list[UnreadableReport] = []
    names: set[str] = set()
    for path in report_files(request.reports):
        name = f"{path.stem}{_ENDINGS.get(request.format, '.txt')}"
        try:
            text = RENDERERS[request.format](seen(read_report(path)))
        except UnreadableReport as error:
            refused.append(error)
            continue
        if name in names:
            raise UsageError(f"Two reports would become {name}; the second is {path}. Export them one by one.")
        names.add(name)
        _put(text, request.output / name)
    return _told(refused)


def _put(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(f"{output} cannot be written ({error.strerror}). Name another place with -o.") from error


def _told(refused: Sequence[UnreadableReport]) -> int:
    for error in refused:
        sys.stderr.write(f"{error}\n")
    return UnreadableReport.exit_code if refused else 0
