"""Asking a platform's services, against one that follows the published standards; over no network."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from grader.policy.platform_score import Grading
from grader.service.lti.services.access import Access
from grader.service.lti.services.answers import FIRST, JITTER, LONGEST, Cause, Failed, ServiceBounds, failure_of, pause
from grader.service.lti.services.calls import Calls
from grader.service.lti.services.grades import Gradebook, LineItem, ScoreThere
from grader.service.lti.services.pages import below
from grader.service.lti.services.people_there import MemberStatus
from grader.service.lti.services.platform_client import PlatformClient
from grader.service.lti.services.roster import Members, members
from tests.lti_platform.services import (
    MEMBERS,
    SCORE,
    Fault,
    Person,
    Services,
    answers,
    hangs,
    nonsense,
    redirects,
)
from tests.service.clock import StoppedClock

KEY = RSAKey.generate_key(2048, parameters={"kid": "ours"})
NOON = datetime(2026, 11, 29, 12, 0, 0, 250_000, tzinfo=UTC)


def signs(claims: Mapping[str, object]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "ours"}, dict(claims), KEY)


def public() -> KeySet:
    return KeySet([RSAKey.import_key(KEY.as_dict(private=False))])


@dataclass
class Met:
    """A platform and our way to it."""

    platform: Services
    clock: StoppedClock = field(default_factory=StoppedClock)
    seconds: float = 10.0
    whole: int = 1_000_000

    def __post_init__(self) -> None:
        client = httpx.AsyncClient(transport=httpx.ASGITransport(self.platform.app))
        bounds = ServiceBounds(seconds=self.seconds, body=20_000, whole=self.whole)
        self.access = Access(Calls(client, now=self.clock, bounds=bounds), signs)
        self.client = PlatformClient(
            client_id="grader", token_url=self.platform.token_url, audience=self.platform.token_url
        )
        self.gradebook = Gradebook(self.access, self.client)


@pytest.fixture
def platform() -> Services:
    """With a course of three people and one column."""
    people = [Person(user_id=f"u{number}", name=name) for number, name in enumerate(("Ada", "Bob", "Cleo"))]
    made = Services(keys={"grader": public}, people=people)
    made.item()
    return made


def score(user_id: str = "u0", given: float | None = 45.0, *, then: datetime = NOON) -> ScoreThere:
    maximum = None if given is None else 50.0
    return ScoreThere(user_id=user_id, timestamp=then, grading=Grading.FULLY_GRADED, given=given, maximum=maximum)


def test_a_score_arrives_by_the_columns_own_maximum(platform: Services) -> None:
    """45 of 50 is 90 of 100; the query of a column's address stays behind what is below it."""
    met = Met(platform)
    assert asyncio.run(met.gradebook.tell(platform.url_of("digits"), score())) is None

    assert platform.has("u0") == 90.0
    assert (
        below("https://x/lineitems/7/lineitem?type_id=1", "scores") == "https://x/lineitems/7/lineitem/scores?type_id=1"
    )


def test_one_token_serves_until_shortly_before_its_end(platform: Services) -> None:
    """Also for many that ask at once."""
    met = Met(platform)

    async def told() -> None:
        url = platform.url_of("digits")
        await asyncio.gather(*(met.gradebook.tell(url, score(f"u{each}")) for each in range(3)))
        met.clock.go_on(seconds=platform.lasts - 61)
        await met.gradebook.tell(url, score(then=NOON + timedelta(hours=1)))
        assert platform.asked.count("POST /token") == 1
        met.clock.go_on(seconds=2)
        await met.gradebook.tell(url, score(then=NOON + timedelta(hours=2)))

    asyncio.run(told())
    assert platform.asked.count("POST /token") == 2


def test_a_token_that_is_not_taken_any_more_is_had_anew_once(platform: Services) -> None:
    """A platform that was set up anew forgets its tokens; one that takes none is not asked for ever."""
    met = Met(platform)

    async def told() -> tuple[Failed | None, Failed | None]:
        url = platform.url_of("digits")
        await met.gradebook.tell(url, score())
        platform.issued.clear()
        again = await met.gradebook.tell(url, score("u1"))
        platform.always["/scores"] = answers(401)
        return again, await met.gradebook.tell(url, score("u2"))

    again, never = asyncio.run(told())
    assert again is None
    assert never is not None
    assert never.cause is Cause.NOT_LET_IN


async def throttled(_request: Request) -> Response:
    return Response("403 Forbidden (Rate Limit Exceeded)", 403)


