"""How a provider of OpenID Connect is asked: through Authlib. Imported only where a site names one: it is a tenth of a
start. Who an account belongs to is decided in `providers.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

import httpx2
from authlib.integrations.base_client.errors import OAuthError  # type: ignore[import-untyped]  # it has none
from authlib.integrations.starlette_client import OAuth  # type: ignore[import-untyped]  # it has none
from fastapi import Request
from fastapi.responses import Response
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from pydantic import ValidationError

from grader.service.web.claims import NAME, Claims, Provider, ProviderFailed
from grader.service.web.ended import EndedSession, ended_by

#: a longer one does not fit into an address everywhere; without it the provider asks whom to sign out
LONGEST_HINT: Final = 6_000
LONGEST_TOKEN: Final = 16_000
ANEW_AFTER: Final = timedelta(minutes=1)
#: by a key that is the provider's alone: a secret that is ours as well, or none, signs nobody in or out
_ALGORITHMS: Final = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "Ed25519", "EdDSA"),
)
_SIGNED: Final = JWSRegistry(algorithms=list(_ALGORITHMS), strict_check_header=False)
#: what Authlib and joserfc raise where a provider is not there, or does not say what it should
_FAILURES: Final = (
    *(OAuthError, JoseError, httpx2.HTTPError),
    *(ValidationError, RuntimeError, TypeError, ValueError, KeyError),
)
#: what a provider says of these in its metadata, where Authlib looks for them
_OFFERED: Final = "id_token_signing_alg_values_supported"


class AskingProviders:
    """Asks these providers. `transport`: how they are reached, for tests."""

    def __init__(self, providers: Sequence[Provider], *, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self._oauth = OAuth()
        self._fetched: dict[str, datetime] = {}
        kept = {} if transport is None else {"transport": transport}
        for each in providers:
            self._oauth.register(
                name=each.id,
                client_id=each.client_id,
                client_secret=each.client_secret,
                server_metadata_url=f"{each.issuer.rstrip('/')}/.well-known/openid-configuration",
                client_kwargs={"scope": each.scopes, "code_challenge_method": "S256", "timeout": 10, **kept},
            )

    async def sent_to(self, provider: Provider, request: Request, *, back: str) -> tuple[Response, Mapping[str, Any]]:
        """The answer that sends a browser there, and what it must carry to be known again on its way back.

        Raises ProviderFailed."""
        carried: dict[str, Any] = {}
        request.scope["session"] = carried
        try:
            answer: Response = await self._oauth.create_client(provider.id).authorize_redirect(request, back)
        except _FAILURES as error:
            raise ProviderFailed from error
        return answer, carried

    async def heard_from(self, provider: Provider, request: Request, *, carried: Mapping[str, Any]) -> Claims:
        """What the provider says of whoever it sent back. Raises ProviderFailed for whatever is wrong with that."""
        request.scope["session"] = dict(carried)
        try:
            client = self._oauth.create_client(provider.id)
            about = await client.load_server_metadata()
            about[_OFFERED] = [each for each in about.get(_OFFERED) or () if each in _ALGORITHMS]  # if none, RS256
            token = await client.authorize_access_token(
                request,
                claims_options={
                    "iss": {"essential": True, "value": provider.issuer},
                    "aud": {"essential": True, "value": provider.client_id},
                },
            )
            said = await self._said(provider, token)
            signed = {"sid": _name(dict(token.get("userinfo") or {}).get("sid")), "id_token": token["id_token"]}
            return Claims.model_validate(said | {"groups": groups_in(said, provider.groups_claim)} | signed)
        except _FAILURES as error:
            raise ProviderFailed from error

    async def way_out(self, provider: Provider, *, back: str, id_token: str | None) -> str | None:
        """Where a browser is sent to be signed out there as well, and then back; None where it offers no such thing.
        `id_token`: by which it knows which session, and need not ask. Raises ProviderFailed."""
        try:
            about = await self._oauth.create_client(provider.id).load_server_metadata()
        except _FAILURES as error:
            raise ProviderFailed from error
        ends = about.get("end_session_endpoint")
        if not isinstance(ends, str) or not ends.startswith(("https://", "http://")):
            return None
        hint = {} if id_token is None or len(id_token) > LONGEST_HINT else {"id_token_hint": id_token}
        asked = urlencode({"client_id": provider.client_id, "post_logout_redirect_uri": back, **hint})
        return f"{ends}{'&' if '?' in ends else '?'}{asked}"

    async def ended(self, provider: Provider, logout_token: str, *, now: datetime) -> EndedSession:
        """Whose sessions a provider says are over there. Raises ProviderFailed for what is not to be believed."""
        if len(logout_token) > LONGEST_TOKEN:
            raise ProviderFailed
        try:
            keys = await self._keys(provider, anew=False)
            try:
                read = jwt.decode(logout_token, key=keys, registry=_SIGNED)
            except InvalidKeyIdError:
                read = jwt.decode(logout_token, key=await self._keys(provider, anew=True, now=now), registry=_SIGNED)
        except _FAILURES as error:
            raise ProviderFailed from error
        return ended_by(provider, read.header, read.claims, now=now)

    async def _keys(self, provider: Provider, *, anew: bool, now: datetime | None = None) -> KeySet:
        """The provider's keys; fetched `anew` once a minute at most, since anybody may name a key that is none."""
        if anew and now is not None:
            before = self._fetched.get(provider.id)
            if before is not None and now - before < ANEW_AFTER:
                raise ProviderFailed
            self._fetched[provider.id] = now
        found = await self._oauth.create_client(provider.id).fetch_jwk_set(force=anew)
        return KeySet.import_key_set(found)

    async def _said(self, provider: Provider, token: Mapping[str, Any]) -> dict[str, Any]:
        """What it says of whoever signed in: in the signed token, and, of the same person, where it is asked for the
        rest."""
        signed = dict(token.get("userinfo") or {})
        client = self._oauth.create_client(provider.id)
        if "userinfo_endpoint" not in await client.load_server_metadata():
            return signed
        more = dict(await client.userinfo(token=token))
        return more | signed if more.get("sub") == signed.get("sub") else signed


def _name(said: object) -> str | None:
    return said if isinstance(said, str) and re.fullmatch(NAME, said) else None


def groups_in(said: Mapping[str, Any], claim: str) -> tuple[str, ...] | None:
    """The groups that stand there; None where the provider says that there are more than it says."""
    if claim in (said.get("_claim_names") or {}) or said.get("hasgroups"):
        return None
    found: Any = said
    for name in [claim] if claim in said else claim.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return (found,)
    return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list | tuple) else ()
