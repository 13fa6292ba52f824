"""Where a student begins: their courses with what is due next, and a course with its openings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from grader.messages import Words
from grader.policy.totals import Totals
from grader.policy.totals_told import told
from grader.service.attempts.offered import Offered, openings_of
from grader.service.attempts.own_total import own_total
from grader.service.courses.current import current_totals
from grader.service.courses.joined import courses_of
from grader.service.courses.titles import Titles
from grader.service.people import accounts
from grader.service.store.tables import Role
from grader.service.web.access import RANK, Caller, InCourse, Member, SignedIn, site_of
from grader.service.web.pages import language_of, page
from grader.service.web.student.showing import OpeningView, Openness, opening_view

router = APIRouter()
#: what is due next is told of so many openings of each course
MOST_NEXT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseCard:
    """A course, and what is due next in it."""

    slug: str
    title: str
    zone: ZoneInfo
    is_staff: bool
    is_archived: bool
    next: Sequence[OpeningView]


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalView:
    """The total in words, what is left out of it, and its rule."""

    said: str
    notes: tuple[str, ...]
    rule: tuple[str, ...]


@router.get("/")
def my_courses(request: Request, caller: Caller = Depends(SignedIn())) -> HTMLResponse:
    """The caller's courses, the present ones first; of an owner of the site, all."""
    site = site_of(request)
    now = site.now()
    with site.database.read() as session:
        found = courses_of(session, caller.person_id, every=caller.owns_site, only=caller.course_id)
        mine = [(each.course, each.role) for each in found]
        cards = [
            CourseCard(
                slug=course.slug,
                title=course.title,
                zone=ZoneInfo(course.zone),
                is_staff=role is None or caller.owns_site or RANK[role] >= RANK[Role.GRADER],
                is_archived=course.archived_at is not None,
                next=_next(
                    [opening_view(each, now) for each in openings_of(session, course.id, caller.person_id, now)]
                ),
            )
            for course, role in mine
        ]
        no_way_back = accounts.came_by_link_alone(session, caller.person_id)
    return page(request, "student/home.html.j2", caller=caller, cards=cards, no_way_back=no_way_back)


@router.get("/courses/{slug}")
def course_page(request: Request, course: InCourse = Depends(Member())) -> HTMLResponse:
    """All openings of the course, in order."""
    site = site_of(request)
    now = site.now()
    with site.database.read() as session:
        found = openings_of(session, course.course_id, course.caller.person_id, now)
        rule = current_totals(session, course.course_id)
    openings = sorted((opening_view(each, now) for each in found), key=_order)
    words = Words(language_of(request, course.caller))
    total = None if rule is None else _total(rule, found, words)
    return page(request, "student/course.html.j2", course=course, openings=openings, total=total)


def _total(rule: Totals, found: Sequence[Offered], words: Words) -> TotalView:
    """What the student has in all of what is published, and how it is made."""
    outlines = {each.assignment: each.outline for each in found}
    titles = {name: Titles(assignment=name, outline=outlines.get(name)).title(words) for name in rule.assignments}
    total = own_total(rule, found)
    key = "totals_none" if total.shown is None else "totals_total" if total.letter is None else "totals_total_letter"
    seen = () if total.shown is None else (words.say("totals_seen"),)
    told_of = [("totals_open_told", total.open), ("totals_dropped_told", total.dropped)]
    return TotalView(
        said=words.say(key, percent=str(total.shown), letter=total.letter or ""),
        notes=(
            *seen,
            *(
                words.say(note, assignments=words.listed(map(titles.__getitem__, names)))
                for note, names in told_of
                if names
            ),
        ),
        rule=tuple(words.text(each) for each in told(rule, lambda name: titles[name])),
    )


def _order(opening: OpeningView) -> tuple[bool, bool, float]:
    """By the date that matters next; those without one after them, closed ones last, the latest of them first."""
    closed, when = opening.openness is Openness.CLOSED, opening.next_date
    return closed, when is None, 0.0 if when is None else -when.timestamp() if closed else when.timestamp()


def _next(openings: Sequence[OpeningView]) -> Sequence[OpeningView]:
    """What can be handed in now; what is to come only where there is nothing else."""
    now = [each for each in openings if each.openness in (Openness.OPEN, Openness.LATE)]
    soon = sorted(
        (each for each in openings if each.openness is Openness.TO_COME), key=lambda each: _when(each.left.opens_at)
    )
    return (now or soon)[:MOST_NEXT]


def _when(moment: datetime | None) -> float:
    return 0.0 if moment is None else moment.timestamp()
