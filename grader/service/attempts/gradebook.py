"""The gradebook of a course: students by openings, from the standings. For staff; every check counts in it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from math import lcm

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.policy.terms import Relief
from grader.policy.totals import Never, Total, Totals, total_of
from grader.policy.visibility import is_over
from grader.service.attempts.blind import SEES_ALL, Blind
from grader.service.courses.current import current_assignments, current_totals
from grader.service.store.outline import AssignmentOutline
from grader.service.store.tables import Extension, Membership, Opening, Person, Role, Section, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class GradebookColumn:
    """An opening. `possible`: what its assignment is worth in the course's newest revision; `over`: nobody may hand in
    any more."""

    opening_id: int
    assignment: str
    title: Mapping[str, str]
    possible: int
    published: bool
    over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GradebookCell:
    """Where one student stands with one opening. `earned` is None where nothing counts yet; `to_mark` are points on top
    that wait for a person."""

    attempt_id: uuid.UUID | None
    attempts: int
    waiting: int
    earned: Fraction | None
    possible: int | None
    late: bool
    to_mark: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentLine:
    """One student, with a cell for each column, None where nothing was handed in. `total` sums what counts; `grade` is
    what the course's rule makes of it, None where it has none."""

    person_id: int
    name: str
    email: str | None
    number: str | None
    section: str | None
    left: bool
    cells: tuple[GradebookCell | None, ...]
    total: Fraction
    grade: Total | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gradebook:
    """A course's, by the names of its students; its columns in the order they were opened. `rule`: how they become one
    grade, if the course says so."""

    course_id: int
    columns: tuple[GradebookColumn, ...]
    lines: tuple[StudentLine, ...]
    rule: Totals | None = None

    @property
    def possible(self) -> int:
        """What all openings together are worth."""
        return sum(each.possible for each in self.columns)


def gradebook(session: Session, course_id: int, *, now: datetime | None = None, blind: Blind = SEES_ALL) -> Gradebook:
    """The gradebook, by six queries however large it is. Who left is in it if they handed something in. Without `now`
    nothing is over yet. Where its reader is blind to a mark, there are no points."""
    columns = _columns(session, course_id, now)
    places = {each.opening_id: place for place, each in enumerate(columns)}
    cells = _cells(session, course_id, places, blind)
    rule = current_totals(session, course_id)
    lines = _lines(session, course_id, cells, len(columns))
    if rule is not None:
        lines = [replace(each, grade=total_of(rule, _shares(each.cells, columns, rule))) for each in lines]
    return Gradebook(course_id=course_id, columns=columns, lines=tuple(lines), rule=rule)


def share_of(earned: Fraction | None, possible: int | None, to_mark: int) -> Fraction | None:
    """What an assignment counts in a total: nothing as long as points of it wait for a person, or none can be had."""
    return None if earned is None or not possible or to_mark else earned / possible


def share_of_nothing(rule: Totals, *, over: bool) -> Fraction | None:
    """The same where nothing was handed in; `over`: nor can be any more."""
    return Fraction() if over and rule.never_handed_in is Never.ZERO else None


def _shares(
    cells: Sequence[GradebookCell | None], columns: Sequence[GradebookColumn], rule: Totals
) -> dict[str, Fraction | None]:
    found: dict[str, Fraction | None] = {}
    for cell, column in zip(cells, columns, strict=True):
        if cell is None or not cell.attempts:
            found[column.assignment] = share_of_nothing(rule, over=column.over)
        else:
            found[column.assignment] = share_of(cell.earned, cell.possible, cell.to_mark)
    return found


def _columns(session: Session, course_id: int, now: datetime | None) -> tuple[GradebookColumn, ...]:
    outlines = current_assignments(session, course_id)
    reliefs: dict[int, list[Relief]] = defaultdict(list)
    extensions = select(Extension.opening_id, Extension.relief).join(Opening, Opening.id == Extension.opening_id)
    for opening_id, relief in session.execute(extensions.where(Opening.course_id == course_id)):
        reliefs[opening_id].append(relief)
    asked = (
        select(Opening.id, Opening.assignment, Opening.published_at, Opening.terms)
        .where(Opening.course_id == course_id)
        .order_by(Opening.id)
    )
    return tuple(
        _column(
            row.id,
            row.assignment,
            outlines,
            published=row.published_at is not None,
            over=now is not None and is_over(row.terms, reliefs[row.id], now),
        )
        for row in session.execute(asked)
    )


def _column(
    opening_id: int, assignment: str, outlines: Mapping[str, AssignmentOutline], *, published: bool, over: bool
) -> GradebookColumn:
    outline = outlines.get(assignment, AssignmentOutline(id=assignment, title={"en": assignment}))
    return GradebookColumn(
        opening_id=opening_id,
        assignment=assignment,
        title=outline.title,
        possible=sum(each.points for each in outline.exercises),
        published=published,
        over=over,
    )


def _cells(
    session: Session, course_id: int, places: Mapping[int, int], blind: Blind
) -> dict[int, list[GradebookCell | None]]:
    """By person, in the order of the columns."""
    asked = (
        select(
            Standing.opening_id,
            Standing.person_id,
            Standing.attempt_id,
            Standing.attempts,
            Standing.waiting,
            Standing.earned,
            Standing.possible,
            Standing.late,
            Standing.to_mark,
        )
        .join(Opening, Opening.id == Standing.opening_id)
        .where(Opening.course_id == course_id)
    )
    found = session.connection().execute(asked)  # rows as they come: through the session it takes two thirds longer
    cells: dict[int, list[GradebookCell | None]] = {}
    for opening_id, person_id, attempt_id, attempts, waiting, earned, possible, late, to_mark in found:
        mine = cells.get(person_id)
        if mine is None:
            mine = cells[person_id] = [None] * len(places)
        place = places.get(opening_id)
        if place is not None:  # else it was opened between two of our questions
            mine[place] = GradebookCell(
                attempt_id=attempt_id,
                attempts=attempts,
                waiting=waiting,
                earned=None if (opening_id, person_id) in blind.standings else earned,
                possible=possible,
                late=late,
                to_mark=to_mark,
            )
    return cells


def _lines(
    session: Session, course_id: int, cells: Mapping[int, list[GradebookCell | None]], columns: int
) -> list[StudentLine]:
    asked = (
        select(Person.id, Person.name, Person.email, Membership.number, Membership.left_at, Section.name)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(Section, Section.id == Membership.section_id)
        .where(Membership.course_id == course_id, Membership.role == Role.STUDENT)
        .order_by(Person.name, Person.id)
    )
    lines = []
    for person_id, name, email, number, left_at, section in session.execute(asked):
        mine = cells.get(person_id)
        if mine is None and left_at is not None:
            continue
        row = tuple(mine) if mine is not None else (None,) * columns
        lines.append(
            StudentLine(
                person_id=person_id,
                name=name,
                email=email,
                number=number,
                section=section,
                left=left_at is not None,
                cells=row,
                total=_total([each.earned for each in row if each is not None and each.earned is not None]),
            )
        )
    return lines


def _total(points: Sequence[Fraction]) -> Fraction:
    """Their sum. Over one denominator that takes a third of the time of adding one by one."""
    whole = lcm(*(each.denominator for each in points))
    return Fraction(sum(each.numerator * (whole // each.denominator) for each in points), whole)
