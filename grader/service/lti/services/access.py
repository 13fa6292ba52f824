"""Tokens for a platform's services, by client credentials with a signed assertion, kept until shortly before they end;
and requests that carry one. Nothing of a token is ever said or stored."""

from __future__ import annotations

import asyncio
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from pydantic import BaseModel, Field, ValidationError

from grader.service.lti.services.answers import Answer, Cause, Failed, ServiceRequest
from grader.service.lti.services.calls import Calls
from grader.service.lti.services.platform_client import PlatformClient

#: signs these claims with a key of ours that the platform knows
Signs: TypeAlias = Callable[[Mapping[str, object]], str]

ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#: how long an assertion is good for
ASSERTED: Final = timedelta(minutes=5)
#: before its end a token is not used any more; and the longest we believe one lasts
SPARE: Final = timedelta(minutes=1)
BELIEVED: Final = timedelta(days=1)
#: of a platform that does not say how long its token lasts
UNSAID: Final = 300


class _Granted(BaseModel):
    """What a token address answers. `scope`: None means what was asked for."""

    access_token: str = Field(min_length=1, max_length=16_384, pattern=r"^[\x21-\x7e]+$")
    kind: str = Field(default="Bearer", alias="token_type")
    expires_in: int = Field(default=UNSAID, ge=0)
    scope: str | None = None


class _NotGranted(BaseModel):
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    value: str
    until: datetime


class Access:
    """Asks services with a token, as many at a time as one likes; one token is asked for at a time for each client and
    scope."""

    def __init__(self, calls: Calls, signs: Signs) -> None:
        self._calls = calls
        self._signs = signs
        self._tokens: dict[tuple[PlatformClient, str], _Token] = {}
        self._asking: defaultdict[tuple[PlatformClient, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    @property
    def calls(self) -> Calls:
        """How platforms are asked."""
        return self._calls

    async def ask(self, client: PlatformClient, asking: ServiceRequest) -> Answer | Failed:
        """What the service says. A token that it does not take any more is asked for anew, once; one that may not do
        this is not used again, since the next may."""
        answer = await self._asked(client, asking)
        if isinstance(answer, Failed) and answer.cause in (Cause.NOT_LET_IN, Cause.FORBIDDEN):
            self._tokens.pop((client, asking.scope), None)
            if answer.cause is Cause.NOT_LET_IN:
                answer = await self._asked(client, asking)
        return answer

    async def _asked(self, client: PlatformClient, asking: ServiceRequest) -> Answer | Failed:
        if not self._calls.may_ask(asking.url):  # nobody else is told of a token
            return Failed(cause=Cause.NOT_SECURE)
        token = await self._token(client, asking.scope)
        if isinstance(token, Failed):
            return token
        said = {"Accept": asking.accept, "Content-Type": asking.content_type, "Authorization": f"Bearer {token.value}"}
        return await self._calls.ask(
            asking.method,
            asking.url,
            headers={name: value for name, value in said.items() if value is not None},
            params=asking.params,
            content=asking.content,
        )

    async def _token(self, client: PlatformClient, scope: str) -> _Token | Failed:
        key = (client, scope)
        async with self._asking[key]:
            kept = self._tokens.get(key)
            if kept is not None and kept.until > self._calls.now():
                return kept
            got = await self._granted(client, scope)
            if isinstance(got, _Token):
                self._tokens[key] = got
            return got

    async def _granted(self, client: PlatformClient, scope: str) -> _Token | Failed:
        now = self._calls.now()
        claims = {
            "iss": client.client_id,
            "sub": client.client_id,
            "aud": client.audience,
            "iat": int(now.timestamp()),
            "exp": int((now + ASSERTED).timestamp()),
            "jti": uuid.uuid4().hex,
        }
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION,
            "client_assertion": await asyncio.to_thread(self._signs, claims),
            "scope": scope,
        }
        answer = await self._calls.ask("POST", client.token_url, headers={"Accept": "application/json"}, form=form)
        return _refused(answer, scope) if isinstance(answer, Failed) else _read(answer, scope, now)


def _refused(failed: Failed, scope: str) -> Failed:
    """Whatever a token address refuses: that we are not known there, or that it does not give this."""
    if failed.cause not in (Cause.REFUSED, Cause.NOT_LET_IN, Cause.FORBIDDEN, Cause.GONE):
        return failed
    try:
        said = _NotGranted.model_validate_json(failed.body)
    except ValidationError:
        said = _NotGranted()
    if said.error == "invalid_scope":
        return Failed(cause=Cause.SCOPE_MISSING, status=failed.status, missing=scope)
    return Failed(cause=Cause.UNKNOWN_HERE, status=failed.status)


def _read(answer: Answer, scope: str, now: datetime) -> _Token | Failed:
    try:
        granted = _Granted.model_validate_json(answer.body)
    except ValidationError:
        return Failed(cause=Cause.NONSENSE)
    if granted.kind.lower() != "bearer":
        return Failed(cause=Cause.NONSENSE)
    if granted.scope is not None and scope not in granted.scope.split():
        return Failed(cause=Cause.SCOPE_MISSING, missing=scope)
    lasts = min(timedelta(seconds=min(granted.expires_in, BELIEVED.total_seconds())), BELIEVED)
    return _Token(value=granted.access_token, until=now + lasts - SPARE)
