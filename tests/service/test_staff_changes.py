"""What staff change on their pages: it is done, it is on the trail, and what may not be is refused with a reason."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from grader.policy.scopes import Scope
from grader.policy.state import State
from grader.policy.terms import Counts, Terms
from grader.service.people.tokens import new_token
from grader.service.site import Site
from grader.service.store.tables import Course, Extension, Membership, Opening, Role, Section
from tests.service.classroom import Classroom, furnish
from tests.service.lively import lively
from tests.service.staff import actions, at_desk, attempt_of

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

TERMS = "/courses/ml/openings/digits"


def opening_of(room: Classroom, assignment: str = "digits") -> Opening | None:
    with room.site.database.read() as session:
        asked = select(Opening).where(Opening.course_id == room.course_id, Opening.assignment == assignment)
        return session.scalar(asked)


def terms_of(room: Classroom, assignment: str = "digits") -> Terms:
    found = opening_of(room, assignment)
    assert found is not None
    return found.terms


def member_of(room: Classroom, name: str) -> Membership:
    with room.site.database.read() as session:
        asked = select(Membership).where(Membership.person_id == room.people[name])
        return session.scalars(asked.where(Membership.course_id == room.course_id)).one()


def test_terms_are_stated_in_the_zone_of_the_course(site: Site) -> None:
    """What an instructor in Berlin types is Berlin's time."""
    room = furnish(site)
    ines = at_desk(room)
    assert ines.post("/courses/ml/openings", data={"zone": "Europe/Berlin"}).status_code == 303
    done = ines.post(TERMS, data={"due": "2027-01-10T23:59", "attempts": "3", "counts": "latest"})

    assert done.status_code == 303
    berlin = datetime(2027, 1, 10, 23, 59, tzinfo=timezone(timedelta(hours=1)))
    assert terms_of(room) == Terms(due=berlin, attempts=3, counts=Counts.LATEST)
    assert 'value="2027-01-10T23:59"' in ines.get(TERMS).text
    assert actions(site)[-2:] == ["course.zone", "opening.changed"]


def test_a_mistake_in_one_field_loses_nothing_of_the_others(site: Site) -> None:
    """It is said at its field; what else was typed stands there still, and nothing was saved."""
    room = furnish(site)
    page = at_desk(room).post(TERMS, data={"due": "soon", "attempts": "7", "cool_down": "60"})

    assert page.status_code == 422
    assert 'id="error-due"' in page.text
    assert 'value="soon"' in page.text
    assert 'value="7"' in page.text
    assert terms_of(room) == Terms()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        pytest.param({"release": "2027-02-01T00:00", "due": "2027-01-01T00:00"}, "due", id="due before it opens"),
        pytest.param({"due": "2027-02-01T00:00", "late_until": "2027-01-01T00:00"}, "late_until", id="closes first"),
        pytest.param({"percent": "10"}, "percent", id="late without a due date"),
        pytest.param({"attempts": "0"}, "attempts", id="no attempts"),
        pytest.param({"attempts": "١٢"}, "attempts", id="digits of another script"),
        pytest.param({"grace": "-1"}, "grace", id="negative"),
        pytest.param({"grace": "2", "grace_unit": "days"}, "grace", id="longer than anybody means"),
        pytest.param({"cool_down": "2", "cool_down_unit": "moons"}, "cool_down", id="no such unit"),
        pytest.param({"due": "9999-01-01T00:00"}, "due", id="a year that nobody means"),
        pytest.param({"by_hand": "yes", "points_from": "2027-01-01T00:00"}, "points_from", id="by hand, with a date"),
        pytest.param({"counts": "worst"}, "counts", id="no such choice"),
    ],
)
def test_terms_that_nobody_can_mean_are_refused(site: Site, typed: dict[str, str], field: str) -> None:
    """Each with its reason, at the field."""
    room = furnish(site)
    page = at_desk(room).post(TERMS, data=typed)

    assert page.status_code == 422
    assert f'id="error-{field}"' in page.text
    assert terms_of(room) == Terms()


