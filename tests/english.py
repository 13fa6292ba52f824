"""Messages in English, as tests read them. No test lives here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import overload

import pytest

from grader.errors import GraderError
from grader.messages import Message, english


@overload
def spoken(message: Message) -> str: ...
@overload
def spoken(message: Message | None) -> str | None: ...
def spoken(message: Message | None) -> str | None:
    """A message in English; None of none."""
    return None if message is None else english(message)


def all_spoken(messages: Iterable[Message]) -> tuple[str, ...]:
    """Several of them."""
    return tuple(map(english, messages))


@contextmanager
def refusing(kind: type[GraderError], *, match: str = "") -> Iterator[pytest.ExceptionInfo[GraderError]]:
    """As `pytest.raises`, of an error of ours whose message in English is matched."""
    with pytest.raises(kind) as refused:
        yield refused
    assert re.search(match, english(refused.value.message), re.DOTALL)
