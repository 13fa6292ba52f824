"""A roster taken from a platform: first what would change, then exactly that; whoever left keeps their attempts."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import delete, select, update

from grader.message import Message
from grader.service.lti.rostering import apply, fetched, preview, rosters_of
from grader.service.lti.services.people_there import PlatformMember
from grader.service.people.roster import RosterChange, RosterRefused
from grader.service.site import Site
from grader.service.store.lti_tables import LtiMember
from grader.service.store.tables import Attempt, Identity, Membership, Role
from grader.service.store.tables import Person as Account
from grader.service.web.app import make_app
from tests.lti_platform.services import MEMBERS, Person, answers
from tests.service.classroom import furnish, signed_in
from tests.service.grading import graded
from tests.service.linked import Linked, calls_to, linked
from tests.service.test_scores_that_travel import whole

PAGE = "/courses/ml/people/platform"
API = "/api/v1/courses/ml/platform-rosters"
TEACHES = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"


@pytest.fixture
def school(site: Site) -> Linked:
    """The platform has the same people as the course; two stand on a page."""
    made = linked(furnish(site))
    for each in made.services.people:
        each.roles = (TEACHES,) if each.user_id in ("ines", "greta") else each.roles
    return made


def there(school: Linked) -> list[PlatformMember]:
    """All that the platform tells of its people."""
    with school.site.database.read() as session:
        [roster] = rosters_of(session, school.room.course_id)
    found = fetched(school.site, roster, calls=calls_to(school.site, school.services))
    assert not isinstance(found, Message), found
    return list(found)


def would(school: Linked) -> RosterChange:
    with school.site.database.read() as session:
        return preview(session, school.context_id, there(school))


def take(school: Linked, change: RosterChange | None = None) -> RosterChange | RosterRefused:
    """Ines takes what she was shown."""
    digest, people = (change or would(school)).digest, there(school)
    ines, now = school.room.people["ines"], school.site.now()
    with school.site.database.begin() as session:
        return apply(session, school.context_id, people, digest=digest, by_id=ines, now=now)


def student(school: Linked, name: str) -> Membership:
    with school.site.database.read() as session:
        asked = select(Membership).join(Account, Account.id == Membership.person_id).where(Account.name == name)
        return session.scalars(asked).one()


def test_a_roster_that_is_the_same_changes_nothing(school: Linked) -> None:
    """Whoever teaches stays what they are."""
    found = would(school)
    assert (found.added, found.changed, found.left, found.untouched) == ((), (), (), 2)


def test_who_joins_there_joins_here_once(school: Linked) -> None:
    """Known from then on by what the platform calls them; taken twice, nothing more happens."""
    school.services.people.append(Person(user_id="eve-1", name="Eve"))
    take(school)
    assert student(school, "Eve").left_at is None
    assert would(school).added == ()


def test_nobody_is_anybody_else_by_an_address(school: Linked) -> None:
    """A platform may say what it likes of addresses: who has Ada's is not Ada."""
    school.services.people.append(Person(user_id="mallory", name="Mallory", email="ada@example.org"))
    take(school)
    mallory = student(school, "Mallory")
    assert mallory.person_id != school.room.people["ada"]


def test_who_left_there_leaves_here_and_keeps_their_attempts(school: Linked) -> None:
    """And comes back with all of them."""
    attempt = graded(school.room, "bob", whole(70))
    school.services.people = [each for each in school.services.people if each.user_id != "bob"]
    assert [each.name for each in would(school).left] == ["Bob"]
    take(school)
    assert student(school, "Bob").left_at is not None

    school.services.people.append(Person(user_id="bob", name="Bob"))
    [back] = would(school).added
    assert back.was_here
    take(school)
    assert student(school, "Bob").left_at is None
    with school.site.database.read() as session:
        assert session.get(Attempt, attempt) is not None


@pytest.mark.parametrize("was", [Role.GRADER, Role.INSTRUCTOR])
def test_who_taught_and_left_comes_back_as_a_student(school: Linked, was: Role) -> None:
    """As whom the platform's roster names and the page showed: not as what an instructor took from them."""
    with school.site.database.begin() as session:
        taught = update(Membership).where(Membership.person_id == school.room.people["bob"])
        session.execute(taught.values(role=was, left_at=school.site.now()))
    assert [each.entry.name for each in would(school).added] == ["Bob"]
    take(school)
    assert (student(school, "Bob").role, student(school, "Bob").left_at) == (Role.STUDENT, None)


