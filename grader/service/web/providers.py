"""Signing in by OpenID Connect: the providers that a site names, asked through Authlib with PKCE, a state and a nonce.

Somebody is known by the issuer and what it calls them, never by an address alone. An address counts once, to find who a
roster made: only of an issuer that the site says speaks for that domain, only if it says that the address was verified,
and never for an account that has a password, another identity of that issuer, or owns the site. An account that
somebody is signed in with gets another identity only by the link on its own page: who is signed in at the provider may
be somebody else, on a shared machine or because somebody else's page saw to it.

`sign_in.toml` in the site's folder:

    [[provider]]
    id = "school"                       # in the address that the provider sends people back to:
    title = "Our school"                # ADDRESS/sign-in/school/back
    issuer = "https://id.example.org"
    client_id = "..."
    client_secret = "..."
    emails_of = ["example.org"]         # optional: domains that it speaks for
    new_accounts = true                 # optional: whether somebody unknown gets an account
    groups_claim = "groups"             # optional: where it says in which groups somebody is

    [[provider.group]]                  # optional: taken each time somebody signs in
    group = "ml-2026-assistants"
    course = "ml"                       # what the course is called in addresses
    role = "grader"                     # student, grader, instructor; owner of the course with makes_owners = true
    section = "A"                       # optional
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Mapping
from functools import cached_property
from hmac import compare_digest
from typing import TYPE_CHECKING, Annotated, Any, Final

from cryptography.fernet import Fernet, InvalidToken
from fastapi import APIRouter, Depends, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from grader.errors import UsageError
from grader.messages import say
from grader.service.attempts.moving import moving
from grader.service.lti.sealing import is_first
from grader.service.people import accounts, audit
from grader.service.people.audit import Actor
from grader.service.people.grouped import Place, take_groups
from grader.service.people.secrets import digest
from grader.service.people.sessions import Through, end_sessions_through, left_session
from grader.service.site import Site
from grader.service.store.tables import Identity, Person, SiteFact
from grader.service.web.access import RANK, Anybody, Caller, cookie_name, is_encrypted, site_of
from grader.service.web.claims import Claims, Provider, ProviderFailed
from grader.service.web.ended import EndedSession
from grader.service.web.problems import NotThere, Problem
from grader.service.web.refusing import request_id
from grader.service.web.security.origins import SIGNED_OUT, own_path
from grader.service.web.signing_in import leaving_cookie, signed_in

if TYPE_CHECKING:
    import httpx2

    from grader.service.web.asking import AskingProviders

router = APIRouter(include_in_schema=False)

FILE: Final = "sign_in.toml"
#: the key in which what a browser carries to the provider and back is sealed, one for all processes of a site
KEY_FACT: Final = "sign_in_key"
#: seconds in which somebody signs in there
AWAY: Final = 600
_OURS: Final = "next"
#: the id of whoever wants the identity added to their account
_FOR: Final = "for"


class Providers:
    """The providers of a site, by id. `transport`: how they are asked, for tests."""

    def __init__(self, named: Mapping[str, Provider], *, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self.named = dict(named)
        self._transport = transport

    @cached_property
    def asking(self) -> AskingProviders:
        """How they are asked."""
        from grader.service.web.asking import AskingProviders  # heavy, and most sites name no provider

        return AskingProviders(tuple(self.named.values()), transport=self._transport)


def read_providers(site: Site) -> Providers:
    """The providers that the site's folder names, or none. Raises UsageError with the place of a fault."""
    path = site.data / FILE
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        found = TypeAdapter(tuple[Provider, ...]).validate_python(told.get("provider", ()))
    except FileNotFoundError:
        return Providers({})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{FILE} in the site's folder cannot be read: {error}") from None
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))  # its value may be a secret
        raise UsageError(f"{FILE} in the site's folder is at fault in provider.{where}.") from None
    return Providers({each.id: each for each in found})


