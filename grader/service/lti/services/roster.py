"""Who is in a course at a platform, by Names and Role Provisioning Services 2.0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from grader.service.lti.services.access import Access
from grader.service.lti.services.answers import Cause, Failed, ServiceRequest
from grader.service.lti.services.pages import pages
from grader.service.lti.services.people_there import PlatformMember
from grader.service.lti.services.platform_client import PlatformClient
from grader.service.lti.services.scopes import MEMBERS, MEMBERS_TYPE

PAGE = 500


class _Context(BaseModel):
    id: str = ""
    title: str | None = None


class _Container(BaseModel):
    members: tuple[PlatformMember, ...] = ()
    context: _Context = _Context()


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """All of a course. `differences`: where to ask later what has changed since, if the platform says."""

    members: tuple[PlatformMember, ...]
    context: str = ""
    differences: str | None = None


async def members(
    access: Access, client: PlatformClient, url: str, *, resource_link: str | None = None, role: str | None = None
) -> Members | Failed:
    """Everybody of the course at that address, page by page; with `resource_link` those who may use that link, with
    what it says of them; or what changed, at an address that an earlier answer gave for `differences`."""
    asking = ServiceRequest(
        method="GET", url=url, scope=MEMBERS, accept=MEMBERS_TYPE, params=_params(resource_link, role)
    )
    found: dict[str, PlatformMember] = {}
    context, later = "", None
    async for page in pages(access, client, asking):
        if isinstance(page, Failed):
            return page
        try:
            read = _Container.model_validate_json(page.body)
        except ValidationError:
            return Failed(cause=Cause.NONSENSE)
        found |= {each.user_id: each for each in read.members}
        context, later = context or read.context.id, page.differences or later
    return Members(members=tuple(found.values()), context=context, differences=later)


def _params(resource_link: str | None, role: str | None) -> Mapping[str, str]:
    said = {"limit": str(PAGE), "rlid": resource_link, "role": role}
    return {name: value for name, value in said.items() if value is not None}
