"""The page of the API's documentation, for everybody: it says nothing of anybody."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from grader.service.web.access import Anybody, Caller, site_of
from grader.service.web.api.site import openapi
from grader.service.web.manual.reading import manual
from grader.service.web.pages import page

router = APIRouter(include_in_schema=False)


@router.get("/api")
def api(request: Request, caller: Caller | None = Depends(Anybody())) -> HTMLResponse:
    """Everything that programs can ask, with an example of each."""
    read = manual(openapi(request), site_of(request).address)
    return page(request, "api.html.j2", caller=caller, manual=read)
