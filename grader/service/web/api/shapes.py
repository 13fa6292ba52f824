"""What programs are answered with, and send: frozen types of the API's own, never rows of tables. A field that is once
told stays. Shapes of one module alone stand there."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final, Self, TypeAlias

from fastapi import Path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from grader.service.store.tables import SLUG

#: the largest number that both databases take for an id
MOST: Final = 2**31 - 1


def _clean(text: str) -> str:
    if not text.isprintable():
        raise ValueError("There are characters in it that cannot be seen.")
    return text.strip()


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("It holds a character that cannot be kept.")
    return text


#: text of several lines that a database can hold
Storable: TypeAlias = Annotated[str, AfterValidator(_storable)]
#: a name or a title: one line, of characters that can be seen
Line: TypeAlias = Annotated[str, AfterValidator(_clean)]
#: an id in a path
Id: TypeAlias = Annotated[int, Path(ge=1, le=MOST)]
#: an assignment in a path
AssignmentId: TypeAlias = Annotated[
    str, Path(min_length=1, max_length=SLUG, pattern=r"^[A-Za-z0-9_.-]+$", examples=["digits"])
]


class Shape(BaseModel):
    """Data that crosses the wire: it never changes, and knows no field that it does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def of(cls, record: object, /, **told: object) -> Self:
        """Of a record below: each field as it is called there, but what is `told` beside it."""
        return cls(**{name: getattr(record, name) for name in cls.model_fields if name not in told}, **told)


class Fault(Shape):
    """What is wrong with one part of a request."""

    where: str = Field(examples=["query.limit"])
    what: str


class ProblemShape(BaseModel):
    """What went wrong, and what to do: `application/problem+json` (RFC 9457). Some kinds have further fields."""

    model_config = ConfigDict(frozen=True, extra="allow", title="Problem")

    type: str = Field(description="The kind of problem; it never changes.", examples=["/problems/not_there"])
    status: int = Field(examples=[404])
    title: str = Field(description="In words, in the language of `Accept-Language`: English or Chinese.")
    errors: tuple[Fault, ...] = Field(default=(), description="Of an invalid request: where it is invalid.")
    request: str | None = Field(default=None, description="What the request is called in the site's logs.")
    allowed_from: datetime | None = Field(default=None, description="When the same request may be obeyed, if known.")
