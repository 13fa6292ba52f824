"""A platform's gradebook: its columns (line items), what we tell it of somebody (scores), what it made of that
(results)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from grader.policy.platform_score import Grading
from grader.service.lti.services.access import Access
from grader.service.lti.services.answers import Answer, Cause, Failed, ServiceRequest
from grader.service.lti.services.pages import below, pages
from grader.service.lti.services.platform_client import PlatformClient
from grader.service.lti.services.scopes import (
    LINE_ITEM_TYPE,
    LINE_ITEMS,
    LINE_ITEMS_TYPE,
    RESULTS,
    RESULTS_TYPE,
    SCORE_TYPE,
    SCORES,
)

#: what a page of a list may hold
PAGE = 500
ItemT = TypeVar("ItemT", bound=BaseModel)


class Told(BaseModel):
    """What a platform says; what else it says is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True)


class LineItem(Told):
    """A column of the platform's gradebook. `id`: its address; None for one that is to be made."""

    id: str | None = None
    score_maximum: float = Field(gt=0)
    label: str
    resource_id: str | None = None
    tag: str | None = None
    resource_link_id: str | None = None
    start_date_time: str | None = None
    end_date_time: str | None = None


class ResultThere(Told):
    """What the platform has of somebody; without a score, that it has none."""

    user_id: str
    result_score: float | None = None
    result_maximum: float | None = None

    @property
    def share(self) -> float | None:
        """Of one, whatever the column's maximum is."""
        if self.result_score is None:
            return None
        return self.result_score / (self.result_maximum or 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreThere:
    """What a platform is told of somebody. Without `given` it is to have no score of them. `new_submission`: this is of
    an attempt that it was not told of; Canvas counts submissions by that."""

    user_id: str
    timestamp: datetime
    grading: Grading
    given: float | None = None
    maximum: float | None = None
    comment: str | None = None
    submitted_at: datetime | None = None
    new_submission: bool = True

    @property
    def body(self) -> bytes:
        """As the standard has it, with what Canvas reads beside it."""
        said: dict[str, Any] = {
            "userId": self.user_id,
            "timestamp": moment(self.timestamp),
            "activityProgress": "Completed" if self.grading is Grading.FULLY_GRADED else "Submitted",
            "gradingProgress": self.grading.value,
        }
        if self.given is not None:
            said |= {"scoreGiven": self.given, "scoreMaximum": self.maximum}
        if self.comment is not None:
            said["comment"] = self.comment
        canvas: dict[str, Any] = {"new_submission": self.new_submission}
        if self.submitted_at is not None:
            said["submission"] = {"submittedAt": moment(self.submitted_at)}
            canvas["submitted_at"] = moment(self.submitted_at)
        said["https://canvas.instructure.com/lti/submission"] = canvas
        return json.dumps(said, ensure_ascii=False).encode()


def moment(then: datetime) -> str:
    """With a part of a second, as platforms want it."""
    return then.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class Gradebook:
    """The columns of one course at a platform."""

    def __init__(self, access: Access, client: PlatformClient) -> None:
        self._access = access
        self._client = client

    async def line_items(self, url: str, *, only: Mapping[str, str] | None = None) -> Sequence[LineItem] | Failed:
        """All columns that we may see, or those of that `resource_link_id`, `resource_id` or `tag`."""
        asking = ServiceRequest(method="GET", url=url, scope=LINE_ITEMS, accept=LINE_ITEMS_TYPE, params=only or {})
        return await self._listed(asking, LineItem)

    async def line_item(self, url: str) -> LineItem | Failed:
        """One column."""
        return self._one(
            await self._access.ask(
                self._client, ServiceRequest(method="GET", url=url, scope=LINE_ITEMS, accept=LINE_ITEM_TYPE)
            )
        )

    async def make(self, url: str, item: LineItem) -> LineItem | Failed:
        """A new column in the list at that address; its own address stands in the answer."""
        made = self._one(await self._put("POST", url, item))
        return Failed(cause=Cause.NONSENSE) if isinstance(made, LineItem) and made.id is None else made

    async def change(self, url: str, item: LineItem) -> LineItem | Failed:
        """The column at that address is to be this one."""
        return self._one(await self._put("PUT", url, item))

    async def tell(self, line_item: str, score: ScoreThere) -> Failed | None:
        """Tell a score. None: the platform has it."""
        asking = ServiceRequest(
            method="POST",
            url=below(line_item, "scores"),
            scope=SCORES,
            content_type=SCORE_TYPE,
            content=score.body,
        )
        answer = await self._access.ask(self._client, asking)
        return answer if isinstance(answer, Failed) else None

    async def results(self, line_item: str, *, of: str | None = None) -> Sequence[ResultThere] | Failed:
        """What the platform has in a column, of everybody or of that person."""
        params = {"limit": str(PAGE)} if of is None else {"user_id": of}
        asking = ServiceRequest(
            method="GET", url=below(line_item, "results"), scope=RESULTS, accept=RESULTS_TYPE, params=params
        )
        found = await self._listed(asking, ResultThere)
        if isinstance(found, Failed) or of is None:
            return found
        return [each for each in found if each.user_id == of]  # not every platform knows the filter

    async def _put(self, method: str, url: str, item: LineItem) -> Answer | Failed:
        content = item.model_dump_json(by_alias=True, exclude_none=True, exclude={"id"}).encode()
        asking = ServiceRequest(
            method=method,
            url=url,
            scope=LINE_ITEMS,
            accept=LINE_ITEM_TYPE,
            content_type=LINE_ITEM_TYPE,
            content=content,
        )
        return await self._access.ask(self._client, asking)

    def _one(self, answer: Answer | Failed) -> LineItem | Failed:
        if isinstance(answer, Failed):
            return answer
        try:
            return LineItem.model_validate_json(answer.body)
        except ValidationError:
            return Failed(cause=Cause.NONSENSE)

    async def _listed(self, asking: ServiceRequest, kind: type[ItemT]) -> Sequence[ItemT] | Failed:
        reading = TypeAdapter(tuple[kind, ...])  # type: ignore[valid-type]  # the class is an argument
        found: list[ItemT] = []
        async for page in pages(self._access, self._client, _paged(asking)):
            if isinstance(page, Failed):
                return page
            try:
                found.extend(reading.validate_json(page.body))
            except ValidationError:
                return Failed(cause=Cause.NONSENSE)
        return found


def _paged(asking: ServiceRequest) -> ServiceRequest:
    return replace(asking, params={"limit": str(PAGE), **asking.params})
