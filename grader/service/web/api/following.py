"""The API's server-sent events of an attempt: how far it has come, as data. Pages have their own (`web/events.py`)."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import aclosing
from functools import partial
from typing import Any, Final

from fastapi import Depends, Request
from sse_starlette import EventSourceResponse, ServerSentEvent

from grader.messages import say
from grader.service.web.access import OnAttempt, OwnAttempt, still_sees
from grader.service.web.api.attempt_shapes import ProgressShape
from grader.service.web.api.document import noun
from grader.service.web.events import HEARTBEAT, LONGEST, RETRY, SLOWEST, watcher_of
from grader.service.web.problems import Problem
from grader.service.web.watching import Allowed, Progress, Watcher

router = noun("attempts")

STREAM: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Events `progress`, each with how far it has come as JSON; the last one is `over`.",
        "content": {
            "text/event-stream": {
                "schema": {
                    "type": "object",
                    "properties": {"event": {"enum": ["progress", "over"]}, "data": {"type": "string"}},
                }
            }
        },
    }
}


@router.get(
    "/attempts/{attempt_id}/events",
    operation_id="followAttempt",
    response_class=EventSourceResponse,
    responses=STREAM,
)
async def events(request: Request, asked: OnAttempt = Depends(OwnAttempt())) -> EventSourceResponse:
    """How far it has come, each time that changes, until it is over."""
    watcher, person_id = watcher_of(request), asked.course.caller.person_id
    if watcher.is_full(person_id):
        raise Problem(429, "too_many_streams", say("live_too_many"), headers={"Retry-After": "10"})
    return EventSourceResponse(
        _told(watcher, asked.attempt_id, person_id, partial(still_sees, request, asked.attempt_id)),
        ping=HEARTBEAT,
        send_timeout=SLOWEST,
        headers={"Cache-Control": "no-store"},
    )


async def _told(
    watcher: Watcher, attempt_id: uuid.UUID, person_id: int, allowed: Allowed
) -> AsyncIterator[ServerSentEvent]:
    async with aclosing(watcher.follow(attempt_id, person_id, allowed=allowed, longest=LONGEST)) as followed:
        async for progress in followed:
            name = "over" if progress.is_over else "progress"
            yield ServerSentEvent(event=name, data=_shown(attempt_id, progress).model_dump_json(), retry=RETRY)


def _shown(attempt_id: uuid.UUID, progress: Progress) -> ProgressShape:
    return ProgressShape(
        id=attempt_id,
        status=progress.state,
        stage=progress.stage,
        position=progress.ahead,
        estimate_seconds=progress.seconds,
    )