FAULTS: dict[str, tuple[Fault, Cause, bool]] = {
    "busy": (answers(429, Retry_After="7"), Cause.BUSY, False),
    "broken": (answers(500), Cause.BROKEN, True),
    "hangs": (hangs, Cause.TIMED_OUT, True),
    "redirects": (redirects, Cause.MOVED, True),
    "deleted": (answers(404), Cause.GONE, False),
    "older": (answers(409), Cause.OUTDATED, False),
    "not a student": (answers(422), Cause.REFUSED, False),
    "closed": (answers(403), Cause.FORBIDDEN, False),
    "busy in Canvas's words": (throttled, Cause.BUSY, False),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_failure_has_its_cause(platform: Services, fault: str) -> None:
    """Also whether the platform may have taken the score all the same. No redirect is followed."""
    fails, cause, is_unclear = FAULTS[fault]
    met = Met(platform, seconds=0.05 if fails is hangs else 10.0)
    platform.fail("/scores", fails)
    failed = asyncio.run(met.gradebook.tell(platform.url_of("digits"), score()))

    assert failed is not None
    assert (failed.cause, failed.is_unclear) == (cause, is_unclear)
    assert "/login" not in " ".join(platform.asked)


def test_a_scope_that_is_not_given_is_named(platform: Services) -> None:
    """So that whoever runs the platform can give it."""
    platform.granted -= {SCORE}
    failed = asyncio.run(Met(platform).gradebook.tell(platform.url_of("digits"), score()))

    assert failed is not None
    assert (failed.cause, failed.missing, failed.lasts) == (Cause.SCOPE_MISSING, SCORE, True)


def test_a_platform_that_does_not_know_our_key_is_told_apart(platform: Services) -> None:
    """The cure lies in another place."""
    platform.keys = {}
    failed = asyncio.run(Met(platform).gradebook.tell(platform.url_of("digits"), score()))
    assert failed is not None
    assert failed.cause is Cause.UNKNOWN_HERE


@pytest.mark.parametrize(
    "url",
    [
        "http://lms.example/course/lineitems/digits",
        "https://127.0.0.1/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://localhost/x",
        "https://ada:secret@lms.example/x",
        "file:///etc/passwd",
        "https:///x",
        "https://[/x",
    ],
)
def test_nobody_is_asked_but_others_over_tls(platform: Services, url: str) -> None:
    """Neither for a token nor with one."""
    failed = asyncio.run(Met(platform).gradebook.tell(url, score()))
    assert failed is not None
    assert failed.cause is Cause.NOT_SECURE
    assert platform.asked == []


def test_an_answer_without_end_is_nonsense(platform: Services) -> None:
    """Bytes are bounded before anything is read of them."""
    platform.people = [Person(user_id=f"u{n}", name="x" * 5_000) for n in range(9)]
    platform.page = 9
    met = Met(platform)
    found = asyncio.run(members(met.access, met.client, platform.members_url))
    assert isinstance(found, Failed)
    assert found.cause is Cause.NONSENSE


def test_a_column_is_made_found_and_changed(platform: Services) -> None:
    """By what it is for, which the platform keeps."""
    met, wanted = Met(platform), LineItem(score_maximum=40, label="Softmax", resource_id="ml/softmax", tag="grader")

    async def made() -> None:
        item = await met.gradebook.make(platform.line_items_url, wanted)
        assert isinstance(item, LineItem)
        assert item.id is not None
        found = await met.gradebook.line_items(platform.line_items_url, only={"resource_id": "ml/softmax"})
        assert not isinstance(found, Failed)
        assert [each.id for each in found] == [item.id]
        changed = await met.gradebook.change(item.id, item.model_copy(update={"score_maximum": 50.0}))
        assert changed == item.model_copy(update={"score_maximum": 50.0})
        assert await met.gradebook.line_item(item.id) == changed

    asyncio.run(made())


def test_lists_are_read_to_their_last_page(platform: Services) -> None:
    """Two on a page here."""
    met = Met(platform)

    async def read() -> None:
        for each in range(3):
            await met.gradebook.tell(platform.url_of("digits"), score(f"u{each}", 10.0 * each))
        results = await met.gradebook.results(platform.url_of("digits"))
        one = await met.gradebook.results(platform.url_of("digits"), of="u1")
        assert not isinstance(results, Failed)
        assert not isinstance(one, Failed)
        assert [each.share for each in results] == [0.0, 0.2, 0.4]
        assert [each.user_id for each in one] == ["u1"]

    asyncio.run(read())


def test_half_a_list_is_never_taken_for_the_whole(platform: Services) -> None:
    """Else everybody on the other pages would have left."""
    met = Met(platform)

    async def first_page_only() -> Members | Failed:
        await members(met.access, met.client, platform.members_url)
        platform.fail("/members", _first_page(platform), answers(500))
        return await members(met.access, met.client, platform.members_url)

    found = asyncio.run(first_page_only())
    assert isinstance(found, Failed)
    assert found.cause is Cause.BROKEN


@pytest.mark.parametrize(
    "onward", ["https://elsewhere.example/members", "https://lms.example/contexts/course/members?limit=500"]
)
def test_a_list_that_leads_away_or_in_a_circle_is_nonsense(platform: Services, onward: str) -> None:
    """A token is for the host that it was asked for."""
    met = Met(platform)
    platform.always["/members"] = _first_page(platform, onward)
    found = asyncio.run(members(met.access, met.client, platform.members_url))
    assert isinstance(found, Failed)
    assert found.cause is Cause.NONSENSE


def test_a_list_without_end_is_not_read_until_memory_is_full(platform: Services) -> None:
    """Each page is small, and there is always another one."""
    met, pages = Met(platform, whole=50_000), iter(range(1_000))

    async def another(_: object) -> JSONResponse:
        page = next(pages)
        onward = {"Link": f'<https://lms.example/contexts/course/members?from={page}>; rel="next"'}
        return JSONResponse({"members": [Person(user_id=f"u{page}", name="x" * 10_000).told()]}, headers=onward)

    platform.always["/members"] = another
    found = asyncio.run(members(met.access, met.client, platform.members_url))
    assert isinstance(found, Failed)
    assert (found.cause, next(pages)) == (Cause.NONSENSE, 5)


def test_a_list_that_takes_too_long_is_given_up(platform: Services) -> None:
    """Each page comes in time, and somebody waits for the whole."""
    met, pages = Met(platform), iter(range(1_000))

    async def slowly(_: object) -> JSONResponse:
        page = next(pages)
        met.clock.go_on(seconds=9)
        onward = {"Link": f'<https://lms.example/contexts/course/members?from={page}>; rel="next"'}
        return JSONResponse({"members": []}, headers=onward)

    platform.always["/members"] = slowly
    found = asyncio.run(members(met.access, met.client, platform.members_url))
    assert isinstance(found, Failed)
    assert (found.cause, next(pages)) == (Cause.TIMED_OUT, 7)


def _first_page(platform: Services, onward: str = "https://lms.example/contexts/course/members?from=2") -> Fault:
    async def page(_: object) -> JSONResponse:
        said = {"id": "x", "context": {"id": "course"}, "members": [platform.people[0].told()]}
        return JSONResponse(said, headers={"Link": f'<{onward}>; rel="next"'})

    return page


def test_people_are_taken_as_the_platform_tells_of_them(platform: Services) -> None:
    """Without a name or an address, with two roles, inactive, or in a status that no standard knows."""
    learner, teacher = (
        f"http://purl.imsglobal.org/vocab/lis/v2/membership#{each}" for each in ("Learner", "Instructor")
    )
    platform.people = [
        Person(user_id="u1"),
        Person(user_id="u2", name="Two", email="two@example.org", roles=(learner, teacher)),
        Person(user_id="u3", status="Inactive"),
        Person(user_id="u4", status="Suspended"),
    ]
    met = Met(platform)
    found = asyncio.run(members(met.access, met.client, platform.members_url))

    assert isinstance(found, Members)
    assert [(each.full_name, each.email, len(each.roles)) for each in found.members[:2]] == [
        ("", None, 1),
        ("Two", "two@example.org", 2),
    ]
    assert [each.status for each in found.members[2:]] == [MemberStatus.INACTIVE, MemberStatus.INACTIVE]
    assert found.context == "course"


@pytest.mark.parametrize("where", ["/token", "/members"])
def test_a_page_in_place_of_data_is_nonsense(platform: Services, where: str) -> None:
    """As proxies answer while the platform is away."""
    platform.fail(where, nonsense)
    met = Met(platform)
    found = asyncio.run(members(met.access, met.client, platform.members_url))
    assert isinstance(found, Failed)
    assert (found.cause, found.lasts) == (Cause.NONSENSE, False)


def test_roster_without_its_scope(platform: Services) -> None:
    """Is refused by name, and nobody leaves."""
    platform.granted -= {MEMBERS}
    met = Met(platform)
    found = asyncio.run(members(met.access, met.client, platform.members_url))
    assert isinstance(found, Failed)
    assert found.missing == MEMBERS


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("999999999", 3600),
        ("Sun, 29 Nov 2026 12:02:00 GMT", 119.75),
        ("Sun, 29 Nov 2020 12:02:00 GMT", 0),
        ("-5", None),
        ("soon", None),
        ("", None),
    ],
)
def test_what_a_platform_asks_us_to_wait_is_bounded(said: str, seconds: float | None) -> None:
    """Seconds or a date; what is neither is not said."""
    failed = failure_of(429, httpx.Headers({"Retry-After": said}), b"", now=NOON)
    assert failed is not None
    assert failed.after == (None if seconds is None else timedelta(seconds=seconds))


def test_pauses_grow_to_an_hour_and_never_fall_short_of_what_is_asked() -> None:
    """With something added, so that not all come back at once."""
    assert FIRST <= pause(1, None) <= FIRST + JITTER
    assert pause(4, None) >= 8 * FIRST
    assert pause(60, None) == LONGEST
    assert pause(1, timedelta(minutes=30)) == timedelta(minutes=30)
    assert pause(1, timedelta(days=3)) == LONGEST


def test_a_score_that_is_none_clears_what_was_there() -> None:
    """So the standard has it: without points there are none."""
    assert b"scoreGiven" not in score(given=None).body
    assert b'"timestamp": "2026-11-29T12:00:00.250000Z"' in score().body
