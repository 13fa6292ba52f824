"""The language that a command speaks: what it says, and what it refuses with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from grader.cli.grade import Speech

if TYPE_CHECKING:
    from grader.messages import Words


@contextmanager
def spoken(lang: Speech) -> Iterator[Words]:
    """The words of that language, in which a refusal is told as well."""
    from grader.errors import SiteFailed, UsageError  # heavy, as in every command
    from grader.messages import Message, Words

    words = Words("zh" if lang is Speech.zh else "en")
    try:
        yield words
    except (UsageError, SiteFailed) as error:
        kind = SiteFailed if isinstance(error, SiteFailed) else UsageError
        raise kind(*(words.text(each) if isinstance(each, Message) else each for each in error.said)) from None
