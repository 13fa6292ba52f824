"""Pages on the way from learning platforms, and what their instructors choose. What is believed is decided below, in
`grader/service/lti/`. A new file is a row here."""

from fastapi import APIRouter

from grader.service.web.lti import choosing, connecting, launching, platforms

_PARTS = (launching, connecting, choosing, platforms)
LTI_ROUTER = APIRouter(routes=[route for part in _PARTS for route in part.router.routes])
