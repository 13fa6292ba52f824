"""What a learning platform is to have of one student for one opening: a pure function of what the student may see, and
when that changes by itself. Nothing that is not published to the student stands in it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from grader.policy.counting import Counted
from grader.policy.terms import Frozen, Relief, Terms
from grader.policy.visibility import Sight, over_at


class Grading(StrEnum):
    """How far grading is, in the words of Assignment and Grade Services 2.0."""

    FULLY_GRADED = "FullyGraded"
    PENDING = "Pending"
    PENDING_MANUAL = "PendingManual"


class PlatformScore(Frozen):
    """The points that a student sees, or none: then the platform is to have none. `attempt`: the one that counts for
    most of them, which came in at `submitted_at`. `late`: something was late, or deducted for that."""

    grading: Grading
    earned: Fraction | None = None
    possible: int | None = None
    attempt: uuid.UUID | None = None
    submitted_at: datetime | None = None
    late: bool = False


#: what a platform may lose by rounding, of a share
ROUNDED = 0.005
#: what is not to be seen, or is not there any more
WITHHELD = PlatformScore(grading=Grading.PENDING)


def platform_score(
    seen: Counted | None, in_the_end: Counted | None, *, received: datetime | None, sight: Sight
) -> PlatformScore | None:
    """What is to be at the platform; None for nothing, and if it had something, that is to go.

    `seen`: what counts of what the student sees now; `in_the_end`: of all checks that are ever shown to them.
    `received`: when the attempt of `seen` came. Points to which others are added later are pending; those to which a
    person may add wait for a person.
    """
    if seen is None or not sight.points:
        return None
    if seen.to_mark:
        grading = Grading.PENDING_MANUAL
    elif in_the_end is not None and seen.possible < in_the_end.possible:
        grading = Grading.PENDING
    else:
        grading = Grading.FULLY_GRADED
    return PlatformScore(
        grading=grading,
        earned=seen.earned,
        possible=seen.possible,
        attempt=seen.attempt_id,
        submitted_at=received,
        late=seen.late,
    )


def at_last(sight: Sight) -> Sight:
    """What is seen once every check that is ever shown is; of marks as much as now."""
    return sight.model_copy(update={"after_due": True, "after_published": True})


def sight_changes(terms: Terms, reliefs: Sequence[Relief], *, now: datetime) -> datetime | None:
    """The next moment at which students see more, with nobody doing anything; None if there is none."""
    said = terms.publishing
    if said.by_hand:
        return None
    moments = (said.points_from, said.checks_from, said.marks_from, over_at(terms, reliefs))
    return min((each for each in moments if each is not None and each > now), default=None)


class PlatformHas(Frozen):
    """What a platform was found to have in place of what it was told: a share of the maximum, or nothing."""

    share: float | None = None


def is_same(score: PlatformScore, share: float | None) -> bool:
    """Whether that is what a platform has which was told the score; platforms round."""
    wanted = share_of(score)
    if wanted is None or share is None:
        return wanted is share
    return abs(wanted - share) < ROUNDED


def share_of(score: PlatformScore) -> float | None:
    """Its points as a share of what is possible; None where there are none."""
    if score.earned is None or not score.possible:
        return None
    return float(score.earned / score.possible)
