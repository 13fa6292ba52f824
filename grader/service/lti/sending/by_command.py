"""Columns compared at once, for a command: each as a worker would, unless one has it at that moment."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from grader.message import Message
from grader.service.lti.keys import sign
from grader.service.lti.sending.claims import give_back, take
from grader.service.lti.sending.columns import adopt, column
from grader.service.lti.sending.comparing import ComparedScores, found_there, keep_found
from grader.service.lti.services.access import Access
from grader.service.lti.services.answers import Failed
from grader.service.lti.services.calls import Calls, opened_client
from grader.service.site import Site
from grader.service.store.lti_score_tables import LtiSender
from grader.service.store.tables import Course, Opening

#: who has a column meanwhile
COMMAND = "compare"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedColumn:
    """What was found of a column; `trouble`: why nothing was. Both None: a worker has it at this moment."""

    slug: str
    assignment: str
    platform: str
    compared: ComparedScores | None = None
    trouble: Message | None = None


def compare_now(site: Site, *, slug: str | None = None, calls: Calls | None = None) -> list[ComparedColumn]:
    """Compare all columns of the site, or of that course."""
    with site.database.begin() as session:
        adopt(session, site.now())
        asked = select(LtiSender.link_id).join(Opening, Opening.id == LtiSender.opening_id)
        if slug is not None:
            asked = asked.join(Course, Course.id == Opening.course_id).where(Course.slug == slug)
        links = session.scalars(asked.order_by(LtiSender.link_id)).all()
    return asyncio.run(_all(site, links, calls))


async def _all(site: Site, links: Sequence[int], calls: Calls | None) -> list[ComparedColumn]:
    def signs(claims: Mapping[str, object]) -> str:
        with site.database.begin() as session:
            return sign(session, claims, now=site.now())

    async with opened_client() as client:
        access = Access(calls or Calls(client, now=site.now), signs)
        return [line for each in links if (line := await _one(site, access, each)) is not None]


async def _one(site: Site, access: Access, link_id: int) -> ComparedColumn | None:
    with site.database.begin() as session:
        found = column(session, link_id)
        held = take(session, link_id, worker=COMMAND, now=site.now()) if found else None
    if found is None:
        return None
    line = ComparedColumn(slug=found.slug, assignment=found.assignment, platform=found.platform)
    if held is None:
        return line
    results = await found_there(access, held)
    with site.database.begin() as session:
        if isinstance(results, Failed):
            give_back(session, held)
            return replace(line, trouble=results.message)
        compared = keep_found(session, held, results, now=site.now())
        give_back(session, held)
    return replace(line, compared=compared)
