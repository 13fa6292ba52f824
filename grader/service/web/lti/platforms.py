"""The page of a site's owner on learning platforms: what to type there, what to type here, and the link by which a
platform registers itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict

from grader.message import Message
from grader.messages import ENGLISH, say
from grader.service.lti.platforms import (
    Registration,
    add_deployment,
    is_known,
    our_addresses,
    platforms,
    put_platform,
    registration_fault,
    remove_platform,
    the_platform,
)
from grader.service.lti.registering import Asked, NotRegistered, register
from grader.service.lti.sealing import REGISTERING_LASTS, Registering, is_first, opened, seal
from grader.service.people.audit import Actor
from grader.service.people.secrets import new_secret
from grader.service.web.access import Anybody, Caller, SiteOwner, site_of
from grader.service.web.content_policy import in_any_window
from grader.service.web.lti.launching import platform_keys
from grader.service.web.pages import page
from grader.service.web.problems import NotThere, Problem
from grader.service.web.refusing import request_id
from grader.service.web.staff.frame import Done, back, site_page
from grader.service.web.staff.typed import FormId, plain
from grader.service.web.trail import owner_of_site

router = APIRouter(include_in_schema=False)
OWNER: Final = SiteOwner()
PATH: Final = "/site/platforms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a kind of platform: by its documentation, with HOST for the school's own."""

    name: str
    issuer: str
    auth: str
    token: str
    keys: str
    audience: str = ""


#: as their makers are known to have them; none was tried, and what the platform itself shows counts
KNOWN: Final = (
    Known(
        name="Canvas",
        issuer="https://canvas.instructure.com",
        auth="https://sso.canvaslms.com/api/lti/authorize_redirect",
        token="https://sso.canvaslms.com/login/oauth2/token",  # noqa: S106  # an address
        keys="https://sso.canvaslms.com/api/lti/security/jwks",
    ),
    Known(
        name="Moodle",
        issuer="https://HOST",
        auth="https://HOST/mod/lti/auth.php",
        token="https://HOST/mod/lti/token.php",  # noqa: S106  # an address
        keys="https://HOST/mod/lti/certs.php",
    ),
    Known(
        name="Blackboard",
        issuer="https://blackboard.com",
        auth="https://developer.blackboard.com/api/v1/gateway/oidcauth",
        token="https://developer.blackboard.com/api/v1/gateway/oauth2/jwttoken",  # noqa: S106  # an address
        keys="https://developer.blackboard.com/api/v1/management/applications/APPLICATION_ID/jwks.json",
    ),
    Known(
        name="Brightspace",
        issuer="https://HOST",
        auth="https://HOST/d2l/lti/authenticate",
        token="https://auth.brightspace.com/core/connect/token",  # noqa: S106  # an address
        keys="https://HOST/d2l/.well-known/jwks",
        audience="https://api.brightspace.com/auth/token",
    ),
    Known(
        name="Sakai",
        issuer="https://HOST",
        auth="https://HOST/imsoidc/lti13/oidc_auth",
        token="https://HOST/imsblis/lti13/token/TOOL",  # noqa: S106  # an address
        keys="https://HOST/imsblis/lti13/keyset",
    ),
    Known(
        name="Open edX",
        issuer="https://HOST",
        auth="https://HOST/api/lti_consumer/v1/launch/",
        token="https://HOST/api/lti_consumer/v1/token/BLOCK",  # noqa: S106  # an address
        keys="https://HOST/api/lti_consumer/v1/public_keysets/BLOCK",
    ),
)


class PlatformForm(BaseModel):
    """What is typed to register a platform."""

    model_config = ConfigDict(frozen=True)

    title: str = ""
    issuer: str = ""
    client_id: str = ""
    auth_url: str = ""
    token_url: str = ""
    keys_url: str = ""
    token_audience: str = ""
    deployments: str = ""
    emails_of: str = ""

    def registration(self) -> Registration:
        """As it is meant: deployments stand on a line each."""
        return Registration(
            title=plain(self.title) or plain(self.issuer),
            issuer=plain(self.issuer),
            client_id=plain(self.client_id),
            auth_url=plain(self.auth_url),
            token_url=plain(self.token_url),
            jwks_url=plain(self.keys_url),
            token_audience=plain(self.token_audience) or None,
            emails_of=tuple(plain(self.emails_of).replace(",", " ").split()),
            deployments=tuple(each for line in self.deployments.splitlines() if (each := plain(line))),
        )


@router.get(PATH)
def listed(request: Request, caller: Caller = Depends(OWNER)) -> HTMLResponse:
    """The platforms, what to type there, and the form for another."""
    return _drawn(request, caller)


