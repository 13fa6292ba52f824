"""A course's dates as a calendar that programs fetch, and the page on which somebody gets the address of theirs."""

from __future__ import annotations

import hashlib
from typing import Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from grader.messages import LANGUAGES, Language
from grader.policy.scopes import Scope
from grader.service.feeds.addresses import address_with, feed_for, renew, revoke
from grader.service.feeds.calendar import calendar
from grader.service.feeds.reading import Reader, told_now
from grader.service.web.access import CalendarAddress, InCourse, Member, OnCalendar, site_of
from grader.service.web.pages import Link, page, words_of
from grader.service.web.trail import actor_of

router = APIRouter()
MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
#: a calendar belongs to whoever has it: what hands in for others has none
CHANGES: Final = Member(scope=Scope.SUBMIT)


@router.get("/calendar/feed/{secret}.ics")
def fetched(request: Request, read: OnCalendar = Depends(CalendarAddress())) -> Response:
    """The calendar; nothing but its name where it is still what the program has."""
    site = site_of(request)
    language: Language = next((each for each in LANGUAGES if each == read.language), "en")
    reader = Reader(
        feed_id=read.feed_id,
        person_id=read.person_id,
        course_id=read.course_id,
        slug=read.slug,
        language=language,
        is_staff=read.is_staff,
    )
    dates, ours = told_now(site, reader)
    data = calendar(read.title, read.zone, dates, site=ours)
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer"}
    if tag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=MEDIA_TYPE, headers=headers)


@router.get("/calendar/{slug}")
def calendar_page(request: Request, course: InCourse = Depends(Member())) -> HTMLResponse:
    """Whether there is an address, and the buttons that make, renew and end it."""
    return _page(request, course)


@router.post("/calendar/{slug}")
def make(request: Request, course: InCourse = Depends(CHANGES)) -> HTMLResponse:
    """A new address, shown on this answer and never again; the one before is no more."""
    site = site_of(request)
    with site.database.begin() as session:
        secret = renew(session, course.course_id, actor=actor_of(request, course), now=site.now())
    return _page(request, course, address=address_with(site, secret))


@router.post("/calendar/{slug}/revoke")
def end(request: Request, course: InCourse = Depends(CHANGES)) -> Response:
    """No address any more; twice is harmless."""
    site = site_of(request)
    with site.database.begin() as session:
        revoke(session, course.course_id, actor=actor_of(request, course), now=site.now())
    return RedirectResponse(f"/calendar/{course.slug}", status_code=303)


def _page(request: Request, course: InCourse, *, address: str = "") -> HTMLResponse:
    with site_of(request).database.read() as session:
        feed = feed_for(session, course.course_id, course.caller.person_id)
    title = words_of(request, course.caller).say("calendar_title")
    crumb = Link(title=title, href=f"/calendar/{course.slug}", current=True)
    return page(request, "student/calendar.html.j2", course=course, crumbs=[crumb], feed=feed, address=address)
