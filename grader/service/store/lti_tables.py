"""The tables of learning platforms: which of them may send people here, and what in them belongs to what of ours. What
a launch must say to be believed is decided in `lti/`, what a person may do here by `membership`, as for everybody.

Nothing in these rows lets anybody in: what a platform signs with is fetched from it, and what we sign with is a
`lti_key`. Columns that a service of the platform's is reached by (`memberships_url`, `line_items_url`, `line_item_url`,
`scopes`) hold what its last launch by anybody said.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grader.service.store.columns import Choice
from grader.service.store.tables import Course, Opening, Role, Table

#: an id that a platform gives: the standard allows 255 ASCII characters
ID: Final = 255
#: an address
URL: Final = 2000


class LtiKey(Table):
    """A key of ours that requests to platforms and answers to them are signed with: RSA, `private` as PKCS #8 in PEM.
    The oldest that is not retired signs; others are published before and after, since platforms keep what they
    fetched."""

    __tablename__ = "lti_key"

    kid: Mapped[str] = mapped_column(String(64), primary_key=True)
    private: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class LtiPlatform(Table):
    """A learning platform as the site's owner registered it: one client id of one issuer.

    `people`: the `issuer` by which its people stand in `identity`. Two registrations of one issuer have two of them: a
    platform that says it is another's issuer must not be able to sign that other's people in. `token_audience`: what
    tokens for its services are asked for, where that is not the token address. `emails_of`: domains whose addresses it
    vouches for. `removed_at`: nobody comes in by it any more."""

    __tablename__ = "lti_platform"
    __table_args__ = (UniqueConstraint("issuer", "client_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    issuer: Mapped[str] = mapped_column(String(ID))
    client_id: Mapped[str] = mapped_column(String(ID))
    people: Mapped[str] = mapped_column(String(500), unique=True)
    auth_url: Mapped[str] = mapped_column(String(URL))
    token_url: Mapped[str] = mapped_column(String(URL))
    token_audience: Mapped[str | None] = mapped_column(String(URL))
    jwks_url: Mapped[str] = mapped_column(String(URL))
    emails_of: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class LtiDeployment(Table):
    """Where a platform has deployed us: a whole school, or one course. A launch from any other is refused."""

    __tablename__ = "lti_deployment"
    __table_args__ = (UniqueConstraint("platform_id", "deployment"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    platform_id: Mapped[int] = mapped_column(ForeignKey("lti_platform.id", ondelete="CASCADE"))
    deployment: Mapped[str] = mapped_column(String(ID))
    created_at: Mapped[datetime]

    platform: Mapped[LtiPlatform] = relationship()


class LtiContext(Table):
    """A course as a platform has it, and the course here that it was connected with, at `connected_at`.
    `copied_from_id`: links of that course of ours mean the same assignments of this one, since it was copied there."""

    __tablename__ = "lti_context"
    __table_args__ = (UniqueConstraint("deployment_id", "context"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    deployment_id: Mapped[int] = mapped_column(ForeignKey("lti_deployment.id", ondelete="CASCADE"))
    context: Mapped[str] = mapped_column(String(ID))
    title: Mapped[str] = mapped_column(String(300), default="")
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="SET NULL"), index=True)
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="SET NULL"))
    connected_at: Mapped[datetime | None]
    connected_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    memberships_url: Mapped[str | None] = mapped_column(String(URL))
    seen_at: Mapped[datetime]

    deployment: Mapped[LtiDeployment] = relationship()
    course: Mapped[Course | None] = relationship(foreign_keys=[course_id])


class LtiLink(Table):
    """A link in a course of a platform, and the opening it leads to, or the `whole_course`. `line_item_url`: the column
    of the platform's gradebook that belongs to this link alone; `line_items_url`: all columns of the course; `scopes`:
    what we may do with them. `available_from`, `due_at`: the dates that the platform states for it, if it does."""

    __tablename__ = "lti_link"
    __table_args__ = (UniqueConstraint("context_id", "resource_link"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    context_id: Mapped[int] = mapped_column(ForeignKey("lti_context.id", ondelete="CASCADE"))
    resource_link: Mapped[str] = mapped_column(String(ID))
    title: Mapped[str] = mapped_column(String(300), default="")
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id", ondelete="SET NULL"), index=True)
    whole_course: Mapped[bool] = mapped_column(default=False)
    line_items_url: Mapped[str | None] = mapped_column(String(URL))
    line_item_url: Mapped[str | None] = mapped_column(String(URL))
    scopes: Mapped[list[str]] = mapped_column(JSON, default=list)
    available_from: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    seen_at: Mapped[datetime]

    context: Mapped[LtiContext] = relationship()
    opening: Mapped[Opening | None] = relationship()


class LtiMember(Table):
    """What a platform last said of somebody in one of its courses. `role`: None for one that is none of ours. A
    membership here follows it as long as nobody changed that by hand; `left_at`: the platform no longer has them."""

    __tablename__ = "lti_member"

    context_id: Mapped[int] = mapped_column(ForeignKey("lti_context.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[Role | None] = mapped_column(Choice(Role))
    seen_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class LtiSeen(Table):
    """What counts once and was there: a nonce, a ticket, a link for registering, as its digest. After `until` it would
    be refused for its age, so the row goes."""

    __tablename__ = "lti_seen"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    until: Mapped[datetime] = mapped_column(index=True)


def lti_people(issuer: str, client_id: str) -> str:
    """How the people of a registration stand in `identity.issuer`: never as those of another, nor as those that the
    same issuer signs in by OpenID Connect. An issuer has no "#", so no two registrations share a text."""
    return f"lti:{issuer}#{client_id}"
