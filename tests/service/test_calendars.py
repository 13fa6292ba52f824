"""A course's dates as a calendar that programs fetch: whose, what stands in it, and who may fetch it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from icalendar import Calendar
from sqlalchemy import select
from starlette.testclient import TestClient

from grader.policy.scopes import Scope
from grader.policy.terms import Relief, Terms
from grader.service.attempts.openings import Whom, change_terms, grant, revoke
from grader.service.operations.forgetting import forget
from grader.service.people.audit import Actor
from grader.service.people.tokens import new_token
from grader.service.site import Site
from grader.service.store.feed_tables import CalendarFeed
from grader.service.store.tables import Course, Membership, Opening, Revision
from grader.service.web.app import make_app
from tests.service.classroom import DIGITS, Classroom, browser, furnish, signed_in
from tests.service.clock import StoppedClock

ACTOR = Actor(person_id=None)


@pytest.fixture
def room(on_sqlite: Site) -> Classroom:
    """Digits opened yesterday, is due tomorrow, and is taken late for two days more."""
    now = on_sqlite.now()
    dates = Terms(release=now - timedelta(days=1), due=now + timedelta(days=1), late_until=now + timedelta(days=3))
    return furnish(on_sqlite, terms=dates)


def address(room: Classroom, app: FastAPI, name: str = "ada") -> str:
    answer = signed_in(app, room, name).post("/api/v1/courses/ml/calendar")
    assert answer.status_code == 201
    return str(answer.json()["address"])


def fetched(app: FastAPI, url: str) -> bytes:
    answer = browser(app).get(url)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return answer.content


def events(app: FastAPI, url: str) -> Mapping[str, Any]:
    """The events of the calendar there, by the last part of their names."""
    made = Calendar.from_ical(fetched(app, url))
    return {str(each["UID"]).partition("@")[0].rpartition("-")[2]: each for each in made.walk("VEVENT")}


def test_a_calendar_says_when_work_opens_is_due_and_is_taken_late(room: Classroom) -> None:
    """Three dates of an opening, each with the title of its assignment and the address of its page."""
    app = make_app(room.site)
    found = events(app, address(room, app))
    now = room.site.now().replace(microsecond=0)

    assert {kind: each["DTSTART"].dt for kind, each in found.items()} == {
        "release": now - timedelta(days=1),
        "due": now + timedelta(days=1),
        "late": now + timedelta(days=3),
    }
    assert {str(each["SUMMARY"]) for each in found.values()} == {
        "Handwritten digits opens",
        "Handwritten digits is due",
        "Handwritten digits: last moment for late work",
    }
    assert {str(each["URL"]) for each in found.values()} == {"http://testserver/courses/ml/digits"}


def test_an_own_extension_moves_the_dates_of_one_alone(room: Classroom) -> None:
    """Ada may hand in until later; Bob's calendar stays."""
    site, app = room.site, make_app(room.site)
    later = (site.now() + timedelta(days=2)).replace(microsecond=0)
    with site.database.begin() as session:
        whom, relief = Whom(person_id=room.people["ada"]), Relief(due=later)
        grant(session, room.opening_id, whom, relief, reason="", actor=ACTOR, now=site.now())

    assert events(app, address(room, app, "ada"))["due"]["DTSTART"].dt == later
    assert events(app, address(room, app, "bob"))["due"]["DTSTART"].dt == later - timedelta(days=1)