def test_a_preview_changes_nothing(site: Site) -> None:
    """An instructor reads what a student would read, of what is typed."""
    room = furnish(site)
    page = at_desk(room).post(f"{TERMS}/preview", data={"due": "2027-01-10T12:00", "percent": "20", "floor": "40"})

    assert "It is due on 2027-01-10 12:00." in page.text
    assert "20 percent are taken off; 40 percent stay at least" in page.text
    assert 'value="20"' in page.text
    assert terms_of(room) == Terms()


def test_an_assignment_is_opened_and_published(site: Site) -> None:
    """One that the revision lacks, or that cannot be read, is not there to be opened."""
    room = lively(site)
    ines = at_desk(room)
    with site.database.begin() as session:
        session.delete(session.scalars(select(Opening).where(Opening.assignment == "faces")).one())

    done = ines.post("/courses/ml/openings/faces", data={})
    assert done.headers["Location"] == "/courses/ml/openings/faces?done=opened"
    assert ines.post("/courses/ml/openings/faces/publish").status_code == 303
    opened = opening_of(room, "faces")
    assert opened is not None
    assert opened.published_at == site.now()
    assert ines.post("/courses/ml/openings/broken", data={}).status_code == 404
    assert ines.post("/courses/ml/openings/nothing", data={}).status_code == 404
    assert actions(site)[-2:] == ["opening.opened", "opening.published"]


def test_publishing_is_taken_back_on_the_page(site: Site) -> None:
    """As the API does it, and as the trail says."""
    room = furnish(site)
    ines = at_desk(room)
    for word in ("publish", "unpublish"):
        assert ines.post(f"{TERMS}/{word}").headers["Location"] == f"{TERMS}?done={word}ed"
    opened = opening_of(room, "digits")
    assert opened is not None
    assert opened.published_at is None
    assert actions(site)[-2:] == ["opening.published", "opening.unpublished"]


def test_an_open_assignment_says_what_to_give_to_students(site: Site) -> None:
    """Its address as they reach it, and an invitation for those who are not in the course yet."""
    ines = at_desk(furnish(site))
    page = ines.get(TERMS).text

    assert f'value="{site.address}/courses/ml/digits" aria-describedby="hint-address" readonly' in page
    invited = ines.post("/courses/ml/people/invitations", data={"role": "student", "uses": "500", "days": "14"})
    assert f"{site.address}/link/" in invited.text


@pytest.mark.parametrize("who", ["ada@example.org", "ADA@example.org", "Ada", "s-1"])
def test_a_student_is_named_as_people_name_them(site: Site, who: str) -> None:
    """By address, by number, by the whole name."""
    room = furnish(site)
    with site.database.begin() as session:
        session.scalars(select(Membership).where(Membership.person_id == room.people["ada"])).one().number = "s-1"
    done = at_desk(room).post(f"{TERMS}/extensions", data={"who": who, "extra_attempts": "2", "reason": "ill"})

    assert done.status_code == 303
    with site.database.read() as session:
        granted = session.scalars(select(Extension)).one()
    assert (granted.person_id, granted.relief.extra_attempts, granted.reason) == (room.people["ada"], 2, "ill")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        pytest.param({"who": "nobody", "extra_attempts": "1"}, "who", id="nobody"),
        pytest.param({"extra_attempts": "1"}, "who", id="not said"),
        pytest.param({"who": "Ada"}, "due", id="it changes nothing"),
        pytest.param({"who": "Ada", "extra_attempts": "many"}, "extra_attempts", id="no number"),
    ],
)
def test_an_extension_that_says_nothing_is_refused(site: Site, typed: dict[str, str], field: str) -> None:
    """With the reason at the field, and what was typed."""
    room = furnish(site)
    page = at_desk(room).post(f"{TERMS}/extensions", data=typed)

    assert page.status_code == 422
    assert f'id="error-{field}"' in page.text
    with site.database.read() as session:
        assert session.scalars(select(Extension)).all() == []


