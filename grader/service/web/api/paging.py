"""Long lists, page by page: a cursor names the last thing of a page, so that what is added meanwhile moves nothing.
What is listed its own module says."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Generic, TypeAlias, TypeVar

from fastapi import Query, Request, Response
from pydantic import Field

from grader.messages import say
from grader.service.web.api.shapes import Shape
from grader.service.web.problems import Problem

ItemT = TypeVar("ItemT")
ShapeT = TypeVar("ShapeT", bound=Shape)
PartT = TypeVar("PartT", str, int)
#: what things are ordered by, last of all something that no two have in common
Key: TypeAlias = tuple[str | int, ...]
MOST: Final = 200
USUAL: Final = 50


class Page(Shape, Generic[ItemT]):
    """A part of a list. `next`: where the rest begins, also as a `Link` header; none on the last page."""

    items: tuple[ItemT, ...]
    next: str | None = Field(description="The path of the next page; null on the last one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """Which page was asked for. `after`: the key of the last thing of the page before."""

    request: Request
    response: Response
    limit: int
    after: Key | None

    @property
    def number(self) -> int:
        """The only part of the key, where things are ordered by a number. Raises Problem."""
        return self._only(int)

    @property
    def word(self) -> str:
        """The only part of the key, where things are ordered by a word. Raises Problem."""
        return self._only(str)

    def _only(self, kind: type[PartT]) -> PartT:
        match self.after:
            case (part,) if isinstance(part, kind):
                return part
            case _:
                raise no_page()

    def page(
        self, rows: Sequence[ItemT], *, key: Callable[[ItemT], Key], shown: Callable[[ItemT], ShapeT]
    ) -> Page[ShapeT]:
        """The page that begins with `rows`, which were read up to one more than `limit`."""
        here = rows[: self.limit]
        following = None
        if len(rows) > self.limit:
            url = self.request.url.include_query_params(cursor=written(key(here[-1])), limit=self.limit)
            following = f"{url.path}?{url.query}"
            self.response.headers["Link"] = f'<{following}>; rel="next"'
        return Page(items=tuple(map(shown, here)), next=following)


def paging(
    request: Request,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many things a page has at most.")] = USUAL,
    cursor: Annotated[
        str | None, Query(max_length=400, description="Where the page begins: from `next` of the page before.")
    ] = None,
) -> Paging:
    """The page that a query asks for. Raises Problem for a cursor that is none of ours."""
    return Paging(request=request, response=response, limit=limit, after=None if cursor is None else read(cursor))


def written(key: Key) -> str:
    """A key as a cursor."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def read(cursor: str) -> Key:
    """And back. Raises Problem."""
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=="))
    except (ValueError, binascii.Error, RecursionError):
        found = None
    if not isinstance(found, list) or not found or not all(map(_is_storable, found)):
        raise no_page()
    return tuple(found)


def no_page() -> Problem:
    """What a cursor comes to that is none of ours, or one of another list."""
    return Problem(422, "invalid", say("problem_cursor"))


def _is_storable(part: object) -> bool:
    """Whether a database could hold it."""
    return (isinstance(part, str) and part.isprintable()) or (type(part) is int and 0 <= part < 2**31)
