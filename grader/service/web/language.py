"""The switch between languages at the foot of every page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse

from grader.messages import LANGUAGES
from grader.service.store.tables import Person
from grader.service.web.access import Anybody, Caller, is_encrypted, site_of
from grader.service.web.pages import LANGUAGE_COOKIE
from grader.service.web.security.origins import own_path

router = APIRouter()
#: how long a browser remembers, in seconds
REMEMBERED = 365 * 24 * 3600


@router.post("/language", include_in_schema=False)
def choose_language(
    request: Request,
    language: Annotated[str, Form()],
    back: Annotated[str, Form()] = "/",
    caller: Caller | None = Depends(Anybody()),
) -> RedirectResponse:
    """Back to where one was, in the language chosen, which an account remembers."""
    answer = RedirectResponse(own_path(back), status_code=303)
    if language in LANGUAGES:
        answer.set_cookie(
            LANGUAGE_COOKIE,
            language,
            max_age=REMEMBERED,
            httponly=True,
            samesite="lax",
            secure=is_encrypted(site_of(request)),
        )
        if caller is not None:
            with site_of(request).database.begin() as session:
                session.get_one(Person, caller.person_id).language = language
    return answer
