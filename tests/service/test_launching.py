"""Launches from a learning platform: who comes in, where they get to, and who does not."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from sqlalchemy import select

from grader.service.lti.connections import connected, disconnect
from grader.service.lti.platform_keys import AGAIN_SECONDS
from grader.service.lti.refusals import Reason
from grader.service.people import accounts
from grader.service.site import Site
from grader.service.store.lti_tables import LtiLink
from grader.service.store.tables import Audit, Identity, Membership, Person, Role
from tests.lti_platform.platform import (
    ADA,
    CLAIM,
    INES,
    INSTRUCTOR,
    KEY,
    LEARNER,
    MEMBERSHIP,
    Course,
    Link,
    Platform,
    Tool,
    User,
    new_key,
)
from tests.service.classroom import furnish
from tests.service.clock import StoppedClock
from tests.service.launched import (
    NO_COOKIES,
    OWNER,
    Launching,
    asked_of,
    attribute,
    by_https,
    choice_of,
    hidden,
    launching,
)
from tests.service.questions import questions

Twist = Callable[[dict[str, Any]], None]


@pytest.fixture
def here(on_sqlite: Site) -> Launching:
    return launching(furnish(by_https(on_sqlite)))


def course_of(here: Launching) -> Course:
    return here.platform.courses["c1"]


def link_of(here: Launching) -> Link:
    return course_of(here).links["l1"]


def refusals(here: Launching) -> list[tuple[str, str]]:
    with here.room.site.database.read() as session:
        rows = session.scalars(select(Audit).where(Audit.action == "lti.refused").order_by(Audit.id)).all()
        return [(row.details["reason"], row.details["detail"]) for row in rows]


def people_of(here: Launching) -> dict[str, tuple[str, Role]]:
    """By what the platform calls them: their name and what they are in the course."""
    with here.room.site.database.read() as session:
        rows = session.execute(
            select(Identity.subject, Person.name, Membership.role)
            .join(Person, Person.id == Identity.person_id)
            .join(Membership, Membership.person_id == Person.id)
        )
        return {row.subject: (row.name, row.role) for row in rows}


def test_a_student_comes_in_by_a_link_to_an_assignment(here: Launching) -> None:
    """With one click: known by what the platform calls them, a student of the course, on the assignment's page."""
    browser = here.browser()
    answer = browser.launch(ADA, course_of(here), link_of(here))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/courses/ml/digits")
    assert browser.get("/courses/ml/digits").status_code == 200
    assert people_of(here) == {"u-ada": ("Ada Lovelace", Role.STUDENT)}


def test_whoever_comes_again_is_the_same(here: Launching) -> None:
    """Whatever name and address the platform says by then; and the platform's keys are asked for once."""
    for user in (ADA, User(sub="u-ada", name="Countess Lovelace", email="c@school.example")):
        here.browser().launch(user, course_of(here), link_of(here))
    assert people_of(here) == {"u-ada": ("Ada Lovelace", Role.STUDENT)}
    assert len(here.asked_keys) == 1


def test_a_class_that_comes_at_once_waits_for_no_row_of_all(here: Launching, clock: StoppedClock) -> None:
    """What is kept of their course and its link is written again where the platform says something new, or once in an
    hour."""
    written = []
    for hours in (0, 0, 1):
        clock.go_on(hours=hours)
        with questions(here.room.site.database) as asked:
            here.browser().launch(ADA, course_of(here), link_of(here))
        written.append(sum(each.startswith(("UPDATE lti_context", "UPDATE lti_link")) for each in asked))
    assert written[1:] == [0, 2]


def test_a_changed_subject_is_somebody_else(here: Launching) -> None:
    """Even with the same name and the same address: an address says nothing of who it is."""
    for sub in ("u-ada", "u-eve"):
        here.browser().launch(User(sub=sub, name="Ada", email="ada@school.example"), course_of(here), link_of(here))
    assert set(people_of(here)) == {"u-ada", "u-eve"}


