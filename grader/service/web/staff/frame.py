"""What pages of staff have in common: the course around a page, moments in its zone, points, titles, what was done.

No page stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup

from grader.messages import Words
from grader.service.courses.titles import Titles
from grader.service.store.tables import Role
from grader.service.web.access import RANK, Caller, InCourse
from grader.service.web.pages import Link, language_of, page

UTC: Final = ZoneInfo("UTC")


class Done(StrEnum):
    """What the page before this one did; said on top of it."""

    SAVED = "saved"
    OPENED = "opened"
    GRANTED = "granted"
    REVOKED = "revoked"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    RERUN = "rerun"
    IMPORTED = "imported"
    LAST_TEACHER = "last_teacher"
    NOT_PARKED = "not_parked"
    SENDING = "sending"
    COMPARING = "comparing"


#: the sentence for each; of those that are `REFUSED`, why nothing was done
SAID: Final[Mapping[Done, str]] = {
    Done.SAVED: "staff_saved",
    Done.OPENED: "staff_opened",
    Done.GRANTED: "staff_granted",
    Done.REVOKED: "staff_revoked",
    Done.PUBLISHED: "staff_published",
    Done.UNPUBLISHED: "staff_unpublished",
    Done.RERUN: "staff_rerun_begun",
    Done.IMPORTED: "staff_imported",
    Done.LAST_TEACHER: "staff_last_teacher",
    Done.NOT_PARKED: "staff_not_rerun",
    Done.SENDING: "platform_sending",
    Done.COMPARING: "platform_comparing",
}
REFUSED: Final = frozenset({Done.LAST_TEACHER, Done.NOT_PARKED})
#: the parts of a course as its staff see it
TABS: Final = (
    ("teach", "staff_overview"),
    ("gradebook", "staff_gradebook"),
    ("people", "staff_people"),
    ("openings", "staff_openings"),
    ("marking", "marking"),
    ("queue", "staff_queue"),
    ("audit", "staff_audit"),
)
SITE_TABS: Final = (
    ("", "staff_site"),
    ("queue", "staff_queue"),
    ("tokens", "staff_tokens"),
    ("platforms", "platforms"),
    ("audit", "staff_audit"),
)
ROLE_WORDS: Final[Mapping[Role, str]] = {
    Role.OWNER: "staff_role_owner",
    Role.INSTRUCTOR: "staff_role_instructor",
    Role.GRADER: "staff_role_grader",
    Role.STUDENT: "staff_role_student",
    Role.CI: "staff_role_ci",
}


def course_page(
    request: Request,
    template: str,
    course: InCourse,
    *,
    tab: str,
    crumbs: Sequence[Link] = (),
    http_status: int = 200,
    **context: Any,
) -> HTMLResponse:
    """A page within a course, for its staff; `tab`: which part of it the page belongs to."""
    words = words_for(request, course.caller)
    given = _given(request, words, course.zone)
    return page(
        request,
        template,
        course=course,
        tabs=_tabs(course, words, tab),
        crumbs=crumbs,
        http_status=http_status,
        may_change=may_change(course),
        **given | context,
    )


def site_page(request: Request, template: str, caller: Caller, *, tab: str, **context: Any) -> HTMLResponse:
    """A page of the site's owners: its moments are UTC."""
    words = words_for(request, caller)
    tabs = [
        Link(title=words.say(key), href=f"/site/{name}" if name else "/site", current=name == tab)
        for name, key in SITE_TABS
    ]
    return page(request, template, caller=caller, tabs=tabs, may_change=True, **_given(request, words, UTC) | context)


def may_change(course: InCourse) -> bool:
    """Whether the caller may change what a grader only sees."""
    return RANK[course.role] >= RANK[Role.INSTRUCTOR]


def back(path: str, done: Done | None = None, **query: str) -> RedirectResponse:
    """The answer to a change: the page that shows it."""
    asked = query | ({} if done is None else {"done": done.value})
    return RedirectResponse(f"{path}?{urlencode(asked)}" if asked else path, status_code=303)


def role_choices(words: Words, roles: Iterable[Role]) -> list[tuple[str, str]]:
    """Roles to choose from, in the reader's words."""
    return [(role.value, words.say(ROLE_WORDS[role])) for role in roles]


def words_for(request: Request, caller: Caller) -> Words:
    """How the caller is spoken to."""
    return Words(language_of(request, caller))


def moment_in(moment: datetime | None, zone: ZoneInfo) -> Markup:
    """A moment in that zone, which the foot of the page names; a dash for none."""
    if moment is None:
        return Markup("–")  # noqa: RUF001  # an en dash is meant
    local = moment.astimezone(zone)
    return Markup('<time datetime="{}">{}</time>').format(
        local.isoformat(timespec="seconds"), f"{local:%Y-%m-%d %H:%M}"
    )


def _tabs(course: InCourse, words: Words, tab: str) -> list[Link]:
    named = [(name, key) for name, key in TABS if name != "audit" or may_change(course)]
    return [
        Link(title=words.say(key), href=f"/courses/{course.slug}/{name}", current=name == tab) for name, key in named
    ]


def _given(request: Request, words: Words, zone: ZoneInfo) -> dict[str, Any]:
    """What every template of staff may call."""
    asked = request.query_params.get("done", "")
    done = Done(asked) if asked in set(Done) else None
    return {
        "zone": zone.key,
        "when": lambda moment: moment_in(moment, zone),
        "title_of": lambda outline, assignment: Titles(assignment=assignment, outline=outline).title(words),
        "role_name": lambda role: words.say(ROLE_WORDS[role]),
        "done": "" if done is None else words.say(SAID[done]),
        "refused": done in REFUSED,
    }