def test_an_extension_is_for_a_section_and_is_revoked(site: Site) -> None:
    """The extension of another opening, or another course, is not there."""
    room, other = furnish(site), furnish(site, slug="other", people={"otto": Role.INSTRUCTOR})
    with site.database.begin() as session:
        section = Section(course_id=room.course_id, name="Monday")
        session.add(section)
        session.flush()
        section_id = section.id
    ines = at_desk(room)
    due = {"section": str(section_id), "due": "2027-01-01T00:00"}
    assert ines.post(f"{TERMS}/extensions", data=due).status_code == 303
    with site.database.read() as session:
        granted = session.scalars(select(Extension)).one()
    assert granted.section_id == section_id

    revoke = {"extension_id": str(granted.id)}
    elsewhere = "/courses/other/openings/digits/extensions/revoke"
    assert at_desk(other, "otto").post(elsewhere, data=revoke).status_code == 404
    assert ines.post(f"{TERMS}/extensions/revoke", data=revoke).status_code == 303
    with site.database.read() as session:
        assert session.scalars(select(Extension)).all() == []


def test_an_extension_is_granted_on_the_page_of_a_student(site: Site) -> None:
    """Where the instructor is when the student asks for it."""
    room = furnish(site)
    page = f"/courses/ml/people/{room.people['ada']}"
    typed = {"who": str(room.opening_id), "no_deduction": "yes"}

    assert at_desk(room).post(f"{page}/extensions", data=typed).status_code == 303
    assert at_desk(room).post(f"{page}/extensions", data=typed | {"who": "99"}).status_code == 422
    assert "No deduction" in at_desk(room).get(page).text


def test_a_role_and_a_section_are_given(site: Site) -> None:
    """A section that is not there yet is made."""
    room = furnish(site)
    page = f"/courses/ml/people/{room.people['ada']}"

    assert at_desk(room).post(f"{page}/role", data={"role": "grader", "section": "Monday"}).status_code == 303
    found = member_of(room, "ada")
    assert found.role == Role.GRADER
    with site.database.read() as session:
        assert session.get_one(Section, found.section_id).name == "Monday"
    assert actions(site) == ["member.changed"]


@pytest.mark.parametrize(("change", "typed"), [("role", {"role": "student"}), ("leave", {})])
def test_the_last_instructor_stays_one(site: Site, change: str, typed: dict[str, str]) -> None:
    """Whoever tries is told why nothing was changed."""
    room = furnish(site)
    ines = at_desk(room)
    done = ines.post(f"/courses/ml/people/{room.people['ines']}/{change}", data=typed)

    assert (member_of(room, "ines").role, member_of(room, "ines").left_at) == (Role.INSTRUCTOR, None)
    assert "nobody else could teach the course" in ines.get(done.headers["location"]).text
    assert actions(site) == []


def test_nobody_is_made_an_owner_and_no_owner_is_unmade_by_an_instructor(site: Site) -> None:
    """Ownership is not given on a page."""
    room = lively(site)
    ines = at_desk(room)
    owner = f"/courses/ml/people/{room.people['olga']}"

    assert ines.post(f"/courses/ml/people/{room.people['ada']}/role", data={"role": "owner"}).status_code == 403
    assert ines.post(f"{owner}/role", data={"role": "student"}).status_code == 403
    assert ines.post(f"{owner}/leave").status_code == 403
    assert member_of(room, "olga").role == Role.OWNER


def test_whoever_left_can_be_called_back(site: Site) -> None:
    """They are listed apart, keep their attempts, and enter the course no more."""
    room = lively(site)
    ines, page = at_desk(room), f"/courses/ml/people/{room.people['ada']}"

    assert ines.post(f"{page}/leave").status_code == 303
    assert at_desk(room, "ada").get("/courses/ml").status_code == 404
    assert "ada@example.org" not in ines.get("/courses/ml/people").text
    assert "ada@example.org" in ines.get("/courses/ml/people?left=true").text
    assert ines.post(f"{page}/return").status_code == 303
    assert at_desk(room, "ada").get("/courses/ml").status_code == 200


