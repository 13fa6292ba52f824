"""A launch, as its browser goes through it: from the platform to `/lti/login`, back to the platform, from there to
`/lti/launch`, and on to a page. What it must say to be believed is `grader/service/lti/believing.py`.

The state is sealed and says which browser it is for. That browser keeps a cookie; within a frame that keeps none, the
platform keeps it for us (platform storage, by messages between the windows), and the page opens in a window of its own,
where a cookie is kept. Where neither is to be had, the login begins again in such a window.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from hmac import compare_digest
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from grader.messages import Message
from grader.service.lti.arriving import LAUNCH_PATH, Arrived, ToChoose, ToConnect, ToPage, arrive
from grader.service.lti.believing import Expected, believed
from grader.service.lti.claims import Claims
from grader.service.lti.keys import keys_of, published
from grader.service.lti.platform_keys import PlatformKeys
from grader.service.lti.platforms import platform_for_login, the_platform
from grader.service.lti.refusals import LaunchRefused, Reason
from grader.service.lti.sealing import LOGIN_LASTS, TICKET_LASTS, Login, SealedChoice, Ticket, is_first, opened, seal
from grader.service.people import audit
from grader.service.people.secrets import digest, new_secret
from grader.service.store.lti_tables import LtiPlatform
from grader.service.store.tables import Person
from grader.service.web.access import Anybody, Caller, site_of
from grader.service.web.content_policy import in_any_frame
from grader.service.web.lti.framing import framers, is_framed, keep, kept_by_browser, origin
from grader.service.web.pages import page
from grader.service.web.refusing import request_id
from grader.service.web.security.rates import TooOften
from grader.service.web.signing_in import guard_of, signed_in

router = APIRouter(prefix="/lti", include_in_schema=False)
ANYBODY: Final = Anybody()
#: what a platform sends along that comes back to it
_HANDED_ON: Final = ("login_hint", "lti_message_hint")
_AGAIN: Final = "again"
#: so much of a request's name is shown to whoever was refused, to tell an administrator
NUMBER: Final = 12
#: so many refusals are put on the trail, of each process; what a flood of them says, the first say
NOTED: Final = "60/minute"


@router.get("/login")
def login(request: Request, _: Caller | None = Depends(ANYBODY)) -> Response:
    """Third-party initiated login: off to the platform, or the page that finds another way there."""
    return _login(request, request.query_params)


@router.post("/login")
async def posted_login(request: Request, _: Caller | None = Depends(ANYBODY)) -> Response:
    """The same by a form. Within a frame a cookie comes back only with what our own page asks: so it is asked again."""
    form = await request.form()
    return await run_in_threadpool(_login, request, {name: str(value) for name, value in form.items()})


@router.get("/keys")
def keys(request: Request, _: Caller | None = Depends(ANYBODY)) -> Response:
    """Our public keys, for platforms."""
    site = site_of(request)
    with site.database.read() as session:
        shown = published(session, now=site.now()) if keys_of(session) else None
    if shown is None:
        with site.database.begin() as session:  # whoever asks first has the first key made
            shown = published(session, now=site.now())
    return JSONResponse(shown, headers={"Cache-Control": "public, max-age=3600"})


@router.post("/launch")
def launch(
    request: Request,
    id_token: Annotated[str, Form()] = "",
    state: Annotated[str, Form()] = "",
    error: Annotated[str, Form()] = "",
    error_description: Annotated[str, Form()] = "",
    caller: Caller | None = Depends(ANYBODY),
) -> Response:
    """Back from the platform."""
    try:
        return _launched(request, id_token, state, "", f"{error} {error_description}".strip(), caller)
    except LaunchRefused as refused:
        return _refused(request, refused)


@router.post("/kept")
def launch_as_kept(
    request: Request,
    id_token: Annotated[str, Form()] = "",
    state: Annotated[str, Form()] = "",
    kept: Annotated[str, Form(max_length=200)] = "",
    caller: Caller | None = Depends(ANYBODY),
) -> Response:
    """The same with what the platform kept for us, from our own page alone: anybody else's could say that it was kept
    what its own login began with."""
    try:
        return _launched(request, id_token, state, kept, "", caller)
    except LaunchRefused as refused:
        return _refused(request, refused)


@router.post("/window")
def in_own_window(
    request: Request, ticket: Annotated[str, Form()] = "", caller: Caller | None = Depends(ANYBODY)
) -> Response:
    """Out of a frame that keeps no cookie, into a window that does: once."""
    site = site_of(request)
    found = opened(site, Ticket, ticket, lasts=TICKET_LASTS)
    try:
        if found is None:
            raise LaunchRefused(Reason.STATE)
        with site.database.begin() as session:
            if not is_first(session, found[0].id, until=site.now() + TICKET_LASTS, now=site.now()):
                raise LaunchRefused(Reason.REPLAYED)
            return signed_in(request, session, found[0].person_id, to=found[0].to, before=caller, by="lti")
    except LaunchRefused as refused:
        return _refused(request, refused)


def _login(request: Request, said: Mapping[str, str]) -> Response:
    site = site_of(request)
    try:
        with site.database.read() as session:
            platform = platform_for_login(session, said.get("iss", ""), said.get("client_id"))
    except LaunchRefused as refused:
        return _refused(request, refused)
    framed, kept = is_framed(request), kept_by_browser(request)
    if framed and kept is None and not said.get(_AGAIN):
        anew = RedirectResponse(f"/lti/login?{urlencode({**said, _AGAIN: '1'})}", status_code=303)
        return keep(request, anew, new_secret())
    if framed and kept is None:
        return _without_cookies(request, platform, said)
    kept = kept or new_secret()
    there = _at_platform(request, platform, said, kept, storage=None)
    return keep(request, RedirectResponse(there, status_code=303), kept)


def _without_cookies(request: Request, platform: LtiPlatform, said: Mapping[str, str]) -> Response:
    """The page of a frame that keeps no cookie: the platform keeps it for us, or a window of its own does."""
    storage, kept = said.get("lti_storage_target"), new_secret()
    there = _at_platform(request, platform, said, kept, storage=storage) if storage else ""
    anew = {name: value for name, value in said.items() if name not in (_AGAIN, "lti_storage_target")}
    answer = page(
        request,
        "lti/no_cookies.html.j2",
        storage=storage or "",
        platform_origin=origin(platform.auth_url) or "",
        key=digest(kept)[:16],
        kept=kept,
        there=there,
        anew=f"/lti/login?{urlencode(anew)}",
    )
    return in_any_frame(answer)


def _at_platform(
    request: Request, platform: LtiPlatform, said: Mapping[str, str], kept: str, *, storage: str | None
) -> str:
    site = site_of(request)
    login = Login(platform_id=platform.id, nonce=new_secret(), browser=digest(kept), storage=storage)
    asked = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": platform.client_id,
        "redirect_uri": f"{site.address}{LAUNCH_PATH}",
        "state": seal(site, login),
        "nonce": login.nonce,
        **{name: said[name] for name in _HANDED_ON if said.get(name)},
    }
    return f"{platform.auth_url}{'&' if '?' in platform.auth_url else '?'}{urlencode(asked)}"


def _launched(request: Request, id_token: str, state: str, kept: str, error: str, caller: Caller | None) -> Response:
    site = site_of(request)
    found = opened(site, Login, state, lasts=LOGIN_LASTS)
    if found is None:
        raise LaunchRefused(Reason.STATE)
    login, since = found
    with site.database.read() as session:
        platform = the_platform(session, login.platform_id)
    if platform is None:
        raise LaunchRefused(Reason.UNKNOWN_PLATFORM, platform_id=login.platform_id)
    try:
        if error:
            raise LaunchRefused(Reason.PLATFORM_SAYS, error)
        has_cookie = _is_that_browser(login, kept_by_browser(request))
        if not has_cookie and not _is_that_browser(login, kept):
            if login.storage is not None and not kept:
                return _ask_platform(request, platform, login, id_token, state)
            raise LaunchRefused(Reason.OTHER_BROWSER)
        expected = Expected(
            issuer=platform.issuer,
            client_id=platform.client_id,
            keys_url=platform.jwks_url,
            nonce=login.nonce,
            since=since,
            now=site.now(),
        )
        claims = believed(id_token, expected, platform_keys(request))
        return _arrived(request, platform, claims, login, caller, has_cookie=has_cookie)
    except LaunchRefused as refused:
        refused.platform_id = platform.id
        raise


def _arrived(
    request: Request, platform: LtiPlatform, claims: Claims, login: Login, caller: Caller | None, *, has_cookie: bool
) -> Response:
    site = site_of(request)
    framed_by = framers(platform, claims) if is_framed(request) else None
    with site.database.begin() as session:
        if not is_first(session, login.nonce, until=site.now() + LOGIN_LASTS, now=site.now()):
            raise LaunchRefused(Reason.REPLAYED)
        there = session.get_one(LtiPlatform, platform.id)
        arrived = arrive(session, there, claims, address=site.address, now=site.now())
        to = _path(request, arrived, claims)
        if has_cookie or framed_by is None:
            return signed_in(request, session, arrived.person_id, to=to, before=caller, by="lti", framed_by=framed_by)
    ticket = Ticket(id=new_secret(), person_id=arrived.person_id, to=to)
    return in_any_frame(page(request, "lti/window.html.j2", ticket=seal(site, ticket)))


def _path(request: Request, arrived: Arrived, claims: Claims) -> str:
    match arrived.next:
        case ToPage(path=path):
            return path
        case ToConnect() | ToChoose() as asked:
            choice = SealedChoice(
                person_id=arrived.person_id,
                context_id=asked.context_id,
                link_id=asked.link_id,
                target=claims.target,
                deep=None if claims.deep is None else claims.deep.model_dump(mode="json"),
            )
            name = "connect" if isinstance(asked, ToConnect) else "choose"
            return f"/lti/{name}?{urlencode({'choice': seal(site_of(request), choice)})}"


def _ask_platform(request: Request, platform: LtiPlatform, login: Login, id_token: str, state: str) -> Response:
    """The page whose script asks the platform for what it kept, and comes back with it."""
    answer = page(
        request,
        "lti/storage.html.j2",
        storage=login.storage,
        platform_origin=origin(platform.auth_url) or "",
        key=login.browser[:16],
        id_token=id_token,
        state=state,
    )
    return in_any_frame(answer)


def _refused(request: Request, refused: LaunchRefused) -> Response:
    """In words for whoever launched; what it was is on the trail."""
    _note(request, refused)
    words: Message = refused.words
    answer = page(request, "lti/refused.html.j2", http_status=400, message=words, number=request_id(request)[:NUMBER])
    return in_any_frame(answer)


def _note(request: Request, refused: LaunchRefused) -> None:
    site = site_of(request)
    with suppress(TooOften):
        guard_of(request).count(NOTED, "lti_refused")
        with site.database.begin() as session:
            audit.record(
                session,
                actor_id=refused.person_id if _is_there(session, refused.person_id) else None,
                action="lti.refused",
                subject="site" if refused.platform_id is None else f"platform:{refused.platform_id}",
                details={"reason": refused.reason.value, "detail": refused.detail},
                now=site.now(),
                request=request_id(request),
            )


def _is_there(session: Session, person_id: int | None) -> bool:
    """Whoever was made by a launch that was refused was never there."""
    return person_id is not None and session.get(Person, person_id) is not None


def _is_that_browser(login: Login, kept: str | None) -> bool:
    return bool(kept) and compare_digest(digest(str(kept)), login.browser)


def platform_keys(request: Request) -> PlatformKeys:
    """What this process keeps of platforms' keys."""
    keys: PlatformKeys = request.app.state.platform_keys
    return keys
