"""What a token is good for. It imports nothing: a command says its help by it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Scope(StrEnum):
    """What a token is good for. A browser that is signed in has all of them."""

    READ = "read"
    SUBMIT = "submit"
    TEACH = "teach"
    SITE = "site"
    METRICS = "metrics"


#: for owners of the site alone
OF_THE_SITE: Final = frozenset({Scope.SITE, Scope.METRICS})
