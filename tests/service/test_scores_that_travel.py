"""Grades on their way to a platform: what leaves, when, and what becomes of it where the platform fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest
from sqlalchemy import delete, update

from grader.messages import say
from grader.policy.terms import Deduction, Publishing, Relief, Terms
from grader.report.report import Report
from grader.service.attempts.openings import Whom, change_terms, grant, publish, unpublish
from grader.service.lti.sending.by_command import compare_now
from grader.service.lti.sending.claims import PATIENCE
from grader.service.lti.sending.columns import resume
from grader.service.lti.sending.comparing import ComparedScores
from grader.service.lti.sending.looking import HowFar, columns_now, send_again
from grader.service.people.audit import Actor
from grader.service.site import Site
from grader.service.store.lti_score_tables import LtiSender, ScoreState
from grader.service.store.lti_tables import LtiContext, LtiLink, LtiMember
from grader.service.store.tables import Identity, Opening
from tests.lti_platform.services import LINE_ITEM, RESULT, SCORE, Fault, Services, answers, hangs, redirects
from tests.service.classroom import furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded, two
from tests.service.linked import Linked, calls_to, linked, post_to, rows, told
from tests.service.marked import decide, waiting, with_written
from tests.unit.reports import exercise, report

BY_HAND = Terms(publishing=Publishing(by_hand=True))


@pytest.fixture
def school(site: Site) -> Linked:
    """Points are seen at once, nothing is withheld but what waits for the end."""
    return linked(furnish(site))


def whole(points: int) -> Report:
    """A report of which everything is seen, of 100 points."""
    return report(
        exercise(id="my_softmax", earned=points // 2, possible=50),
        exercise(id="model", earned=points - points // 2, possible=50),
    )


def actor(school: Linked) -> Actor:
    return Actor(person_id=school.room.people["ines"])


def do(school: Linked, change: Callable[..., object], *args: object, **named: object) -> None:
    """An instructor changes that."""
    with school.site.database.begin() as session:
        change(session, school.room.opening_id, *args, actor=actor(school), now=school.site.now(), **named)


def test_a_grade_arrives_once(school: Linked) -> None:
    """With how far it is, when it was handed in, and where the report is; a second look tells nothing more."""
    attempt = graded(school.room, "ada", whole(90))
    school.post()
    school.post()

    [said] = school.sent("ada")
    assert school.has("ada") == 90.0
    assert (said["activityProgress"], said["gradingProgress"]) == ("Completed", "FullyGraded")
    assert f"http://testserver/attempts/{attempt}" in str(said["comment"])
    assert said["submission"] == {"submittedAt": "2026-11-29T12:00:00.000000Z"}


def test_a_better_attempt_changes_it_and_a_worse_one_does_not(school: Linked) -> None:
    """The platform has what counts, at a time that goes on, though the clock stands still."""
    for points in (50, 40, 70):
        graded(school.room, "ada", whole(points))
        school.post()

    first, second = school.sent("ada")
    assert school.has("ada") == 70.0
    assert str(first["timestamp"]) < str(second["timestamp"])


def test_a_clock_that_is_put_back_does_not_put_scores_back(school: Linked, clock: StoppedClock) -> None:
    """A platform refuses what is older than what it has."""
    graded(school.room, "ada", whole(50))
    school.post()
    clock.go_on(hours=-3)
    graded(school.room, "ada", whole(70))
    school.post()
    assert school.has("ada") == 70.0


def test_nothing_unpublished_leaves(site: Site) -> None:
    """Where an instructor publishes, nothing is there before; taken back, it goes there as well."""
    school = linked(furnish(site, terms=BY_HAND))
    graded(school.room, "ada", whole(90))
    school.post()
    assert (school.sent("ada"), rows(site)) == ([], [])

    do(school, publish)
    school.post()
    assert school.has("ada") == 90.0

    do(school, unpublish)
    school.post()
    assert school.has("ada") is None
    assert "comment" not in school.sent("ada")[-1]


def test_points_with_a_date_leave_at_that_date(site: Site, clock: StoppedClock) -> None:
    """With nobody doing anything then."""
    terms = Terms(publishing=Publishing(points_from=clock.after(days=2), checks_from=clock.after(days=2)))
    school = linked(furnish(site, terms=terms))
    graded(school.room, "ada", whole(90))
    school.post()
    clock.go_on(days=1, hours=23)
    school.post()
    assert school.sent("ada") == []

    clock.go_on(hours=1)
    school.post()
    assert school.has("ada") == 90.0


def test_checks_that_are_withheld_are_not_in_it_before(site: Site, clock: StoppedClock) -> None:
    """Until the end it is what the student sees, and says that more is to come; hidden checks never are in it."""
    terms = Terms(due=clock.after(days=1), late_until=clock.after(days=1))
    school = linked(furnish(site, terms=terms))
    graded(school.room, "ada", two(40, 20, hidden=10, after_due=0))
    school.post()
    assert (school.has("ada"), school.sent("ada")[-1]["gradingProgress"]) == (75.0, "Pending")

    clock.go_on(days=1, seconds=1)
    school.post()
    last = school.sent("ada")[-1]
    assert (last["scoreGiven"], last["scoreMaximum"], last["gradingProgress"]) == (60.0, 90, "FullyGraded")


def test_an_extension_of_one_withholds_them_from_everybody_again(site: Site, clock: StoppedClock) -> None:
    """What one may read all can read: the end is that of the last."""
    terms = Terms(due=clock.after(days=1), late_until=clock.after(days=1))
    school = linked(furnish(site, terms=terms))
    graded(school.room, "ada", two(40, 20, after_due=0))
    clock.go_on(days=1, seconds=1)
    school.post()
    later = Relief(due=clock.after(days=3), late_until=clock.after(days=3))
    do(school, grant, Whom(person_id=school.room.people["bob"]), later, reason="ill")
    school.post()

    assert [each["gradingProgress"] for each in school.sent("ada")] == ["FullyGraded", "Pending"]


def test_what_waits_for_a_person_says_so_and_marks_change_it(site: Site, clock: StoppedClock) -> None:
    """As long as marks are not published the platform has what the student sees: that it waits."""
    terms = Terms(publishing=Publishing(marks_from=clock.after(days=1)))
    school = linked(with_written(furnish(site, terms=terms)))
    attempt = graded(school.room, "ada", report(exercise(id="my_softmax", earned=40, possible=40), waiting()))
    school.post()
    decide(school.room, attempt, 15)
    school.post()
    assert [each["gradingProgress"] for each in school.sent("ada")] == ["PendingManual"]

    clock.go_on(days=1)
    school.post()
    last = school.sent("ada")[-1]
    assert (last["scoreGiven"], last["scoreMaximum"], last["gradingProgress"]) == (55.0, 60, "FullyGraded")
    assert last["https://canvas.instructure.com/lti/submission"]["new_submission"] is False  # type: ignore[index]


def test_a_late_deduction_travels(site: Site, clock: StoppedClock) -> None:
    """And the comment says that something was taken off; terms that change it reach the platform."""
    clock.go_on(hours=1)
    terms = Terms(due=clock.after(minutes=-30), deduction=Deduction(percent=10))
    school = linked(furnish(site, terms=terms))
    graded(school.room, "ada", whole(100))
    school.post()
    assert school.has("ada") == 90.0
    assert "late" in str(school.sent("ada")[-1]["comment"])

    do(school, change_terms, Terms(due=clock.after(hours=5)))
    school.post()
    assert school.has("ada") == 100.0


PASSING: dict[str, Fault] = {
    "429": answers(429, Retry_After="20"),
    "500": answers(500),
    "hangs": hangs,
    "redirects": redirects,
    "401": answers(401),
    "403": answers(403),
}


@pytest.mark.parametrize("fault", PASSING)
def test_a_platform_that_fails_loses_nothing_and_slows_no_other_column(
    site: Site, clock: StoppedClock, fault: str
) -> None:
    """The other platform has its grade at once, this one when it is well again; each once."""
    room = furnish(site)
    bad = linked(room, Services(origin="https://bad.example"), seconds=0.2)
    good = linked(room, Services(origin="https://good.example"))
    bad.services.always["/scores"] = PASSING[fault]
    graded(room, "ada", whole(90))
    graded(room, "bob", whole(70))
    told(site, bad.services, good.services, seconds=0.2)

    assert (good.has("ada"), good.has("bob")) == (90.0, 70.0)
    assert bad.services.posts == []
    assert bad.sender().trouble is not None
    bad.services.always.clear()
    clock.go_on(hours=1)
    told(site, bad.services, good.services)
    assert (bad.has("ada"), bad.has("bob")) == (90.0, 70.0)
    assert (len(bad.services.posts), len(good.services.posts)) == (2, 2)
    assert bad.sender().trouble is None


def test_a_platform_that_fails_is_left_alone_for_a_while(school: Linked, clock: StoppedClock) -> None:
    """As long as it asks for, and longer each time."""
    school.services.always["/scores"] = answers(429, Retry_After="120")
    graded(school.room, "ada", whole(90))
    school.post()
    before = len(school.services.asked)
    clock.go_on(seconds=119)
    school.post()
    assert len(school.services.asked) == before

    clock.go_on(seconds=2)
    school.post()
    assert len(school.services.asked) > before
    assert school.sender().failures == 2


def test_what_the_platform_took_before_it_failed_is_not_told_twice(school: Linked, clock: StoppedClock) -> None:
    """It is looked for first."""
    school.services.after = took_it
    graded(school.room, "ada", whole(90))
    school.post()
    school.services.after = None
    clock.go_on(hours=1)
    school.post()

    row = school.row("ada")
    assert len(school.sent("ada")) == 1
    assert row is not None
    assert (row.state, row.is_unclear) == (ScoreState.SENT, False)


async def took_it(path: str) -> None:
    """The platform dies with its answer on the way."""
    if path.endswith("/scores"):
        raise httpx.RemoteProtocolError("it went away")


def restored(school: Linked) -> None:
    school.services.item()


LASTING: dict[str, tuple[Callable[[Linked], None], Callable[[Linked], None]]] = {
    "scope missing": (
        lambda school: grants(school, {LINE_ITEM, RESULT}),
        lambda school: grants(school, {LINE_ITEM, RESULT, SCORE}),
    ),
    "item deleted": (
        lambda school: school.services.items.clear(),
        restored,
    ),
}


def grants(school: Linked, scopes: set[str]) -> None:
    school.services.granted = frozenset(scopes)
    school.services.issued.clear()


@pytest.mark.parametrize("what", LASTING)
def test_what_waiting_does_not_cure_is_parked_until_somebody_says_so(
    school: Linked, clock: StoppedClock, what: str
) -> None:
    """With the cause; the platform is not asked meanwhile."""
    breaks, mends = LASTING[what]
    breaks(school)
    graded(school.room, "ada", whole(90))
    school.post()
    parked, asked = school.sender(), len(school.services.asked)
    assert parked.parked_for is not None
    assert parked.trouble is not None

    mends(school)
    clock.go_on(days=3)
    school.post()
    assert len(school.services.asked) == asked
    with school.site.database.begin() as session:
        resume(session, school.link_id)
    school.post()
    assert school.has("ada") == 90.0


def test_what_is_forbidden_again_and_again_is_parked_until_the_course_is_connected_anew(
    school: Linked, clock: StoppedClock
) -> None:
    """For some minutes it is asked again by itself; after that no more, and staff read why."""
    school.services.always["/scores"] = answers(403)
    graded(school.room, "ada", whole(90))
    was_parked = []
    for _ in range(PATIENCE):
        school.post()
        was_parked.append(school.sender().parked_for is not None)
        clock.go_on(hours=1)
    asked = len(school.services.asked)
    assert was_parked == [False] * (PATIENCE - 1) + [True]
    assert school.sender().trouble == say("platform_forbids")
    school.post()
    assert len(school.services.asked) == asked

    school.services.always.clear()
    with school.site.database.begin() as session:
        session.execute(update(LtiContext).values(connected_at=clock()))
    school.post()
    assert school.has("ada") == 90.0


def test_one_refusal_after_other_failures_parks_nothing(school: Linked, clock: StoppedClock) -> None:
    """A platform that comes back refuses for a while, too."""
    graded(school.room, "ada", whole(90))
    for status in (*[500] * PATIENCE, 403):
        school.services.always["/scores"] = answers(status)
        school.post()
        clock.go_on(hours=1)
    assert school.sender().parked_for is None


def test_a_platform_that_lets_nobody_compare_is_told_all_the_same(school: Linked, clock: StoppedClock) -> None:
    """That is no trouble of the column."""
    school.services.always["/results"] = answers(403)
    graded(school.room, "ada", whole(90))
    clock.go_on(days=1)
    school.post()
    graded(school.room, "ada", whole(95))
    school.post()
    assert (school.has("ada"), school.sender().trouble) == (95.0, None)


def test_a_new_column_at_the_platform_is_told_by_itself(school: Linked) -> None:
    """The next launch says where it is: what was parked goes on."""
    school.services.items.clear()
    graded(school.room, "ada", whole(90))
    school.post()
    url = school.services.item("again")
    with school.site.database.begin() as session:
        session.execute(update(LtiLink).values(line_item_url=url))
    school.post()
    assert school.services.has("ada", "again") == 90.0


def test_a_column_is_made_where_the_platform_made_none(school: Linked) -> None:
    """Once, worth what the assignment is worth; the link knows it from then on."""
    school.services.items.clear()
    with school.site.database.begin() as session:
        session.execute(update(LtiLink).values(line_item_url=None))
    graded(school.room, "ada", whole(90))
    school.post()
    graded(school.room, "bob", whole(70))
    school.post()

    [(name, item)] = school.services.items.items()
    assert (item["scoreMaximum"], item["resourceLinkId"]) == (100.0, f"link-{school.room.opening_id}")
    assert (school.services.has("ada", name), school.services.has("bob", name)) == (90.0, 70.0)


def test_whom_the_platform_refuses_keeps_nobody_else_waiting(school: Linked) -> None:
    """One that is no student there any more is parked with the cause; the others arrive."""
    school.services.people = [each for each in school.services.people if each.user_id != "ada"]
    graded(school.room, "ada", whole(90))
    graded(school.room, "bob", whole(70))
    school.post()

    row = school.row("ada")
    assert row is not None
    assert (row.state, row.trouble is not None) == (ScoreState.PARKED, True)
    assert school.has("bob") == 70.0


def test_who_is_no_student_there_is_not_told_of(school: Linked) -> None:
    """Neither whoever teaches, nor who left, nor whom the platform does not know; when it knows them, they are."""
    for name in ("ines", "ada", "bob"):
        graded(school.room, name, whole(90))
    ada, bob = (school.room.people[name] for name in ("ada", "bob"))
    with school.site.database.begin() as session:
        session.execute(update(LtiMember).where(LtiMember.person_id == ada).values(left_at=school.site.now()))
        session.execute(delete(Identity).where(Identity.person_id == bob))
    school.post()
    assert school.services.posts == []

    with school.site.database.begin() as session:
        session.execute(update(LtiMember).where(LtiMember.person_id == ada).values(left_at=None))
    school.post()
    assert school.has("ada") == 90.0


def test_whose_subject_changed_is_told_of_by_the_new_one(school: Linked) -> None:
    """Both are the same person; the platform knows the new one alone."""
    ada = school.room.people["ada"]
    people = f"lti:{school.services.origin}#grader"
    with school.site.database.begin() as session:
        session.add(Identity(person_id=ada, issuer=people, subject="ada-new"))
    school.services.people[2].user_id = "ada-new"
    graded(school.room, "ada", whole(90))
    school.post()
    assert school.services.has("ada-new") == 90.0


def test_a_link_that_leads_nowhere_any_more_holds_up_no_other(site: Site) -> None:
    """Its course at the platform was connected with another course here: nothing of this one is told there."""
    room = furnish(site)
    gone, good = (linked(room, Services(origin=f"https://{name}.example")) for name in ("gone", "good"))
    told(site, gone.services, good.services)
    other = furnish(site, slug="other", people={})
    with site.database.begin() as session:
        session.execute(update(LtiContext).where(LtiContext.id == gone.context_id).values(course_id=other.course_id))
    graded(room, "ada", whole(90))
    told(site, gone.services, good.services)

    assert (gone.services.posts, good.has("ada")) == ([], 90.0)


def test_a_link_to_another_opening_begins_anew_there(school: Linked) -> None:
    """What the column had of the first is nothing that the second would clear."""
    graded(school.room, "ada", whole(90))
    school.post()
    with school.site.database.begin() as session:
        opening = Opening(
            course_id=school.room.course_id, assignment="other", terms=Terms(), created_at=school.site.now()
        )
        session.add(opening)
        session.flush()
        session.execute(update(LtiLink).values(opening_id=opening.id))
    graded(school.room, "bob", whole(70))
    school.post()

    assert (school.has("bob"), rows(school.site)) == (None, [])


def test_who_lost_the_column_keeps_nothing(school: Linked) -> None:
    """Another worker has it after the lease: what the first says then is not heard, and nobody is told twice."""
    graded(school.room, "ada", whole(90))
    school.services.after = lambda path: taken_over(school, path)
    school.post()
    row = school.row("ada")
    assert row is not None
    assert (row.state, row.is_unclear) == (ScoreState.WAITING, True)

    school.services.after = None
    with school.site.database.begin() as session:
        session.execute(update(LtiSender).values(lease_until=None))
    school.post()
    assert len(school.sent("ada")) == 1


async def taken_over(school: Linked, path: str) -> None:
    if path.endswith("/scores"):
        with school.site.database.begin() as session:
            session.execute(update(LtiSender).values(fence=LtiSender.fence + 1))


def test_two_workers_tell_each_score_once(school: Linked) -> None:
    """One has the column, the other finds nothing to do."""
    for name in ("ada", "bob"):
        graded(school.room, name, whole(90))

    async def both() -> None:
        await asyncio.gather(*(post_to(school.site, school.services, worker=each).once() for each in ("w1", "w2")))

    asyncio.run(both())
    assert len(school.services.posts) == 2


def test_a_change_while_it_is_on_its_way_is_told_after_it(school: Linked) -> None:
    """Nothing is lost between taking and keeping."""
    graded(school.room, "ada", whole(50))
    school.services.after = lambda path: better(school, path)
    school.post()
    assert [each["scoreGiven"] for each in school.sent("ada")] == [50.0, 80.0]


async def better(school: Linked, path: str) -> None:
    if path.endswith("/scores") and len(school.services.posts) == 1:
        await asyncio.to_thread(graded, school.room, "ada", whole(80))


def test_a_score_of_which_the_platform_has_something_newer_is_sent_with_a_newer_time(school: Linked) -> None:
    """Then it is taken; one that never is, is parked after three tries."""
    graded(school.room, "ada", whole(90))
    school.services.fail("/scores", answers(409))
    school.post()
    assert school.has("ada") == 90.0

    school.services.always["/scores"] = answers(409)
    graded(school.room, "ada", whole(95))
    school.post()
    row = school.row("ada")
    assert row is not None
    assert row.state is ScoreState.PARKED


def overwritten(school: Linked, name: str, points: float) -> None:
    """Somebody changes that in the platform's gradebook by hand."""
    said = school.services.scores[school.room.assignment, name]
    school.services.scores[school.room.assignment, name] = said | {"scoreGiven": points, "scoreMaximum": 100}