def test_people_of_another_course_are_not_there(site: Site) -> None:
    """Neither their page nor a change of them."""
    room, other = furnish(site), furnish(site, slug="other", people={"otto": Role.INSTRUCTOR})
    page, otto = f"/courses/other/people/{room.people['ada']}", at_desk(other, "otto")

    assert otto.get(page).status_code == 404
    assert otto.post(f"{page}/leave").status_code == 404
    assert otto.get(f"/courses/ml/people/{room.people['ada']}").status_code == 404


def test_an_invitation_is_shown_once(site: Site) -> None:
    """Its link stands in the answer that made it and in no other; taken back, it is good for nothing."""
    room = furnish(site)
    ines, page = at_desk(room), "/courses/ml/people/invitations"
    made = ines.post(page, data={"role": "student", "uses": "30", "days": "7"})
    link = made.text.partition(f'value="{site.address}')[2].partition('"')[0]

    assert made.headers["cache-control"] == "no-store"
    assert link.startswith("/link/")
    listed = ines.get(page).text
    assert link not in listed
    digest = listed.partition('name="digest" value="')[2].partition('"')[0]
    assert ines.post(f"{page}/revoke", data={"digest": digest}).status_code == 303
    assert ines.post(f"{page}/revoke", data={"digest": digest}).status_code == 404
    assert 'name="digest"' not in ines.get(page).text
    assert actions(site) == ["link.made", "link.revoked"]


def test_a_parked_attempt_runs_again(site: Site) -> None:
    """One, or all of the course; what waits already is left alone, and says so."""
    room = lively(site)
    ines, parked = at_desk(room), attempt_of(room, "cem", 2)
    assert ines.post("/courses/ml/queue/rerun").status_code == 303
    assert attempt_of(room, "cem", 2).state == State.WAITING
    again = ines.post(f"/attempts/{parked.id}/rerun")
    assert "Nothing was begun" in ines.get(again.headers["location"]).text
    graded = attempt_of(room, "ada")
    assert ines.post(f"/attempts/{graded.id}/rerun").status_code == 303
    assert attempt_of(room, "ada").state == State.WAITING
    assert actions(site)[-2:] == ["attempts.rerun", "attempt.rerun"]


def test_only_staff_see_a_complete_report(site: Site) -> None:
    """Not even whose attempt it is; graders see it and may not run it again."""
    room = lively(site)
    path = f"/attempts/{attempt_of(room, 'ada').id}"

    assert at_desk(room, "ada").get(f"{path}/staff").status_code == 403
    assert at_desk(room, "bob").get(f"{path}/staff").status_code == 404
    assert at_desk(room, "greta").get(f"{path}/staff").status_code == 200
    assert at_desk(room, "greta").post(f"{path}/rerun").status_code == 403


def test_an_owner_archives_a_course_and_ends_tokens(site: Site) -> None:
    """An instructor does not even see that page."""
    room = lively(site)
    with site.database.begin() as session:
        row, _ = new_token(session, person_id=room.people["ada"], name="ci", scopes=[Scope.SUBMIT], now=site.now())
        token_id = row.id
    olga = at_desk(room, "olga")
    assert at_desk(room).get("/site").status_code == 403

    assert olga.post(f"/site/courses/{room.course_id}/archive").status_code == 303
    with site.database.read() as session:
        assert session.get_one(Course, room.course_id).archived_at == site.now()
    assert olga.post(f"/site/courses/{room.course_id}/reopen").status_code == 303
    assert "ci" in olga.get("/site/tokens").text
    assert olga.post("/site/tokens/revoke", data={"token_id": str(token_id)}).status_code == 303
    assert olga.post("/site/tokens/revoke", data={"token_id": str(token_id)}).status_code == 404
    assert actions(site)[-3:] == ["course.archived", "course.reopened", "token.revoked"]