@router.get("/sign-in/{provider}")
async def to_provider(
    request: Request, provider: str, next: str = "/", link: str = "", caller: Caller | None = Depends(Anybody())
) -> Response:
    """Off to the provider, with a sealed cookie that proves, on the way back, that this browser set out. `link`: from
    one's own account, to add the identity to it. Raises Problem for one that another page made up."""
    site, named = site_of(request), _named(request, provider)
    back = f"{site.address}/sign-in/{named.id}/back"
    if link and not (caller and caller.secret and compare_digest(link.encode(), linking(caller).encode())):
        raise Problem(403, "cross_site", say("problem_cross_site"))
    try:
        answer, carried = await _providers(request).asking.sent_to(named, request, back=back)
    except ProviderFailed:
        raise Problem(502, "provider_failed", say("provider_failed", provider=named.title)) from None
    seal = await run_in_threadpool(_seal, site)
    ours = {_OURS: own_path(next), _FOR: caller.person_id if caller and link else None}
    sealed = seal.encrypt(json.dumps({**carried, **ours}).encode()).decode()
    answer.set_cookie(
        _cookie(site), sealed, max_age=AWAY, path="/", httponly=True, samesite="lax", secure=is_encrypted(site)
    )
    return answer


@router.get("/sign-in/{provider}/back")
async def from_provider(request: Request, provider: str, caller: Caller | None = Depends(Anybody())) -> Response:
    """Back from the provider: known, linked to whoever asked for that, new, or refused in words."""
    site, named = site_of(request), _named(request, provider)
    seal = await run_in_threadpool(_seal, site)
    try:
        carried = json.loads(seal.decrypt(request.cookies.get(_cookie(site), ""), ttl=AWAY))
        claims = await _providers(request).asking.heard_from(named, request, carried=carried)
    except (InvalidToken, ProviderFailed, TypeError, ValueError):
        raise Problem(400, "provider_failed", say("provider_failed", provider=named.title)) from None
    links = caller is not None and carried.get(_FOR) == caller.person_id
    to = str(carried.get(_OURS, "/"))
    answer = await run_in_threadpool(_in, request, named, claims, caller, links=links, to=to)
    answer.delete_cookie(_cookie(site), path="/", httponly=True, samesite="lax", secure=is_encrypted(site))
    return answer


@router.get("/sign-out/{provider}")
async def out_of_provider(request: Request, provider: str, caller: Caller | None = Depends(Anybody())) -> Response:
    """Out at the provider as well, for whoever was signed out here. Raises NotThere where it offers no such thing."""
    del caller
    site, named = site_of(request), _named(request, provider)
    left = request.cookies.get(leaving_cookie(site))
    told = None if left is None else await run_in_threadpool(_left, site, left, named.issuer)
    try:
        there = await _providers(request).asking.way_out(named, back=f"{site.address}/sign-in", id_token=told)
    except ProviderFailed:
        raise Problem(502, "provider_failed", say("provider_failed", provider=named.title)) from None
    if there is None:
        raise Problem(404, "no_way_out", say("provider_no_way_out", provider=named.title))
    return RedirectResponse(there, status_code=303)


@router.post(f"{SIGNED_OUT}{{provider}}")
async def signed_out_there(
    request: Request,
    provider: str,
    logout_token: Annotated[str, Form()] = "",
    caller: Caller | None = Depends(Anybody()),
) -> Response:
    """A provider says that somebody's sessions there are over (OpenID Connect Back-Channel Logout 1.0): so are those
    here that began by it. Said to its machine: 200, also where there was none, or 400."""
    del caller
    site, named = site_of(request), _named(request, provider)
    try:
        ended = await _providers(request).asking.ended(named, logout_token, now=site.now())
        await run_in_threadpool(_end, request, named, ended)
    except ProviderFailed:
        return JSONResponse({"error": "invalid_request"}, 400, {"Cache-Control": "no-store"})
    return Response(status_code=200, headers={"Cache-Control": "no-store"})


def person_for(
    session: Session, provider: Provider, claims: Claims, *, wanted_by: int | None, site: Site
) -> int | None:
    """Whose account it is; an identity that was not known is kept with it. `wanted_by`: whoever asked for it to be
    theirs. None: nobody's."""
    known = select(Identity).where(Identity.issuer == provider.issuer, Identity.subject == claims.sub)
    if (identity := session.scalar(known)) is not None:
        person = session.get(Person, identity.person_id)
        return None if person is None or person.forgotten_at is not None else person.id
    person_id = wanted_by if wanted_by is not None else _by_email(session, provider, claims)
    if person_id is None and provider.new_accounts:
        email = claims.email if _is_vouched(provider, claims) else None
        if email is not None and accounts.person_by_email(session, email) is not None:
            return None
        name = claims.name or claims.email or claims.sub
        person_id = accounts.new_person(session, name=name, email=email, now=site.now()).id
    if person_id is not None:
        session.add(Identity(person_id=person_id, issuer=provider.issuer, subject=claims.sub))
        subject = f"person:{person_id}"
        audit.record(session, actor_id=person_id, action="identity.linked", subject=subject, now=site.now())
    return person_id


