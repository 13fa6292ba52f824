"""Who may ask what."""

from __future__ import annotations

from fastapi import Depends, FastAPI
from fastapi.routing import APIRouter

from grader.service.site import Site
from grader.service.web.access import InCourse, Member
from grader.service.web.app import make_app
from tests.service.classroom import furnish, signed_in


def test_a_course_is_there_for_its_people_alone(site: Site) -> None:
    """To others it does not exist; a browser that is not signed in is sent to sign in."""
    room = furnish(site)
    other = furnish(site, slug="other", people={})
    app = with_a_route(site)

    assert signed_in(app, room, "ada").get("/courses/ml").status_code == 200
    assert signed_in(app, room, "ada").get(f"/courses/other?{other.course_id}").status_code == 404


def with_a_route(site: Site) -> FastAPI:
    router = APIRouter()

    @router.get("/courses/{slug}")
    def course(course: InCourse = Depends(Member())) -> str:
        return course.title

    app = make_app(site)
    app.include_router(router)
    return app