def test_once_a_night_what_differs_is_found_and_left_as_it_is(school: Linked, clock: StoppedClock) -> None:
    """Whoever teaches decides: until then nothing is told anew, and then with a newer time."""
    for name in ("ada", "bob"):
        graded(school.room, name, whole(90))
    school.post()
    overwritten(school, "ada", 95)
    school.post()
    assert differing(school) == []

    clock.go_on(hours=15)  # three in the morning
    school.post()
    assert differing(school) == [("Ada", 0.95)]
    assert (len(school.services.posts), school.has("ada")) == (2, 95.0)

    with school.site.database.begin() as session:
        assert send_again(session, school.room.course_id, school.link_id)
    school.post()
    assert (differing(school), school.has("ada")) == ([], 90.0)


def differing(school: Linked) -> list[tuple[str, float | None]]:
    with school.site.database.read() as session:
        [now] = columns_now(session, school.room.course_id)
    return [(each.name, each.differs.share) for each in now.people if each.differs is not None]


def test_a_comparison_that_is_not_allowed_holds_up_no_grade(school: Linked, clock: StoppedClock) -> None:
    """It is a courtesy."""
    grants(school, {SCORE})
    clock.go_on(days=1)
    graded(school.room, "ada", whole(90))
    school.post()
    assert (school.has("ada"), school.sender().trouble) == (90.0, None)


