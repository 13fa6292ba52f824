"""What is chosen and typed for an answer, as it comes from a form. Nothing is saved here."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from grader.messages import Message, say
from grader.policy.marking import MOST_COMMENT
from grader.report.marking import Given
from grader.service.web.staff.typed import MOST, plain


class AnswerForm(BaseModel):
    """What was chosen and typed. `earlier`: a comment to be added to the typed one; `then`: where to go afterwards."""

    model_config = ConfigDict(frozen=True)

    version: int = Field(ge=0, le=MOST)
    items: tuple[Annotated[int, Field(ge=1, le=MOST)], ...] = Field(default=(), max_length=100)
    points: str = Field(default="", max_length=40)
    comment: str = Field(default="", max_length=4 * MOST_COMMENT)
    earlier: str = Field(default="", max_length=4 * MOST_COMMENT)
    then: str = Field(default="", max_length=10)


def given_in(form: AnswerForm) -> Given | Message:
    """What was typed; points may be left out where an item says them, and may then be negative."""
    typed = form.points.strip().replace("\N{MINUS SIGN}", "-")
    digits = typed.removeprefix("-") if form.items else typed
    if not typed and not form.items:
        return say("marking_nothing_chosen")
    if typed and not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        return say("marks_number", points=typed)
    said = [plain(each.replace("\r\n", "\n")) for each in (form.comment, form.earlier)]
    return Given(points=int(typed or 0), comment="\n".join(filter(None, dict.fromkeys(said))))
