"""Links that are mailed: to sign in, and into a course. Nobody learns who has an account, no program spends one."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from grader.service.operations.forgetting import forget
from grader.service.people.audit import Actor
from grader.service.people.mailed_links import IN_AN_HOUR
from grader.service.people.members import MemberChange, change_member
from grader.service.post.postman import Postman
from grader.service.post.sending import NotTaken
from grader.service.site import Site
from grader.service.store.mail_tables import LinkMail, MailState
from grader.service.store.tables import Membership, Person, Role
from grader.service.web.app import make_app
from tests.service.classroom import Classroom, browser, furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded, two
from tests.service.staff import at_desk, main_of
from tests.service.test_mail import Box, by_hand, postman, published
from tests.service.test_marking_pages import api

ASKED = "/sign-in/link"


@pytest.fixture
def room(on_sqlite: Site) -> Classroom:
    return furnish(on_sqlite)


@pytest.fixture
def post(room: Classroom) -> tuple[Postman, Box]:
    """The site sends mail."""
    return postman(room.site)


def asks(room: Classroom, email: str) -> tuple[int, str, str]:
    """What somebody hears who says that address."""
    client = browser(make_app(room.site))
    answer = client.post(ASKED, data={"mailed_to": email})
    page = main_of(client.get(answer.headers["Location"]).text)
    return answer.status_code, answer.headers["Location"], page


def links(post: tuple[Postman, Box]) -> list[str]:
    """The paths of the links in all that has come by now."""
    sender, box = post
    while sender.deliver():
        pass
    texts = [part.get_content() for each in box.came if (part := each.get_body(("plain",))) is not None]
    return [found[1] for text in texts if (found := re.search(r"http://testserver(/link/\S+)", text))]


def changed(room: Classroom, name: str, **values: object) -> None:
    with room.site.database.begin() as session:
        session.execute(update(Person).where(Person.id == room.people[name]).values(**values))


def comes_in(client: TestClient, link: str) -> bool:
    return client.post(link).status_code == 303 and client.get("/account").status_code == 200


def test_a_mailed_link_signs_in_once_by_its_button(room: Classroom, post: tuple[Postman, Box]) -> None:
    """Programs that look into mail may look as often as they like, in both parts of it."""
    asks(room, "Ada@Example.org")
    (link,) = links(post)
    client, late = browser(make_app(room.site)), browser(make_app(room.site))
    (mail,) = post[1].came
    assert [client.request(how, link).status_code < 500 for how in ("GET", "HEAD", "OPTIONS", "GET")] == [True] * 4
    assert [comes_in(client, link), comes_in(late, link)] == [True, False]
    html = mail.get_body(("html",))
    assert html is not None
    assert link in html.get_content()
    assert (mail["To"].addresses[0].addr_spec, mail["List-Unsubscribe"]) == ("ada@example.org", None)


def test_nobody_learns_who_has_an_account(room: Classroom, post: tuple[Postman, Box]) -> None:
    """Whoever has one, nobody, an owner of the site, somebody forgotten, what is no address: one answer."""
    changed(room, "ines", owns_site=True)
    with room.site.database.begin() as session:
        forget(session, room.people["bob"], room.site.now())
    typed = (
        "ada@example.org",
        "nobody@example.org",
        "ines@example.org",
        "bob@example.org",
        "x",
        "",
        "a@b\0",
        "@" * 9_000,
    )
    assert len({asks(room, each) for each in typed}) == 1
    links(post)
    assert post[1].told() == ["ada"]


def test_a_mailbox_is_not_flooded(room: Classroom, post: tuple[Postman, Box], clock: StoppedClock) -> None:
    """Whoever asks, in whichever process; and of one process whoever asks too often hears so, known or not."""
    for _ in range(IN_AN_HOUR + 2):
        asks(room, "ada@example.org")
    assert len(links(post)) == IN_AN_HOUR
    clock.go_on(minutes=61)
    asks(room, "ada@example.org")
    assert len(links(post)) == IN_AN_HOUR + 1
    for email in ("bob@example.org", "nobody@example.org"):
        client = browser(make_app(room.site))
        heard = [client.post(ASKED, data={"mailed_to": email}).status_code for _ in range(IN_AN_HOUR + 1)]
        assert heard == [303] * IN_AN_HOUR + [429]


def test_a_link_ends(room: Classroom, post: tuple[Postman, Box], clock: StoppedClock) -> None:
    """After half an hour, with the use of another one, and with the address that it was mailed to."""
    for _ in range(3):
        asks(room, "ada@example.org")
    first, second, third = links(post)
    assert comes_in(browser(make_app(room.site)), second)
    assert not comes_in(browser(make_app(room.site)), first)
    assert not comes_in(browser(make_app(room.site)), third)
    asks(room, "bob@example.org")
    bobs = links(post)[-1]
    changed(room, "bob", email="bob@elsewhere.example")
    assert not comes_in(browser(make_app(room.site)), bobs)
    changed(room, "bob", email="bob@example.org")
    clock.go_on(minutes=31)
    assert not comes_in(browser(make_app(room.site)), bobs)


def test_what_waited_for_half_a_day_or_has_lost_its_reader_is_not_sent(
    room: Classroom, post: tuple[Postman, Box], clock: StoppedClock
) -> None:
    """A link is made when it is sent, and good from then on."""
    asks(room, "ada@example.org")
    clock.go_on(hours=13)
    asks(room, "bob@example.org")
    changed(room, "bob", email="bob@elsewhere.example")
    assert links(post) == []
    with room.site.database.read() as session:
        assert set(session.scalars(select(LinkMail.state))) == {MailState.DROPPED}


def test_a_site_that_sends_no_mail_offers_no_link(room: Classroom) -> None:
    """And writes nothing down."""
    assert ASKED not in browser(make_app(room.site)).get("/sign-in").text
    asks(room, "ada@example.org")
    with room.site.database.read() as session:
        assert session.scalars(select(LinkMail)).all() == []


def invited(room: Classroom, emails: str, role: str = "student") -> str:
    """What an instructor reads who invites these by mail."""
    path = "/courses/ml/people/invitations/mail"
    return main_of(at_desk(room).post(path, data={"emails": emails, "role": role, "section": "A"}).text)


JOINS = {"name": "Eve", "email": "eve@example.org", "password": "correct horse battery"}


def test_an_invitation_is_mailed_to_each_address(room: Classroom, post: tuple[Postman, Box]) -> None:
    """A link of their own; what is no address is named and mailed to nobody; one who is no teacher any more invites
    nobody."""
    page = invited(room, "eve@example.org, Eve@example.org\nfay@example.org not-one")
    assert "Invitations on their way: 2." in page
    assert "not-one" in page
    found = links(post)
    assert (len(set(found)), post[1].told()) == (2, ["eve", "fay"])
    client = browser(make_app(room.site))
    assert client.get(found[0]).status_code == 200
    assert client.post(found[0], data=JOINS).headers["Location"] == "/courses/ml"
    assert browser(make_app(room.site)).post(found[0], data=JOINS | {"email": "x@example.org"}).status_code == 404

    invited(room, "gus@example.org")
    changed_role(room, "ines")
    assert len(links(post)) == 2


def changed_role(room: Classroom, name: str) -> None:
    """Somebody else teaches from now on."""
    with room.site.database.begin() as session:
        rows = {row.person_id: row for row in session.scalars(select(Membership))}
        rows[room.people["greta"]].role = Role.INSTRUCTOR
        change, actor = MemberChange(role=Role.STUDENT), Actor(person_id=None, role=Role.OWNER)
        assert change_member(session, rows[room.people[name]], change, actor=actor, now=room.site.now()) is None


def test_a_program_invites_by_mail(room: Classroom, post: tuple[Postman, Box]) -> None:
    """As the page does, and only for whoever teaches."""
    path, sent = "/api/v1/courses/ml/invitations/mail", {"emails": ["eve@example.org", "x"]}
    assert api(room, "ines").post(path, json=sent).json() == {"mailed": 1, "wrong": ["x"]}
    assert api(room, "ines").post(path, json=sent | {"role": "owner"}).status_code == 403
    assert api(room, "greta").post(path, json=sent).status_code == 403
    assert len(links(post)) == 1


def test_nothing_is_told_of_work_to_an_address_that_nobody_has_proven(on_sqlite: Site) -> None:
    """Whoever joins by an invitation types what they like: once what was mailed there was opened, it is theirs."""
    room = by_hand(on_sqlite)
    post = postman(on_sqlite)
    link = re.search(r"/link/[\w-]+", at_desk(room).post("/courses/ml/people/invitations").text)
    assert link is not None
    client = browser(make_app(on_sqlite))
    client.post(link[0], data=JOINS)
    with on_sqlite.database.read() as session:
        eve = session.scalars(select(Person.id).where(Person.email == "eve@example.org")).one()
    room.people["eve"] = eve
    graded(room, "eve", two(40, 10))
    (proof,) = links(post)
    published(room)
    links(post)
    before = post[1].told()
    assert "mailed to this address" in client.get("/account").text

    assert comes_in(browser(make_app(on_sqlite)), proof)
    assert "mailed to this address" not in client.get("/account").text
    assert before == ["ada", "bob", "eve"]


def test_whoever_runs_the_site_sees_why_a_link_was_not_mailed(room: Classroom, post: tuple[Postman, Box]) -> None:
    """Beside the other mail."""
    post[1].troubles = [NotTaken("550 no such mailbox", for_good=True)]
    asks(room, "ada@example.org")
    assert links(post) == []
    changed(room, "ines", owns_site=True)
    page = main_of(at_desk(room).get("/site").text)
    assert "550 no such mailbox" in page
    assert "1 cannot be sent" in page
