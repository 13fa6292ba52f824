"""A platform, opened by the address of an assignment's page and a token: for `grader push`, and for `grader pull`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import httpx

from grader.classes.platform_api.asking import Asking
from grader.classes.platform_api.canvas import Canvas, canvas_address
from grader.classes.platform_api.moodle import Moodle, moodle_address
from grader.classes.platform_api.secret import checked, token
from grader.errors import UsageError
from grader.messages import say

Platform = Literal["canvas", "moodle"]
VARIABLES: dict[Platform, str] = {"canvas": "GRADER_CANVAS_TOKEN", "moodle": "GRADER_MOODLE_TOKEN"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An assignment there, as it was named: `address` by the `option`; `given`: the token that the environment has."""

    platform: Platform
    address: str
    option: str
    given: str | None = field(default=None, repr=False)
    token_file: Path | None = None


@contextmanager
def opened(
    page: Page, *, transport: httpx.BaseTransport | None = None, sleep: Callable[[float], None] = time.sleep
) -> Iterator[Canvas | Moodle]:
    """The assignment. Raises UsageError where the address or the token is none."""
    secret = token(page.given, page.token_file, variable=VARIABLES[page.platform])
    address = checked(page.address)
    if page.platform == "canvas":
        if (course := canvas_address(address)) is None:
            raise UsageError(say("push_canvas_address", option=page.option))
        headers = {"Authorization": f"Bearer {secret}"}
        with Asking(course[0], headers=headers, transport=transport, sleep=sleep) as asking:
            yield Canvas(asking, course=course[1], assignment=course[2])
        return
    if (module := moodle_address(address)) is None:
        raise UsageError(say("push_moodle_address", option=page.option))
    with Asking(module[0], headers={}, transport=transport, sleep=sleep) as asking:
        yield Moodle(asking, token=secret, module=module[1])