def test_a_page_may_be_framed_by_the_platform_it_was_launched_from_alone(here: Launching) -> None:
    """By what the session says, so by what the platform signed; pages of anybody else by nobody."""
    browser = here.browser()
    answer = browser.launch(ADA, course_of(here), link_of(here))
    cookie = answer.headers["Set-Cookie"]
    assert all(each in cookie for each in ("Secure", "HttpOnly", "SameSite=None", "Partitioned"))
    page = browser.get("/courses/ml/digits")
    assert "frame-ancestors https://lms.example" in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    elsewhere = here.browser().get("/sign-in")
    assert "frame-ancestors 'none'" in elsewhere.headers["Content-Security-Policy"]
    assert elsewhere.headers["X-Frame-Options"] == "DENY"


def test_outside_a_frame_the_session_is_as_any_other(here: Launching) -> None:
    """In a window of its own nothing of ours may be framed, by the platform neither."""
    browser = here.browser(framed=False)
    answer = browser.launch(ADA, course_of(here), link_of(here))
    assert "SameSite=lax" in answer.headers["Set-Cookie"]
    assert "frame-ancestors 'none'" in browser.get("/courses/ml/digits").headers["Content-Security-Policy"]


@dataclass(frozen=True)
class Bad:
    """A launch that must not be believed: what is done to its claims, how it is signed, who opens what."""

    reason: Reason
    twist: Callable[[dict[str, Any]], Any] = dict
    sign: Callable[[Platform, Mapping[str, Any]], str] | None = None
    user: User = ADA
    target: str | None = None


def put(name: str, value: object) -> Twist:
    return lambda claims: claims.update({name: value})


def drop(name: str) -> Twist:
    return lambda claims: claims.pop(name) and None


def later(name: str, seconds: int) -> Twist:
    return lambda claims: claims.update({name: claims[name] + seconds})


def for_two(claims: dict[str, Any]) -> None:
    claims |= {"aud": ["digits-1", "evil"], "azp": "digits-1"}


def by_another_key(platform: Platform, claims: Mapping[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "k1"}, dict(claims), new_key("k1"), ["RS256"])


def by_an_unknown_key(platform: Platform, claims: Mapping[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "k9"}, dict(claims), KEY, ["RS256"])


