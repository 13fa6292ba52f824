"""Pages on the way from learning platforms, and what their instructors choose. What is believed is decided below, in
`grader/service/lti/`. A new file is a row here."""

from fastapi import APIRouter

from grader.service.web.lti import choosing, connecting, launching, platforms

LTI_ROUTER = APIRouter(include_in_schema=False)
for _part in (launching, connecting, choosing, platforms):
    LTI_ROUTER.include_router(_part.router)
