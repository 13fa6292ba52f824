"""The API on courses: which there are, what they ask, and by which revisions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import Depends, Request
from pydantic import Field

from grader.messages import say
from grader.policy.scopes import Scope
from grader.service.courses import changing, current
from grader.service.courses.changing import set_zone
from grader.service.courses.current import Revised, course_called, current_assignments
from grader.service.courses.joined import courses_of
from grader.service.store.outline import ExerciseOutline
from grader.service.store.tables import Course, Role
from grader.service.web.access import Caller, InCourse, Member, SignedIn, SiteOwner, Slug, site_of
from grader.service.web.api.document import noun
from grader.service.web.api.paging import Page, Paging, paging
from grader.service.web.api.shapes import Shape
from grader.service.web.problems import Problem, there
from grader.service.web.trail import actor_of, owner_of_site

router = noun("courses")


class CourseShape(Shape):
    """A course."""

    slug: str
    title: str
    archived: bool


class OneCourse(CourseShape):
    """A course, and what the caller is in it. `revision`: the digest of what new attempts are graded by."""

    role: Role
    zone: str
    revision: str | None


class Zone(Shape):
    """A time zone by its name."""

    zone: str = Field(max_length=64, examples=["Europe/Berlin"])


class RevisionShape(Shape):
    """A course folder as it was added on the site's machine. `faults`: why an assignment of it cannot be opened."""

    id: int
    digest: str
    added_at: datetime
    current: bool
    assignments: tuple[str, ...]
    faults: dict[str, str]


class AssignmentShape(Shape):
    """An assignment of the course's current revision."""

    id: str
    title: dict[str, str]
    exercises: tuple[ExerciseOutline, ...]
    possible: int
    fault: str | None


@router.get("/courses", operation_id="listCourses")
def courses(
    request: Request, page: Paging = Depends(paging), caller: Caller = Depends(SignedIn())
) -> Page[CourseShape]:
    """The courses that the caller is in; of a site's owner, all."""
    with site_of(request).database.read() as session:
        found = courses_of(session, caller.person_id, every=caller.owns_site, only=caller.course_id)
    rows = sorted((each.course for each in found), key=lambda row: row.slug)
    rest = rows if page.after is None else [row for row in rows if row.slug > page.word]
    return page.page(rest[: page.limit + 1], key=lambda row: (row.slug,), shown=_course)


@router.get("/courses/{slug}", operation_id="getCourse")
def read_course(request: Request, course: InCourse = Depends(Member())) -> OneCourse:
    """A course."""
    with site_of(request).database.read() as session:
        row = session.get_one(Course, course.course_id)
        digest = None if row.revision is None else row.revision.digest
        return OneCourse.of(row, archived=row.archived_at is not None, role=course.role, revision=digest)


@router.get("/courses/{slug}/assignments", operation_id="listAssignments")
def assignments(request: Request, course: InCourse = Depends(Member(Role.GRADER))) -> Page[AssignmentShape]:
    """What the course's current revision asks; whether it is open, the openings say."""
    with site_of(request).database.read() as session:
        outlines = current_assignments(session, course.course_id).values()
    shown = (
        AssignmentShape.of(each, possible=sum(exercise.points for exercise in each.exercises)) for each in outlines
    )
    return Page(items=tuple(shown), next=None)


@router.get("/courses/{slug}/revisions", operation_id="listRevisions")
def revisions(
    request: Request, page: Paging = Depends(paging), course: InCourse = Depends(Member(Role.GRADER))
) -> Page[RevisionShape]:
    """The course's revisions, the newest first. A revision is code: it is added on the machine, never by upload."""
    before = None if page.after is None else page.number
    with site_of(request).database.read() as session:
        found = current.revisions(session, course.course_id, most=page.limit + 1, before=before)
    return page.page(found, key=lambda each: (each.row.id,), shown=_revision)


@router.put("/courses/{slug}/zone", operation_id="putZone")
def put_zone(
    request: Request, wanted: Zone, course: InCourse = Depends(Member(Role.INSTRUCTOR, Scope.TEACH))
) -> OneCourse:
    """State the course's dates in another time zone. Moments stay what they are."""
    site = site_of(request)
    with site.database.begin() as session:
        row = session.get_one(Course, course.course_id)
        if not set_zone(session, row, wanted.zone, actor=actor_of(request, course), now=site.now()):
            raise Problem(422, "invalid", say("api_no_such_zone"))
    return read_course(request, course)


@router.put("/courses/{slug}/archived", operation_id="archiveCourse", status_code=204)
def archive(request: Request, slug: Slug, caller: Caller = Depends(SiteOwner())) -> None:
    """Nobody hands in to it any more; nothing of it is lost."""
    _change(request, caller, slug, changing.archive)


@router.delete("/courses/{slug}/archived", operation_id="reopenCourse", status_code=204)
def reopen(request: Request, slug: Slug, caller: Caller = Depends(SiteOwner())) -> None:
    """It is a course like others again."""
    _change(request, caller, slug, changing.reopen)


def _change(request: Request, caller: Caller, slug: str, change: Callable[..., None]) -> None:
    site = site_of(request)
    with site.database.begin() as session:
        row = there(course_called(session, slug))
        change(session, row, actor=owner_of_site(request, caller), now=site.now())


def _course(row: Course) -> CourseShape:
    return CourseShape.of(row, archived=row.archived_at is not None)


def _revision(each: Revised) -> RevisionShape:
    row = each.row
    return RevisionShape.of(
        row,
        current=each.is_current,
        assignments=tuple(each.id for each in row.assignments),
        faults={each.id: each.fault for each in row.assignments if each.fault is not None},
    )
