"""What a provider says when sessions there are over (OpenID Connect Back-Channel Logout 1.0, 2.6): held to the letter.

That the provider signed it was seen before; that it counts once, and what ends by it, is decided by whoever asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from grader.service.web.claims import NAME, Provider, ProviderFailed

EVENT: Final = "http://schemas.openid.net/event/backchannel-logout"
#: clocks that differ; how old such a word may be, and for how long it may be meant to count
SKEW: Final = timedelta(minutes=2)
OLDEST: Final = timedelta(minutes=10)
LONGEST: Final = timedelta(hours=1)
_KINDS: Final = frozenset({None, "jwt", "logout+jwt", "application/logout+jwt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedSession:
    """Whose: of a subject, in a session of the provider's, or both. `jti` counts once, and would be too old after
    `until`."""

    subject: str | None
    sid: str | None
    jti: str
    until: datetime


class _Events(BaseModel):
    model_config = ConfigDict(extra="allow")

    logout: dict[str, Any] = Field(alias=EVENT)


class _Word(BaseModel):
    model_config = ConfigDict(strict=True)

    iss: str
    aud: str | list[str]
    iat: int | float
    exp: int | float
    jti: str = Field(min_length=1, max_length=500)
    events: _Events
    sub: str | None = Field(default=None, pattern=NAME)
    sid: str | None = Field(default=None, pattern=NAME)


def ended_by(provider: Provider, header: Mapping[str, Any], said: Mapping[str, Any], *, now: datetime) -> EndedSession:
    """Whose sessions are over, by a word of that provider's to us, of now. Raises ProviderFailed."""
    try:
        word = _Word.model_validate(said)
        issued, until = datetime.fromtimestamp(word.iat, UTC), datetime.fromtimestamp(word.exp, UTC)
    except (ValidationError, ValueError, OverflowError, OSError) as error:
        raise ProviderFailed from error
    kind = header.get("typ")
    to_us = [word.aud] if isinstance(word.aud, str) else word.aud
    holds = (
        (kind.casefold() if isinstance(kind, str) else kind) in _KINDS,
        word.iss == provider.issuer,
        provider.client_id in to_us,
        "nonce" not in said,  # or what was signed to sign somebody in would sign them out
        word.sub is not None or word.sid is not None,
        now - OLDEST - SKEW <= issued <= now + SKEW,
        now - SKEW < until <= now + LONGEST,
    )
    if not all(holds):
        raise ProviderFailed
    return EndedSession(subject=word.sub, sid=word.sid, jti=word.jti, until=until + SKEW)