@router.post(PATH, response_model=None)
def put(request: Request, form: Annotated[PlatformForm, Form()], caller: Caller = Depends(OWNER)) -> Response:
    """Let that platform send people here."""
    said, site = form.registration(), site_of(request)
    if fault := registration_fault(said):
        return _drawn(request, caller, form=form, fault=fault, http_status=422)
    with site.database.begin() as session:
        put_platform(session, said, actor=owner_of_site(request, caller), now=site.now())
    return back(PATH, Done.SAVED)


@router.post(f"{PATH}/deployment", response_model=None)
def deploy(
    request: Request,
    platform_id: FormId,
    deployment: Annotated[str, Form(max_length=300)] = "",
    caller: Caller = Depends(OWNER),
) -> RedirectResponse:
    """Let launches of one more deployment in."""
    site, named = site_of(request), plain(deployment)
    with site.database.begin() as session:
        found = the_platform(session, platform_id)
        if found is None:
            raise NotThere
        if not named.isascii() or not named.isprintable() or not 0 < len(named) <= 255:
            raise Problem(422, "invalid", say("platform_no_deployment"))
        add_deployment(session, found, named, actor=owner_of_site(request, caller), now=site.now())
    return back(PATH, Done.SAVED)


@router.post(f"{PATH}/remove")
def remove(request: Request, platform_id: FormId, caller: Caller = Depends(OWNER)) -> RedirectResponse:
    """Let nobody in by it any more."""
    site = site_of(request)
    with site.database.begin() as session:
        if not remove_platform(session, platform_id, actor=owner_of_site(request, caller), now=site.now()):
            raise NotThere
    return back(PATH, Done.REVOKED)


@router.post(f"{PATH}/link")
def make_link(request: Request, caller: Caller = Depends(OWNER)) -> HTMLResponse:
    """The link by which one platform registers itself, shown once."""
    site = site_of(request)
    sealed = seal(site, Registering(id=new_secret(), by_id=caller.person_id))
    return _drawn(request, caller, link=f"{site.address}/lti/register?{urlencode({'key': sealed})}")


@router.get("/lti/register")
def registering(
    request: Request,
    key: str = "",
    openid_configuration: str = "",
    registration_token: str = "",
    _: Caller | None = Depends(Anybody()),
) -> Response:
    """What a platform opens with the link: a button, since programs open every address they find."""
    is_good = opened(site_of(request), Registering, key, lasts=REGISTERING_LASTS) is not None
    answer = page(
        request,
        "lti/register.html.j2",
        http_status=200 if is_good else 404,
        step="ask" if is_good and openid_configuration else "over" if not is_good else "platform",
        key=key,
        configuration=openid_configuration,
        token=registration_token,
    )
    return in_any_window(answer)


@router.post("/lti/register", response_model=None)
def registered(
    request: Request,
    key: Annotated[str, Form()] = "",
    openid_configuration: Annotated[str, Form(max_length=2000)] = "",
    registration_token: Annotated[str, Form(max_length=20_000)] = "",
    _: Caller | None = Depends(Anybody()),
) -> Response:
    """Register, once: whoever comes second finds the link used."""
    site, step, reason = site_of(request), "done", ""
    found = opened(site, Registering, key, lasts=REGISTERING_LASTS)
    with site.database.begin() as session:
        until = site.now() + REGISTERING_LASTS
        if found is None or not is_first(session, found[0].id, until=until, now=site.now()):
            step = "over"
    if found is not None and step == "done":
        reason = _register(request, Asked(configuration=openid_configuration, token=registration_token), found[0])
    step = "failed" if reason else step
    status = {"done": 200, "over": 404}.get(step, 502)
    answer = page(request, "lti/register.html.j2", http_status=status, step=step, key="", reason=reason)
    return in_any_window(answer)


def _register(request: Request, asked: Asked, by: Registering) -> str:
    """What went wrong; "" where nothing did. A link adds a platform and changes none: who has one could otherwise have
    the keys of another's fetched from themselves, and be anybody of theirs."""
    site = site_of(request)
    try:
        transport = platform_keys(request).transport
        said = register(asked, address=site.address, name=ENGLISH.text(say("site_name")), transport=transport)
    except NotRegistered as error:
        return str(error)
    with site.database.begin() as session:
        if is_known(session, said):
            return "this client id of it is registered already, which only the site's owner can change"
        actor = Actor(person_id=by.by_id, request=request_id(request))
        done = put_platform(session, said, actor=actor, now=site.now())
        return ENGLISH.text(done) if isinstance(done, Message) else ""


def _drawn(
    request: Request,
    caller: Caller,
    *,
    form: PlatformForm | None = None,
    fault: Message | None = None,
    link: str = "",
    http_status: int = 200,
) -> HTMLResponse:
    site = site_of(request)
    with site.database.read() as session:
        drawn = site_page(
            request,
            "lti/platforms.html.j2",
            caller,
            tab="platforms",
            platforms=platforms(session),
            ours=our_addresses(site.address),
            known=KNOWN,
            form=form or PlatformForm(),
            fault=fault,
            link=link,
        )
    drawn.status_code = http_status
    return drawn
