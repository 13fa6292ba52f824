"""The API on grades at learning platforms: how far each column is, told once more, compared."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from fastapi import Depends, Request

from grader.messages import Words
from grader.policy.scopes import Scope
from grader.service.lti.sending.looking import ColumnNow, HowFar, ScoreNow, columns_now, compare_again, send_again
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.api.document import noun
from grader.service.web.api.paging import Page
from grader.service.web.api.shapes import Id, Shape
from grader.service.web.pages import language_of
from grader.service.web.problems import NotThere
from grader.service.web.trail import actor_of

router = noun("gradebook")
SEES: Final = Member(Role.INSTRUCTOR)
CHANGES: Final = Member(Role.INSTRUCTOR, Scope.TEACH)


class PlatformScoreShape(Shape):
    """Somebody whose score waits, is parked, or stands there otherwise. `earned` of `possible` is what the platform is
    to have: null for nothing. `differs`: it was found to have something else, `found` as a share, null for nothing."""

    person: int
    name: str
    state: HowFar
    earned: float | None
    possible: int | None
    told_at: datetime | None
    trouble: str | None
    differs: bool
    found: float | None


class PlatformColumnShape(Shape):
    """A column of a platform's gradebook that belongs to an assignment here. `parked`: nothing is told until `trouble`
    is cured and it is sent again; else it is tried again at `next_try_at`."""

    id: int
    assignment: str
    platform: str
    sent: int
    waiting: int
    parked_people: int
    not_there: int
    different: int
    trouble: str | None
    parked: bool
    next_try_at: datetime | None
    compared_at: datetime | None
    people: tuple[PlatformScoreShape, ...]


@router.get("/courses/{slug}/platform-columns", operation_id="listPlatformColumns")
def columns(request: Request, course: InCourse = Depends(SEES)) -> Page[PlatformColumnShape]:
    """Every column at a platform that belongs to this course, and who of it is not simply told."""
    words = Words(language_of(request, course.caller))
    with site_of(request).database.read() as session:
        found = columns_now(session, course.course_id)
    return Page(items=tuple(_column(each, words) for each in found), next=None)


@router.post("/courses/{slug}/platform-columns/{column_id}/send", operation_id="sendPlatformColumn", status_code=204)
def send(request: Request, column_id: Id, course: InCourse = Depends(CHANGES)) -> None:
    """Tell once more what is parked, and what stands there otherwise than it was told. A worker does it in moments."""
    site = site_of(request)
    with site.database.begin() as session:
        if not send_again(session, course.course_id, column_id):
            raise NotThere
        did = actor_of(request, course).did
        did(session, "platform.send", f"link:{column_id}", course_id=course.course_id, now=site.now())


@router.post(
    "/courses/{slug}/platform-columns/{column_id}/compare", operation_id="comparePlatformColumn", status_code=204
)
def compare(request: Request, column_id: Id, course: InCourse = Depends(CHANGES)) -> None:
    """Have what the platform has compared with what it was told. A worker does it in moments."""
    site = site_of(request)
    with site.database.begin() as session:
        if not compare_again(session, course.course_id, column_id):
            raise NotThere
        did = actor_of(request, course).did
        did(session, "platform.compare", f"link:{column_id}", course_id=course.course_id, now=site.now())


def _column(now: ColumnNow, words: Words) -> PlatformColumnShape:
    return PlatformColumnShape.of(
        now,
        id=now.column.link_id,
        assignment=now.column.assignment,
        platform=now.column.platform,
        sent=now.numbers[HowFar.SENT],
        waiting=now.numbers[HowFar.WAITING],
        parked_people=now.numbers[HowFar.PARKED],
        not_there=now.numbers[HowFar.NOT_THERE],
        trouble=None if now.trouble is None else words.text(now.trouble),
        next_try_at=None if now.parked else now.next_at,
        people=tuple(_score(each, words) for each in now.people),
    )


def _score(now: ScoreNow, words: Words) -> PlatformScoreShape:
    return PlatformScoreShape.of(
        now,
        person=now.person_id,
        state=now.way,
        earned=None if now.wanted.earned is None else float(now.wanted.earned),
        possible=now.wanted.possible,
        trouble=None if now.trouble is None else words.text(now.trouble),
        differs=now.differs is not None,
        found=None if now.differs is None else now.differs.share,
    )
