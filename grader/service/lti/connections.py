"""Which courses of platforms are connected with courses here, for whoever runs the site, and how one is let go of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from grader.service.lti.arriving import links_of
from grader.service.people.audit import Actor
from grader.service.store.lti_tables import LtiContext, LtiDeployment


def connected(session: Session) -> Sequence[LtiContext]:
    """Those that are connected, in the order in which they came, each with its platform and course."""
    asked = select(LtiContext).where(LtiContext.course_id.is_not(None)).order_by(LtiContext.id)
    platform = joinedload(LtiContext.deployment).joinedload(LtiDeployment.platform)
    return session.scalars(asked.options(platform, joinedload(LtiContext.course))).all()


def disconnect(session: Session, context_id: int, *, actor: Actor, now: datetime) -> bool:
    """Let its links lead nowhere until an instructor connects it again; False where it is not connected. People stay in
    the course here, with what they handed in."""
    found = session.get(LtiContext, context_id)
    if found is None or found.course_id is None:
        return False
    course_id, found.course_id, found.copied_from_id = found.course_id, None, None
    for link in links_of(session, context_id):
        link.opening_id, link.whole_course = None, False
    actor.did(session, "platform.disconnected", f"context:{context_id}", course_id=course_id, now=now)
    return True
