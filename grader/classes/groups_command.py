"""`grader groups`: answers of a graded class that are alike, and one mark for all of a group, as lines of `marks.csv`.

Stored reports are read; nothing is graded, no code is read, and no file that is there is changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from grader.classes.export.marking import markable
from grader.classes.export.stored import owners, read_whole
from grader.classes.groups import Group, Kind, Traits, groups_of, traits_of
from grader.classes.marks import FILE, MarkLine, read_marks, table_of
from grader.classes.regrade_sets import finish_in
from grader.classes.writing import hand_out, write_whole
from grader.errors import UnreadableReport, UsageError
from grader.messages import Words, say, terminal
from grader.messages.visible import in_cell, one_line
from grader.render.json_report import written
from grader.render.printed import printed
from grader.report.marking import Given
from grader.report.report import ExerciseResult, Record, Report

#: members of a group that a terminal names
MOST_NAMED: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsRequest:
    """The command line of `grader groups`, as given. `marks`: the table to write, of `group` or of all that are shown,
    with these `points` and this `comment`, for all of the exercise or for a `check` of it."""

    folder: Path
    exercise: str | None = None
    group: str | None = None
    marks: Path | None = None
    check: str | None = None
    points: int | None = None
    comment: str = ""
    json: Path | None = None


class GroupShown(Record):
    """A group as JSON: which exercise, why they are one, who; `earned` by machine, None where that differs."""

    id: str
    exercise: str
    kind: Kind
    mistake: str | None
    earned: int | None
    students: tuple[str, ...]


class GroupsShown(Record):
    """All groups of a class, by exercise, the largest first."""

    schema_version: int = 1
    groups: tuple[GroupShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Class:
    """The reports by student, in their order, and what people gave, by student and exercise."""

    reports: Mapping[str, Report]
    given: Mapping[str, Mapping[str, Given]]


def show_groups(request: GroupsRequest, words: Words) -> int:
    """Show the groups, write the table that is asked for; 0. Raises UsageError and UnreadableReport."""
    there = _class(request.folder)
    found = [each for each in _shown(there) if request.exercise in (None, each.exercise)]
    if not found:
        known = ", ".join(dict.fromkeys(one.id for each in there.reports.values() for one in each.exercises))
        raise UsageError(say("groups_none", exercise=request.exercise or "-", exercises=known or "-"))
    if request.group is not None:
        found = [each for each in found if each.id == request.group]
        if not found:
            raise UsageError(say("groups_no_group", group=request.group))
    if request.marks is not None:
        _write_marks(request, request.marks, found, there, words)
    if request.json is not None:
        hand_out(request.json, written(GroupsShown(groups=tuple(found))), otherwise=words.say("another_file"))
    else:
        terminal.show(printed(_painted(found, words), width=terminal.width(most=100)))
    return 0


def _class(folder: Path) -> _Class:
    if not folder.is_dir():
        raise UsageError(say("marks_no_folder", folder=str(folder)))
    finish_in([folder])
    reports = dict(_reports(folder))
    if not reports:
        raise UnreadableReport(say("statistics_nothing"))
    exercises = {one.id: markable(one) for report in reports.values() for one in report.exercises}
    marks = read_marks(folder / FILE, students=frozenset(reports), exercises=exercises.values())
    return _Class(reports=reports, given=marks.given)


def _reports(folder: Path) -> Iterator[tuple[str, Report]]:
    """Whose report is which, each read once; a damaged one is named, and costs the others nothing."""
    for student, path in owners(folder):
        try:
            yield student, read_whole(path)
        except UnreadableReport as error:
            terminal.refuse(error)


def _shown(there: _Class) -> Iterator[GroupShown]:
    by_exercise: dict[str, list[Traits]] = defaultdict(list)
    for student, report in there.reports.items():
        for result in report.exercises:
            traits = traits_of(student, result)
            by_exercise[result.id] += [] if traits is None else [traits]
    for exercise, answers in by_exercise.items():
        for group in groups_of(answers):
            yield _as_shown(exercise, group)


def _as_shown(exercise: str, group: Group) -> GroupShown:
    return GroupShown(
        id=group.id,
        exercise=exercise,
        kind=group.kind,
        mistake=group.mistake,
        earned=group.earned,
        students=group.members,
    )


def _painted(found: Sequence[GroupShown], words: Words) -> Iterable[RenderableType]:
    exercise = None
    for each in found:
        if each.exercise != exercise:
            yield from () if exercise is None else (Text(),)
            exercise = each.exercise
            yield Text(in_cell(exercise), "bold")
        points = "" if each.earned is None else f", {words.counted(each.earned, 'point')}"
        kind = _why(each, words)
        yield Text(in_cell(f"  {each.id}  {words.counted(len(each.students), 'answer')}{points}: {kind}"))
        named = [one_line(student, most=40) for student in each.students[:MOST_NAMED]]
        more = len(each.students) - len(named)
        yield Text(in_cell(f"      {', '.join(named)}{f' +{more}' if more else ''}"), "dim")


def _write_marks(request: GroupsRequest, file: Path, found: Sequence[GroupShown], there: _Class, words: Words) -> None:
    """A line for each answer that has no mark yet. Raises UsageError, also where there is such a file."""
    if file.exists():
        raise UsageError(say("groups_is_there", file=str(file)))
    _must_fit(request, found, there)
    lines = list(_lines(request, found, there))
    left = sum(len(each.students) for each in found) - len(lines)
    write_whole(file, table_of(lines), otherwise=words.say("another_file"))
    terminal.say(words.say("groups_written", file=str(file), answers=words.counted(len(lines), "answer"), left=left))


def _lines(request: GroupsRequest, found: Sequence[GroupShown], there: _Class) -> Iterator[MarkLine]:
    for each in found:
        for student in each.students:
            report = there.reports[student]
            result = next(one for one in report.exercises if one.id == each.exercise)
            if _has_mark(result, there.given.get(student, {}).get(each.exercise), request.check):
                continue
            yield MarkLine(
                student=student,
                exercise=each.exercise,
                check=request.check or "",
                points=request.points,
                comment=request.comment,
                override=request.check is None and markable(result).by_machine,
                sha256=report.submission.sha256,
            )


def _has_mark(result: ExerciseResult, given: Given | None, check: str | None) -> bool:
    """One that a line would not go beside: of the same check, or, of two, one of all of it."""
    names = {each.check for each in given.checks} if given else set[str]()
    names |= {each.check for each in result.mark.checks} if result.mark else set()
    has_any = given is not None or result.mark is not None
    return check in names if names and check is not None else has_any


def _must_fit(request: GroupsRequest, found: Sequence[GroupShown], there: _Class) -> None:
    """Raises UsageError for points that one of these exercises, or its check, does not give."""
    points, check = request.points, request.check
    for name in dict.fromkeys(each.exercise for each in found):
        known = [markable(one) for each in there.reports.values() for one in each.exercises if one.id == name]
        if check is not None and any(check not in each.checks for each in known):
            checks = ", ".join(name for name in known[0].checks if all(name in each.checks for each in known))
            raise UsageError(say("marks_check", exercise=name, check=check, checks=checks or "-"))
        if points is None:
            continue
        worth = {each.points if check is None else each.checks[check] for each in known}
        if points < 0:
            raise UsageError(say("marks_negative", points=points))
        if points > min(worth):
            raise UsageError(say("marks_too_many", points=points, possible=min(worth), exercise=name))


def _why(each: GroupShown, words: Words) -> str:
    match each.kind:
        case Kind.RIGHT:
            return words.say("groups_right")
        case Kind.MISTAKE:
            return words.say("groups_mistake", mistake=one_line((each.mistake or "").replace("_", " ")))
        case Kind.BEHAVES:
            return words.say("groups_behaves")
        case Kind.READS:
            return words.say("groups_reads")
        case Kind.STOPPED:
            return words.say("groups_stopped")
        case Kind.WRITTEN:
            return words.say("groups_written_alike")
        case Kind.EMPTY:
            return words.say("groups_empty")