def test_a_changed_date_keeps_its_name_and_counts_its_change(room: Classroom, clock: StoppedClock) -> None:
    """A program takes it for the same event: equal UID, higher SEQUENCE, the moment of the change in DTSTAMP."""
    site, app = room.site, make_app(room.site)
    url = address(room, app)
    before = events(app, url)
    clock.go_on(hours=1)
    with site.database.begin() as session:
        terms = session.get_one(Opening, room.opening_id).terms
        assert terms.due is not None
        changed = terms.model_copy(update={"due": terms.due + timedelta(hours=5)})
        change_terms(session, room.opening_id, changed, actor=ACTOR, now=site.now())
    after = events(app, url)

    assert {kind: str(each["UID"]) for kind, each in after.items()} == {k: str(e["UID"]) for k, e in before.items()}
    assert {kind: each["SEQUENCE"] for kind, each in after.items()} == {"release": 0, "due": 1, "late": 0}
    assert after["due"]["DTSTAMP"].dt - before["due"]["DTSTAMP"].dt == timedelta(hours=1)
    assert after["late"]["DTSTAMP"].dt == before["late"]["DTSTAMP"].dt


def test_nothing_is_sent_again_to_a_program_that_has_it(room: Classroom, clock: StoppedClock) -> None:
    """The calendar is the same to the byte while no date has changed, and 304 says so."""
    app = make_app(room.site)
    url = address(room, app)
    first = browser(app).get(url)
    clock.go_on(hours=5)
    assert browser(app).get(url).content == first.content
    assert browser(app).get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_a_date_that_is_gone_is_cancelled_and_may_come_back(room: Classroom) -> None:
    """It is told for a while, since a program keeps what is only left out; what comes back has a higher number."""
    site, app = room.site, make_app(room.site)
    url = address(room, app)
    events(app, url)
    told = []
    for late in (None, site.now() + timedelta(days=4)):
        with site.database.begin() as session:
            terms = session.get_one(Opening, room.opening_id).terms.model_copy(update={"late_until": late})
            if late is None:
                terms = terms.model_copy(update={"late_until": terms.due})
            change_terms(session, room.opening_id, terms, actor=ACTOR, now=site.now())
        told.append(events(app, url)["late"])

    assert [(str(each["STATUS"]), each["SEQUENCE"]) for each in told] == [("CANCELLED", 1), ("CONFIRMED", 2)]


def test_a_revoked_extension_puts_the_date_back(room: Classroom) -> None:
    """With a higher number than before: a program goes by the highest it has seen."""
    site, app = room.site, make_app(room.site)
    url, whom = address(room, app), Whom(person_id=room.people["ada"])
    numbers = [events(app, url)["due"]["SEQUENCE"]]
    with site.database.begin() as session:
        given = grant(
            session,
            room.opening_id,
            whom,
            Relief(due=site.now() + timedelta(days=2)),
            reason="",
            actor=ACTOR,
            now=site.now(),
        )
    numbers.append(events(app, url)["due"]["SEQUENCE"])
    with site.database.begin() as session:
        assert isinstance(given, int)
        revoke(session, given, actor=ACTOR, now=site.now())
    numbers.append(events(app, url)["due"]["SEQUENCE"])

    assert numbers == [0, 1, 2]


def test_students_read_nothing_of_an_opening_to_come(on_sqlite: Site, clock: StoppedClock) -> None:
    """Staff do; students from its release on."""
    now = on_sqlite.now()
    room = furnish(on_sqlite, terms=Terms(release=now + timedelta(days=1), due=now + timedelta(days=2)))
    app = make_app(on_sqlite)
    urls = {name: address(room, app, name) for name in ("ada", "ines")}
    to_come = {name: sorted(events(app, url)) for name, url in urls.items()}
    clock.go_on(days=1)

    assert to_come == {"ada": [], "ines": ["due", "release"]}
    assert sorted(events(app, urls["ada"])) == ["due", "release"]


TITLES = [
    pytest.param("Losses, metrics; and \\ more", "Losses, metrics; and \\ more is due", id="what iCalendar escapes"),
    pytest.param("One\r\nATTENDEE:mailto:x@y", "One ATTENDEE:mailto:x@y is due", id="a line of its own"),
    pytest.param("手写数字" * 40, "手写数字" * 40 + " is due", id="folded lines of letters of several bytes"),
]


