"""How a page is drawn: templates with our words, in the reader's language. What is on a page its own module says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from fractions import Fraction
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.messages import LANGUAGES, Language, Words, say
from grader.messages.visible import one_line, visible
from grader.policy.state import State
from grader.render.page import LANGUAGE_TAGS
from grader.report.report import Verdict
from grader.service.courses.joined import courses_of
from grader.service.site import Site
from grader.service.web.access import Caller, InCourse, site_of
from grader.service.web.moments import away, span, written
from grader.service.web.static_files import static

FOLDER: Final = Path(__file__).parent
#: a language that somebody chose before they signed in, or without an account
LANGUAGE_COOKIE: Final = "grader_language"
#: a language as those who speak it call it
LANGUAGE_NAMES: Final[dict[Language, str]] = {"en": "English", "zh": "中文"}
#: what stands on a badge
STATES: Final = {
    State.WAITING: say("state_waiting"),
    State.RUNNING: say("state_running"),
    State.GRADED: say("state_graded"),
    State.SUPERSEDED: say("state_superseded"),
    State.PARKED: say("state_parked"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where a page leads, in the reader's words. `current`: this is the page."""

    title: str
    href: str
    current: bool = False


def page(
    request: Request,
    template: str,
    *,
    caller: Caller | None = None,
    course: InCourse | None = None,
    crumbs: Sequence[Link] = (),
    tabs: Sequence[Link] = (),
    http_status: int = 200,
    **context: Any,
) -> HTMLResponse:
    """The page that `template` makes of `context`, for whoever asks.

    `course`: the one that the page is about; its link stands in the head, before `crumbs`. `tabs`: its parts.
    """
    drawn = draw(request, template, caller=caller, course=course, crumbs=crumbs, tabs=tabs, **context)
    return HTMLResponse(drawn, status_code=http_status, headers={"Cache-Control": "private, no-store"})


def draw(
    request: Request, template: str, *, caller: Caller | None = None, course: InCourse | None = None, **context: Any
) -> str:
    """As `page`, of a whole page or a piece of one: the text alone."""
    caller = caller or (None if course is None else course.caller)
    words, site = Words(language_of(request, caller)), site_of(request)
    now = site.now()
    given = {"crumbs": (), "tabs": ()} | context
    return (
        environment()
        .get_template(template)
        .render(
            request=request,
            caller=caller,
            course=course,
            courses=partial(_courses, site, caller),
            words=words,
            say=words.say,
            tag=LANGUAGE_TAGS[words.language],
            languages=LANGUAGE_NAMES,
            away=lambda moment: words.text(away(moment, now)),
            moment=partial(moment, zone=UTC if course is None else course.zone),
            span=lambda seconds: words.text(span(seconds)),
            **given,
        )
    )


def language_of(request: Request, caller: Caller | None) -> Language:
    """The caller's own choice, else the browser's last, else the first that it asks for and we speak, else English."""
    wanted = [] if caller is None or caller.language is None else [caller.language]
    wanted += [request.cookies.get(LANGUAGE_COOKIE, "")]
    wanted += [each.partition(";")[0].strip() for each in request.headers.get("Accept-Language", "").split(",")]
    for tag in wanted:
        for language in LANGUAGES:
            if tag.lower().partition("-")[0] == language:
                return language
    return "en"


def words_of(request: Request, caller: Caller | None) -> Words:
    """Our words, in that language."""
    return Words(language_of(request, caller))


def points(earned: Fraction | int | None) -> str:
    """Points as people read them: whole where they are, else with two places at most."""
    if earned is None:
        return "\N{EN DASH}"
    return str(int(earned)) if earned == int(earned) else f"{float(earned):.2f}".rstrip("0").rstrip(".")


def badge(words: Words, name: State | Verdict | str) -> str:
    """What a badge says of a state or a verdict."""
    if name in set(State):
        return words.text(STATES[State(name)])
    return words.say("page_not_graded_verdict" if name == Verdict.NOT_GRADED else f"page_{name}")


def moment(at: datetime, zone: tzinfo = UTC) -> Markup:
    """A moment, for people and for programs that read pages."""
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), written(at, zone))


def _courses(site: Site, caller: Caller | None) -> Sequence[Link]:
    """The courses of whoever asks, for the menu: looked up only by pages that have it."""
    if caller is None:
        return ()
    with site.database.read() as session:
        found = [each.course for each in courses_of(session, caller.person_id)]
    return [Link(title=each.title, href=f"/courses/{each.slug}") for each in found if each.archived_at is None]


@cache
def environment() -> Environment:
    """All templates: what is not markup of ours is escaped, and an unknown name is an error."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"one_line": one_line, "visible": visible, "points": points}
    asked: dict[str, Callable[..., Any]] = {"static": static, "badge_words": badge}
    made.globals |= asked
    return made
