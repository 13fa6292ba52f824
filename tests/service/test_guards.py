"""What stands before every route: hosts, origins, bodies, rates, headers, cookies."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi import Depends, FastAPI, Request, UploadFile
from fastapi.routing import APIRouter
from starlette.datastructures import Headers
from starlette.testclient import TestClient
from starlette.types import Message
from starlette.types import Scope as Asked

from grader.policy.scopes import Scope
from grader.service.people import tokens
from grader.service.people.sessions import begin_session
from grader.service.site import Site
from grader.service.store.tables import Token, WebSession
from grader.service.web.access import COOKIE, Anybody, Caller, InCourse, Member, SignedIn
from grader.service.web.app import make_app
from grader.service.web.refusing import MOST_FAULTS
from grader.service.web.security import Bounds
from grader.service.web.security.bodies import Body
from grader.service.web.security.counts import FEW, Counts
from grader.service.web.security.draining import refuse_briefly
from grader.service.web.security.origins import network_of, own_path
from grader.service.web.security.rates import Guard, Slots, TooOften
from tests.service.classroom import Classroom, browser, furnish, signed_in
from tests.service.clock import StoppedClock

SMALL = Bounds(
    form_bytes=1_000, upload_bytes=10_000, uploads_each=1, body_seconds=0.2, bytes_per_second=1_000_000, api="20/minute"
)


def with_routes(site: Site, bounds: Bounds = SMALL, hosts: Sequence[str] = ()) -> FastAPI:
    """The application, and some routes before its own."""
    app = make_app(site, allow_hosts=hosts, bounds=bounds)
    router = APIRouter()

    @router.get("/try/page")
    def page(caller: Caller | None = Depends(Anybody())) -> str:
        return "nobody" if caller is None else caller.name

    @router.post("/try/form")
    async def form(request: Request, caller: Caller | None = Depends(Anybody())) -> int:
        return len(await request.body())

    @router.post("/courses/{slug}/digits")
    def upload(notebook: UploadFile, course: InCourse = Depends(Member())) -> int:
        return notebook.size or 0

    @router.get("/try/broken")
    def broken(caller: Caller = Depends(SignedIn())) -> str:
        raise RuntimeError("the password is hunter2")

    app.include_router(router)
    app.router.routes.insert(0, app.router.routes.pop())
    return app


@pytest.fixture
def room(on_sqlite: Site) -> Classroom:
    return furnish(on_sqlite)


@pytest.mark.parametrize("path", ["/try/page", "/nothing", "/try/broken", "/static/site.css", "/api/v1/nothing"])
def test_every_answer_guards_itself(room: Classroom, path: str) -> None:
    """Pages, files, refusals and failures alike: no script within a page, in nobody's frame, read as what they are."""
    client = signed_in(with_routes(room.site), room, "ada")
    client = TestClient(client.app, cookies=client.cookies, raise_server_exceptions=False)
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert path.startswith("/static/") or "no-store" in headers["Cache-Control"]


def test_a_failure_of_ours_tells_nothing_of_itself(room: Classroom) -> None:
    """Neither its words nor its place: only what it is called in the logs."""
    client = signed_in(with_routes(room.site), room, "ada")
    answer = TestClient(client.app, cookies=client.cookies, raise_server_exceptions=False).get("/try/broken")
    assert answer.status_code == 500
    assert not any(word in answer.text for word in ("hunter2", "RuntimeError", "Traceback", ".py"))


