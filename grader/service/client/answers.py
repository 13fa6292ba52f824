"""What a site answers, as far as the client needs it. A site may be newer than we are: fields that we do not know are
left out."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from grader.policy.state import OVER, State

ItemT = TypeVar("ItemT")


class SiteAnswer(BaseModel):
    """Part of what a site says."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Stage(SiteAnswer):
    """How far grading has come."""

    exercise: int
    exercises: int
    title: str


class AttemptProgress(SiteAnswer):
    """How an attempt stands. `status`: in a state that we may not know. `position`: how many go first;
    `estimate_seconds`: until the report, as expected."""

    id: uuid.UUID
    status: State | str = Field(union_mode="left_to_right")
    position: int | None = None
    estimate_seconds: float | None = None
    stage: Stage | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.status in OVER


class Taken(AttemptProgress):
    """What was handed in and taken. `receipt`: kept as it came, since it is signed."""

    number: int
    receipt: dict[str, object]
    notices: tuple[str, ...] = ()


class Attempt(AttemptProgress):
    """An attempt of somebody's, in a list."""

    person: int
    number: int
    filename: str
    sha256: str
    received_at: datetime
    report_made_at: datetime | None = None
    trouble: str | None = None
    counts: bool = False


class Person(SiteAnswer):
    """Somebody of a course."""

    id: int
    name: str
    email: str | None = None
    number: str | None = None
    section: str | None = None
    role: str


class Opening(SiteAnswer):
    """An assignment offered to a course."""

    assignment: str


class Listed(SiteAnswer, Generic[ItemT]):
    """A page of a list."""

    items: tuple[ItemT, ...]
    next: str | None = None


class Trouble(SiteAnswer):
    """A problem as a site tells it."""

    type: str = ""
    title: str = ""
    allowed_from: datetime | None = None
    request: str | None = None

    @property
    def kind(self) -> str:
        """Its name in the API's documentation."""
        return self.type.rpartition("/")[2]
