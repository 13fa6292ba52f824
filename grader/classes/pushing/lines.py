"""What becomes of each student's grade: sent, left as it is, or shown to somebody. Nothing is asked or written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from grader.classes.platform_api.gradebook import ColumnThere, GradeThere, PersonThere, Sending, cents
from grader.classes.pushing.matching import Matches
from grader.classes.pushing.sent import Ours
from grader.report.class_report import ClassReport, StudentRow


class Fate(StrEnum):
    """What becomes of a line. `KEPT`: there stands a grade that did not come from here, or not as we sent it."""

    SENT = "sent"
    COMMENTED = "commented"
    OVERWRITTEN = "overwritten"
    SAME = "same"
    KEPT = "kept"
    EXCUSED = "excused"
    NO_GRADE = "no_grade"
    NOT_THERE = "not_there"
    SEVERAL = "several"
    SHARED = "shared"


#: what goes to the platform
GOING = frozenset({Fate.SENT, Fate.COMMENTED, Fate.OVERWRITTEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One student: the grade there and ours, on the column's scale."""

    student: str
    name: str
    fate: Fate
    person: PersonThere | None = None
    there: Decimal | None = None
    ours: Decimal | None = None
    comment: str | None = None

    @property
    def sending(self) -> Sending | None:
        """The grade on its way; None where nothing is to be sent."""
        if self.fate not in GOING or self.person is None or self.ours is None:
            return None
        return Sending(person=self.person.id, points=self.ours, comment=self.comment)


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """The platform as it is today, and what was sent to it before."""

    column: ColumnThere
    matches: Matches
    standings: Mapping[str, GradeThere]
    ours: Mapping[str, Ours]


def lines(report: ClassReport, there: There, comments: Mapping[str, str], *, overwrite: bool) -> Iterator[Line]:
    """A line for each student of the class, in its order. `comments` by student."""
    for row in report.students:
        person = there.matches.persons.get(row.student)
        points = _points(row, report.possible, there.column)
        if person is None:
            yield Line(student=row.student, name=row.name, fate=_nobody(row.student, there.matches), ours=points)
            continue
        standing = there.standings.get(person.id, GradeThere(points=None))
        before = there.ours.get(person.id, Ours())
        comment = comments.get(row.student)
        new = comment if comment is not None and not before.has(comment, standing.points) else None
        yield Line(
            student=row.student,
            name=row.name,
            fate=_fate(points, standing, before, comment=new is not None, overwrite=overwrite),
            person=person,
            there=standing.points,
            ours=points,
            comment=new,
        )


def _fate(points: Decimal | None, standing: GradeThere, before: Ours, *, comment: bool, overwrite: bool) -> Fate:
    if points is None:
        return Fate.NO_GRADE
    if standing.excused:
        return Fate.EXCUSED
    if standing.points == points:
        return Fate.COMMENTED if comment else Fate.SAME
    taken_away = standing.points is None and before.sent is not None
    foreign = standing.points is not None and not before.is_ours(standing.points)
    if taken_away or foreign:
        return Fate.OVERWRITTEN if overwrite else Fate.KEPT
    return Fate.SENT


def _nobody(student: str, matches: Matches) -> Fate:
    if student in matches.several:
        return Fate.SEVERAL
    return Fate.SHARED if student in matches.shared else Fate.NOT_THERE


def _points(row: StudentRow, possible: int, column: ColumnThere) -> Decimal | None:
    """The points that count, on the column's scale; none where a mark is missing that others have."""
    if row.score is None or row.score.earned is None or row.lacks_marks(possible):
        return None
    earned = Fraction(row.score.earned)
    if column.maximum is not None and possible:
        earned = earned * Fraction(column.maximum) / possible
    return cents(Decimal(earned.numerator) / Decimal(earned.denominator))
