"""The columns of platforms' gradebooks that we tell scores of: one for each link that leads to an opening."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, or_, select, update
from sqlalchemy.orm import Session

from grader.service.attempts.standing import return_scores
from grader.service.lti.services.platform_client import PlatformClient
from grader.service.lti.services.scopes import LINE_ITEMS, RESULTS, SCORES
from grader.service.store.lti_score_tables import LtiScore, LtiSender
from grader.service.store.lti_tables import LtiContext, LtiDeployment, LtiLink, LtiPlatform
from grader.service.store.outline import AssignmentOutline
from grader.service.store.putting import insert_into
from grader.service.store.tables import Course, Opening, Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedColumn:
    """A link, the opening it leads to, and how its column at the platform is reached. `url`: None where the platform
    made none; `list_url`: where one may be made. `people`: how the platform's people stand among identities.
    `connected_at`: when somebody last said that the course there is this one."""

    link_id: int
    context_id: int
    platform_id: int
    platform: str
    client: PlatformClient
    people: str
    course_id: int
    slug: str
    opening_id: int
    assignment: str
    resource_link: str
    title: str
    url: str | None
    list_url: str | None
    scopes: frozenset[str]
    connected_at: datetime | None = None
    outline: AssignmentOutline | None = field(default=None, compare=False)

    @property
    def missing(self) -> str | None:
        """The scope without which nothing can be told here; None if there is all that is needed."""
        needed = (SCORES,) if self.url is not None else (SCORES, LINE_ITEMS)
        return next((each for each in needed if each not in self.scopes), None)

    @property
    def has_results(self) -> bool:
        """Whether we may ask what the platform has."""
        return RESULTS in self.scopes

    @property
    def possible(self) -> int:
        """What the assignment is worth."""
        return sum(each.points for each in self.outline.exercises) if self.outline else 0

    @property
    def digest(self) -> str:
        """Another one, when the platform says something else of it, or its course was connected anew."""
        since = "" if self.connected_at is None else self.connected_at.isoformat()
        said = "\n".join((self.url or "", self.list_url or "", self.client.token_url, since, *sorted(self.scopes)))
        return hashlib.sha256(said.encode()).hexdigest()


def column(session: Session, link_id: int) -> LinkedColumn | None:
    """The column of that link; None if it leads nowhere any more."""
    row = session.execute(_asked().where(LtiLink.id == link_id)).one_or_none()
    return None if row is None else _column(row)


def columns_of(session: Session, course_id: int) -> list[LinkedColumn]:
    """All of a course, in the order of their assignments."""
    return [
        _column(row) for row in session.execute(_asked().where(Course.id == course_id).order_by(Opening.id, LtiLink.id))
    ]


def is_any_to_adopt(session: Session) -> bool:
    """Whether `adopt` would do anything. Only looks."""
    if session.execute(_unknown().limit(1)).first() is not None:
        return True
    return bool(_revived(session))


def adopt(session: Session, now: datetime) -> None:
    """Every link that leads to an opening has a sender of its scores; one that leads to another opening than before
    begins anew there; and one that was parked goes on as soon as the platform says something else of its column."""
    for row in session.execute(_unknown().order_by(LtiLink.id)).all():
        _begin(session, _column(row), now)
    for link_id in _revived(session):
        resume(session, link_id)


def _unknown() -> Select[*tuple[Any, ...]]:
    elsewhere = or_(LtiSender.link_id.is_(None), LtiSender.opening_id != LtiLink.opening_id)
    return _asked().outerjoin(LtiSender, LtiSender.link_id == LtiLink.id).where(elsewhere)


def _revived(session: Session) -> list[int]:
    """Links whose columns are no longer what they were parked for."""
    parked = select(LtiSender.link_id, LtiSender.parked_for).where(LtiSender.parked_for.is_not(None))
    found = [(column(session, link_id), was) for link_id, was in session.execute(parked.order_by(LtiSender.link_id))]
    return [each.link_id for each, was in found if each is not None and each.digest != was]


def resume(session: Session, link_id: int) -> None:
    """Let its scores be told again, at once."""
    values = {"parked_for": None, "trouble": None, "failures": 0, "next_at": None}
    session.execute(update(LtiSender).where(LtiSender.link_id == link_id).values(values))


def keep_address(session: Session, link_id: int, url: str) -> None:
    """The column that was made, or found, for a link which had none."""
    session.execute(
        update(LtiLink).where(LtiLink.id == link_id, LtiLink.line_item_url.is_(None)).values(line_item_url=url)
    )


def _begin(session: Session, found: LinkedColumn, now: datetime) -> None:
    session.execute(select(Opening.id).where(Opening.id == found.opening_id).with_for_update(key_share=True))
    row = {"link_id": found.link_id, "opening_id": found.opening_id, "fence": 0, "failures": 0, "compared_at": now}
    made = insert_into(session, LtiSender).values(row)
    session.execute(
        made.on_conflict_do_update(
            index_elements=["link_id"],
            set_={"opening_id": found.opening_id, "fence": LtiSender.fence + 1, "compared_at": now, "failures": 0},
        )
    )
    resume(session, found.link_id)
    session.execute(delete(LtiScore).where(LtiScore.link_id == found.link_id))  # of the opening that was there before
    return_scores(session, found.opening_id, now)


def _asked() -> Select[*tuple[Any, ...]]:
    return (
        select(
            LtiLink.id.label("link_id"),
            LtiLink.context_id,
            LtiPlatform.id.label("platform_id"),
            LtiPlatform.title.label("platform"),
            LtiPlatform.client_id,
            LtiPlatform.token_url,
            func.coalesce(LtiPlatform.token_audience, LtiPlatform.token_url).label("audience"),
            LtiPlatform.people,
            Course.id.label("course_id"),
            Course.slug,
            Opening.id.label("opening_id"),
            Opening.assignment,
            LtiLink.resource_link,
            LtiLink.title,
            LtiLink.line_item_url,
            LtiLink.line_items_url,
            LtiLink.scopes,
            LtiContext.connected_at,
            Revision.assignments,
        )
        .join(LtiContext, LtiContext.id == LtiLink.context_id)
        .join(LtiDeployment, LtiDeployment.id == LtiContext.deployment_id)
        .join(LtiPlatform, LtiPlatform.id == LtiDeployment.platform_id)
        .join(Opening, Opening.id == LtiLink.opening_id)
        .join(Course, Course.id == Opening.course_id)
        .outerjoin(Revision, Revision.id == Course.revision_id)
        .where(*leads_here())
    )


def leads_here() -> tuple[ColumnElement[bool], ...]:
    """Of a link, in a query that joins its platform, context and opening: it has, or may have, a column for that."""
    return (
        LtiPlatform.removed_at.is_(None),
        LtiContext.course_id == Opening.course_id,
        or_(LtiLink.line_item_url.is_not(None), LtiLink.line_items_url.is_not(None)),
    )


def _column(row: Row[*tuple[Any, ...]]) -> LinkedColumn:
    outline = next((each for each in row.assignments or () if each.id == row.assignment), None)
    return LinkedColumn(
        link_id=row.link_id,
        context_id=row.context_id,
        platform_id=row.platform_id,
        platform=row.platform,
        client=PlatformClient(client_id=row.client_id, token_url=row.token_url, audience=row.audience),
        people=row.people,
        course_id=row.course_id,
        slug=row.slug,
        opening_id=row.opening_id,
        assignment=row.assignment,
        resource_link=row.resource_link,
        title=row.title,
        url=row.line_item_url,
        list_url=row.line_items_url,
        scopes=frozenset(row.scopes or ()),
        connected_at=row.connected_at,
        outline=outline,
    )