def unsigned(platform: Platform, claims: Mapping[str, Any]) -> str:
    parts = ({"alg": "none", "kid": "k1"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=").decode() for each in parts) + "."


def with_the_public_key_as_secret(platform: Platform, claims: Mapping[str, Any]) -> str:
    secret = OctKey.import_key(KEY.as_pem(private=False).replace(b"-----", b"====="))
    return jwt.encode({"alg": "HS256", "kid": "k1"}, dict(claims), secret, ["HS256"])


def no_token(platform: Platform, claims: Mapping[str, Any]) -> str:
    return "no.such.token"


def by_another_algorithm(platform: Platform, claims: Mapping[str, Any]) -> str:
    return jwt.encode({"alg": "PS256", "kid": "k1"}, dict(claims), RSA_PLAIN, ["PS256"])


RSA_PLAIN = type(KEY).import_key(KEY.as_pem(private=True))

BAD = {
    "a wrong signature": Bad(Reason.SIGNATURE, sign=by_another_key),
    "no algorithm": Bad(Reason.ALGORITHM, sign=unsigned),
    "HS256 with the public key": Bad(Reason.ALGORITHM, sign=with_the_public_key_as_secret),
    "another algorithm": Bad(Reason.ALGORITHM, sign=by_another_algorithm),
    "an unknown key": Bad(Reason.UNKNOWN_KEY, sign=by_an_unknown_key),
    "no token": Bad(Reason.SIGNATURE, sign=no_token),
    "another issuer": Bad(Reason.ISSUER, put("iss", "https://evil.example")),
    "another audience": Bad(Reason.AUDIENCE, put("aud", "somebody-else")),
    "a further audience": Bad(Reason.AUDIENCE, for_two),
    "no audience": Bad(Reason.AUDIENCE, drop("aud")),
    "a wrong azp": Bad(Reason.AUDIENCE, put("azp", "somebody-else")),
    "expired": Bad(Reason.EXPIRED, later("exp", -3600 - 121)),
    "made ten minutes ahead": Bad(Reason.CLOCK, later("iat", 600)),
    "made ten minutes ago": Bad(Reason.CLOCK, later("iat", -600)),
    "no moment it was made": Bad(Reason.MALFORMED, drop("iat")),
    "no end": Bad(Reason.MALFORMED, put("exp", "tomorrow")),
    "another nonce": Bad(Reason.NONCE, put("nonce", "made-up")),
    "no nonce": Bad(Reason.NONCE, drop("nonce")),
    "no version": Bad(Reason.VERSION, drop(f"{CLAIM}version")),
    "another version": Bad(Reason.VERSION, put(f"{CLAIM}version", "1.1")),
    "another message": Bad(Reason.MESSAGE_TYPE, put(f"{CLAIM}message_type", "LtiSubmissionReviewRequest")),
    "no message": Bad(Reason.MESSAGE_TYPE, drop(f"{CLAIM}message_type")),
    "another deployment": Bad(Reason.DEPLOYMENT, put(f"{CLAIM}deployment_id", "d2")),
    "no deployment": Bad(Reason.MALFORMED, drop(f"{CLAIM}deployment_id")),
    "an empty deployment": Bad(Reason.MALFORMED, put(f"{CLAIM}deployment_id", "")),
    "nobody": Bad(Reason.ANONYMOUS, drop("sub")),
    "a name of 256 characters": Bad(Reason.MALFORMED, put("sub", "x" * 256)),
    "no roles": Bad(Reason.MALFORMED, drop(f"{CLAIM}roles")),
    "a role of the school alone": Bad(
        Reason.ROLE, put(f"{CLAIM}roles", ["http://purl.imsglobal.org/vocab/lis/v2/institution/person#Student"])
    ),
    "a parent": Bad(Reason.ROLE, put(f"{CLAIM}roles", [f"{MEMBERSHIP}#Mentor"])),
    "no course": Bad(Reason.NO_CONTEXT, drop(f"{CLAIM}context")),
    "no link": Bad(Reason.MALFORMED, drop(f"{CLAIM}resource_link")),
    "a target on another site": Bad(Reason.TARGET, target="https://evil.example/courses/ml/digits"),
    "a target like ours": Bad(Reason.TARGET, target="{address}.evil.example/courses/ml/digits"),
    "a target that is no page for students": Bad(Reason.TARGET, target="{address}/courses/ml/openings/digits"),
    "a target of another course": Bad(Reason.OTHER_COURSE, target="{address}/courses/other/digits"),
    "a target that is not open": Bad(Reason.NOT_LINKED, target="{address}/courses/ml/unheard-of"),
    "a target that names nothing": Bad(Reason.NOT_LINKED, target="{address}/lti/launch"),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_a_bad_launch_lets_nobody_in(here: Launching, bad: Bad) -> None:
    """The student reads what to do, the trail says what was wrong, nobody is made and no session begins."""
    here.platform.twist, here.platform.sign = bad.twist, bad.sign
    if bad.target is not None:
        link_of(here).target = bad.target.format(address=here.room.site.address)
    browser = here.browser()
    answer = browser.launch(bad.user, course_of(here), link_of(here))
    assert answer.status_code == 400
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "grader_session" not in answer.headers.get("Set-Cookie", "")
    assert [reason for reason, _ in refusals(here)] == [bad.reason]
    assert people_of(here) == {}
    assert browser.get("/courses/ml").status_code != 200


def nameless(claims: dict[str, Any]) -> None:
    claims[f"{CLAIM}context"]["title"] = claims[f"{CLAIM}resource_link"]["title"] = claims["name"] = "A\0da"
    claims |= {"email": "a\0da@example.org", f"{CLAIM}lis": {"person_sourcedid": "1\0"}}


def test_what_no_database_takes_is_left_out_of_names(site: Site) -> None:
    """A launch whose words hold a NUL is one as any other."""
    here = launching(furnish(by_https(site)))
    here.platform.twist = nameless
    assert here.browser().launch(ADA, course_of(here), link_of(here)).status_code == 303
    assert [name for name, _ in people_of(here).values()] == ["Ada"]


def test_nobody_makes_a_login_fail(site: Site) -> None:
    """A form that anybody may send, with what no platform is called, is refused in words on either database."""
    browser = launching(furnish(by_https(site))).browser()
    assert browser.client.post("/lti/login", data={"iss": "\0", "client_id": "\0"}).status_code == 400


def test_a_clock_that_is_off_is_told_in_minutes(here: Launching) -> None:
    """To whoever runs the site; the student is told to come again."""
    here.platform.twist = later("iat", 600)
    answer = here.browser().launch(ADA, course_of(here), link_of(here))
    assert "clocks" in answer.text
    assert refusals(here) == [("clock", "the platform's clock is 10 min ahead of this site's")]


def test_a_launch_counts_once(site: Site) -> None:
    """Sent again, by whoever saw it, it lets nobody in; on either database."""
    here = launching(furnish(by_https(site)))
    browser = here.browser()
    posted = here.platform.answer(browser.login(ADA, course_of(here), link_of(here)))
    assert browser.post(posted).status_code == 303
    assert browser.post(posted).status_code == 400
    assert [reason for reason, _ in refusals(here)] == ["replayed"]


def test_a_launch_is_for_the_browser_that_began_it(here: Launching) -> None:
    """What somebody began in theirs signs nobody in elsewhere."""
    posted = here.platform.answer(here.browser().login(ADA, course_of(here), link_of(here)))
    other = here.browser()
    other.login(ADA, course_of(here), link_of(here))
    assert other.post(posted).status_code == 400
    assert here.browser().post(posted).status_code == 400
    assert [reason for reason, _ in refusals(here)] == ["other_browser", "other_browser"]


@pytest.mark.parametrize("state", ["", "made-up", "gAAAAA"])
def test_a_state_that_is_not_ours_is_refused(here: Launching, state: str) -> None:
    """Whatever came with it."""
    browser = here.browser()
    posted = here.platform.answer(browser.login(ADA, course_of(here), link_of(here)))
    assert browser.post(posted | {"state": state}).status_code == 400
    assert [reason for reason, _ in refusals(here)] == ["state"]


def test_two_links_opened_at_once_both_come_in(here: Launching) -> None:
    """A page with two frames of ours: each login is its own, of one browser."""
    browser = here.browser()
    first, second = (browser.login(ADA, course_of(here), link_of(here)) for _ in range(2))
    answers = [browser.post(here.platform.answer(each)) for each in (first, second)]
    assert [each.status_code for each in answers] == [303, 303]


def test_a_key_that_is_new_is_fetched_once(here: Launching) -> None:
    """A platform that changed its key goes on, half a minute later at most: made-up names of keys do not have it asked
    again and again."""
    here.browser().launch(ADA, course_of(here), link_of(here))
    here.platform.key = new_key("k2")
    here.platform.keys = [here.platform.key]
    answers = [here.browser().launch(ADA, course_of(here), link_of(here)).status_code for _ in range(3)]
    assert (answers, len(here.asked_keys)) == ([400, 400, 400], 1)
    here.clock[0] += AGAIN_SECONDS
    answers = [here.browser().launch(ADA, course_of(here), link_of(here)).status_code for _ in range(3)]
    assert (answers, len(here.asked_keys)) == ([303, 303, 303], 2)


@pytest.mark.parametrize(
    ("roles", "meant"),
    [
        ((LEARNER, INSTRUCTOR), Role.INSTRUCTOR),
        ((INSTRUCTOR, f"{MEMBERSHIP}/Instructor#TeachingAssistant"), Role.GRADER),
        ((LEARNER, f"{MEMBERSHIP}#Mentor"), Role.STUDENT),
    ],
    ids=["a student who teaches", "an assistant", "a student who looks after another"],
)
def test_of_two_roles_the_one_that_may_more_counts(here: Launching, roles: tuple[str, ...], meant: Role) -> None:
    """And an assistant is no instructor, although platforms say both."""
    user = User(sub="u-two", roles=roles, name="Two")
    here.platform.users[user.sub] = user
    here.browser().launch(user, course_of(here), link_of(here))
    assert people_of(here)["u-two"][1] is meant


def test_somebody_without_name_and_address_comes_in(here: Launching) -> None:
    """A school may keep both to itself."""
    user = User(sub="0123456789")
    here.platform.users[user.sub] = user
    assert here.browser().launch(user, course_of(here), link_of(here)).status_code == 303
    assert people_of(here) == {"0123456789": ("#23456789", Role.STUDENT)}


def test_what_a_launch_says_of_services_is_kept(here: Launching) -> None:
    """Where grades and the roster are had, and what we may do there."""
    here.browser().launch(ADA, course_of(here), link_of(here))
    with here.room.site.database.read() as session:
        row = session.scalars(select(LtiLink)).one()
        assert row.line_items_url == "https://lms.example/contexts/c1/line_items"
        assert row.context.memberships_url == "https://lms.example/contexts/c1/members"
        assert len(row.scopes) == 3


def test_an_instructor_comes_in_too(here: Launching) -> None:
    """As what the platform says."""
    assert here.browser().launch(INES, course_of(here), link_of(here)).status_code == 303
    assert people_of(here) == {"u-ines": ("Ines Lehrerin", Role.INSTRUCTOR)}


def test_an_instructor_says_which_course_it_is_and_which_assignment(on_sqlite: Site) -> None:
    """The first launch from a course that nobody connected: with the account that teaches here, in a window of its
    own, which says who was launched. Afterwards links lead where they say, and one that says nothing asks."""
    here = launching(furnish(by_https(on_sqlite)), is_connected=False)
    asked = here.browser().launch(INES, course_of(here), link_of(here)).headers["Location"]
    assert asked.startswith("/lti/connect?choice=")
    teacher = here.browser_of("ines")
    shown = teacher.get(asked).text
    assert ("Machine learning" in shown, "Ines Lehrerin opened it there" in shown) == (True, True)
    choice = choice_of(asked)
    assert teacher.send("/lti/connect", choice=choice, course_id=here.room.course_id).status_code == 200
    assert here.browser().launch(ADA, course_of(here), link_of(here)).headers["Location"] == "/courses/ml/digits"
    course_of(here).links["l2"] = Link(id="l2", target=here.platform.tool.launch)
    assert here.browser().launch(ADA, course_of(here), course_of(here).links["l2"]).status_code == 400
    browser = here.browser()
    where = browser.launch(INES, course_of(here), course_of(here).links["l2"]).headers["Location"]
    assert where.startswith("/lti/choose?choice=")
    assert "Handwritten digits" in browser.get(where).text
    done = browser.send("/lti/choose", choice=choice_of(where), assignment="digits")
    assert done.headers["Location"] == "/courses/ml/digits"
    assert here.browser().launch(ADA, course_of(here), course_of(here).links["l2"]).status_code == 303


def test_only_whoever_teaches_here_connects_a_course(on_sqlite: Site) -> None:
    """That somebody teaches at the platform gives them nothing here."""
    here = launching(furnish(by_https(on_sqlite)), is_connected=False)
    browser = here.browser()
    asked = browser.launch(INES, course_of(here), link_of(here)).headers["Location"]
    for who in (browser, here.browser_of("ada"), here.browser_of("greta")):
        form = {"choice": choice_of(asked), "course_id": here.room.course_id}
        assert who.send("/lti/connect", **form).status_code == 403


def test_a_student_of_a_course_that_is_not_connected_reads_so(on_sqlite: Site) -> None:
    """And nothing is kept of them."""
    here = launching(furnish(by_https(on_sqlite)), is_connected=False)
    answer = here.browser().launch(ADA, course_of(here), link_of(here))
    assert (answer.status_code, "not connected with this site yet" in answer.text) == (400, True)
    assert people_of(here) == {}


def test_a_copied_course_keeps_its_links(here: Launching) -> None:
    """A new course there with the links of the old one: connected with a new course here, they lead to the same
    assignments of that."""
    there = furnish(here.room.site, slug="ml-2", people={"otto": Role.INSTRUCTOR})
    here.platform.courses["c2"] = Course(id="c2", title="Next term", links={"l1": link_of(here)})
    asked = here.browser().launch(INES, here.platform.courses["c2"], link_of(here)).headers["Location"]
    otto = here.browser_of("otto", there)
    otto.send("/lti/connect", choice=choice_of(asked), course_id=there.course_id)
    copied, old = (
        here.browser().launch(ADA, here.platform.courses[each], link_of(here)).headers["Location"]
        for each in ("c2", "c1")
    )
    assert (copied, old) == ("/courses/ml-2/digits", "/courses/ml/digits")


def test_deep_linking_gives_the_platform_what_was_chosen(here: Launching) -> None:
    """Signed, with the column of the gradebook and the dates; a link that came of it leads to the assignment."""
    browser = here.browser()
    where = browser.launch(INES, course_of(here)).headers["Location"]
    page = browser.send("/lti/choose", choice=choice_of(where), assignment="digits")
    assert "form-action 'self' https://lms.example" in page.headers["Content-Security-Policy"]
    (item,) = here.platform.take(hidden(page.text, "JWT"), course_of(here))
    assert item["lineItem"] == {
        "scoreMaximum": 100,
        "label": "Handwritten digits",
        "resourceId": "ml/digits",
        "tag": "grader",
    }
    assert here.browser().launch(ADA, course_of(here), course_of(here).links["l2"]).status_code == 303


def test_a_course_that_was_connected_wrongly_is_let_go_of(here: Launching) -> None:
    """Its links lead nowhere, its people stay, and an instructor is asked again."""
    here.browser().launch(ADA, course_of(here), link_of(here))
    with here.room.site.database.begin() as session:
        (context,) = connected(session)
        assert disconnect(session, context.id, actor=OWNER, now=here.room.site.now())
        assert not disconnect(session, context.id, actor=OWNER, now=here.room.site.now())
    assert here.browser().launch(ADA, course_of(here), link_of(here)).status_code == 400
    assert people_of(here)["u-ada"][1] is Role.STUDENT
    assert "/lti/connect" in here.browser().launch(INES, course_of(here), link_of(here)).headers["Location"]


def test_students_link_nothing(here: Launching) -> None:
    """Whatever their platform lets them ask."""
    assert here.browser().launch(ADA, course_of(here)).status_code == 400


def test_nobody_uses_a_choice_that_another_was_given(here: Launching) -> None:
    """An address that was passed on is good for whoever was launched alone."""
    where = here.browser().launch(INES, course_of(here)).headers["Location"]
    assert here.browser_of("ines").get(where).status_code == 404


def test_a_role_that_the_platform_changes_is_followed_unless_it_was_changed_here(here: Launching) -> None:
    """The platform says who is what; what staff here changed by hand stays."""
    assistant = User(sub="u-ada", roles=(f"{MEMBERSHIP}#TeachingAssistant",), name="Ada Lovelace")
    for user, meant in ((ADA, Role.STUDENT), (assistant, Role.GRADER), (ADA, Role.STUDENT)):
        here.browser().launch(user, course_of(here), link_of(here))
        assert people_of(here)["u-ada"][1] is meant
    with here.room.site.database.begin() as session:
        row = session.scalars(select(Membership).join(Identity, Identity.person_id == Membership.person_id)).one()
        row.role = Role.INSTRUCTOR
    here.browser().launch(assistant, course_of(here), link_of(here))
    assert people_of(here)["u-ada"][1] is Role.INSTRUCTOR


def test_whoever_the_platform_lets_teach_no_more_keeps_no_way_in_for_others(here: Launching) -> None:
    """An invitation that they made is over with what they were."""
    here.browser().launch(INES, course_of(here), link_of(here))
    with here.room.site.database.begin() as session:
        ines = session.scalars(select(Identity.person_id).where(Identity.subject == INES.sub)).one()
        now, course_id = here.room.site.now(), here.room.course_id
        secret = accounts.invite(session, course_id=course_id, role=Role.INSTRUCTOR, by_id=ines, now=now)
    here.browser().launch(replace(INES, roles=(LEARNER,)), course_of(here), link_of(here))
    with here.room.site.database.read() as session:
        assert accounts.what_link(session, secret, now=now) is None


def test_whoever_was_taken_out_here_stays_out(here: Launching) -> None:
    """And reads whom to ask."""
    here.browser().launch(ADA, course_of(here), link_of(here))
    with here.room.site.database.begin() as session:
        row = session.scalars(select(Membership).join(Identity, Identity.person_id == Membership.person_id)).one()
        row.left_at = here.room.site.now()
    assert here.browser().launch(ADA, course_of(here), link_of(here)).status_code == 400
    assert refusals(here)[0][0] == "had_left"


def test_two_registrations_of_one_issuer_share_nobody(here: Launching) -> None:
    """One that says it is another's issuer signs nobody of that other's in."""
    here.browser().launch(ADA, course_of(here), link_of(here))
    second = Platform(tool=Tool(address=here.room.site.address, client_id="digits-2"), clock=here.platform.clock)
    again = launching(here.room, platform=second)
    again.browser().launch(ADA, course_of(again), link_of(again))
    with here.room.site.database.read() as session:
        rows = session.execute(select(Identity.issuer, Identity.person_id)).all()
    assert len({row.issuer for row in rows}) == len({row.person_id for row in rows}) == 2


def test_an_address_alone_makes_nobody_somebody_else(here: Launching) -> None:
    """Whom a roster made is taken for somebody of the platform where address and number agree, and no way in is known;
    addresses are kept where the platform vouches for them, which this one does not."""
    with here.room.site.database.begin() as session:
        row = session.scalars(select(Membership).where(Membership.person_id == here.room.people["ada"])).one()
        row.number = "4711"
    email_alone = User(sub="u-1", name="Ada", email="ada@example.org")
    both_agree = User(sub="u-2", name="Ada", email="ada@example.org", number="4711")
    found = {}
    for user in (email_alone, both_agree):
        here.browser().launch(user, course_of(here), link_of(here))
        with here.room.site.database.read() as session:
            found[user.sub] = session.scalars(select(Identity.person_id).where(Identity.subject == user.sub)).one()
    assert found["u-1"] != here.room.people["ada"]
    assert found["u-2"] == here.room.people["ada"]


def test_where_no_cookie_is_kept_it_goes_on_in_a_window_of_its_own(here: Launching) -> None:
    """The platform keeps what the browser is known by; a ticket in a form of our page signs in, once."""
    here.platform.storage = "_parent"
    frame = here.browser()
    frame.client.cookies.jar.set_policy(NO_COOKIES)
    page = frame.first_page(ADA, course_of(here), link_of(here))
    kept, there = attribute(page.text, "data-value"), attribute(page.text, "data-there")
    posted = here.platform.answer(asked_of(there))
    asking = frame.post(posted)
    assert (asking.status_code, 'data-lti="get"' in asking.text) == (200, True)
    assert frame.post(posted | {"kept": kept}).text.count("ticket") == 0
    believed = frame.send("/lti/kept", **posted, kept=kept)
    ticket = hidden(believed.text, "ticket")
    window = here.browser(framed=False)
    assert window.send("/lti/window", ticket=ticket).headers["Location"] == "/courses/ml/digits"
    assert window.get("/courses/ml/digits").status_code == 200
    assert here.browser(framed=False).send("/lti/window", ticket=ticket).status_code == 400


def test_what_the_platform_kept_counts_from_our_own_page_alone(here: Launching) -> None:
    """Somebody else's page cannot say it, and so sign anybody in as who began the login."""
    answer = here.browser().client.post(
        "/lti/kept", data={"kept": "x"}, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"}
    )
    assert answer.status_code == 403


def test_a_frame_whose_session_is_over_says_where_to_open_it_again(here: Launching) -> None:
    """Instead of an empty frame."""
    answer = here.browser().get("/courses/ml/digits")
    assert (answer.status_code, "Open it again from your course" in answer.text) == (401, True)


def test_nothing_that_lets_somebody_in_is_on_the_trail(here: Launching) -> None:
    """Whatever was refused: no token, no state, no nonce."""
    here.platform.twist = put("nonce", "made-up")
    browser = here.browser()
    asked = browser.login(ADA, course_of(here), link_of(here))
    posted = here.platform.answer(asked)
    browser.post(posted)
    with here.room.site.database.read() as session:
        told = json.dumps([row.details for row in session.scalars(select(Audit))])
    assert not any(secret in told for secret in (posted["id_token"], posted["state"], asked["nonce"]))
