"""Pages on which an instructor, launched from a platform, says which opening a link leads to, or what is to be linked.
What they are about to say was sealed at the launch, and is for them. Which course it is about: `connecting.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from grader.messages import Message, Words, say
from grader.policy.decision import Refused
from grader.policy.terms import Terms
from grader.service.attempts.opened import opened as openings_in
from grader.service.attempts.openings import open_assignment
from grader.service.courses.current import current_assignments
from grader.service.courses.titles import in_language
from grader.service.lti.claims import DeepSettings
from grader.service.lti.deep_linking import Linked, answer, takes_links
from grader.service.lti.sealing import CHOICE_LASTS, SealedChoice, opened
from grader.service.people.audit import Actor
from grader.service.people.members import TEACHERS, member
from grader.service.store.lti_tables import LtiContext, LtiLink
from grader.service.store.outline import AssignmentOutline
from grader.service.store.tables import Course, Opening, Role
from grader.service.web.access import Caller, OwnAccount, site_of
from grader.service.web.content_policy import framed_policy
from grader.service.web.lti.connecting import ChoiceOver
from grader.service.web.lti.framing import origin
from grader.service.web.pages import language_of, page
from grader.service.web.problems import NotAllowed, NotThere
from grader.service.web.refusing import request_id
from grader.service.web.staff.terms_form import Reading, local

router = APIRouter(prefix="/lti", include_in_schema=False)
SELF: Final = OwnAccount()
#: the choice of a course's own page, which no assignment is called
WHOLE: Final = "."
MOST: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An assignment that may be linked. `opening`: None while it is not offered yet."""

    id: str
    title: str
    points: int
    opening: Opening | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an instructor is asked, and in which course."""

    choice: SealedChoice
    context: LtiContext
    course: Course
    role: Role

    @property
    def deep(self) -> DeepSettings | None:
        """What the platform takes as an answer, if it asked what to link."""
        return None if self.choice.deep is None else DeepSettings.model_validate(self.choice.deep)


@router.get("/choose")
def choose(request: Request, choice: str = "", caller: Caller = Depends(SELF)) -> HTMLResponse:
    """The assignments of the course, to choose from."""
    with site_of(request).database.read() as session:
        return _choices(request, session, _asked(request, session, choice, caller), caller, sealed=choice)


@router.post("/choose", response_model=None)
def chosen(
    request: Request,
    choice: Annotated[str, Form()] = "",
    assignment: Annotated[list[str] | None, Form()] = None,
    release: Annotated[str, Form(max_length=40)] = "",
    due: Annotated[str, Form(max_length=40)] = "",
    caller: Caller = Depends(SELF),
) -> Response:
    """Link what was chosen. What is not offered yet is opened, on the terms that its course states and these dates."""
    wanted = list(dict.fromkeys(assignment or ()))[:MOST]
    try:
        with site_of(request).database.begin() as session:
            asked = _asked(request, session, choice, caller)
            reading = Reading(ZoneInfo(asked.course.zone))
            dates = reading.moment("release", release), reading.moment("due", due)
            if reading.errors:
                raise _Faulty(reading.errors)
            if not wanted and asked.deep is None:
                raise _Faulty({"assignment": say("lti_choose_one")})
            found = [_opening(session, request, asked, each, dates, caller) for each in wanted if each != WHOLE]
            if asked.deep is not None:
                return _answered(request, session, asked, found, WHOLE in wanted, caller)
            return _linked(session, asked, found, caller, request)
    except _Faulty as fault:
        with site_of(request).database.read() as session:
            asked = _asked(request, session, choice, caller)
            return _choices(request, session, asked, caller, sealed=choice, errors=fault.errors, http_status=422)


class _Faulty(Exception):
    """What was chosen cannot be; nothing of it is kept."""

    def __init__(self, errors: Mapping[str, Message]) -> None:
        super().__init__()
        self.errors = errors


def _asked(request: Request, session: Session, sealed: str, caller: Caller) -> Asked:
    found = opened(site_of(request), SealedChoice, sealed, lasts=CHOICE_LASTS)
    if found is None or found[0].person_id != caller.person_id:
        raise ChoiceOver
    context = session.get(LtiContext, found[0].context_id)
    if context is None or context.course is None:
        raise ChoiceOver
    row = member(session, context.course.id, caller.person_id)
    if row is None or row.left_at is not None or row.role not in TEACHERS:
        raise NotAllowed
    return Asked(choice=found[0], context=context, course=context.course, role=row.role)


def _offers(session: Session, course: Course, words: Words) -> Sequence[Offer]:
    there = {each.assignment: each for each in openings_in(session, course.id)}
    known = current_assignments(session, course.id)
    return [
        Offer(
            id=each.id,
            title=in_language(each.title, words) or each.id,
            points=_points(each),
            opening=there.get(each.id),
        )
        for each in known.values()
        if each.fault is None or each.id in there
    ]


def _points(outline: AssignmentOutline) -> int:
    return sum(each.points for each in outline.exercises)


def _choices(
    request: Request,
    session: Session,
    asked: Asked,
    caller: Caller,
    *,
    sealed: str,
    errors: Mapping[str, Message] | None = None,
    http_status: int = 200,
) -> HTMLResponse:
    words, zone = Words(language_of(request, caller)), ZoneInfo(asked.course.zone)
    link = None if asked.choice.link_id is None else session.get(LtiLink, asked.choice.link_id)
    deep = asked.deep
    return page(
        request,
        "lti/choose.html.j2",
        caller=caller,
        http_status=http_status,
        choice=sealed,
        in_course=asked.course,
        link=link,
        deep=deep,
        takes=deep is None or takes_links(deep),
        several=deep is not None and deep.accept_multiple,
        offers=_offers(session, asked.course, words),
        whole=WHOLE,
        release=local(None if link is None else link.available_from, zone),
        due=local(None if link is None else link.due_at, zone),
        errors=errors or {},
    )


def _opening(
    session: Session,
    request: Request,
    asked: Asked,
    assignment: str,
    dates: tuple[datetime | None, datetime | None],
    caller: Caller,
) -> Opening:
    there = {each.assignment: each for each in openings_in(session, asked.course.id)}
    if assignment in there:
        return there[assignment]
    outline = current_assignments(session, asked.course.id).get(assignment)
    if outline is None:
        raise NotThere
    stated = outline.terms or Terms()
    terms = stated.model_copy(update={"release": dates[0] or stated.release, "due": dates[1] or stated.due})
    actor = Actor(person_id=caller.person_id, request=request_id(request), role=asked.role)
    now = site_of(request).now()
    done = open_assignment(session, asked.course.id, assignment, terms, actor=actor, now=now)
    if isinstance(done, Refused):
        raise _Faulty({"assignment": done.message})
    return session.get_one(Opening, done)


def _linked(
    session: Session, asked: Asked, found: Sequence[Opening], caller: Caller, request: Request
) -> RedirectResponse:
    link = None if asked.choice.link_id is None else session.get(LtiLink, asked.choice.link_id)
    if link is None or link.context_id != asked.context.id:
        raise ChoiceOver
    link.opening_id, link.whole_course = (found[0].id, False) if found else (None, True)
    actor = Actor(person_id=caller.person_id, request=request_id(request), role=asked.role)
    now, course = site_of(request).now(), asked.course
    named = found[0].assignment if found else None
    actor.did(session, "platform.linked", f"link:{link.id}", course_id=course.id, now=now, assignment=named)
    path = f"/courses/{course.slug}" + ("" if named is None else f"/{named}")
    return RedirectResponse(path, status_code=303)


def _answered(
    request: Request, session: Session, asked: Asked, found: Sequence[Opening], whole: bool, caller: Caller
) -> HTMLResponse:
    """The page whose form brings the platform what was chosen, signed."""
    site, course, deep = site_of(request), asked.course, asked.deep
    assert deep is not None
    offers = {each.id: each for each in _offers(session, course, Words(language_of(request, caller)))}
    linked = [_as_linked(site.address, course, each, offers.get(each.assignment)) for each in found]
    if whole:
        here = f"{site.address}/courses/{course.slug}"
        linked.append(Linked(url=here, title=course.title, tag=course.slug, points=None))
    linked = linked if deep.accept_multiple else linked[:1]
    signed = answer(session, asked.context.deployment, deep, linked, now=site.now())
    drawn = page(request, "lti/answer.html.j2", caller=caller, to=deep.deep_link_return_url, jwt=signed, linked=linked)
    to = origin(deep.deep_link_return_url)
    if to is None:
        raise ChoiceOver
    drawn.headers["Content-Security-Policy"] = framed_policy(caller.framed_by or "'none'", form_to=to)
    return drawn


def _as_linked(address: str, course: Course, opening: Opening, offer: Offer | None) -> Linked:
    return Linked(
        url=f"{address}/courses/{course.slug}/{opening.assignment}",
        title=opening.assignment if offer is None else offer.title,
        tag=f"{course.slug}/{opening.assignment}",
        points=None if offer is None else offer.points,
        release=opening.terms.release,
        due=opening.terms.due,
    )