def test_encryption_is_kept_to_once_there_is_some(on_sqlite: Site) -> None:
    """A site reached by https says so to browsers, and its cookie goes nowhere else."""
    site = replace(on_sqlite, address="https://grader.example.org")
    room = furnish(site)
    with site.database.begin() as session:
        secret = begin_session(session, room.people["ada"], agent="", now=site.now())
    client = TestClient(with_routes(site), base_url=site.address)
    assert client.get("/try/page").headers["Strict-Transport-Security"].startswith("max-age=")
    assert client.get("/try/page", headers={"Cookie": f"{COOKIE}={secret}"}).json() == "nobody"
    assert client.get("/try/page", headers={"Cookie": f"__Host-{COOKIE}={secret}"}).json() == "Ada"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("testserver", 200),
        ("TestServer:8000", 200),
        ("proxy.internal", 200),
        ("evil.example", 400),
        ("testserver.evil.example", 400),
        ("testserver@evil.example", 400),
        ("evil.example/testserver", 400),
        ("[", 400),
        ("", 400),
    ],
)
def test_only_our_own_names_are_answered(room: Classroom, host: str, status: int) -> None:
    """A name that somebody lets point at us, or writes into a request, makes no link and opens nothing."""
    client = TestClient(with_routes(room.site, hosts=["proxy.internal"]))
    assert client.get("/try/page", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Origin": "http://testserver"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_a_page_of_somebody_elses_changes_nothing(room: Classroom, headers: dict[str, str], status: int) -> None:
    """What a browser does for a page of another site is refused, signed in or not."""
    client = signed_in(with_routes(room.site), room, "ada")
    client.headers.pop("Sec-Fetch-Site")
    assert client.post("/try/form", headers=headers).status_code == status
    assert TestClient(client.app).post("/try/form", headers=headers).status_code == status


def test_a_program_with_a_token_comes_from_no_page(room: Classroom) -> None:
    """It says no origin, and has no cookie that anybody could use; without a token the API says that one is missing."""
    client = TestClient(with_routes(room.site))
    with room.site.database.begin() as session:
        _, secret = tokens.new_token(
            session, person_id=room.people["ada"], name="t", scopes=[Scope.READ], now=room.site.now()
        )
    assert client.post("/try/form", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    assert client.post("/api/v1/nothing").status_code == 404


@pytest.mark.parametrize("path", ["/account", "/courses/ml?page=2", "/courses/ml/digits#report", "/a%20b"])
def test_one_goes_on_where_one_wanted_to(path: str) -> None:
    """Paths of ours stay."""
    assert own_path(path) == path


@pytest.mark.parametrize(
    "said",
    [None, "", "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
     "javascript:alert(1)", "/a\r\nSet-Cookie: x=y", " //evil.example", "/ü", "/a b"],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(said: str | None) -> None:
    """Nor to what a browser would read as elsewhere."""
    assert own_path(said) == "/"


def test_a_form_and_a_file_are_read_up_to_a_bound(room: Classroom) -> None:
    """Said or not beforehand, and a file only by somebody who is signed in."""
    client = signed_in(with_routes(room.site), room, "ada")
    assert client.post("/try/form", content=b"x" * 1_000).status_code == 200
    assert client.post("/try/form", content=b"x" * 1_001).status_code == 413
    assert client.post("/try/form", content=iter([b"x" * 600] * 2)).status_code == 413
    assert client.post("/courses/ml/digits", files={"notebook": b"x" * 5_000}).status_code == 200
    assert client.post("/courses/ml/digits", files={"notebook": b"x" * 20_000}).status_code == 413
    stranger = browser(with_routes(room.site))
    assert stranger.post("/courses/ml/digits", files={"notebook": b"x" * 5_000}).status_code == 401


def test_a_body_without_end_is_not_read_to_its_end(room: Classroom) -> None:
    """In pieces that never stop: reading stops at the bound."""
    sent: list[int] = []

    def endless() -> Iterator[bytes]:
        while len(sent) < 1_000:
            sent.append(1)
            yield b"x" * 500

    pieces = asyncio.run(asked(with_routes(room.site), "/try/form", endless()))
    assert pieces[0]["status"] == 413
    assert len(sent) < 10


def test_a_body_that_never_comes_is_not_waited_for(room: Classroom) -> None:
    """Nor one of which a byte comes now and then."""
    assert asyncio.run(asked(with_routes(room.site), "/try/form", iter([b"x"]), stalls=True))[0]["status"] == 408


def test_nobody_is_too_slow_because_we_were_busy() -> None:
    """A body's time counts from when it is waited for, not from when the request came."""

    class Hasty(asyncio.SelectorEventLoop):
        ahead = 0.0

        def time(self) -> float:
            return super().time() + self.ahead

    async def receive() -> Message:
        loop.ahead += 0.1
        await asyncio.sleep(0)
        return {"type": "http.request", "body": b"x", "more_body": False}

    async def read() -> Message:
        body = Body(receive, 10, Bounds())
        loop.ahead += 2 * Bounds().body_seconds  # until it is known who sends it
        return await body.receive()

    with closing(Hasty()) as loop:
        assert loop.run_until_complete(read())["body"] == b"x"


async def asked(app: FastAPI, path: str, pieces: Iterator[bytes], *, stalls: bool = False) -> list[Message]:
    """What the application answers to a body in pieces that end only with the connection."""
    answer: list[Message] = []

    async def receive() -> Message:
        piece = next(pieces, None)
        if piece is None and stalls:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": piece or b"", "more_body": True}

    async def send(message: Message) -> None:
        answer.append(message)

    scope: Asked = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"testserver"), (b"origin", b"http://testserver"), (b"transfer-encoding", b"chunked")],
    }
    await app(scope, receive, send)
    return answer


