"""A roster imported: a file, what it would change, and exactly that change made. The file comes back with the preview,
so that nothing is kept of a change that nobody makes.
"""

from __future__ import annotations

import base64
import binascii
import csv
import io
from collections.abc import Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, Response

from grader.messages import Message, say
from grader.policy.scopes import Scope
from grader.service.attempts.moving import moving_in
from grader.service.people.enrolling import apply
from grader.service.people.roster import Others, RosterChange, RosterRefused, What, preview, read_table
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.staff.frame import Done, back, course_page, words_for
from grader.service.web.staff.typed import plain

router = APIRouter()
CHANGES = Member(Role.INSTRUCTOR, Scope.TEACH)
WHAT: Final[Mapping[What, str]] = {
    What.NAME: "staff_name",
    What.EMAIL: "staff_email",
    What.NUMBER: "staff_number",
    What.SECTION: "staff_section",
}
PATH = "/courses/{slug}/people/roster"


@router.get(PATH)
def ask(request: Request, course: InCourse = Depends(Member(Role.INSTRUCTOR))) -> HTMLResponse:
    """Where a roster is handed in."""
    return _drawn(request, course)


@router.post(f"{PATH}/preview")
def show(
    request: Request,
    roster: UploadFile,
    others: Annotated[Others, Form()] = Others.LEAVE,
    course: InCourse = Depends(CHANGES),
) -> HTMLResponse:
    """What the roster would change; nothing is."""
    data, name = roster.file.read(), roster.filename or ""
    return _previewed(request, course, data, name, others)


@router.post(f"{PATH}/one")
def show_one(
    request: Request,
    name: Annotated[str, Form(max_length=300)] = "",
    email: Annotated[str, Form(max_length=320)] = "",
    number: Annotated[str, Form(max_length=100)] = "",
    section: Annotated[str, Form(max_length=200)] = "",
    course: InCourse = Depends(CHANGES),
) -> HTMLResponse:
    """The same for one student who was typed: a list of one line, by which nobody leaves."""
    typed = {"name": name, "email": email, "number": number} | ({"section": section} if section.strip() else {})
    table = io.StringIO()
    csv.writer(table).writerows([typed, map(plain, typed.values())])
    return _previewed(request, course, table.getvalue().encode(), "one.csv", Others.STAY)


@router.post(PATH)
def change(
    request: Request,
    table: Annotated[str, Form()],
    digest: Annotated[str, Form(max_length=64)],
    name: Annotated[str, Form(max_length=300)] = "",
    others: Annotated[Others, Form()] = Others.LEAVE,
    course: InCourse = Depends(CHANGES),
) -> Response:
    """Make the change that was previewed, and no other."""
    try:
        data = base64.b64decode(table, validate=True)
    except (binascii.Error, ValueError):
        return _drawn(request, course, wrong=say("staff_roster_again"))
    read = read_table(data, name=name, others=others)
    if isinstance(read, RosterRefused):
        return _drawn(request, course, wrong=read.message)
    site = site_of(request)
    with site.database.begin() as session, moving_in(session, course.course_id, now=site.now()):
        made = apply(session, course.course_id, read, digest=digest, by_id=course.caller.person_id, now=site.now())
    if isinstance(made, RosterRefused):
        return _previewed(request, course, data, name, others, wrong=made.message)
    return back(f"/courses/{course.slug}/people", Done.IMPORTED)


def _previewed(
    request: Request, course: InCourse, data: bytes, name: str, others: Others, *, wrong: Message | None = None
) -> HTMLResponse:
    read = read_table(data, name=name, others=others)
    if isinstance(read, RosterRefused):
        return _drawn(request, course, wrong=read.message)
    with site_of(request).database.read() as session:
        would = preview(session, course.course_id, read)
    hidden = {"table": base64.b64encode(data).decode(), "name": name[:300], "others": others.value}
    return _drawn(request, course, change=would, hidden=hidden, wrong=wrong)


def _drawn(
    request: Request,
    course: InCourse,
    *,
    change: RosterChange | None = None,
    hidden: Mapping[str, str] | None = None,
    wrong: Message | None = None,
) -> HTMLResponse:
    words = words_for(request, course.caller)
    return course_page(
        request,
        "staff/roster.html.j2",
        course,
        tab="people",
        http_status=200 if wrong is None else 422,
        change=change,
        action=f"/courses/{course.slug}/people/roster",
        hidden=hidden or {},
        wrong=wrong,
        what=lambda changed: words.say(WHAT[changed]),
    )
