"""As whom we come to a platform's services. It imports nothing: pages name it, and ask nobody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformClient:
    """As whom we come to which platform. `audience`: whom an assertion is for."""

    client_id: str
    token_url: str
    audience: str
