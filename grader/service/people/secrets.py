"""Secrets that are shown once and kept as digests: sessions, tokens, links."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

#: random bytes of a secret: nobody guesses it, so its digest needs no salt and no slowness
BYTES: Final = 32


def new_secret(prefix: str = "") -> str:
    """A secret for a URL, a cookie or a header; the prefix lets scanners of leaked secrets know it."""
    return prefix + secrets.token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(secret.encode()).hexdigest()
