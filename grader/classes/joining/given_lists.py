"""The lists that `grader join` is given: when each attempt came in, and who has an extension. Every line that is wrong
is named, and nothing of a list counts then. What the lists decide is `one_grade.py`'s business.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from grader.classes.intake.tables import parse_table
from grader.errors import UsageError
from grader.messages import Message, say
from grader.policy.terms import Relief

#: by student, what extensions say
Reliefs: TypeAlias = Mapping[str, Sequence[Relief]]
#: when each attempt came in, by student and number; the number is that of the folder
Moments: TypeAlias = Mapping[tuple[str, int], datetime]

YES: Final = frozenset({"yes", "true", "1", "x"})
NO: Final = frozenset({"", "no", "false", "0"})


@dataclass(frozen=True, slots=True)
class GivenList:
    """A list's file, and the zone of moments that name none."""

    path: Path
    zone: ZoneInfo | None = None


class _WrongLine(Exception):
    """Why a line does not count."""

    def __init__(self, said: Message) -> None:
        super().__init__(said)
        self.said = said


def extensions_in(given: GivenList, students: Collection[str]) -> Reliefs:
    """`student,due,late_until,no_deduction`, a line for each extension. Raises UsageError that names wrong lines, also
    of somebody who is none of these `students`."""
    found: dict[str, list[Relief]] = defaultdict(list)

    def take(line: int, cells: Mapping[str, str]) -> None:
        if cells["student"] not in students:
            raise _WrongLine(say("join_nobody", file=str(given.path), line=line, student=cells["student"]))
        free = cells.get("no_deduction", "").casefold()
        if free not in YES | NO:
            raise _WrongLine(say("join_yes_or_no", file=str(given.path), line=line, text=free))
        due, until = (_moment(given, line, cells.get(name, "")) for name in ("due", "late_until"))
        found[cells["student"]].append(_relief(given, line, due, until, no_deduction=free in YES))

    _each_line(given, ("student", "due"), "list of extensions", take)
    return dict(found)


def received_in(given: GivenList) -> Moments:
    """`student,attempt,received`, a line for each attempt. Raises UsageError that names wrong lines."""
    found: dict[tuple[str, int], datetime] = {}

    def take(line: int, cells: Mapping[str, str]) -> None:
        moment = _moment(given, line, cells["received"])
        number = cells["attempt"]
        if not (number.isascii() and number.isdigit()) or moment is None:
            raise _WrongLine(say("join_line", file=str(given.path), line=line))
        key = (cells["student"], int(number[:9]))
        if found.setdefault(key, moment) != moment:
            raise _WrongLine(say("join_twice", file=str(given.path), line=line, student=key[0], number=key[1]))

    _each_line(given, ("student", "attempt", "received"), "list of moments", take)
    return found


def _relief(given: GivenList, line: int, due: datetime | None, until: datetime | None, *, no_deduction: bool) -> Relief:
    try:
        return Relief(due=due, late_until=until, no_deduction=no_deduction)
    except ValidationError:  # a year that nobody means
        text = str(due or until)
        raise _WrongLine(say("join_moment", file=str(given.path), line=line, text=text)) from None


def _each_line(
    given: GivenList, needed: tuple[str, ...], kind: str, take: Callable[[int, Mapping[str, str]], None]
) -> None:
    faults: list[Message] = []
    for line, cells in _lines(given.path, needed, kind):
        try:
            take(line, cells)
        except _WrongLine as wrong:
            faults.append(wrong.said)
    if faults:
        raise UsageError(*faults)


def _lines(path: Path, needed: tuple[str, ...], kind: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(say("join_unread", file=str(path), reason=error.strerror or "")) from error
    first, *lines = parse_table(data, name=str(path), kind=kind, headings=",".join(needed))
    heads = [cell.casefold() for cell in first.cells]
    if missing := [name for name in needed if name not in heads]:
        raise UsageError(say("join_headings", file=str(path), missing=", ".join(missing)))
    for line in lines:
        cells = [*line.cells, *[""] * len(heads)]
        yield line.number, dict(zip(heads, cells, strict=False))


def _moment(given: GivenList, line: int, text: str) -> datetime | None:
    """None of nothing. Raises _WrongLine for what is no moment, or one without a zone where there is none."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _WrongLine(say("join_moment", file=str(given.path), line=line, text=text)) from None
    if moment.tzinfo is None and given.zone is None:
        raise _WrongLine(say("join_zone", file=str(given.path), line=line, text=text))
    return moment.replace(tzinfo=given.zone) if moment.tzinfo is None else moment
