"""`grader join`: what is asked for, and the files that are written of it. How attempts become one is `joining.py`'s."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from grader.classes.intake.names import file_names
from grader.classes.writing import write_whole
from grader.errors import UsageError
from grader.messages import ENGLISH, terminal
from grader.render import html, text
from grader.render.gradebook import decimal, render_canvas, render_moodle, table
from grader.report.class_report import ClassReport
from grader.service.joining import Joined, Rules, extensions_in, join, line_of, received_in, report_of
from grader.service.policy.opening_file import terms_in
from grader.service.policy.terms import Counts, Terms

OTHERWISE: Final = "Make room, or name another folder with --out."
HEADINGS: Final = (
    *("student", "name", "attempts", "counts", "points", "deducted_percent", "deducted", "earned", "possible"),
    *("late", "said"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRequest:
    """The command line of `grader join`, as given."""

    folders: tuple[Path, ...]
    out: Path
    counts: Counts | None = None
    policy: Path | None = None
    extensions: Path | None = None
    received: Path | None = None
    zone: str | None = None


def join_classes(request: JoinRequest) -> int:
    """Write the joined grades, and a report for each student; 0. Raises UsageError, CourseError, UnreadableReport."""
    if any(request.out.resolve() == folder.resolve() for folder in request.folders):
        raise UsageError(ENGLISH.say("join_into_itself", folder=str(request.out)))
    report, joined = join(request.folders, _rules(request))
    stems = file_names([each.row.student for each in joined])
    for each in joined:
        if (found := report_of(each)) is not None:
            home = request.out / "reports" / stems[each.row.student]
            write_whole(home.with_name(f"{home.name}.txt"), text.render(found), otherwise=OTHERWISE)
            write_whole(home.with_name(f"{home.name}.html"), html.render(found), otherwise=OTHERWISE)
    for name, made in _tables(report, joined).items():
        write_whole(request.out / name, made, otherwise=OTHERWISE)
    late = sum(bool(each.deducted) for each in joined)
    students, less = ENGLISH.counted(len(joined), "student"), ENGLISH.counted(late, "student")
    terminal.say(ENGLISH.say("join_done", students=students, less=less, folder=str(request.out)))
    return 0


def _rules(request: JoinRequest) -> Rules:
    zone = None if request.zone is None else ZoneInfo(request.zone)
    terms = Terms() if request.policy is None else terms_in(request.policy)
    rules = Rules(terms=terms, counts=request.counts or terms.counts)
    if request.extensions is not None:
        rules = replace(rules, reliefs=extensions_in(request.extensions, zone))
    return rules if request.received is None else replace(rules, received=received_in(request.received, zone))


def _tables(report: ClassReport, joined: Sequence[Joined]) -> dict[str, str]:
    """The grades as we tell them, line by line, and as platforms import them."""
    grades = {each.row.student: None if each.counted is None else each.counted.earned for each in joined}
    return {
        "joined.csv": table([list(HEADINGS), *map(_line, joined)]),
        "canvas.csv": render_canvas(report, grades=grades),
        "moodle.csv": render_moodle(report, grades=grades),
    }


def _line(joined: Joined) -> list[str]:
    """What counts before anything is taken off, what is taken off, and what is left: each in a column of its own."""
    row, counts = joined.row, joined.counted
    refused = [ENGLISH.text(each.refused) for each in joined.attempts if each.refused is not None]
    if counts is None:
        return [row.student, row.name, str(len(joined.attempts)), *[""] * 7, " ".join(refused)]
    which = {name: each.number for name, each in joined.by_exercise.items()}
    numbers = sorted(set(which.values()))
    told = str(numbers[0]) if len(numbers) == 1 else "; ".join(f"{name} {number}" for name, number in which.items())
    percents = sorted({each.deducted for each in joined.by_exercise.values() if each.deducted})
    line = line_of(joined)
    said = [*([] if line is None else [ENGLISH.text(line)]), *refused]
    return [
        row.student,
        row.name,
        str(len(joined.attempts)),
        told,
        str(joined.points),
        " ".join(map(str, percents)) or "0",
        decimal(joined.deducted),
        decimal(counts.earned),
        str(counts.possible),
        "yes" if counts.late else "no",
        " ".join(said),
    ]