def places(provider: Provider, groups: Collection[str]) -> Mapping[str, Place]:
    """What these groups make of somebody, by course: of several, what may do most, and of equals the first."""
    found: dict[str, Place] = {}
    for each in provider.group:
        before = found.get(each.course)
        if each.group in groups and (before is None or RANK[each.role] > RANK[before.role]):
            found[each.course] = Place(role=each.role, section=each.section)
    return found


def _by_email(session: Session, provider: Provider, claims: Claims) -> int | None:
    if not _is_vouched(provider, claims):
        return None
    person = accounts.person_by_email(session, claims.email)
    if person is None or person.password is not None or person.owns_site:
        return None
    other = exists().where(Identity.person_id == person.id, Identity.issuer == provider.issuer)
    return None if session.scalar(select(other)) else person.id


def _is_vouched(provider: Provider, claims: Claims) -> bool:
    """Whether it speaks for this address: for these letters, and not for others that are kept alike."""
    domain = claims.email.rpartition("@")[2].casefold()
    is_itself = claims.email.isascii() or claims.email == accounts.normal_email(claims.email)
    is_known = is_itself and accounts.is_email(claims.email)
    return claims.email_verified and is_known and domain in {each.casefold() for each in provider.emails_of}


def linking(caller: Caller) -> str:
    """What the link on somebody's own account holds, and no other site's page knows."""
    return digest(f"identity {caller.secret}")


def _in(
    request: Request, provider: Provider, claims: Claims, caller: Caller | None, *, links: bool, to: str
) -> Response:
    site = site_of(request)
    with site.database.begin() as session:
        wanted_by = caller.person_id if caller is not None and links else None
        person_id = person_for(session, provider, claims, wanted_by=wanted_by, site=site)
        if person_id is None:
            raise Problem(403, "nobodys_identity", say("provider_nobody", provider=provider.title))
        if provider.group and claims.groups is not None:
            actor = Actor(person_id=person_id, request=request_id(request))
            there = places(provider, claims.groups)
            with moving(session, person_id, now=site.now()):
                take_groups(session, person_id, provider.issuer, there, actor=actor, now=site.now())
        through = Through(issuer=provider.issuer, subject=claims.sub, sid=claims.sid, id_token=claims.id_token)
        return signed_in(request, session, person_id, to=to, before=caller, by=provider.id, through=through)


def _left(site: Site, secret: str, issuer: str) -> str | None:
    with site.database.begin() as session:
        return left_session(session, secret, issuer, now=site.now())


def _end(request: Request, provider: Provider, ended: EndedSession) -> None:
    """Raises ProviderFailed where the same was said before."""
    site = site_of(request)
    with site.database.begin() as session:
        if not is_first(session, f"logout {provider.issuer} {ended.jti}", until=ended.until, now=site.now()):
            raise ProviderFailed
        people = end_sessions_through(session, provider.issuer, subject=ended.subject, sid=ended.sid)
        for person_id in sorted(set(people)):
            audit.record(
                session,
                actor_id=None,
                action="signed_out",
                subject=f"person:{person_id}",
                details={"by": provider.id},
                now=site.now(),
                request=request_id(request),
            )


def _providers(request: Request) -> Providers:
    providers: Providers = request.app.state.providers
    return providers


def _named(request: Request, provider: str) -> Provider:
    found = _providers(request).named.get(provider)
    if found is None:
        raise NotThere
    return found


def _cookie(site: Site) -> str:
    return f"{cookie_name(site)}_away"


def _seal(site: Site) -> Fernet:
    with site.database.read() as session:
        fact = session.get(SiteFact, KEY_FACT)
    if fact is None:
        with site.database.begin() as session:
            fact = session.get(SiteFact, KEY_FACT)
            if fact is None:
                value: dict[str, Any] = {"key": Fernet.generate_key().decode()}
                fact = SiteFact(key=KEY_FACT, value=value)
                session.add(fact)
    return Fernet(fact.value["key"])
