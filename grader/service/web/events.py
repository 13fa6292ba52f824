"""Server-sent events of an attempt, as a page shows them: pieces of HTML, drawn for each reader; no event holds more
than how far grading has come. What programs get of it is the API's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from functools import partial
from typing import Final

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from sse_starlette import EventSourceResponse, ServerSentEvent

from grader.messages import say
from grader.service.courses.titles import Titles, titles_of
from grader.service.web.access import OnAttempt, OwnAttempt, site_of, still_sees
from grader.service.web.pages import draw
from grader.service.web.problems import Problem
from grader.service.web.security.bounds import Bounds
from grader.service.web.watching import Looking, Watcher

router = APIRouter()
#: after so many seconds a stream ends and a browser asks again
LONGEST: Final = 600.0
#: milliseconds until a browser asks again
RETRY: Final = 2_000
#: seconds between two heartbeats, and for one event to be taken
HEARTBEAT: Final = 15
SLOWEST: Final = 30
PIECE: Final = "student/progress.html.j2"


def watcher_of(request: Request) -> Watcher:
    """The one watcher of this process."""
    state = request.app.state
    if not hasattr(state, "watcher"):
        bounds: Bounds = state.guard.bounds
        state.watcher = Watcher(
            Looking(site_of(request)), most_streams=bounds.streams_each, most_in_all=bounds.streams_all
        )
    watcher: Watcher = state.watcher
    return watcher


@router.get("/attempts/{attempt_id}/events", include_in_schema=False)
async def events(request: Request, asked: OnAttempt = Depends(OwnAttempt())) -> EventSourceResponse:
    """`progress` with a piece of the page for each change, then `over`. Raises Problem for one who follows too much."""
    watcher, person_id = watcher_of(request), asked.course.caller.person_id
    if watcher.is_full(person_id):
        raise Problem(429, "too_many_streams", say("live_too_many"), headers={"Retry-After": "10"})
    titles = await run_in_threadpool(titles_of, site_of(request), asked.attempt_id)
    return EventSourceResponse(
        _told(request, watcher, asked, titles),
        ping=HEARTBEAT,
        send_timeout=SLOWEST,
        headers={"Cache-Control": "no-store"},
    )


async def _told(request: Request, watcher: Watcher, asked: OnAttempt, titles: Titles) -> AsyncIterator[ServerSentEvent]:
    allowed = partial(still_sees, request, asked.attempt_id)
    followed = watcher.follow(asked.attempt_id, asked.course.caller.person_id, allowed=allowed, longest=LONGEST)
    async with aclosing(followed):
        async for progress in followed:
            if progress.is_over:
                yield ServerSentEvent(event="over", data=progress.state.value, retry=RETRY)
                return
            piece = draw(request, PIECE, course=asked.course, progress=progress, titles=titles)
            yield ServerSentEvent(event="progress", data=piece, retry=RETRY)
