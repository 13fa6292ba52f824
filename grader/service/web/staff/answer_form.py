"""What is chosen and typed for an answer, as it comes from a form. Nothing is saved here."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from grader.messages import Message, say
from grader.messages.visible import one_line
from grader.policy.marking import MOST_COMMENT, MOST_WORDS
from grader.report.marking import Given
from grader.service.web.staff.typed import MOST, plain


class MarkForm(BaseModel):
    """What is chosen and typed for a mark. `earlier`: comments to be added to the typed one; `new_points` and
    `new_words`: an item that the rubric has not."""

    model_config = ConfigDict(frozen=True)

    items: tuple[Annotated[int, Field(ge=1, le=MOST)], ...] = Field(default=(), max_length=100)
    new_points: str = Field(default="", max_length=40)
    new_words: str = Field(default="", max_length=4 * MOST_WORDS)
    points: str = Field(default="", max_length=40)
    comment: str = Field(default="", max_length=4 * MOST_COMMENT)
    earlier: tuple[Annotated[str, Field(max_length=4 * MOST_COMMENT)], ...] = Field(default=(), max_length=100)


class AnswerForm(MarkForm):
    """For one answer, or for a `check` of it: by the `version` of the mark that was seen; `then`: where to go
    afterwards."""

    version: int = Field(ge=0, le=MOST)
    check: str = Field(default="", max_length=200)
    then: str = Field(default="", max_length=10)


class GroupForm(MarkForm):
    """For all answers of a group, or for a `check` of them, as it was `seen`, but those in `out`; `anew`: for those
    that have a mark, too. `show`: nothing is saved yet, that page of the answers is wanted."""

    check: str = Field(default="", max_length=200)
    seen: str = Field(max_length=40)
    out: frozenset[uuid.UUID] = Field(default=frozenset(), max_length=1_000)
    anew: str = Field(default="", max_length=10)
    show: int | None = Field(default=None, ge=1, le=MOST)


def given_in(form: MarkForm) -> Given | Message:
    """What was typed; points may be left out where an item says them, and may then be negative."""
    typed = form.points.strip().replace("\N{MINUS SIGN}", "-")
    digits = typed.removeprefix("-") if form.items else typed
    if not typed and not form.items:
        return say("marking_nothing_chosen")
    if typed and not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        return say("marks_number", points=typed)
    return Given(points=int(typed or 0), comment=comment_in(form))


def comment_in(form: MarkForm) -> str:
    """What was typed, and the earlier ones that were chosen."""
    said = [plain(each.replace("\r\n", "\n")) for each in (form.comment, *form.earlier)]
    return "\n".join(filter(None, dict.fromkeys(said)))


def earlier_choices(comments: Sequence[str]) -> list[tuple[str, str]]:
    """Earlier comments to choose from, or none."""
    return [("", "–"), *((each, one_line(each, most=80)) for each in comments)]  # noqa: RUF001  # an en dash is meant
