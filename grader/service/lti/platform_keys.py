"""The keys that platforms sign with: fetched from them, kept for a while, fetched anew where one is not among them.

A process keeps them for an hour. An unknown key is reason to ask again, though not more often than each half minute:
who sends made-up names of keys must not make us ask on. A platform that does not answer is not waited for by everybody
in turn, and what was fetched before holds for a day meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from grader.service.lti.short_answers import NoShortAnswer, ask

if TYPE_CHECKING:
    import httpx2
    from joserfc.jwk import RSAKey

KEPT_SECONDS: Final = 3600.0
AGAIN_SECONDS: Final = 30.0
WITHOUT_ANSWER_SECONDS: Final = 86_400.0
TIMEOUT: Final = 5.0
LEAST_BITS: Final = 2048


class NoAnswer(Exception):
    """The platform's keys cannot be had, and none are kept. Says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fetched:
    at: float
    keys: Mapping[str, RSAKey]


class PlatformKeys:
    """What this process has of them. `transport`: how platforms are asked, for tests; `clock`: in seconds."""

    def __init__(
        self, *, transport: httpx2.BaseTransport | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.transport, self._clock = transport, clock
        self._fetched: dict[str, _Fetched] = {}
        self._asked: dict[str, float] = {}
        self._doors: dict[str, Lock] = {}

    def key(self, url: str, kid: str | None) -> RSAKey | None:
        """The key of that name; without a name the only one; None for one that is not there. Raises NoAnswer."""
        now, known = self._clock(), self._fetched.get(url)
        if known is not None and now < known.at + KEPT_SECONDS and (found := _named(known.keys, kid)) is not None:
            return found
        with self._doors.setdefault(url, Lock()):  # of many who come at once, one asks
            known = self._asked_again(url)
        return _named(known.keys, kid)

    def _asked_again(self, url: str) -> _Fetched:
        now, known = self._clock(), self._fetched.get(url)
        is_soon = url in self._asked and now < self._asked[url] + AGAIN_SECONDS
        if not is_soon:
            self._asked[url] = now
            try:
                known = self._fetched[url] = _Fetched(at=now, keys=self._fetch(url))
            except NoAnswer:
                if known is None or now >= known.at + WITHOUT_ANSWER_SECONDS:
                    raise
        if known is None:
            raise NoAnswer("asked a moment ago, without an answer")
        return known

    def _fetch(self, url: str) -> Mapping[str, RSAKey]:
        headers = {"Accept": "application/json"}
        try:
            answer = ask("GET", url, seconds=TIMEOUT, headers=headers, transport=self.transport, clock=self._clock)
        except NoShortAnswer as error:
            raise NoAnswer(str(error)) from None
        if answer.status != 200:
            raise NoAnswer(f"status {answer.status}, {len(answer.content)} bytes")
        try:
            return keys_in(answer.said)
        except ValueError:
            raise NoAnswer("no JSON Web Key Set") from None


def keys_in(said: Any) -> Mapping[str, RSAKey]:
    """The keys of a set that may have signed a launch: others are passed over. Raises ValueError for what is none."""
    if not isinstance(said, dict) or not isinstance(said.get("keys"), list):
        raise ValueError("no set")
    from joserfc.errors import JoseError  # as above
    from joserfc.jwk import RSAKey

    found: dict[str, RSAKey] = {}
    for each in said["keys"]:
        if not isinstance(each, dict) or each.get("kty") != "RSA":
            continue
        if each.get("use", "sig") != "sig" or each.get("alg", "RS256") != "RS256":
            continue
        try:
            key = RSAKey.import_key({name: each[name] for name in ("kty", "n", "e")})
        except (JoseError, KeyError, TypeError, ValueError):
            continue
        if key.public_key.key_size >= LEAST_BITS:
            found[str(each.get("kid", ""))] = key
    return found


def _named(keys: Mapping[str, RSAKey], kid: str | None) -> RSAKey | None:
    if kid is None:
        return next(iter(keys.values())) if len(keys) == 1 else None
    return keys.get(kid)
