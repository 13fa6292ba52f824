"""The pages on which somebody signs in, and keeps their account."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from grader.policy.scopes import Scope
from grader.service.people import accounts
from grader.service.people.sessions import begin_session
from grader.service.site import Site
from grader.service.store.tables import Audit, Membership, Person, Role, Token, WebSession
from grader.service.web.access import COOKIE
from grader.service.web.app import make_app
from grader.service.web.security import Bounds
from tests.service.classroom import Classroom, browser, furnish, signed_in

PASSWORD = "correct horse"
KEPT = accounts.PASSWORDS.kept(PASSWORD)


@pytest.fixture
def room(on_sqlite: Site) -> Classroom:
    return furnish(on_sqlite)


def with_password(room: Classroom, name: str) -> None:
    with room.site.database.begin() as session:
        accounts.set_password(session, room.people[name], KEPT, now=room.site.now())


def try_to_sign_in(client: TestClient, email: str, password: str, next: str = "/") -> tuple[int, str]:
    answer = client.post("/sign-in", data={"email": email, "password": password, "next": next})
    return answer.status_code, answer.headers.get("Location", "")


def link_for(room: Classroom, name: str) -> str:
    with room.site.database.begin() as session:
        return "/link/" + accounts.sign_in_link(session, room.people[name], room.site.now())


def invited(room: Classroom, role: Role = Role.STUDENT) -> str:
    with room.site.database.begin() as session:
        secret = accounts.invite(
            session, course_id=room.course_id, role=role, by_id=room.people["ines"], uses=1, now=room.site.now()
        )
    return f"/link/{secret}"


def test_whoever_must_sign_in_goes_on_to_where_they_wanted(room: Classroom) -> None:
    """From a page that needs an account to the form, and back to that page."""
    with_password(room, "ada")
    client = browser(make_app(room.site))
    form = client.get("/account?saved=1").headers["Location"]
    onward = re.search(r'name="next" value="([^"]*)"', client.get(form).text)
    assert onward is not None
    assert onward[1] == "/account?saved=1"
    assert try_to_sign_in(client, "ada@example.org", PASSWORD, onward[1]) == (303, "/account?saved=1")
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize("next", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_signing_in_leads_nowhere_else(room: Classroom, next: str) -> None:
    """Not even for whoever is signed in already."""
    with_password(room, "ada")
    client = browser(make_app(room.site))
    assert try_to_sign_in(client, "ada@example.org", PASSWORD, next) == (303, "/")
    assert client.get("/sign-in", params={"next": next}).headers["Location"] == "/"


def test_a_wrong_address_and_a_wrong_password_are_told_alike(room: Classroom) -> None:
    """Word for word, but for the address that was typed."""
    with_password(room, "ada")
    client = browser(make_app(room.site))
    pages = [
        client.post("/sign-in", data={"email": email, "password": "wrong"})
        for email in ("ada@example.org", "bob@example.org", "eve@example.org")
    ]
    assert {page.status_code for page in pages} == {401}
    assert len({re.sub(r"\w+@example.org", "", page.text) for page in pages}) == 1


def test_guessing_a_password_ends_before_the_right_one(room: Classroom) -> None:
    """After so many wrong ones even the right one is not looked at, for a while; other accounts are not touched."""
    with_password(room, "ada")
    with_password(room, "bob")
    client = browser(make_app(room.site, bounds=Bounds(password_by_account_there="2/minute")))
    said = [try_to_sign_in(client, "ada@example.org", each)[0] for each in ("wrong", "wrong", PASSWORD)]
    assert said == [401, 401, 429]
    assert try_to_sign_in(client, "bob@example.org", PASSWORD)[0] == 303


def test_guesses_that_come_at_once_are_no_more_than_others(room: Classroom) -> None:
    """Each is counted before the next is looked at."""
    with_password(room, "ada")
    app = make_app(room.site, bounds=Bounds(password_by_account_there="2/15 minutes"))

    def guess(number: int) -> int:
        return try_to_sign_in(browser(app), "ada@example.org", f"wrong {number}")[0]

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(guess, range(6))) == [401, 401, 429, 429, 429, 429]


def test_a_whole_class_signs_in_from_one_address(room: Classroom) -> None:
    """Right passwords count nothing."""
    with_password(room, "ada")
    app = make_app(room.site, bounds=Bounds(password_by_address="2/minute"))
    assert {try_to_sign_in(browser(app), "ada@example.org", PASSWORD)[0] for _ in range(4)} == {303}


def test_signing_in_always_makes_a_new_session(room: Classroom) -> None:
    """A cookie that somebody planted, or that was another's, is worth nothing afterwards."""
    with_password(room, "ada")
    app = make_app(room.site)
    with room.site.database.begin() as session:
        bobs = begin_session(session, room.people["bob"], agent="", now=room.site.now())
    for planted in ("planted", bobs):
        client = browser(app, planted)
        assert try_to_sign_in(client, "ada@example.org", PASSWORD)[0] == 303
        assert client.cookies[COOKIE] != planted
        assert browser(app, planted).get("/account").status_code == 303


