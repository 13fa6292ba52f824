"""`grader join`: what is asked for, and the files that are written of it. How attempts become one: `one_grade.py`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from grader.classes.intake.names import file_names
from grader.classes.joining.given_lists import GivenList, extensions_in, received_in
from grader.classes.joining.one_grade import Joined, Rules, join, line_of, report_of, several
from grader.classes.writing import write_whole
from grader.course.text_files import tables_in
from grader.errors import UsageError
from grader.messages import Language, Words, say, terminal
from grader.policy.opening_file import terms_in
from grader.policy.terms import Counts, Terms
from grader.render import html, text
from grader.render.gradebook import decimal, render_canvas, render_moodle, table
from grader.report.class_report import ClassReport
from grader.report.report import Audience

OTHERWISE: Final = "Make room, or name another folder with --out."
#: the table of what counts, line by line; `grader totals` reads it
FILE: Final = "joined.csv"
HEADINGS: Final = (
    *("student", "name", "attempts", "counts", "points", "deducted_percent", "deducted", "earned", "possible"),
    *("late", "said", "assignment"),
)
#: what a policy's file says besides the terms: the names of lists beside it
LISTS: Final = ("extensions", "received")


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRequest:
    """The command line of `grader join`, as given. `now`: what a student may see by then; without it nothing is due."""

    folders: tuple[Path, ...]
    out: Path
    counts: Counts | None = None
    policy: Path | None = None
    extensions: Path | None = None
    received: Path | None = None
    zone: str | None = None
    language: Language = "en"
    now: datetime | None = None


def join_classes(request: JoinRequest) -> int:
    """Write the joined grades, and for each student the report that they may see; 0. Raises UsageError, CourseError,
    UnreadableReport."""
    words = Words(request.language)
    if any(request.out.resolve() == folder.resolve() for folder in request.folders):
        raise UsageError(say("join_into_itself", folder=str(request.out)))
    found = several(request.folders)
    report, joined = join(found, _rules(request, found.rows))
    stems = file_names([each.row.student for each in joined])
    for each in joined:
        if (seen := report_of(each, Audience.STUDENT, now=request.now)) is not None:
            home = request.out / "reports" / stems[each.row.student]
            write_whole(home.with_name(f"{home.name}.txt"), text.render(seen, words=words), otherwise=OTHERWISE)
            write_whole(home.with_name(f"{home.name}.html"), html.render(seen, words=words), otherwise=OTHERWISE)
    for name, made in _tables(report, joined, words).items():
        write_whole(request.out / name, made, otherwise=OTHERWISE)
    late = sum(bool(each.deducted) for each in joined)
    students, less = words.counted(len(joined), "student"), words.counted(late, "student")
    terminal.say(words.say("join_done", students=students, less=less, folder=str(request.out)))
    return 0


def _rules(request: JoinRequest, students: Collection[str]) -> Rules:
    """The policy's, and what the command line says in the place of its lists."""
    zone = None if request.zone is None else _zone(request.zone)
    terms = Terms() if request.policy is None else terms_in(request.policy, besides=LISTS)
    lists = {} if request.policy is None else _lists_of(request.policy)
    extensions = request.extensions or lists.get("extensions")
    received = request.received or lists.get("received")
    return Rules(
        terms=terms,
        counts=request.counts or terms.counts,
        reliefs={} if extensions is None else extensions_in(GivenList(extensions, zone), students),
        received={} if received is None else received_in(GivenList(received, zone)),
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such zone, or no name of one
        raise UsageError(say("join_no_zone", name=name)) from None


def _lists_of(policy: Path) -> dict[str, Path]:
    """The lists that lie beside the policy, as it names them."""
    said = {name: value for name, value in tables_in(policy).items() if name in LISTS}
    for name, value in said.items():
        if not isinstance(value, str):
            raise UsageError(say("join_no_list", file=str(policy), name=name))
    return {name: policy.parent / value for name, value in said.items()}


def _tables(report: ClassReport, joined: Sequence[Joined], words: Words) -> dict[str, str]:
    """The grades as we tell them, line by line, and as platforms import them."""
    grades = {each.row.student: None if each.counted is None else each.counted.earned for each in joined}
    return {
        FILE: table([list(HEADINGS), *([*_line(each, words), report.assignment.id] for each in joined)]),
        "canvas.csv": render_canvas(report, grades=grades),
        "moodle.csv": render_moodle(report, words=words, grades=grades),
    }


def _line(joined: Joined, words: Words) -> list[str]:
    """What counts before anything is taken off, what is taken off, and what is left: each in a column of its own."""
    row, counts = joined.row, joined.counted
    refused = [words.text(each.refused) for each in joined.attempts if each.refused is not None]
    if counts is None:
        return [row.student, row.name, str(len(joined.attempts)), *[""] * 7, words.joined(refused)]
    which = {name: each.number for name, each in joined.by_exercise.items()}
    numbers = sorted(set(which.values()))
    told = str(numbers[0]) if len(numbers) == 1 else "; ".join(f"{name} {number}" for name, number in which.items())
    percents = sorted({each.deducted for each in joined.by_exercise.values() if each.deducted})
    line = line_of(joined, report_of(joined, Audience.INSTRUCTOR))
    said = [*([] if line is None else [words.text(line)]), *refused]
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
        words.joined(said),
    ]
