"""Our own keys, by which platforms know that it is us: RSA, one signs, those before it are published for a while.

A platform fetches them from `ADDRESS/lti/keys` and keeps them for as long as it likes: so a new key is published for a
day before it signs, unless it is the first, and an old one for a month after."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from grader.service.store.lti_tables import LtiKey

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

ALGORITHM: Final = "RS256"
BITS: Final = 2048
#: a new key is shown to platforms for so long before it signs
SHOWN_BEFORE: Final = timedelta(days=1)
#: and one that signs no more for so long after
SHOWN_AFTER: Final = timedelta(days=30)


def sign(session: Session, claims: Mapping[str, Any], *, now: datetime) -> str:
    """The claims as a JWT of ours. The first key is made when it is first needed."""
    from joserfc import jwt  # heavy, and most sites have no platform

    key = _signing_key(session, now)
    return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, dict(claims), _loaded(key.private, key.kid), [ALGORITHM])


def published(session: Session, *, now: datetime) -> dict[str, Any]:
    """The public keys, as a JSON Web Key Set. A site that has none yet gets its first."""
    _signing_key(session, now)
    shown = session.scalars(select(LtiKey).where(_is_shown(now)).order_by(LtiKey.created_at.desc(), LtiKey.kid))
    return {
        "keys": [
            _loaded(each.private, each.kid).as_dict(private=False, use="sig", alg=ALGORITHM, kid=each.kid)
            for each in shown
        ]
    }


def keys_of(session: Session) -> list[LtiKey]:
    """All there ever were, the newest first."""
    return list(session.scalars(select(LtiKey).order_by(LtiKey.created_at.desc(), LtiKey.kid)))


def rotate(session: Session, *, now: datetime) -> LtiKey:
    """A new key, which signs in a day; those that are there now sign until then, and are published for a month more."""
    is_first = session.scalar(select(LtiKey.kid).limit(1)) is None
    signs_from = now if is_first else now + SHOWN_BEFORE
    for each in session.scalars(select(LtiKey).where(LtiKey.retired_at.is_(None))):
        each.retired_at = signs_from
    made = _new_key(now)
    session.add(made)
    session.flush()
    return made


def _signing_key(session: Session, now: datetime) -> LtiKey:
    """The oldest that may sign: one that was made later is not known everywhere yet."""
    signs = or_(LtiKey.retired_at.is_(None), LtiKey.retired_at > now)
    found = session.scalar(select(LtiKey).where(signs).order_by(LtiKey.created_at, LtiKey.kid).limit(1))
    return found or rotate(session, now=now)


def _is_shown(now: datetime) -> ColumnElement[bool]:
    return or_(LtiKey.retired_at.is_(None), LtiKey.retired_at > now - SHOWN_AFTER)


def _new_key(now: datetime) -> LtiKey:
    from joserfc.jwk import RSAKey  # as above

    private = RSAKey.generate_key(BITS).as_pem(private=True).decode()
    return LtiKey(kid=f"{now:%Y%m%d}-{secrets.token_hex(4)}", private=private, created_at=now)


@lru_cache(maxsize=8)
def _loaded(private: str, kid: str) -> RSAKey:
    """Reading it takes longer than signing, and a site has few."""
    from joserfc.jwk import RSAKey  # as above

    return RSAKey.import_key(private, {"kid": kid})
