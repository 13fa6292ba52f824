"""How a provider of OpenID Connect is asked: through Authlib. Imported only where a site names one: it is a tenth of a
start. Who an account belongs to is decided in `providers.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import httpx2
from authlib.integrations.base_client.errors import OAuthError  # type: ignore[import-untyped]  # it has none
from authlib.integrations.starlette_client import OAuth  # type: ignore[import-untyped]  # it has none
from fastapi import Request
from fastapi.responses import Response
from joserfc.errors import JoseError
from pydantic import ValidationError

from grader.service.web.claims import Claims, Provider, ProviderFailed

SCOPES: Final = "openid email profile"


class Asking:
    """Asks these providers. `transport`: how they are reached, for tests."""

    def __init__(self, providers: Sequence[Provider], *, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self._oauth = OAuth()
        kept = {} if transport is None else {"transport": transport}
        for each in providers:
            self._oauth.register(
                name=each.id,
                client_id=each.client_id,
                client_secret=each.client_secret,
                server_metadata_url=f"{each.issuer.rstrip('/')}/.well-known/openid-configuration",
                client_kwargs={"scope": SCOPES, "code_challenge_method": "S256", "timeout": 10, **kept},
            )

    async def sent_to(self, provider: Provider, request: Request, *, back: str) -> tuple[Response, Mapping[str, Any]]:
        """The answer that sends a browser there, and what it must carry to be known again on its way back.

        Raises ProviderFailed."""
        carried: dict[str, Any] = {}
        request.scope["session"] = carried
        try:
            answer: Response = await self._oauth.create_client(provider.id).authorize_redirect(request, back)
        except (OAuthError, httpx2.HTTPError, RuntimeError, ValueError, KeyError) as error:
            raise ProviderFailed from error
        return answer, carried

    async def heard_from(self, provider: Provider, request: Request, *, carried: Mapping[str, Any]) -> Claims:
        """What the provider says of whoever it sent back. Raises ProviderFailed for whatever is wrong with that."""
        request.scope["session"] = dict(carried)
        try:
            token = await self._oauth.create_client(provider.id).authorize_access_token(
                request,
                claims_options={
                    "iss": {"essential": True, "value": provider.issuer},
                    "aud": {"essential": True, "value": provider.client_id},
                },
            )
            return Claims.model_validate(dict(token.get("userinfo") or {}))
        except (OAuthError, JoseError, httpx2.HTTPError, ValidationError, TypeError, ValueError, KeyError) as error:
            raise ProviderFailed from error