def test_who_is_inactive_there_has_left(school: Linked) -> None:
    """As platforms say of somebody who dropped the course."""
    next(each for each in school.services.people if each.user_id == "bob").status = "Inactive"
    assert [each.name for each in would(school).left] == ["Bob"]


def test_who_never_was_in_the_course_there_is_left_alone(school: Linked) -> None:
    """Such as whom another roster made."""
    with school.site.database.begin() as session:
        session.execute(delete(LtiMember).where(LtiMember.person_id == school.room.people["bob"]))
        session.execute(delete(Identity).where(Identity.person_id == school.room.people["bob"]))
    school.services.people = [each for each in school.services.people if each.user_id != "bob"]
    assert would(school).left == ()


def test_a_person_without_a_name_has_one_to_be_told_apart_by(school: Linked) -> None:
    """A school that keeps names to itself is not asked for them."""
    school.services.people.append(Person(user_id="0f3a9c12-77"))
    [added] = would(school).added
    assert added.entry.name == "#a9c12-77"


def test_a_name_is_kept_without_what_nobody_sees(school: Linked) -> None:
    """As a launch keeps it: a NUL is in no database, and nothing turns what stands behind a name."""
    next(each for each in school.services.people if each.user_id == "bob").name = "Bo\0bby\u202e"
    take(school)
    assert student(school, "Bobby").left_at is None
    assert would(school).changed == ()


def test_a_change_that_was_not_shown_is_not_made(school: Linked) -> None:
    """The platform has somebody else by now."""
    shown = would(school)
    school.services.people.append(Person(user_id="late", name="Late"))
    assert isinstance(take(school, shown), RosterRefused)


def test_the_page_shows_it_before_and_makes_it(school: Linked) -> None:
    """In the words of the roster's page; two on a page there are all here."""
    school.services.people.append(Person(user_id="eve-1", name="<b>Eve</b>"))
    app = make_app(school.site, platform_calls=calls_to(school.site, school.services))
    ines = signed_in(app, school.room, "ines")
    assert f'href="{PAGE}"' in ines.get("/courses/ml/people").text
    page = ines.post(f"{PAGE}/preview", data={"context": school.context_id}).text
    assert "&lt;b&gt;Eve&lt;/b&gt;" in page
    form = dict(re.findall(r'<input type="hidden" name="(context|digest)" value="([^"]*)">', page))

    assert ines.post(PAGE, data=form).headers["Location"] == "/courses/ml/people?done=imported"
    assert "&lt;b&gt;Eve&lt;/b&gt;" in ines.get("/courses/ml/people").text


def test_a_platform_that_does_not_tell_is_said_and_nobody_leaves(school: Linked) -> None:
    """The scope, or the platform, is missing."""
    app = make_app(school.site, platform_calls=calls_to(school.site, school.services))
    ines = signed_in(app, school.room, "ines")
    school.services.granted -= {MEMBERS}
    page = ines.post(f"{PAGE}/preview", data={"context": school.context_id})
    assert (page.status_code, "contextmembership.readonly" in page.text) == (422, True)

    school.services.granted |= {MEMBERS}
    school.services.always["/members"] = answers(500)
    answer = ines.post(f"{API}/{school.context_id}/import")
    assert answer.status_code == 502
    assert student(school, "Bob").left_at is None


def test_the_api_shows_and_makes_the_same(school: Linked) -> None:
    """By the digest of what was shown; a roster of another course is not there."""
    school.services.people.append(Person(user_id="eve-1", name="Eve"))
    app = make_app(school.site, platform_calls=calls_to(school.site, school.services))
    ines = signed_in(app, school.room, "ines")
    [roster] = ines.get(API).json()["items"]
    shown = ines.post(f"{API}/{roster['id']}/import").json()
    assert ([each["name"] for each in shown["added"]], shown["applied"]) == (["Eve"], False)

    made = ines.post(f"{API}/{roster['id']}/import?apply={shown['digest']}").json()
    assert made["applied"]
    assert ines.post(f"{API}/999/import").status_code == 404
    assert ines.post(f"{API}/{roster['id']}/import?apply={shown['digest']}").status_code == 409
