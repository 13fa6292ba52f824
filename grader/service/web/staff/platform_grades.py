"""Grades at learning platforms: which column has what, what waits, is parked or differs, and why; and having it told
once more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response

from grader.policy.scopes import Scope
from grader.service.lti.sending.looking import HowFar, columns_now, compare_again, send_again
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.problems import NotThere
from grader.service.web.staff.frame import Done, back, course_page
from grader.service.web.staff.typed import FormId
from grader.service.web.trail import actor_of

router = APIRouter()
PATH: Final = "/courses/{slug}/gradebook/platforms"
#: what each is called, and the badge it stands on
WAYS: Final[Mapping[HowFar, tuple[str, str]]] = {
    HowFar.SENT: ("platform_way_sent", "graded"),
    HowFar.WAITING: ("platform_way_waiting", "waiting"),
    HowFar.PARKED: ("platform_way_parked", "parked"),
    HowFar.NOT_THERE: ("platform_way_not_there", "superseded"),
}


@router.get(PATH)
def columns(request: Request, course: InCourse = Depends(Member(Role.INSTRUCTOR))) -> HTMLResponse:
    """Every column at a platform that belongs to this course."""
    with site_of(request).database.read() as session:
        found = columns_now(session, course.course_id)
    return course_page(
        request,
        "staff/platform_grades.html.j2",
        course,
        tab="gradebook",
        columns=found,
        ways=WAYS,
        share=lambda share: "–" if share is None else f"{100 * share:.4g} %",  # noqa: RUF001  # an en dash is meant
    )


@router.post(PATH)
def act(
    request: Request,
    link: FormId,
    act: Annotated[Literal["send", "compare"], Form()],
    course: InCourse = Depends(Member(Role.INSTRUCTOR, Scope.TEACH)),
) -> Response:
    """Have what is parked or differs told once more, or have a column compared; a worker does it within moments."""
    site = site_of(request)
    with site.database.begin() as session:
        does = send_again if act == "send" else compare_again
        if not does(session, course.course_id, link):
            raise NotThere
        actor = actor_of(request, course)
        actor.did(session, f"platform.{act}", f"link:{link}", course_id=course.course_id, now=site.now())
    return back(f"/courses/{course.slug}/gradebook/platforms", Done.SENDING if act == "send" else Done.COMPARING)
