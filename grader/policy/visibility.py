"""When a student sees points, and the checks that are withheld until later. Before that there is the state alone: that
something was received, is being graded, is graded."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from grader.course.assignment import Visibility
from grader.policy.terms import Frozen, Relief, Terms, own_terms


class Sight(Frozen):
    """What a student sees at a moment. `points`: the report at all, and from when it would be seen by date; None where
    an instructor has to publish it. `after_due`, `after_published`: the checks of that visibility, too. `marks`: what
    people gave; before that the machine's points are seen in their place."""

    points: bool
    points_from: datetime | None = None
    after_due: bool = False
    after_published: bool = False
    marks: bool = False

    @property
    def open_now(self) -> AbstractSet[Visibility]:
        """The visibilities whose checks are seen; none while points are not. Hidden ones never are."""
        if not self.points:
            return frozenset()
        after_due = {Visibility.AFTER_DUE} if self.after_due else set()
        published = {Visibility.AFTER_DUE, Visibility.AFTER_PUBLISHED} if self.after_published else set()
        return {Visibility.VISIBLE} | after_due | published


def sight(terms: Terms, reliefs: Sequence[Relief], *, published_at: datetime | None, now: datetime) -> Sight:
    """What students see of their work. `reliefs`: all of the opening, since what one may read all can read."""
    said = terms.publishing
    if published_at is not None and published_at <= now:
        return Sight(points=True, after_due=True, after_published=True, marks=True)
    if said.by_hand:
        return Sight(points=False)
    over = over_at(terms, reliefs)
    checks_from = said.checks_from or over
    points = said.points_from is None or said.points_from <= now
    return Sight(
        points=points,
        points_from=said.points_from,
        after_due=over is not None and over <= now,
        after_published=checks_from is not None and checks_from <= now,
        marks=points and said.marks_from is not None and said.marks_from <= now,
    )


def is_over(terms: Terms, reliefs: Sequence[Relief], now: datetime) -> bool:
    """Whether nobody may hand in any more; late work that is taken without end always may be."""
    own = own_terms(terms, reliefs)
    return own.late_until is not None and own.late_until + timedelta(seconds=terms.grace_seconds) < now


def over_at(terms: Terms, reliefs: Sequence[Relief]) -> datetime | None:
    """When the last of all students may hand in, grace included; None if that has no date. Where late work is taken
    without end, it is when the last of them is due."""
    own = own_terms(terms, reliefs)
    ends = own.late_until or own.due
    return None if ends is None else ends + timedelta(seconds=terms.grace_seconds)