def test_signing_out_ends_the_session_itself(room: Classroom) -> None:
    """Not only its cookie: who copied it is out, too."""
    client = signed_in(make_app(room.site), room, "ada")
    secret = client.cookies[COOKIE]
    assert client.post("/sign-out").status_code == 303
    assert COOKIE not in client.cookies
    assert browser(make_app(room.site), secret).get("/account").status_code == 303


def test_a_link_is_used_by_its_button_alone(room: Classroom) -> None:
    """What opens links in mail uses none up; the second press finds nothing."""
    link, client = link_for(room, "ada"), browser(make_app(room.site))
    for _ in range(3):
        opened = client.get(link)
        assert (opened.status_code, opened.headers["Referrer-Policy"]) == (200, "no-referrer")
        assert "Ada" not in opened.text
    assert client.post(link).status_code == 303
    assert client.get("/account").status_code == 200
    assert browser(make_app(room.site)).post(link).status_code == 404


def test_links_are_not_to_be_guessed(room: Classroom) -> None:
    """Wrong ones are counted by address; a right one passes all the same."""
    client = browser(make_app(room.site, bounds=Bounds(secrets_by_address="2/minute")))
    assert [client.get(f"/link/{n}").status_code for n in range(3)] == [404, 404, 429]
    assert client.post(link_for(room, "ada")).status_code == 303


def test_somebody_new_joins_by_an_invitation(room: Classroom) -> None:
    """With a name, an address and a password of their own, and is signed in."""
    link, client = invited(room), browser(make_app(room.site))
    assert "Machine learning" in client.get(link).text
    said = {"name": "Carl <b>", "email": "Carl@example.org", "password": PASSWORD}
    assert client.post(link, data=said).headers["Location"] == "/courses/ml"
    assert "Carl &lt;b&gt;" in client.get("/account").text
    with room.site.database.read() as session:
        role = session.scalar(select(Membership.role).join(Person).where(Person.email == "carl@example.org"))
    assert role == Role.STUDENT


@pytest.mark.parametrize(
    "said",
    [
        {"name": "", "email": "carl@example.org", "password": PASSWORD},
        {"name": "Carl", "email": "carl", "password": PASSWORD},
        {"name": "Carl", "email": "carl@example.org", "password": "short"},
        {"name": "Carl", "email": "ada@example.org", "password": PASSWORD},
    ],
    ids=["no name", "no address", "short password", "an address that is somebody's"],
)
def test_an_invitation_that_is_filled_in_wrongly_is_not_used_up(room: Classroom, said: dict[str, str]) -> None:
    """The form comes again and says what is wrong; nobody becomes somebody else by typing their address."""
    link, client = invited(room), browser(make_app(room.site))
    answer = client.post(link, data=said)
    assert (answer.status_code, 'class="error"' in answer.text) == (422, True)
    assert COOKIE not in client.cookies
    good = {"name": "Carl", "email": "carl@example.org", "password": PASSWORD}
    assert client.post(link, data=good).status_code == 303


def test_an_invitation_leaves_a_member_what_they_are(room: Classroom) -> None:
    """And stays good for somebody else."""
    link, ada = invited(room, Role.INSTRUCTOR), signed_in(make_app(room.site), room, "ada")
    assert ada.post(link).headers["Location"] == "/courses/ml"
    with room.site.database.read() as session:
        role = session.scalar(select(Membership.role).where(Membership.person_id == room.people["ada"]))
    assert role == Role.STUDENT
    assert browser(make_app(room.site)).get(link).status_code == 200


def test_a_password_is_changed_by_whoever_knows_the_old_one(room: Classroom) -> None:
    """A browser left open does not give the account away; all others are signed out."""
    with_password(room, "ada")
    app = make_app(room.site)
    here, there = signed_in(app, room, "ada"), signed_in(app, room, "ada")
    assert here.post("/account/password", data={"old": "wrong", "new": "battery staple"}).status_code == 422
    assert here.post("/account/password", data={"old": PASSWORD, "new": "short"}).status_code == 422
    assert here.post("/account/password", data={"old": PASSWORD, "new": "battery staple"}).status_code == 303
    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 303)
    assert try_to_sign_in(browser(app), "ada@example.org", "battery staple")[0] == 303


def test_the_first_owner_says_an_address_and_then_a_password(room: Classroom) -> None:
    """Nobody else is there to give one; an address that somebody has is not taken away."""
    app = make_app(room.site)
    with room.site.database.begin() as session:
        link = accounts.owner_link(session, room.site, room.site.now()).removeprefix(room.site.address)
        session.execute(update(Person).where(Person.owns_site).values(email=None, password=None))
    owner = browser(app)
    owner.post(link)
    assert owner.post("/account/password", data={"new": PASSWORD}).status_code == 422
    for email, status in (("nonsense", 422), ("ada@example.org", 422), ("irene@example.org", 303)):
        assert owner.post("/account", data={"name": "Irene", "email": email}).status_code == status
    assert owner.post("/account/password", data={"new": PASSWORD}).status_code == 303
    assert try_to_sign_in(browser(app), "irene@example.org", PASSWORD) == (303, "/")


