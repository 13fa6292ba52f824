"""What machines ask about a site: whether its process is there, whether it can work, how busy it is."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from grader.service.operations.health import examine
from grader.service.operations.metrics import Metrics
from grader.service.web.access import Operator, Unasked, site_of

router = APIRouter(include_in_schema=False)


@router.get("/healthz", dependencies=[Depends(Unasked())])
async def healthz() -> PlainTextResponse:
    """The process is there. Asks nobody else: a database that is away is no reason to start a process again."""
    return PlainTextResponse("ok\n")


@router.get("/readyz", dependencies=[Depends(Unasked())])
def readyz(request: Request) -> JSONResponse:
    """Whether requests may come: 200 or 503, and what was found of each thing that a site needs."""
    health = examine(site_of(request))
    found = {"database": health.database, "disk": health.disk, "workers": health.workers}
    return JSONResponse({"ready": health.is_ready, **found}, 200 if health.is_ready else 503)


@router.get("/metrics", dependencies=[Depends(Operator())])
def metrics(request: Request) -> Response:
    """For Prometheus, with a token that is good for `metrics`; from this machine without, if the site allows it."""
    counted: Metrics = request.app.state.metrics
    return Response(counted.exposition(site_of(request)), media_type=CONTENT_TYPE_LATEST)
