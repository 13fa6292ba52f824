"""Whether a launch is to be believed: the id_token that came from a platform, held to the letter of LTI 1.3 (security
framework 1.0, 5.1.3, and core, 5.3). Signatures are joserfc's business; what is in the token is looked at here, since
whoever runs the site has to be told which of a score of rules it broke.

PyLTI1p3 2.0.0, the library for LTI in Python, was read and not taken: it fetches a platform's keys without a timeout
and never anew for one that it does not know, looks neither at `azp` nor at further audiences, keeps nonce and state in
a session of the web framework, which a frame does not send, and hands on dictionaries; its last release is of 2022.
Its tool side is the foreign implementation that our platform for tests is tried with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from grader.service.lti.claims import CLAIM, DEEP_LINKING, LAUNCH, VERSION, Claims
from grader.service.lti.platform_keys import NoAnswer, PlatformKeys
from grader.service.lti.refusals import LaunchRefused, Reason

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

ALGORITHM: Final = "RS256"
#: by how much the clocks of a platform and of this site may differ
SKEW: Final = timedelta(minutes=2)
#: no launch is as long
MOST_BYTES: Final = 64 * 1024
MOST_SECONDS: Final = 2**33


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a launch has to fit: the registration it came for, and the login that it answers, begun at `since`."""

    issuer: str
    client_id: str
    keys_url: str
    nonce: str
    since: datetime
    now: datetime


def believed(token: str, expected: Expected, keys: PlatformKeys) -> Claims:
    """What it says. Raises LaunchRefused for the first rule that it breaks."""
    said = _signed(token, expected, keys)
    _from_and_for(said, expected)
    _in_time(said, expected)
    if said.get("nonce") != expected.nonce:
        raise LaunchRefused(Reason.NONCE)
    if (version := said.get(f"{CLAIM}version")) != VERSION:
        raise LaunchRefused(Reason.VERSION, f"version {version!r}")
    kind = said.get(f"{CLAIM}message_type")
    if kind not in (LAUNCH, DEEP_LINKING):
        raise LaunchRefused(Reason.MESSAGE_TYPE, f"message_type {kind!r}")
    if not said.get("sub"):
        raise LaunchRefused(Reason.ANONYMOUS)
    return _typed(said, kind)


def _typed(said: Mapping[str, Any], kind: str) -> Claims:
    try:
        claims = Claims.model_validate({name: value for name, value in said.items() if value is not None})
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))  # its value may be of somebody
        raise LaunchRefused(Reason.MALFORMED, f"claim {where}") from None
    if kind == LAUNCH and claims.link is None:
        raise LaunchRefused(Reason.MALFORMED, "claim resource_link is missing")
    if kind == DEEP_LINKING and claims.deep is None:
        raise LaunchRefused(Reason.MALFORMED, "claim deep_linking_settings is missing")
    if claims.context is None:
        raise LaunchRefused(Reason.NO_CONTEXT)
    return claims


def _signed(token: str, expected: Expected, keys: PlatformKeys) -> Mapping[str, Any]:
    """Its claims, if a key of the platform's signed them. The algorithm is ours to say, never the token's."""
    from joserfc import jwt  # heavy, and most sites have no platform
    from joserfc.errors import JoseError, UnsupportedAlgorithmError

    if len(token) > MOST_BYTES:
        raise LaunchRefused(Reason.MALFORMED, "id_token is too long")

    def key_for(signature: Any) -> RSAKey:
        header = signature.headers()
        kid = header.get("kid")
        try:
            found = keys.key(expected.keys_url, kid if isinstance(kid, str) else None)
        except NoAnswer as error:
            raise LaunchRefused(Reason.NO_KEYS, f"{expected.keys_url}: {error}") from None
        if found is None:
            raise LaunchRefused(Reason.UNKNOWN_KEY, f"kid {kid!r} is not among the keys at {expected.keys_url}")
        return found

    try:
        return jwt.decode(token, key_for, [ALGORITHM]).claims
    except UnsupportedAlgorithmError:
        raise LaunchRefused(Reason.ALGORITHM, f"it is not signed by {ALGORITHM}") from None
    except JoseError as error:
        raise LaunchRefused(Reason.SIGNATURE, type(error).__name__) from None
    except (ValueError, TypeError, KeyError) as error:
        raise LaunchRefused(Reason.MALFORMED, f"id_token: {type(error).__name__}") from None


def _from_and_for(said: Mapping[str, Any], expected: Expected) -> None:
    """From that issuer, for us and nobody else: we trust no other audience."""
    if said.get("iss") != expected.issuer:
        raise LaunchRefused(Reason.ISSUER, f"iss {said.get('iss')!r}, not {expected.issuer!r}")
    audience = said.get("aud")
    whom = [audience] if isinstance(audience, str) else audience
    if not isinstance(whom, list) or set(map(str, whom)) != {expected.client_id}:
        raise LaunchRefused(Reason.AUDIENCE, f"aud {audience!r}, not {expected.client_id!r}")
    if "azp" in said and said["azp"] != expected.client_id:
        raise LaunchRefused(Reason.AUDIENCE, f"azp {said['azp']!r}, not {expected.client_id!r}")


def _in_time(said: Mapping[str, Any], expected: Expected) -> None:
    """Made after the login began and not in the future, by clocks that nearly agree; and not over."""
    made, over = _moment(said, "iat", expected.now), _moment(said, "exp", expected.now)
    ahead, behind = made - expected.now, expected.since - made
    if ahead > SKEW:
        raise LaunchRefused(Reason.CLOCK, f"the platform's clock is {_minutes(ahead)} min ahead of this site's")
    if behind > SKEW:
        raise LaunchRefused(Reason.CLOCK, f"the platform's clock is {_minutes(behind)} min behind this site's")
    if over <= expected.now - SKEW:
        raise LaunchRefused(Reason.EXPIRED)


def _moment(said: Mapping[str, Any], name: str, now: datetime) -> datetime:
    value = said.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < MOST_SECONDS:
        raise LaunchRefused(Reason.MALFORMED, f"claim {name}")
    return datetime.fromtimestamp(value, now.tzinfo)


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)