@pytest.mark.parametrize(("title", "said"), TITLES)
def test_what_a_course_calls_things_stays_a_name(room: Classroom, title: str, said: str) -> None:
    """Whatever stands in a title, it is read back as one value and adds no line of its own."""
    site, app = room.site, make_app(room.site)
    with site.database.begin() as session:
        outline = DIGITS.model_copy(update={"title": {"en": title}})
        session.get_one(Revision, room.revision_id).assignments = (outline,)
        session.get_one(Course, room.course_id).title = title
    url = address(room, app)

    assert str(events(app, url)["due"]["SUMMARY"]) == said
    assert b"\nATTENDEE" not in fetched(app, url)


def test_dates_are_in_the_zone_of_the_course(room: Classroom) -> None:
    """With the rules of that zone beside them, so that a program without them is right as well."""
    site, app = room.site, make_app(room.site)
    with site.database.begin() as session:
        session.get_one(Course, room.course_id).zone = "Europe/Berlin"
        due = session.get_one(Opening, room.opening_id).terms.due
    url = address(room, app)
    data = fetched(app, url)

    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in data
    assert b"\r\nX-PUBLISHED-TTL:PT1H\r\n" in data
    assert b"BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n" in data
    assert b"DTSTART;TZID=Europe/Berlin:" in data
    assert due is not None
    assert events(app, url)["due"]["DTSTART"].dt.astimezone(UTC) == due.replace(microsecond=0)


def test_a_calendar_speaks_its_owners_language(room: Classroom) -> None:
    """The one of the account: a program says nothing of a reader."""
    site, app = room.site, make_app(room.site)
    signed_in(app, room, "ada").post("/language", data={"language": "zh"})

    assert str(events(app, address(room, app))["due"]["SUMMARY"]) == "Handwritten digits 截止"
    assert site.address


def ended_by(how: str, room: Classroom, ada: TestClient) -> None:
    if how == "renewed":
        assert ada.post("/calendar/ml").status_code == 200
    elif how == "revoked":
        assert ada.delete("/api/v1/courses/ml/calendar").status_code == 204
    elif how == "forgotten":
        with room.site.database.begin() as session:
            forget(session, room.people["ada"], room.site.now())
    else:
        with room.site.database.begin() as session:
            theirs = select(Membership).where(Membership.person_id == room.people["ada"])
            session.scalars(theirs).one().left_at = room.site.now()


@pytest.mark.parametrize("how", ["renewed", "revoked", "left", "forgotten"])
def test_an_address_that_ended_is_none(room: Classroom, how: str) -> None:
    """From the next request on: a new one took its place, it was revoked, its owner left or was forgotten."""
    app = make_app(room.site)
    url = address(room, app)
    ended_by(how, room, signed_in(app, room, "ada"))

    assert browser(app).get(url).status_code == 404


def test_an_address_is_shown_once_and_kept_as_a_digest(room: Classroom) -> None:
    """Neither the page afterwards nor the table has it."""
    app = make_app(room.site)
    ada = signed_in(app, room, "ada")
    made = ada.post("/calendar/ml").text
    secret = made.partition("/calendar/feed/")[2].partition(".ics")[0]
    with room.site.database.read() as session:
        row = session.scalars(select(CalendarFeed)).one()

    assert len(secret) > 40
    assert secret not in ada.get("/calendar/ml").text
    assert secret not in str(vars(row))


def test_an_address_opens_nothing_but_the_calendar(room: Classroom) -> None:
    """Its secret is no session and no token, and no token makes one that may only read."""
    app = make_app(room.site)
    secret = address(room, app).rpartition("/")[2].removesuffix(".ics")
    with room.site.database.begin() as session:
        _, token = new_token(session, person_id=room.people["ada"], name="", scopes=[Scope.READ], now=room.site.now())

    assert browser(app, secret).get("/courses/ml").status_code == 303
    reads = TestClient(app, headers={"Authorization": f"Bearer {token}"})
    assert reads.get("/api/v1/courses/ml/calendar").json().keys() == {"made_at"}
    assert reads.post("/api/v1/courses/ml/calendar").status_code == 403
