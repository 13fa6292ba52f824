"""The API below /api/v1: a module for each noun. A route takes and gives types of its own (`shapes.py`), depends on one
rule of `web/access.py`, and calls what the pages call. A new module is one row here."""

from __future__ import annotations

from fastapi import APIRouter

from grader.service.web.api import (
    attempts,
    calendar,
    comments,
    courses,
    following,
    gradebook,
    groups,
    handing_in,
    likeness,
    mail,
    marks,
    openings,
    people,
    platform_grades,
    platform_rosters,
    platforms,
    queue,
    regrades,
    requests,
    rubrics,
    seconds,
    site,
    tokens,
)

_PARTS = (
    handing_in,  # the first that is tried: at a deadline nearly every request is one
    attempts,
    calendar,
    comments,
    courses,
    following,
    gradebook,
    groups,
    likeness,
    mail,
    marks,
    openings,
    people,
    platform_grades,
    platform_rosters,
    platforms,
    queue,
    regrades,
    requests,
    rubrics,
    seconds,
    site,
    tokens,
)
API_ROUTER = APIRouter(routes=[route for part in _PARTS for route in part.router.routes])
