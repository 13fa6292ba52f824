"""`grader totals`: one grade of several assignments, each a class folder or what `grader join` made of several. How it
is reckoned is `policy/totals.py`'s, how the rule is written `policy/totals_file.py`'s. Nothing is graded.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from grader.classes.export.marking import marks_beside, settled, with_marks
from grader.classes.export.stored import gather
from grader.classes.joining.command import FILE as JOINED
from grader.classes.regrade_sets import finish_in
from grader.classes.writing import hand_out, write_whole
from grader.errors import UsageError
from grader.messages import Language, Words, say, terminal
from grader.policy.totals import Never, Total, Totals, total_of
from grader.policy.totals_file import NAME, totals_in
from grader.policy.totals_told import told
from grader.render.gradebook import decimal, table
from grader.render.json_report import written
from grader.report.class_report import ClassReport, RowStatus, StudentRow
from grader.report.course_totals import CourseTotals, StudentTotal


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalsRequest:
    """The command line of `grader totals`, as given. `course`: the folder that has the rule, unless `rule` names it."""

    folders: tuple[Path, ...]
    output: Path | None
    course: Path = Path()
    rule: Path | None = None
    json: Path | None = None
    language: Language = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """What a student has in one assignment. `share` is None without evidence; `never`: nothing was handed in."""

    name: str
    share: Fraction | None
    never: bool = False


#: by student
Assignment: TypeAlias = Mapping[str, Earned]


def make_totals(request: TotalsRequest) -> int:
    """Write everybody's total; 0. Raises UsageError, CourseError, UnreadableReport."""
    words = Words(request.language)
    rule = _rule(request)
    earned = _by_assignment(request.folders)
    found = course_totals(rule, earned, words)
    if request.output is not None:
        write_whole(request.output, as_csv(found), otherwise=words.say("another_file"))
        students = words.counted(len(found.students), "student")
        terminal.say(words.say("totals_done", students=students, output=str(request.output)))
    if request.json is not None:
        hand_out(request.json, written(found), otherwise=words.say("another_file"))
    elif request.output is None:
        terminal.hand_over(as_csv(found))
    return 0


def course_totals(rule: Totals, earned: Mapping[str, Assignment], words: Words) -> CourseTotals:
    """Everybody's total who is in one of the assignments, by name, with the rule in words."""
    names = {who: each.name for of in earned.values() for who, each in of.items()}
    return CourseTotals(
        rule=tuple(map(words.text, told(rule))),
        assignments=rule.assignments,
        groups=tuple(each.name for each in rule.group),
        students=tuple(_student(who, names[who], rule, earned) for who in sorted(names)),
    )


def as_csv(found: CourseTotals) -> str:
    """A line for each: the total, what it is made of, what was dropped and what is open; percents are exact up to four
    decimals, and empty where there is no evidence."""
    heads = ["student", "name", "percent", "letter", "open", "dropped"]
    heads += [*(f"group {name}" for name in found.groups), *found.assignments]
    return table([heads, *(_line(each, found) for each in found.students)])


def _line(of: StudentTotal, found: CourseTotals) -> list[str]:
    numbers = [*(of.groups[name] for name in found.groups), *(of.assignments[name] for name in found.assignments)]
    head = [of.student, of.name, of.percent or "", of.letter or "", " ".join(of.open), " ".join(of.dropped)]
    return [*head, *(each or "" for each in numbers)]


def _student(who: str, name: str, rule: Totals, earned: Mapping[str, Assignment]) -> StudentTotal:
    shares = {assignment: _share(of.get(who), rule) for assignment, of in earned.items()}
    return student_total(who, name, total_of(rule, shares), shares)


def _share(earned: Earned | None, rule: Totals) -> Fraction | None:
    """Who is not in a class was never asked to hand in there."""
    if earned is None:
        return None
    return Fraction() if earned.never and rule.never_handed_in is Never.ZERO else earned.share


def student_total(who: str, name: str, total: Total, shares: Mapping[str, Fraction | None]) -> StudentTotal:
    """As it is written down."""
    named = {*total.open, *total.dropped, *shares}
    return StudentTotal(
        student=who,
        name=name,
        percent=None if total.shown is None else str(total.shown),
        letter=total.letter,
        groups={each.name: _percent(each.share) for each in total.groups},
        assignments={each: _percent(shares.get(each)) for each in sorted(named)},
        open=total.open,
        dropped=total.dropped,
    )


def _percent(share: Fraction | None) -> str | None:
    return None if share is None else decimal(round(100 * share, 4))


def _rule(request: TotalsRequest) -> Totals:
    path = request.rule or request.course / "assignments" / NAME
    if request.rule is None and not path.exists():
        raise UsageError(say("totals_no_rule", folder=str(request.course)))
    return totals_in(path)


def _by_assignment(folders: Sequence[Path]) -> Mapping[str, Assignment]:
    """What everybody earned, by the assignment of each folder. Raises UsageError where two are on the same."""
    finish_in([each for each in folders if not (each / JOINED).is_file()])
    found: dict[str, Assignment] = {}
    homes: dict[str, Path] = {}
    for folder in folders:
        name, assignment = _joined(folder / JOINED) if (folder / JOINED).is_file() else _class(folder)
        if name in found:
            one, other = str(homes[name]), str(folder)
            raise UsageError(say("totals_same_assignment", one=one, other=other, assignment=name))
        found[name], homes[name] = assignment, folder
    return found


def _class(folder: Path) -> tuple[str, Assignment]:
    if not folder.is_dir():
        raise UsageError(say("statistics_no_folder", folder=str(folder)))
    gathered = gather([folder])
    for error in gathered.refused:
        raise error
    marks = settled(marks_beside([folder]), partial=False, warn=terminal.warn)
    report = gathered.report if marks is None else with_marks(gathered, marks)
    return report.assignment.id, {row.student: _of_row(row, report) for row in report.students}


def _of_row(row: StudentRow, report: ClassReport) -> Earned:
    """As gradebooks have it: who waits for a mark that others have got has no grade as yet."""
    score = row.score
    known = score is not None and score.earned is not None and report.possible > 0
    if row.status is not RowStatus.GRADED or not known or row.lacks_marks(report.possible):
        return Earned(name=row.name, share=None, never=row.status is RowStatus.NEVER_SUBMITTED)
    assert score is not None
    assert score.earned is not None
    return Earned(name=row.name, share=Fraction(score.earned, report.possible))


def _joined(path: Path) -> tuple[str, Assignment]:
    """What `grader join` wrote: points after what lateness took off."""
    lines = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    found = dict(_of_lines(path, lines))
    names = {line.get("assignment") or "" for line in lines}
    if len(names) != 1 or "" in names:
        raise UsageError(say("totals_joined_wrong", file=str(path), line=1))
    return names.pop(), found


def _of_lines(path: Path, lines: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, Earned]]:
    for number, line in enumerate(lines, start=2):
        try:
            possible = Fraction(line["possible"] or 0)
            share = Fraction(line["earned"]) / possible if line["earned"] and possible else None
            yield line["student"], Earned(name=line["name"], share=share, never=line["attempts"] == "0")
        except (KeyError, TypeError, ValueError, ZeroDivisionError):
            raise UsageError(say("totals_joined_wrong", file=str(path), line=number)) from None
