"""The API on openings: listed, as their students see them; opened, changed, published; extensions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import Field
from sqlalchemy.orm import Session

from grader.messages import Words, say
from grader.policy.decision import Refusal, Refused
from grader.policy.scopes import Scope
from grader.policy.terms import Relief, Terms
from grader.service.attempts.extensions import Granted, extensions_of
from grader.service.attempts.offered import Offered, openings_of
from grader.service.attempts.opened import opening_for
from grader.service.attempts.openings import (
    Whom,
    grant,
    publish,
    publish_section,
    put_terms,
    revoke,
    unpublish,
    unpublish_section,
)
from grader.service.attempts.publication import published
from grader.service.people.members import sections
from grader.service.store.tables import Opening, Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.api.document import noun, problem
from grader.service.web.api.paging import Page
from grader.service.web.api.shapes import MOST, AssignmentId, Id, Shape, Storable
from grader.service.web.named import the_extension, the_opening, the_section
from grader.service.web.pages import language_of
from grader.service.web.problems import Problem, there
from grader.service.web.trail import actor_of

router = noun("openings")
PATH = "/courses/{slug}/assignments/{assignment}/opening"
CHANGES = Member(Role.INSTRUCTOR, Scope.TEACH)


class LeftShape(Shape):
    """What the caller has left; null is no limit. `refused`: why nothing would be taken now, until `allowed_from`.
    `deducted`: percent that would be taken off what is handed in now."""

    attempts: int | None
    today: int | None
    cool_down_until: datetime | None
    opens_at: datetime | None
    due: datetime | None
    closes_at: datetime | None
    late: bool
    deducted: int
    refused: str | None
    allowed_from: datetime | None


class OpeningShape(Shape):
    """An assignment offered to a course, with what the caller did there. `earned`: what counts of what the caller may
    see of it. `shown`: whether students see their points now, `shown_from`: from when they do by date."""

    assignment: str
    title: dict[str, str]
    terms: Terms
    attempts: int
    waiting: int
    left: LeftShape
    earned: float | None
    possible: int | None
    shown: bool
    shown_from: datetime | None


class SectionPublished(Shape):
    """A section of the course, and since when it is published for it; null where it is not."""

    section: int
    name: str
    published_at: datetime | None


class Publication(Shape):
    """Since when an instructor published it, for everybody and for each section; null where nobody did."""

    published_at: datetime | None
    sections: tuple[SectionPublished, ...]


class NewExtension(Shape):
    """What is granted, and to whom: to one person, or to all of a section."""

    person: int | None = Field(default=None, ge=1, le=MOST, examples=[7])
    section: int | None = Field(default=None, ge=1, le=MOST)
    relief: Relief
    reason: Annotated[Storable, Field(max_length=1000)] = ""


class ExtensionShape(Shape):
    """An extension, with the names of those it is about."""

    id: int
    person: int | None
    name: str | None
    section: int | None
    section_name: str | None
    relief: Relief
    reason: str
    by: str | None
    at: datetime


@router.get("/courses/{slug}/openings", operation_id="listOpenings")
def openings(request: Request, course: InCourse = Depends(Member())) -> Page[OpeningShape]:
    """The openings of a course, as the caller has them: the next that is due first."""
    site = site_of(request)
    words = Words(language_of(request, course.caller))
    with site.database.read() as session:
        found = openings_of(session, course.course_id, course.caller.person_id, site.now())
    return Page(items=tuple(_opening(each, words) for each in found), next=None)


@router.get(PATH, operation_id="getOpening")
def opening(request: Request, assignment: AssignmentId, course: InCourse = Depends(Member())) -> OpeningShape:
    """One opening, as the caller has it."""
    found = (each for each in openings(request, course).items if each.assignment == assignment)
    return there(next(found, None))


@router.put(
    PATH,
    operation_id="putOpening",
    responses={201: {"model": OpeningShape, "description": "It is open now."}, 409: problem("It cannot be opened.")},
)
def put(
    request: Request, response: Response, assignment: AssignmentId, terms: Terms, course: InCourse = Depends(CHANGES)
) -> OpeningShape:
    """Open an assignment on these terms, or state those of an opening anew. What was taken stays taken."""
    site = site_of(request)
    with site.database.begin() as session:
        if opening_for(session, course.course_id, assignment) is None:
            response.status_code = 201
        actor = actor_of(request, course)
        _refuse(put_terms(session, course.course_id, assignment, terms, actor=actor, now=site.now()))
    return opening(request, assignment, course)


@router.put(f"{PATH}/publication", operation_id="publishOpening")
def put_publication(request: Request, assignment: AssignmentId, course: InCourse = Depends(CHANGES)) -> OpeningShape:
    """Let students see their points and withheld checks from now on; hidden checks stay hidden."""
    site = site_of(request)
    with site.database.begin() as session:
        publish(session, the_opening(session, course, assignment).id, actor=actor_of(request, course), now=site.now())
    return opening(request, assignment, course)


@router.delete(f"{PATH}/publication", operation_id="unpublishOpening")
def delete_publication(request: Request, assignment: AssignmentId, course: InCourse = Depends(CHANGES)) -> OpeningShape:
    """Take that back: what the dates say holds again."""
    site = site_of(request)
    with site.database.begin() as session:
        unpublish(session, the_opening(session, course, assignment).id, actor=actor_of(request, course), now=site.now())
    return opening(request, assignment, course)


@router.get(f"{PATH}/publication", operation_id="getPublication")
def publication(
    request: Request, assignment: AssignmentId, course: InCourse = Depends(Member(Role.INSTRUCTOR))
) -> Publication:
    """Since when it is published by hand, for everybody and for sections."""
    with site_of(request).database.read() as session:
        return _publication(session, the_opening(session, course, assignment))


@router.put(f"{PATH}/publication/sections/{{section_id}}", operation_id="publishToSection")
def put_section(
    request: Request, assignment: AssignmentId, section_id: Id, course: InCourse = Depends(CHANGES)
) -> Publication:
    """Publish it for the people of one section."""
    site = site_of(request)
    with site.database.begin() as session:
        there, section = the_opening(session, course, assignment), the_section(session, course, section_id)
        publish_section(session, there.id, section.id, actor=actor_of(request, course), now=site.now())
        return _publication(session, there)


@router.delete(f"{PATH}/publication/sections/{{section_id}}", operation_id="unpublishToSection")
def delete_section(
    request: Request, assignment: AssignmentId, section_id: Id, course: InCourse = Depends(CHANGES)
) -> Publication:
    """Take that back: for the section holds what holds for all."""
    site = site_of(request)
    with site.database.begin() as session:
        there, section = the_opening(session, course, assignment), the_section(session, course, section_id)
        unpublish_section(session, there.id, section.id, actor=actor_of(request, course), now=site.now())
        return _publication(session, there)


@router.get(f"{PATH}/extensions", operation_id="listExtensions")
def extensions(
    request: Request, assignment: AssignmentId, course: InCourse = Depends(Member(Role.GRADER))
) -> Page[ExtensionShape]:
    """All extensions of an opening, the newest first."""
    with site_of(request).database.read() as session:
        found = extensions_of(session, the_opening(session, course, assignment).id)
    return Page(items=tuple(map(_extension, found)), next=None)


@router.post(f"{PATH}/extensions", operation_id="grantExtension", status_code=201)
def grant_one(
    request: Request, assignment: AssignmentId, wanted: NewExtension, course: InCourse = Depends(CHANGES)
) -> ExtensionShape:
    """Grant an extension; it holds for what was handed in before, too."""
    site = site_of(request)
    if (wanted.person is None) == (wanted.section is None):
        raise Problem(422, "invalid", say("api_person_or_section"))
    with site.database.begin() as session:
        opening_id = the_opening(session, course, assignment).id
        whom = Whom(person_id=wanted.person, section_id=wanted.section)
        done = grant(
            session,
            opening_id,
            whom,
            wanted.relief,
            reason=wanted.reason,
            actor=actor_of(request, course),
            now=site.now(),
        )
        made = _refuse(done)
        return next(_extension(each) for each in extensions_of(session, opening_id) if each.row.id == made)


@router.delete(f"{PATH}/extensions/{{extension_id}}", operation_id="revokeExtension", status_code=204)
def revoke_one(
    request: Request, assignment: AssignmentId, extension_id: Id, course: InCourse = Depends(CHANGES)
) -> None:
    """Take an extension back, for what is handed in from now on."""
    site = site_of(request)
    with site.database.begin() as session:
        found = the_extension(session, course, assignment, extension_id)
        revoke(session, found.id, actor=actor_of(request, course), now=site.now())


def _refuse(done: int | Refused) -> int:
    """The id of what was done. Raises Problem."""
    if isinstance(done, Refused):
        raise Problem(409 if done.kind is Refusal.NOT_READY else 422, done.kind.value, done.message)
    return done


def _opening(each: Offered, words: Words) -> OpeningShape:
    refused = each.left.refused
    return OpeningShape.of(
        each,
        title={} if each.outline is None else each.outline.title,
        left=LeftShape.of(
            each.left,
            refused=None if refused is None else words.text(refused.message),
            allowed_from=None if refused is None else refused.allowed_from,
        ),
        earned=None if each.counted is None else float(each.counted.earned),
        possible=None if each.counted is None else each.counted.possible,
        shown=each.sight.points,
        shown_from=each.sight.points_from,
    )


def _extension(each: Granted) -> ExtensionShape:
    row = each.row
    return ExtensionShape.of(
        row, person=row.person_id, name=each.person, section=row.section_id, section_name=each.section, by=each.by
    )


def _publication(session: Session, there: Opening) -> Publication:
    by_hand = published(session, there)
    return Publication(
        published_at=by_hand.whole,
        sections=tuple(
            SectionPublished(section=each.id, name=each.name, published_at=by_hand.sections.get(each.id))
            for each in sections(session, there.course_id)
        ),
    )