def test_everybody_elses_address_stays(room: Classroom) -> None:
    """By it a roster and a school's account find them."""
    ada = signed_in(make_app(room.site), room, "ada")
    ada.post("/account", data={"name": "Ada", "email": "ines2@example.org"})
    with room.site.database.read() as session:
        assert session.get_one(Person, room.people["ada"]).email == "ada@example.org"


def test_who_came_by_a_link_is_told_to_set_a_password(room: Classroom) -> None:
    """The link is good once; without a password the next browser is a closed door."""
    ada = signed_in(make_app(room.site), room, "ada")
    words = "works only once"
    assert words in ada.get("/").text
    with_password(room, "ada")
    assert words not in signed_in(make_app(room.site), room, "ada").get("/").text


def test_a_token_is_shown_once_and_does_what_it_says(room: Classroom) -> None:
    """Made on the page, good at once, and no longer when it was revoked."""
    app = make_app(room.site)
    ada = signed_in(app, room, "ada")
    made = ada.post("/account/tokens", data={"name": "laptop", "scopes": ["read", "site"], "course": "ml"})
    secret = re.search(r"grader_[\w-]{43}", made.text)
    assert secret is not None
    assert secret[0] not in ada.get("/account").text
    with room.site.database.read() as session:
        token = session.scalars(select(Token)).one()
    assert (token.scopes, token.course_id) == (frozenset({Scope.READ}), room.course_id)
    program = TestClient(app, headers={"Authorization": f"Bearer {secret[0]}"})
    assert program.get("/api/v1/courses").status_code == 200
    assert program.get("/account").status_code == 403
    assert signed_in(app, room, "bob").post(f"/account/tokens/{token.id}/revoke").status_code == 404
    assert ada.post(f"/account/tokens/{token.id}/revoke").status_code == 303
    assert program.get("/api/v1/courses").status_code == 401


def test_one_signs_out_everywhere_else(room: Classroom) -> None:
    """One browser or all of them; never somebody else's."""
    app = make_app(room.site)
    here, there, third, bobs = (signed_in(app, room, name) for name in ("ada", "ada", "ada", "bob"))
    with room.site.database.read() as session:
        digests = session.scalars(select(WebSession.digest)).all()
    for digest in digests:
        here.post("/account/sessions/end", data={"session_digest": digest})
    assert [each.get("/account").status_code for each in (here, there, third, bobs)] == [200, 303, 303, 200]


def test_what_people_do_to_accounts_is_in_the_trail_without_their_secrets(room: Classroom) -> None:
    """Who signed in, how, and when; never with what."""
    with_password(room, "ada")
    link = link_for(room, "ada")
    client = browser(make_app(room.site))
    try_to_sign_in(client, "ada@example.org", PASSWORD)
    client.post(link)
    with room.site.database.read() as session:
        trail = session.scalars(select(Audit)).all()
    assert {"signed_in", "link.made", "password.set"} <= {row.action for row in trail}
    told = " ".join(f"{row.subject} {row.details}" for row in trail)
    assert not any(secret in told for secret in (PASSWORD, link[6:], client.cookies[COOKIE]))


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/sign-in", {"email": "\0@x", "password": "\0"}),
        ("/account", {"name": "\0", "language": "\0"}),
        ("/account/tokens", {"name": "\0", "scopes": "\0", "course": "\0"}),
        ("/account/tokens", {"name": "a\0b", "scopes": "read", "course": "\0"}),
        ("/account/tokens", {"name": "a\0b", "scopes": "read"}),
        ("/account/sessions/end", {"session_digest": "\0"}),
        ("/account/password", {"old": "\0", "new": "\0" * 9}),
        ("/language", {"language": "\0", "back": "\0"}),
    ],
)
def test_nothing_that_is_typed_about_an_account_is_an_error_of_ours(
    path: str, form: dict[str, str], site: Site
) -> None:
    """Whatever the database, and whatever characters it does not take."""
    ada = signed_in(make_app(site), furnish(site), "ada")
    assert ada.post(path, data=form).status_code < 500


def test_an_invitation_is_filled_in_with_what_no_database_takes(site: Site) -> None:
    """It is said what is wrong, or it is left out."""
    link = invited(furnish(site))
    nora = {"name": "No\0ra", "email": "nora\0@example.org", "password": "correct horse"}
    client = browser(make_app(site))
    assert client.post(link, data=nora).status_code == 422
    assert client.post(link, data=nora | {"email": "nora@example.org"}).status_code == 303
