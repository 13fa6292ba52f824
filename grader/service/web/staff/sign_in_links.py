"""Links for students who have no way in yet, as a file that mail is merged from. It is drawn once and kept nowhere."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response

from grader.policy.scopes import Scope
from grader.render.gradebook import table
from grader.service.people.letting_in import let_in
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of

router = APIRouter()
HEADINGS = ("name", "email", "number", "link")


@router.post("/courses/{slug}/people/links")
def links(request: Request, course: InCourse = Depends(Member(Role.INSTRUCTOR, Scope.TEACH))) -> Response:
    """A CSV file: each student, and the link that signs them in."""
    site = site_of(request)
    with site.database.begin() as session:
        made = let_in(session, course.course_id, by_id=course.caller.person_id, now=site.now())
    rows = [[each.name, each.email or "", each.number or "", f"{site.address}/link/{each.secret}"] for each in made]
    return Response(
        table([list(HEADINGS), *rows]),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{course.slug}-sign-in.csv"',
            "Cache-Control": "no-store",
        },
    )
