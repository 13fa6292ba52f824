"""The API on tokens: made, and shown once; listed, revoked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Final

from fastapi import Depends, Query, Request, Response
from pydantic import Field
from sqlalchemy.orm import Session

from grader.messages import say
from grader.policy.scopes import OF_THE_SITE, Scope
from grader.service.courses.joined import courses_of
from grader.service.people.tokens import LONGEST, listed, new_token, revoke, tokens_of
from grader.service.people.tokens import MOST as MOST_TOKENS
from grader.service.store.tables import Course, Person, Token
from grader.service.web.access import Caller, SignedIn, site_of
from grader.service.web.api.document import noun, problem
from grader.service.web.api.paging import Page, Paging, paging
from grader.service.web.api.shapes import MOST, Id, Line, Shape
from grader.service.web.problems import NotAllowed, NotThere, Problem

router = noun("tokens")

DAYS: Final = LONGEST.days
#: what makes tokens has to be good for more than they are, or whoever finds one would have it for ever
MAKES: Final = SignedIn(Scope.SITE)


class NewToken(Shape):
    """What a token is to be good for. `course`: for that course alone. `person`: whose it is, if an owner of the site
    makes it for somebody."""

    name: Annotated[Line, Field(min_length=1, max_length=200, examples=["laptop"])]
    scopes: frozenset[Scope] = Field(min_length=1, examples=[["read", "submit"]])
    course: Line | None = Field(default=None, max_length=64)
    days: int = Field(default=90, ge=1, le=DAYS)
    person: int | None = Field(default=None, ge=1, le=MOST)


class TokenShape(Shape):
    """A token, without its secret, which nobody knows but its owner."""

    id: int
    name: str
    person: int
    scopes: tuple[Scope, ...]
    course: str | None
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


class MadeToken(TokenShape):
    """A new token. `secret`: shown here, and never again."""

    secret: str


@router.get("/tokens", operation_id="listTokens")
def tokens(
    request: Request,
    everybody: Annotated[bool, Query(description="For owners of the site: all people's.")] = False,
    page: Paging = Depends(paging),
    caller: Caller = Depends(SignedIn()),
) -> Page[TokenShape]:
    """One's own tokens, the newest first, also those that have ended. A token that is good for one course alone lists
    those of that course."""
    if everybody and (not caller.runs_site or Scope.SITE not in caller.scopes):
        raise NotAllowed
    whose = None if everybody else caller.person_id
    before = None if page.after is None else page.number
    with site_of(request).database.read() as session:
        rows = listed(session, most=page.limit + 1, person_id=whose, course_id=caller.course_id, before=before)
    return page.page(rows, key=lambda each: (each.row.id,), shown=lambda each: _shown(each.row, each.course))


@router.post(
    "/tokens",
    operation_id="makeToken",
    status_code=201,
    responses={409: problem("There are as many as anybody may have; revoke one first.")},
)
def make(request: Request, wanted: NewToken, response: Response, caller: Caller = Depends(MAKES)) -> MadeToken:
    """Make a token, good for no more than what makes it. Its secret stands in this answer alone."""
    is_for_another = wanted.person not in (None, caller.person_id)
    if not wanted.scopes <= caller.scopes or (is_for_another and not caller.runs_site):
        raise NotAllowed
    if wanted.scopes & OF_THE_SITE and not caller.owns_site:
        raise NotAllowed
    site = site_of(request)
    response.headers["Cache-Control"] = "no-store"
    with site.database.begin() as session:
        course = None if wanted.course is None else _seen(session, caller, wanted.course)
        if wanted.course is not None and course is None:
            raise Problem(422, "invalid", say("api_no_such_course"))
        course_id = caller.course_id if course is None else course.id
        if caller.course_id not in (None, course_id):
            raise NotAllowed
        whose = caller.person_id if wanted.person is None else wanted.person
        person = session.get(Person, whose)
        if person is None or person.forgotten_at is not None:
            raise Problem(422, "invalid", say("api_no_such_person"))
        if len(tokens_of(session, whose, now=site.now())) >= MOST_TOKENS:
            raise Problem(409, "too_many", say("account_token_many", most=MOST_TOKENS))
        row, secret = new_token(
            session,
            person_id=whose,
            name=wanted.name,
            scopes=wanted.scopes,
            now=site.now(),
            course_id=course_id,
            lasts=timedelta(days=wanted.days),
            by_id=caller.person_id,
        )
        return made(row, wanted.course, secret)


@router.delete("/tokens/{token_id}", operation_id="revokeToken", status_code=204)
def end(request: Request, token_id: Id, caller: Caller = Depends(MAKES)) -> None:
    """End a token at once: one's own; an owner of the site, anybody's; by one that is good for a course alone, one of
    that course."""
    site = site_of(request)
    whose, of = None if caller.runs_site else caller.person_id, caller.course_id
    with site.database.begin() as session:
        if not revoke(session, token_id, now=site.now(), by_id=caller.person_id, person_id=whose, course_id=of):
            raise NotThere


def made(row: Token, course: str | None, secret: str) -> MadeToken:
    """A token that was just made, with its secret."""
    return MadeToken(**dict(_shown(row, course)), secret=secret)


def _seen(session: Session, caller: Caller, slug: str) -> Course | None:
    """The course of that name, if the caller may know of it."""
    mine = courses_of(session, caller.person_id, every=caller.owns_site)
    return next((each.course for each in mine if each.course.slug == slug), None)


def _shown(row: Token, course: str | None) -> TokenShape:
    scopes = tuple(scope for scope in Scope if scope in row.scopes)
    return TokenShape.of(row, person=row.person_id, scopes=scopes, course=course)
