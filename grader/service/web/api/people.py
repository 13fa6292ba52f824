"""The API on the people of a course: listed, given another role or section, marked as left, invited."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from fastapi import Depends, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import Field

from grader.messages import Words, say
from grader.policy.scopes import Scope
from grader.service.attempts.moving import moving, moving_in
from grader.service.people.accounts import is_email
from grader.service.people.enrolling import apply as apply_roster
from grader.service.people.invitations import open_invitations, take_back
from grader.service.people.inviting import MOST_DAYS, MOST_USES, Inviting, invite_to
from grader.service.people.mailed_links import INVITED_AT_ONCE, invite_by_mail
from grader.service.people.members import MemberChange, Unchanged, Wanted, change_member, members_after
from grader.service.people.robots import new_robot
from grader.service.people.roster import Others, RosterChange, RosterRefused, preview, read_table
from grader.service.people.tokens import LONGEST
from grader.service.store.tables import Membership, Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.api.document import noun, problem
from grader.service.web.api.paging import Page, Paging, paging
from grader.service.web.api.shapes import Id, Line, Shape
from grader.service.web.api.tokens import MadeToken, made
from grader.service.web.api.uploads import TABLE, table_of
from grader.service.web.named import the_member
from grader.service.web.pages import language_of
from grader.service.web.problems import NotAllowed, NotThere, Problem
from grader.service.web.trail import actor_of

router = noun("people")

SEES: Final = Member(Role.GRADER)
CHANGES: Final = Member(Role.INSTRUCTOR, Scope.TEACH)
#: what a program of a course may be good for
PROGRAM: Final = (Scope.READ, Scope.SUBMIT)
STALE: Final = problem("The course is another by now; look at the change again.")
LAST: Final[dict[int | str, dict[str, Any]]] = {409: problem("Nobody else could teach the course.")}
Section = Annotated[Line, Field(max_length=200)]


class PersonShape(Shape):
    """Somebody of a course. `number`: what the school calls them; `section_id`: what extensions name a section by."""

    id: int
    name: str
    email: str | None
    number: str | None
    role: Role
    section: str | None
    section_id: int | None
    joined_at: datetime
    left_at: datetime | None


class PersonChange(Shape):
    """What is to change; what is left out stays. An empty section is none. `here`: whether they are of the course."""

    role: Role | None = Field(default=None, examples=[Role.GRADER])
    section: Section | None = None
    here: bool | None = None


class NewInvitation(Shape):
    """Whom it is for, how often it may be used, and for how long."""

    role: Role = Role.STUDENT
    section: Section = ""
    uses: int = Field(default=1, ge=1, le=MOST_USES)
    days: int = Field(default=14, ge=1, le=MOST_DAYS)


class InvitationShape(Shape):
    """An invitation that somebody could still use. The link itself was shown once."""

    id: str
    role: Role | None
    uses: int
    expires_at: datetime


class NewMailedInvitations(Shape):
    """Whom to invite by mail, each by a link of their own that is good for one of them and 14 days."""

    emails: Annotated[
        tuple[Annotated[str, Field(max_length=320)], ...], Field(min_length=1, max_length=INVITED_AT_ONCE)
    ]
    role: Role = Role.STUDENT
    section: Line = ""


class MailedInvitations(Shape):
    """How many of them, the first ones, are mailed: none by a site that sends no mail. `wrong`: what is no address."""

    mailed: int
    wrong: tuple[str, ...]


class MadeInvitation(Shape):
    """A new invitation. `link`: shown here, and never again."""

    link: str


class NewProgram(Shape):
    """A program that hands in for students, such as one of CI."""

    name: Annotated[Line, Field(min_length=1, max_length=200, examples=["GitHub"])]
    days: int = Field(default=180, ge=1, le=LONGEST.days)


class ChangedPerson(Shape):
    """Somebody whom a roster changes, or lets leave; the id is null for somebody new. `changes`: before and after."""

    id: int | None
    name: str
    changes: dict[str, tuple[str | None, str | None]] = Field(default_factory=dict)


class RosterFault(Shape):
    """What is wrong in these lines; nothing is done for them."""

    lines: tuple[int, ...]
    what: str


class RosterShape(Shape):
    """What a roster changes. `digest` names exactly this change."""

    digest: str
    applied: bool
    added: tuple[ChangedPerson, ...]
    changed: tuple[ChangedPerson, ...]
    left: tuple[ChangedPerson, ...]
    untouched: int
    faults: tuple[RosterFault, ...]


@router.get("/courses/{slug}/people", operation_id="listPeople")
def people(
    request: Request,
    page: Paging = Depends(paging),
    role: Annotated[Role | None, Query(description="Of this role alone.")] = None,
    text: Annotated[Line, Query(max_length=200, description="With this in name, e-mail or number.")] = "",
    left: Annotated[bool, Query(description="Those who left, instead.")] = False,
    course: InCourse = Depends(SEES),
) -> Page[PersonShape]:
    """The people of a course."""
    wanted = Wanted(text=text, role=role, left=left)
    after_id = 0 if page.after is None else page.number
    with site_of(request).database.read() as session:
        rows = members_after(session, course.course_id, wanted, most=page.limit + 1, after_id=after_id)
        return page.page(rows, key=lambda row: (row.person_id,), shown=_person)


@router.post("/courses/{slug}/people/import", operation_id="importPeople", openapi_extra=TABLE, responses={409: STALE})
async def import_people(
    request: Request,
    apply: Annotated[
        str | None, Query(pattern=r"^[0-9a-f]{64}$", description="The digest of the change that is to be made.")
    ] = None,
    others: Annotated[Others, Query(description="What becomes of students who are not named.")] = Others.LEAVE,
    course: InCourse = Depends(CHANGES),
) -> RosterShape:
    """What a roster would change, and nothing is changed; or with `apply` exactly that change, if it is still the same.
    Nobody is deleted: whoever is not named leaves, and keeps all they handed in; with `others=stay` nobody leaves."""
    data = await table_of(request)
    return await run_in_threadpool(_imported, request, course, data, apply, others)


@router.get("/courses/{slug}/people/{person_id}", operation_id="getPerson")
def person(request: Request, person_id: Id, course: InCourse = Depends(SEES)) -> PersonShape:
    """Somebody of a course, also one who left."""
    with site_of(request).database.read() as session:
        return _person(the_member(session, course, person_id))


@router.patch("/courses/{slug}/people/{person_id}", operation_id="changePerson", responses=LAST)
def change(request: Request, person_id: Id, wanted: PersonChange, course: InCourse = Depends(CHANGES)) -> PersonShape:
    """Give somebody another role or section, mark them as left, call them back. What they handed in stays."""
    site = site_of(request)
    with site.database.begin() as session, moving(session, person_id, now=site.now()):
        found = the_member(session, course, person_id)
        change = MemberChange(role=wanted.role, section=wanted.section, here=wanted.here)
        _refuse(change_member(session, found, change, actor=actor_of(request, course), now=site.now()))
        session.flush()
        session.expire(found)
        return _person(the_member(session, course, person_id))


@router.get("/courses/{slug}/invitations", operation_id="listInvitations")
def invitations(request: Request, course: InCourse = Depends(Member(Role.INSTRUCTOR))) -> Page[InvitationShape]:
    """Invitations that are still good."""
    site = site_of(request)
    with site.database.read() as session:
        rows = open_invitations(session, course.course_id, now=site.now())
    return Page(items=tuple(InvitationShape.of(row, id=row.digest) for row in rows), next=None)


@router.post("/courses/{slug}/invitations", operation_id="invite", status_code=201)
def make_invitation(
    request: Request, response: Response, wanted: NewInvitation, course: InCourse = Depends(CHANGES)
) -> MadeInvitation:
    """Make a link by which people join the course. It stands in this answer alone."""
    site = site_of(request)
    inviting = Inviting(role=wanted.role, section=wanted.section, uses=wanted.uses, days=wanted.days)
    with site.database.begin() as session:
        secret = invite_to(session, course.course_id, inviting, by_id=course.caller.person_id, now=site.now())
    if isinstance(secret, Unchanged):
        raise NotAllowed
    response.headers["Cache-Control"] = "no-store"
    return MadeInvitation(link=f"{site.address}/link/{secret}")


@router.post("/courses/{slug}/invitations/mail", operation_id="inviteByMail", status_code=202)
def mail_invitations(
    request: Request, wanted: NewMailedInvitations, course: InCourse = Depends(CHANGES)
) -> MailedInvitations:
    """Mail an invitation of their own to each address. The links stand in the mails alone."""
    site = site_of(request)
    good = [each for each in wanted.emails if is_email(each)]
    inviting, language = Inviting(role=wanted.role, section=wanted.section), language_of(request, course.caller)
    with site.database.begin() as session:
        mailed = invite_by_mail(
            session,
            course.course_id,
            inviting,
            good,
            by_id=course.caller.person_id,
            language=language,
            now=site.now(),
        )
    if isinstance(mailed, Unchanged):
        raise NotAllowed
    return MailedInvitations(mailed=mailed, wrong=tuple(each for each in wanted.emails if not is_email(each)))


@router.delete("/courses/{slug}/invitations/{invitation_id}", operation_id="takeBackInvitation", status_code=204)
def end_invitation(
    request: Request,
    invitation_id: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")],
    course: InCourse = Depends(CHANGES),
) -> None:
    """Nobody can use it any more."""
    site = site_of(request)
    with site.database.begin() as session:
        actor = actor_of(request, course)
        if not take_back(session, course.course_id, invitation_id, actor=actor, now=site.now()):
            raise NotThere


@router.post("/courses/{slug}/programs", operation_id="makeProgram", status_code=201)
def make_program(
    request: Request, response: Response, wanted: NewProgram, course: InCourse = Depends(CHANGES)
) -> MadeToken:
    """Take a program into the course, which hands in for its students and reads what it handed in. Its token stands in
    this answer alone."""
    site = site_of(request)
    with site.database.begin() as session:
        row, secret = new_robot(
            session,
            course_id=course.course_id,
            name=wanted.name,
            scopes=PROGRAM,
            by_id=course.caller.person_id,
            now=site.now(),
            lasts=timedelta(days=wanted.days),
        )
        response.headers["Cache-Control"] = "no-store"
        return made(row, course.slug, secret)


def _imported(request: Request, course: InCourse, data: bytes, digest: str | None, others: Others) -> RosterShape:
    site, words = site_of(request), Words(language_of(request, course.caller))
    table = read_table(data, name="roster.csv", others=others)
    if isinstance(table, RosterRefused):
        raise Problem(422, "invalid", table.message)
    if digest is None:
        with site.database.read() as session:
            return roster_shape(preview(session, course.course_id, table), words, applied=False)
    with site.database.begin() as session, moving_in(session, course.course_id, now=site.now()):
        done = apply_roster(
            session, course.course_id, table, digest=digest, by_id=course.caller.person_id, now=site.now()
        )
    if isinstance(done, RosterRefused):
        raise Problem(409, "stale", done.message)
    return roster_shape(done, words, applied=True)


def roster_shape(change: RosterChange, words: Words, *, applied: bool) -> RosterShape:
    """A change as programs are told of it."""
    return RosterShape(
        digest=change.digest,
        applied=applied,
        added=tuple(ChangedPerson(id=each.person_id, name=each.entry.name) for each in change.added),
        changed=tuple(
            ChangedPerson(
                id=each.person_id,
                name=each.name,
                changes={one.what.value: (one.before, one.after) for one in each.differences},
            )
            for each in change.changed
        ),
        left=tuple(ChangedPerson(id=each.person_id, name=each.name) for each in change.left),
        untouched=change.untouched,
        faults=tuple(RosterFault(lines=each.lines, what=words.text(each.message)) for each in change.faults),
    )


def _refuse(unchanged: Unchanged | None) -> None:
    """Raises Problem, and NotAllowed, for what was not changed."""
    if unchanged is Unchanged.NOT_ALLOWED:
        raise NotAllowed
    if unchanged is Unchanged.LAST_TEACHER:
        raise Problem(409, "last_teacher", say("api_last_teacher"))


def _person(row: Membership) -> PersonShape:
    return PersonShape.of(
        row,
        id=row.person_id,
        name=row.person.name,
        email=row.person.email,
        section=None if row.section is None else row.section.name,
    )
