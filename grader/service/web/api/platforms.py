"""The API on learning platforms, for owners of the site: registered, listed, taken away."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Request, Response
from pydantic import Field

from grader.message import Message
from grader.service.lti.platforms import Registered, Registration, platforms, put_platform, remove_platform
from grader.service.web.access import Caller, SiteOwner, site_of
from grader.service.web.api.document import noun
from grader.service.web.api.shapes import MOST, Line, Shape
from grader.service.web.problems import NotThere, Problem
from grader.service.web.trail import owner_of_site

router = noun("site")
OWNER = SiteOwner()


class NewPlatform(Shape):
    """A learning platform, as one of its client ids knows this site. Registered again, it is said anew; deployments are
    added to those that are known."""

    title: Annotated[Line, Field(min_length=1, max_length=300, examples=["Moodle"])]
    issuer: Annotated[Line, Field(min_length=1, max_length=255, examples=["https://moodle.example.org"])]
    client_id: Annotated[Line, Field(min_length=1, max_length=255, examples=["kQ3pVn7"])]
    auth_url: Annotated[Line, Field(max_length=2000, examples=["https://moodle.example.org/mod/lti/auth.php"])]
    token_url: Annotated[Line, Field(max_length=2000, examples=["https://moodle.example.org/mod/lti/token.php"])]
    keys_url: Annotated[Line, Field(max_length=2000, examples=["https://moodle.example.org/mod/lti/certs.php"])]
    token_audience: (
        Annotated[Line, Field(max_length=2000, examples=["https://moodle.example.org/mod/lti/token.php"])] | None
    ) = None
    emails_of: tuple[Line, ...] = Field(default=(), max_length=100, examples=[["example.org"]])
    deployments: tuple[Line, ...] = Field(default=(), max_length=100, examples=[["1"]])


class PlatformShape(NewPlatform):
    """One that is registered."""

    id: int


@router.get("/platforms", operation_id="listPlatforms")
def listed(request: Request, _: Caller = Depends(OWNER)) -> tuple[PlatformShape, ...]:
    """The learning platforms that send people here."""
    with site_of(request).database.read() as session:
        return tuple(map(_shown, platforms(session)))


@router.put("/platforms", operation_id="putPlatform")
def put(request: Request, said: NewPlatform, caller: Caller = Depends(OWNER)) -> PlatformShape:
    """Let a learning platform send people here."""
    site = site_of(request)
    meant = Registration(jwks_url=said.keys_url, **said.model_dump(exclude={"keys_url"}))
    with site.database.begin() as session:
        done = put_platform(session, meant, actor=owner_of_site(request, caller), now=site.now())
        if isinstance(done, Message):
            raise Problem(422, "invalid", done)
        number = done.id
        return next(_shown(each) for each in platforms(session) if each.platform.id == number)


@router.delete("/platforms/{platform_id}", operation_id="removePlatform", status_code=204)
def remove(
    request: Request, platform_id: Annotated[int, Path(ge=1, le=MOST)], caller: Caller = Depends(OWNER)
) -> Response:
    """Let nobody in by it any more. Its people, and what they handed in, stay."""
    site = site_of(request)
    with site.database.begin() as session:
        if not remove_platform(session, platform_id, actor=owner_of_site(request, caller), now=site.now()):
            raise NotThere
    return Response(status_code=204)


def _shown(each: Registered) -> PlatformShape:
    row = each.platform
    return PlatformShape.of(row, keys_url=row.jwks_url, emails_of=tuple(row.emails_of), deployments=each.deployments)