BRIEF = Bounds(briefly_bytes=2_000, briefly_seconds=0.05)


@pytest.mark.parametrize(
    ("headers", "pieces", "read", "is_cut"),
    [
        pytest.param({}, 0, 1, False, id="no body"),
        pytest.param({"content-length": "1500"}, 3, 3, False, id="all of it"),
        pytest.param({"transfer-encoding": "chunked"}, 3, 3, False, id="of a length that nobody said"),
        pytest.param({"content-length": "2500"}, 5, 0, True, id="more than is read"),
        pytest.param({"transfer-encoding": "chunked"}, 999, 5, True, id="without end"),
        pytest.param({"content-length": "1500", "expect": "100-continue"}, 3, 0, True, id="not before it is wanted"),
        pytest.param({"content-length": "1500"}, None, 1, True, id="one that never comes"),
    ],
)
def test_who_comes_too_often_is_read_before_they_are_told(
    headers: dict[str, str], pieces: int | None, read: int, is_cut: bool
) -> None:
    """A program that still sends when the line is cut hears of a broken line, and not when to come again."""
    asked_for: list[int] = []
    answer: list[Message] = []

    async def receive() -> Message:
        asked_for.append(len(answer))
        if pieces is None:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": b"x" * 500 * bool(pieces), "more_body": len(asked_for) < (pieces or 0)}

    async def send(message: Message) -> None:
        answer.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope: Asked = {"type": "http", "method": "POST", "path": "/api/v1/courses", "query_string": b"", "headers": raw}
    asyncio.run(refuse_briefly(TooOften(5), scope, receive, send, bounds=BRIEF))
    said = Headers(raw=answer[0]["headers"])

    assert asked_for == [0] * read
    assert (answer[0]["status"], said["retry-after"], said.get("connection") == "close") == (429, "5", is_cut)


@pytest.mark.parametrize("path", ["/courses/ml/digits", "/api/v1/courses/ml/assignments/digits/attempts"])
def test_what_is_handed_in_too_often_is_read_first(room: Classroom, path: str) -> None:
    """Where all places are taken, and where the API is asked more often than anybody needs to."""
    app = with_routes(room.site, replace(SMALL, api="1/minute", uploads_all=0))
    client = signed_in(app, room, "ada")
    client.get("/api/v1/courses")
    pieces, answer = [b"x" * 500] * 3, list[Message]()

    async def receive() -> Message:
        return {"type": "http.request", "body": pieces.pop(), "more_body": bool(pieces)}

    async def send(message: Message) -> None:
        answer.append(message)

    said = {"host": "testserver", "origin": "http://testserver", "cookie": f"{COOKIE}={client.cookies[COOKIE]}"}
    raw = [(name.encode(), value.encode()) for name, value in said.items()]
    scope: Asked = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": raw}
    asyncio.run(app(scope, receive, send))

    assert (answer[0]["status"], pieces) == (429, [])


