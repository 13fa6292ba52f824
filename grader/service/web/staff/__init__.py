"""Pages of those who teach a course, and of the site's owners. Each file is a page or two; what they show is read below
in `attempts`, `queue` and `people`, and changed there as well."""

from fastapi import APIRouter

from grader.service.web.staff import (
    answers,
    attempt,
    audit,
    comments,
    extensions,
    gradebook,
    groups,
    handing_back,
    invitations,
    likeness,
    marking,
    marks,
    openings,
    overview,
    people,
    platform_grades,
    platform_roster,
    queue,
    regrades,
    requests,
    roster,
    rubric,
    seconds,
    sign_in_links,
    site,
    statistics,
    student,
)

#: what stands in one name (`people/invitations`) goes before what stands in any (`people/{person_id}`)
STAFF_ROUTER = APIRouter(include_in_schema=False)
for _part in (
    overview,
    gradebook,
    invitations,
    roster,
    platform_roster,
    sign_in_links,
    people,
    platform_grades,
    student,
    openings,
    extensions,
    handing_back,
    marking,
    rubric,
    comments,
    groups,
    seconds,
    answers,
    statistics,
    likeness,
    regrades,
    attempt,
    marks,
    requests,
    queue,
    audit,
    site,
):
    STAFF_ROUTER.include_router(_part.router)
