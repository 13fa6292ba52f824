"""The API on likeness: which submissions of an opening are worth reading together. For instructors alone."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Depends, Query, Request

from grader.messages import Message
from grader.report.likeness import Likeness
from grader.service.attempts.alike import alike
from grader.service.store.tables import SLUG, Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.api.document import noun, problem
from grader.service.web.api.shapes import AssignmentId
from grader.service.web.named import the_opening
from grader.service.web.problems import Problem

router = noun("gradebook")
#: after which it may be asked again
RETRY_SECONDS: Final = 60


@router.get(
    "/courses/{slug}/assignments/{assignment}/likeness",
    operation_id="getLikeness",
    responses={503: problem("Another class is being compared, or this one is too large: see `detail`.")},
)
def likeness(
    request: Request,
    assignment: AssignmentId,
    exercise: Annotated[str | None, Query(max_length=SLUG, description="Its answers alone.")] = None,
    course: InCourse = Depends(Member(Role.INSTRUCTOR)),
) -> Likeness:
    """Pairs of the newest graded attempts that have more in common than is usual in the class, compared now. A pair is
    no finding about anybody."""
    site = site_of(request)
    with site.database.read() as session:
        opening_id = the_opening(session, course, assignment).id
    found = alike(site, opening_id, exercise=exercise)
    if isinstance(found, Message):
        raise Problem(503, "not_compared", found, headers={"Retry-After": str(RETRY_SECONDS)})
    return found.told