def test_ten_thousand_parts_are_refused(room: Classroom) -> None:
    """A body may be small and still be work without end."""
    client = signed_in(with_routes(room.site, Bounds()), room, "ada")
    parts = b"".join(b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' for _ in range(10_000)) + b"--b--"
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    assert client.post("/courses/ml/digits", content=parts, headers=headers).status_code == 400


def test_of_a_body_with_a_thousand_faults_some_are_told(room: Classroom) -> None:
    """Else a megabyte of names that no route has would be answered with six."""
    with room.site.database.begin() as session:
        person_id, now = room.people["ines"], room.site.now()
        _, secret = tokens.new_token(session, person_id=person_id, name="t", scopes=frozenset(Scope), now=now)
    program = TestClient(make_app(room.site), headers={"Authorization": f"Bearer {secret}"})
    faulty = program.put("/api/v1/courses/ml/assignments/digits/opening", json=dict.fromkeys(map(str, range(1_000)), 1))
    assert faulty.status_code == 422
    assert len(faulty.json()["errors"]) == MOST_FAULTS


def test_each_holds_so_many_slots_and_leaves_the_others_theirs() -> None:
    """One who opens a hundred streams is refused the ninth; a slot that is left is free."""
    slots = Slots(each=2, all=3, crowded=3)
    with slots.held("ada"):
        with slots.held("ada"), pytest.raises(TooOften), slots.held("ada"):
            pass
        with slots.held("bob"), slots.held("carl"), pytest.raises(TooOften), slots.held("dora"):
            pass
        with slots.held("ada"), slots.held("dora"):
            pass


def test_fifty_accounts_together_leave_a_class_its_slots() -> None:
    """Each takes as many as it gets; a hundred others still hand in at the same moment."""
    bounds = Bounds()
    slots = Slots(each=bounds.uploads_each, all=bounds.uploads_all, crowded=bounds.uploads_crowded)
    with ExitStack() as stack:
        for n in range(50 * bounds.uploads_each):
            with suppress(TooOften):
                stack.enter_context(slots.held(f"greedy {n // bounds.uploads_each}"))
        for n in range(100):
            stack.enter_context(slots.held(f"student {n}"))


def test_whoever_asks_the_api_too_often_is_told_when_to_come_again(room: Classroom) -> None:
    """Counted by who asks, so that others behind the same address go on."""
    app = with_routes(room.site)
    ada, bob = (signed_in(app, room, name) for name in ("ada", "bob"))
    answers = [ada.get("/api/v1/courses") for _ in range(21)]
    assert [each.status_code for each in answers] == [200] * 20 + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert bob.get("/api/v1/courses").status_code == 200


def test_guesses_are_stopped_and_a_class_behind_the_same_address_is_not(room: Classroom) -> None:
    """Wrong secrets alone are counted: who has a right one passes, before and after."""
    app = with_routes(room.site, Bounds(secrets_by_address="5/minute"))
    guesser = TestClient(app)
    said = [guesser.get("/api/v1/courses", headers={"Authorization": f"Bearer grader_{n}"}) for n in range(7)]
    assert [each.status_code for each in said] == [401] * 5 + [429] * 2
    assert {signed_in(app, room, name).get("/api/v1/courses").status_code for name in room.people} == {200}


def test_wrong_passwords_are_counted_by_account_and_by_address() -> None:
    """Ten at one account from one place stop that account there, not the same account from elsewhere, nor the class."""
    guard = Guard(Bounds(password_by_account_there="3/minute", password_by_address="8/minute"))
    for _ in range(3):
        guard.before_password("ada@example.org", "192.0.2.1")
        guard.wrong_password("Ada@example.org", "192.0.2.1")
    with pytest.raises(TooOften):
        guard.before_password("ada@example.org", "192.0.2.1")
    guard.before_password("ada@example.org", "192.0.2.2")
    guard.before_password("bob@example.org", "192.0.2.1")
    for n in range(5):
        guard.wrong_password(f"{n}@example.org", "192.0.2.1")
    with pytest.raises(TooOften):
        guard.before_password("bob@example.org", "192.0.2.1")


def test_what_is_over_is_not_kept_and_no_thread_looks_for_it() -> None:
    """Whoever asks with ever new names fills no memory: of what is over, never more is kept than of what is not."""
    counts = Counts()
    (looked := counts.timer).join()
    for number in range(3 * FEW):
        assert counts.incr(f"name {number}", expiry=0) == 1
    assert counts.incr("often", expiry=60) + counts.incr("often", expiry=60) == 3

    assert len(counts.storage) <= FEW + 1
    assert counts.timer is looked


def test_a_network_of_version_six_is_one_address() -> None:
    """Everybody has more of them than can be counted."""
    assert network_of("2001:db8:1:2::5") == network_of("2001:db8:1:2:3::6") != network_of("2001:db8:1:3::5")
    assert network_of("192.0.2.1") != network_of("192.0.2.2")


def test_what_a_proxy_would_say_is_not_believed_of_anybody(room: Classroom) -> None:
    """Guesses are counted by the connection, whatever the request says of where it comes from."""
    client = TestClient(with_routes(room.site, Bounds(secrets_by_address="2/minute")))
    said = [
        client.get("/api/v1/courses", headers={"Authorization": "Bearer no", "X-Forwarded-For": f"192.0.2.{n}"})
        for n in range(3)
    ]
    assert [each.status_code for each in said] == [401, 401, 429]


def test_a_day_old_session_gets_its_new_secret_with_an_answer(room: Classroom, clock: StoppedClock) -> None:
    """Once, though many requests come at once with the old one; and nobody is signed out by it."""
    client = signed_in(with_routes(room.site), room, "ada")
    old = client.cookies[COOKIE]
    clock.go_on(days=1, seconds=1)
    cookie = client.get("/try/page").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    again = browser(client.app, old).get("/try/page")  # type: ignore[arg-type]  # starlette forgets its type
    assert (again.json(), again.headers.get("Set-Cookie")) == ("Ada", None)
    assert client.cookies[COOKIE] != old
    clock.go_on(minutes=2)
    assert client.get("/try/page").json() == "Ada"


def test_a_secret_that_a_browser_brings_is_never_taken_for_a_session(room: Classroom) -> None:
    """Whoever plants a cookie finds nobody signed in with it."""
    client = browser(with_routes(room.site), "planted")
    assert client.get("/try/page").json() == "nobody"
    with room.site.database.read() as session:
        assert session.query(WebSession).count() == 0


def test_it_is_noted_once_an_hour_that_a_token_is_used(room: Classroom, clock: StoppedClock) -> None:
    """So that its owner sees which are in use; a request costs no write for it."""
    site = room.site
    with site.database.begin() as session:
        row, secret = tokens.new_token(
            session, person_id=room.people["ada"], name="t", scopes=[Scope.READ], now=site.now()
        )
    client = TestClient(with_routes(site), headers={"Authorization": f"Bearer {secret}"})
    first = site.now()
    for _ in range(2):
        assert client.get("/try/page").json() == "Ada"
        clock.go_on(minutes=30)
    with site.database.read() as session:
        assert session.get_one(Token, row.id).used_at == first
    assert timedelta(hours=1) == tokens.USED_WITHIN