def test_a_command_compares_at_once(school: Linked) -> None:
    """Of each column it says how many stand there as they were told; or why that could not be found."""
    for name in ("ada", "bob"):
        graded(school.room, name, whole(90))
    school.post()
    overwritten(school, "bob", 10)
    [line] = compare_now(school.site, slug="ml", calls=calls_to(school.site, school.services))
    assert line.compared == ComparedScores(same=1, different=1)

    school.services.always["/results"] = answers(500)
    [line] = compare_now(school.site, calls=calls_to(school.site, school.services))
    assert line.trouble is not None
    assert compare_now(school.site, slug="other", calls=calls_to(school.site, school.services)) == []


def test_staff_see_how_far_every_score_is(school: Linked) -> None:
    """Sent, waiting, parked with the cause, or of somebody whom the platform does not have."""
    school.services.people = [each for each in school.services.people if each.user_id != "bob"]
    for name in ("ada", "bob", "ines"):
        graded(school.room, name, whole(90))
    school.post()
    with school.site.database.read() as session:
        [now] = columns_now(session, school.room.course_id)

    assert now.numbers == {HowFar.SENT: 1, HowFar.WAITING: 0, HowFar.PARKED: 1, HowFar.NOT_THERE: 1}
    assert [(each.name, each.way) for each in now.people] == [("Bob", HowFar.PARKED), ("Ines", HowFar.NOT_THERE)]
