"""Every request gets a name, is timed, counted and logged. What it is about is not known here, and never logged."""

from __future__ import annotations

import time
import uuid
from dataclasses import replace
from typing import Any, Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.service.operations.logs import Entry, Level, Log, trouble
from grader.service.operations.metrics import Metrics

HEADER: Final = "X-Request-Id"
#: of paths that are no route's: whatever people try must not become ever more labels
NO_ROUTE: Final = "none"
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Requests:
    """Middleware around all others. The name is ours, and in the answer; one that a client brings is not believed."""

    def __init__(self, app: ASGIApp, *, log: Log | None, metrics: Metrics) -> None:
        self._app = app
        self._log = log
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = name
        began, status = time.perf_counter(), 500

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = name
            await send(message)

        failure: BaseException | None = None
        try:
            await self._app(scope, receive, named)
        except Exception as error:
            failure = error
            raise
        finally:
            self._answered(scope, name, status=status, seconds=time.perf_counter() - began, failure=failure)

    def _answered(self, scope: Scope, name: str, *, status: int, seconds: float, failure: BaseException | None) -> None:
        method = scope["method"] if scope["method"] in METHODS else "other"
        route = route_of(scope)
        self._metrics.answered(method=method, route=route, status=status, seconds=seconds)
        if self._log is None:
            return
        entry = Entry(event="request") if failure is None else trouble(failure, event="request")
        level = Level.ERROR if failure is not None or status >= 500 else Level.INFO
        self._log.write(
            replace(
                entry,
                level=level,
                request=name,
                attempt=_attempt(scope),
                method=method,
                route=route,
                status=status,
                ms=round(seconds * 1000, 1),
            )
        )


def route_of(scope: Scope) -> str:
    """The pattern of the route that answered, such as `/attempts/{attempt_id}`; of files, the folder they lie in."""
    pattern: Any = getattr(scope.get("route"), "path", None)
    return pattern if isinstance(pattern, str) else scope.get("root_path") or NO_ROUTE


def _attempt(scope: Scope) -> uuid.UUID | None:
    """The attempt in the path, or the one that the route made."""
    made = scope["state"].get("attempt_id")
    try:
        return made if isinstance(made, uuid.UUID) else uuid.UUID(str(scope.get("path_params", {})["attempt_id"]))
    except (KeyError, ValueError):
        return None
