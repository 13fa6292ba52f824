"""What people are told by mail: of what, in which words, once; and what a server's answers come to."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from grader.errors import UsageError
from grader.policy.mail import About
from grader.policy.terms import Publishing, Relief, Terms
from grader.service.attempts.openings import Whom, grant, publish
from grader.service.operations.forgetting import forget
from grader.service.people.accounts import is_email
from grader.service.people.audit import Actor
from grader.service.people.mail_choices import choices, choose
from grader.service.people.outbox import tell_one
from grader.service.post.postman import TRIES, Postman, end_mail
from grader.service.post.sending import Line, NoServer, NotTaken, Smtp
from grader.service.post.server import MailServer, Security, read_server
from grader.service.site import Site
from grader.service.store.mail_tables import Mail, MailState
from grader.service.store.tables import Course, Opening, Person, Role
from grader.service.web.app import make_app
from tests.service.classroom import Classroom, furnish, signed_in
from tests.service.clock import StoppedClock
from tests.service.grading import graded, two
from tests.service.mailbox import PASSWORD, USER, Mailbox, certificate, mailbox

ACTOR = Actor(person_id=None)
SERVER = MailServer(
    host="127.0.0.1", sender="Grader <grader@example.org>", address="http://testserver", security=Security.NONE, port=1
)


class Box:
    """A server that is none: it keeps what it is handed, and answers as it is told to."""

    def __init__(self) -> None:
        self.came: list[EmailMessage] = []
        self.troubles: list[Exception] = []
        self.lines = 0

    @contextmanager
    def line(self) -> Iterator[Line]:
        self.lines += 1
        yield self

    def send(self, message: EmailMessage) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.came.append(message)

    def told(self) -> list[str]:
        return sorted(str(each["To"].addresses[0].addr_spec).partition("@")[0] for each in self.came)


def postman(site: Site, box: Box | None = None) -> tuple[Postman, Box]:
    box = box or Box()
    made = Postman(site=site, server=SERVER, carrier=box)
    made.begin()
    return made, box


def published(room: Classroom) -> None:
    with room.site.database.begin() as session:
        publish(session, room.opening_id, actor=ACTOR, now=room.site.now())


def states(site: Site) -> list[MailState]:
    with site.database.read() as session:
        return list(session.scalars(select(Mail.state).order_by(Mail.id)))


def by_hand(site: Site) -> Classroom:
    """A course in which nothing is shown before it is published; Ada tried twice, Bob once, and so did who teaches."""
    room = furnish(site, terms=Terms(publishing=Publishing(by_hand=True)))
    for name in ("ada", "ada", "bob", "ines"):
        graded(room, name, two(40, 10))
    return room


def test_a_publication_is_one_mail_for_each_student_who_handed_in(site: Site) -> None:
    """However many attempts they have, and none for staff who tried it."""
    room = by_hand(site)
    sender, box = postman(site)
    published(room)

    assert sender.deliver() == 2
    assert sender.deliver() == 0
    assert box.told() == ["ada", "bob"]
    assert box.lines == 1


def test_nothing_is_written_down_by_a_site_that_sends_no_mail(on_sqlite: Site) -> None:
    """Whoever begins to send is not flooded with what was; whoever ends it drops what waits."""
    published(by_hand(on_sqlite))
    assert states(on_sqlite) == []

    room = furnish(on_sqlite, slug="later", people={"eve": Role.STUDENT})
    graded(room, "eve", two(40, 10))
    postman(on_sqlite)
    published(room)
    end_mail(on_sqlite)
    assert states(on_sqlite) == [MailState.DROPPED]


def test_mail_is_written_with_what_it_tells_or_not_at_all(on_sqlite: Site) -> None:
    """A transaction that fails has told nobody."""
    room = by_hand(on_sqlite)
    postman(on_sqlite)
    with suppress(RuntimeError), on_sqlite.database.begin() as session:
        publish(session, room.opening_id, actor=ACTOR, now=on_sqlite.now())
        raise RuntimeError

    assert states(on_sqlite) == []


def test_a_mail_says_no_points_and_leads_to_the_page(on_sqlite: Site, golden: Callable[[str, str], None]) -> None:
    """In both languages, as text and as HTML that say the same, as it was read and approved."""
    room = by_hand(on_sqlite)
    sender, box = postman(on_sqlite)
    with on_sqlite.database.begin() as session:
        session.get_one(Person, room.people["bob"]).language = "zh"
        session.get_one(Course, room.course_id).title = "Machine <b>learning</b> & more"
    published(room)
    sender.deliver()
    for message in box.came:
        text, html = (str(part.get_content()) for part in message.iter_parts())
        name = str(message["To"].addresses[0].addr_spec).partition("@")[0]
        golden(f"site/mail_{name}.txt", _settled(f"{message['Subject']}\n\n{text}\n{html}"))


def _settled(text: str) -> str:
    return re.sub(r"[0-9a-f]{64}", "SEAL", text.replace("\r\n", "\n"))


REFUSALS = [
    pytest.param("sealed", id="an instructor took it back before it was sent"),
    pytest.param("unwanted", id="they want none any more"),
    pytest.param("forgotten", id="they were forgotten"),
    pytest.param("stale", id="it is too old to be news"),
]


@pytest.mark.parametrize("why", REFUSALS)
def test_what_may_not_be_told_any_more_is_dropped(on_sqlite: Site, clock: StoppedClock, why: str) -> None:
    """What counts is what holds when it is sent."""
    room = furnish(on_sqlite, terms=Terms(publishing=Publishing(by_hand=True)))
    graded(room, "ada", two(40, 10))
    sender, box = postman(on_sqlite)
    published(room)
    with on_sqlite.database.begin() as session:
        _prevent(session, room, why)
    if why == "stale":
        clock.go_on(days=4)
    sender.deliver()

    assert box.came == []
    assert MailState.WAITING not in states(on_sqlite)


def _prevent(session: Session, room: Classroom, why: str) -> None:
    if why == "sealed":
        session.get_one(Opening, room.opening_id).published_at = None
    if why == "unwanted":
        choose(session, room.people["ada"], {About.PUBLISHED: False})
    if why == "forgotten":
        forget(session, room.people["ada"], room.site.now())


def test_an_extension_says_the_dates_that_hold(on_sqlite: Site) -> None:
    """In the zone of the course."""
    room = furnish(on_sqlite, terms=Terms(due=on_sqlite.now()))
    sender, box = postman(on_sqlite)
    with on_sqlite.database.begin() as session:
        relief = Relief(due=on_sqlite.now() + timedelta(days=2))
        whom = Whom(person_id=room.people["ada"])
        grant(session, room.opening_id, whom, relief, reason="was ill", actor=ACTOR, now=on_sqlite.now())
    sender.deliver()
    text = str(box.came[0].get_body(("plain",)).get_content())  # type: ignore[union-attr]  # it has one

    assert box.told() == ["ada"]
    assert "It is due 2026-12-01 12:00 UTC." in text
    assert "was ill" not in text


def test_nothing_is_told_of_an_opening_to_come_before_it_opens(on_sqlite: Site, clock: StoppedClock) -> None:
    """The mail waits for the release."""
    room = furnish(on_sqlite, terms=Terms(release=on_sqlite.now() + timedelta(days=5)))
    sender, box = postman(on_sqlite)
    with on_sqlite.database.begin() as session:
        whom = Whom(person_id=room.people["ada"])
        relief = Relief(extra_attempts=1)
        grant(session, room.opening_id, whom, relief, reason="", actor=ACTOR, now=on_sqlite.now())
    sender.deliver()
    assert box.came == []
    clock.go_on(days=5)
    sender.deliver()

    assert box.told() == ["ada"]


def test_a_date_that_publishes_is_told_once(on_sqlite: Site, clock: StoppedClock) -> None:
    """Nobody's click says so: whoever sends looks at the dates."""
    shown = Publishing(points_from=on_sqlite.now() + timedelta(hours=1))
    room = furnish(on_sqlite, terms=Terms(publishing=shown))
    graded(room, "ada", two(40, 10))
    sender, box = postman(on_sqlite)
    for _ in range(3):
        sender.announce()
        sender.deliver()
        clock.go_on(minutes=45)

    assert box.told() == ["ada"]


@pytest.mark.parametrize("wanted", [False, True])
def test_mail_of_every_report_is_for_those_who_ask_for_it(on_sqlite: Site, wanted: bool) -> None:
    """Whoever hands in looks at the page; the others have said so."""
    room = furnish(on_sqlite)
    attempt_id = graded(room, "ada", two(40, 10))
    sender, box = postman(on_sqlite)
    with on_sqlite.database.begin() as session:
        if wanted:
            choose(session, room.people["ada"], {About.GRADED: True})
        for _ in range(2):
            tell_one(
                session,
                About.GRADED,
                opening_id=room.opening_id,
                person_id=room.people["ada"],
                attempt_id=attempt_id,
                event=f"graded:{attempt_id}",
                now=on_sqlite.now(),
            )
    sender.deliver()

    assert box.told() == (["ada"] if wanted else [])


def test_a_server_that_says_no_for_good_parks_a_mail_and_shows_why(on_sqlite: Site) -> None:
    """The others go on over the same line; the owner of the site reads the answer."""
    room = by_hand(on_sqlite)
    sender, box = postman(on_sqlite)
    box.troubles = [NotTaken("550 no such mailbox", for_good=True)]
    published(room)
    with on_sqlite.database.begin() as session:
        session.get_one(Person, room.people["ines"]).owns_site = True
    sender.deliver()

    assert sorted(states(on_sqlite)) == [MailState.PARKED, MailState.SENT]
    assert "550 no such mailbox" in signed_in(make_app(on_sqlite), room, "ines").get("/site").text


@pytest.mark.parametrize(
    "typed", ["bob@b..[org", "a@(b.org", "bob@example(.org", "bob@[example.org", "b:ob@example.org"]
)
def test_an_address_that_is_none_is_parked_and_the_others_mail_goes(on_sqlite: Site, typed: str) -> None:
    """Whoever joins types theirs themselves: one that no header takes, or takes for another, stops nobody's mail."""
    assert is_email(typed)
    room = by_hand(on_sqlite)
    with on_sqlite.database.begin() as session:
        session.get_one(Person, room.people["bob"]).email = typed
    sender, box = postman(on_sqlite)
    published(room)
    sender.deliver()

    assert (box.told(), sorted(states(on_sqlite))) == (["ada"], [MailState.PARKED, MailState.SENT])


def test_a_fault_of_ours_with_one_mail_ends_no_other(on_sqlite: Site) -> None:
    """It is parked, with its kind for whoever runs the site."""
    room = by_hand(on_sqlite)
    sender, box = postman(on_sqlite)
    box.troubles = [IndexError("string index out of range")]
    published(room)
    sender.deliver()

    assert states(on_sqlite) == [MailState.PARKED, MailState.SENT]
    with on_sqlite.database.read() as session:
        assert session.scalars(select(Mail.trouble).order_by(Mail.id)).first() == (
            "a fault of the grader's own: IndexError"
        )


@pytest.mark.parametrize("typed", ["o'brien+ml@example.org", "a_b.c-d@cs.example.ac.uk", "ada@xn--bcher-kva.example"])
def test_an_address_as_people_have_them_is_written_as_it_is(on_sqlite: Site, typed: str) -> None:
    """Whatever stands in it."""
    room = by_hand(on_sqlite)
    with on_sqlite.database.begin() as session:
        session.get_one(Person, room.people["ada"]).email = typed
    sender, box = postman(on_sqlite)
    published(room)
    sender.deliver()

    assert typed in [each["To"].addresses[0].addr_spec for each in box.came]


def test_a_mail_that_is_put_off_is_tried_again_later_each_time(on_sqlite: Site, clock: StoppedClock) -> None:
    """After one minute, two, four, and parked in the end."""
    room = by_hand(on_sqlite)
    sender, box = postman(on_sqlite)
    published(room)
    box.troubles = [NotTaken("451 later", for_good=False)] * 2
    sender.deliver()
    clock.go_on(seconds=59)
    assert sender.deliver() == 0
    clock.go_on(seconds=1)
    box.troubles = [NotTaken("451 later", for_good=False)] * 2
    assert sender.deliver() == 2
    for _ in range(TRIES):
        clock.go_on(hours=4)
        box.troubles = [NotTaken("451 later", for_good=False)] * 2
        sender.deliver()

    assert states(on_sqlite) == [MailState.PARKED] * 2


def test_a_server_that_is_away_costs_no_mail_a_try(on_sqlite: Site, clock: StoppedClock) -> None:
    """All wait, and go out when it is back."""
    room = by_hand(on_sqlite)
    sender, box = postman(on_sqlite)
    published(room)
    for _ in range(TRIES + 1):
        box.troubles = [NoServer("connection refused")]
        assert sender.deliver() == 0
        clock.go_on(minutes=5)
    box.troubles = []
    sender.deliver()

    assert box.told() == ["ada", "bob"]


def test_two_who_send_take_no_mail_twice(site: Site, clock: StoppedClock) -> None:
    """What one claimed the other leaves alone; what a killed one claimed is due again."""
    room = by_hand(site)
    first, box = postman(site)
    published(room)

    class Killed(Box):
        def send(self, message: EmailMessage) -> None:
            del message
            assert Postman(site=site, server=SERVER, carrier=box).deliver() == 0
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Postman(site=site, server=SERVER, carrier=Killed()).deliver()
    assert first.deliver() == 0
    clock.go_on(minutes=11)
    assert first.deliver() == 2
    assert box.told() == ["ada", "bob"]


def test_a_mailbox_ends_one_kind_of_mail_without_signing_in(on_sqlite: Site) -> None:
    """By the address in the header, with a POST of its own (RFC 8058); looking at it changes nothing."""
    room = by_hand(on_sqlite)
    sender, box = postman(on_sqlite)
    published(room)
    sender.deliver()
    message = next(each for each in box.came if "ada" in str(each["To"]))
    url = str(message["List-Unsubscribe"]).strip("<>")
    robot = TestClient(make_app(on_sqlite), follow_redirects=False)

    def wants() -> list[bool]:
        with on_sqlite.database.read() as session:
            return [choices(session, room.people[name])[About.PUBLISHED] for name in ("ada", "bob")]

    assert str(message["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert robot.get(url).status_code == 200
    assert wants() == [True, True]
    assert robot.post(url, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert wants() == [False, True]
    assert robot.post(f"{url[:-1]}x").status_code == 404


def test_what_somebody_is_sent_is_chosen_on_their_account(on_sqlite: Site) -> None:
    """And by a program, which changes only what it names."""
    room = furnish(on_sqlite)
    ada = signed_in(make_app(on_sqlite), room, "ada")
    ada.post("/account/mail", data={"wanted": ["graded", "answered"]})
    told = ada.put("/api/v1/mail", json={"wanted": {"extended": True}}).json()

    assert told == {
        "wanted": {"graded": True, "published": False, "regraded": False, "answered": True, "extended": True},
        "sent": False,
    }
    assert ada.get("/account/mail").text.count(" checked") == 3


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


def encrypted(box: Mailbox, pem: Path, password: str = PASSWORD, *, trusts: bool = True) -> Smtp:
    server = SERVER.model_copy(
        update={"security": Security.STARTTLS, "port": box.port, "user": USER, "password": password}
    )
    trusted = ssl.create_default_context(cafile=str(pem)) if trusts else None
    return Smtp(server, trusted=trusted, sleep=lambda _: None)


def test_many_mails_go_over_one_encrypted_line(on_sqlite: Site, pem: Path) -> None:
    """To a server that takes nothing before STARTTLS and a password."""
    room = by_hand(on_sqlite)
    with mailbox(pem) as box:
        sender = Postman(site=on_sqlite, server=SERVER, carrier=encrypted(box, pem))
        sender.begin()
        published(room)
        assert sender.deliver() == 2

    assert box.told() == [
        ("ada@example.org", "Handwritten digits: results were published"),
        ("bob@example.org", "Handwritten digits: results were published"),
    ]
    assert box.lines == 1


@pytest.mark.parametrize("how", ["password", "certificate"])
def test_a_server_that_lets_nobody_in_or_is_not_the_one_gets_nothing(on_sqlite: Site, pem: Path, how: str) -> None:
    """A wrong password, a certificate that nobody vouches for: all waits, with the reason."""
    room = by_hand(on_sqlite)
    with mailbox(pem) as box:
        carrier = encrypted(box, pem, "wrong") if how == "password" else encrypted(box, pem, trusts=False)
        sender = Postman(site=on_sqlite, server=SERVER, carrier=carrier)
        sender.begin()
        published(room)
        assert sender.deliver() == 0
    with on_sqlite.database.read() as session:
        troubles = {str(each.trouble) for each in session.scalars(select(Mail))}

    assert box.came == []
    assert all(("does not let" if how == "password" else "CERTIFICATE_VERIFY_FAILED") in each for each in troubles)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("550 5.1.1 no such mailbox", MailState.PARKED),
        ("451 4.7.1 greylisted", MailState.WAITING),
    ],
)
def test_a_servers_answer_decides_whether_it_is_tried_again(on_sqlite: Site, answer: str, state: MailState) -> None:
    """5xx is for good, 4xx for now; the second mail goes over the same line."""
    room = by_hand(on_sqlite)
    with mailbox() as box:
        box.answers = [answer]
        server = SERVER.model_copy(update={"port": box.port})
        sender = Postman(site=on_sqlite, server=server, carrier=Smtp(server, sleep=lambda _: None))
        sender.begin()
        published(room)
        sender.deliver()

    assert states(on_sqlite) == [state, MailState.SENT]
    assert len(box.came) == 1


FAULTS = [
    pytest.param("host = 'a'", "sender", id="no sender"),
    pytest.param("host = 'a'\nsender = 'x'\naddress = 'https://x'", "sender", id="a sender without an address"),
    pytest.param("host = 'a'\nsender = 'a@b'\naddress = 'x'", "address", id="an address that is none"),
    pytest.param("host = 'a'\nsender = 'a@b'\naddress = 'https://x'\nuser = 'u'", "user", id="no password"),
    pytest.param("host = ", "cannot be read", id="no TOML"),
    pytest.param("password_file = 'gone'", "gone", id="a password that is not there"),
]


@pytest.mark.parametrize(("told", "where"), FAULTS)
def test_what_is_wrong_with_the_server_is_said_where_it_is(tmp_path: Path, told: str, where: str) -> None:
    """The name of the fault's place, never a value: it may be a secret."""
    (tmp_path / "mail.toml").write_text(told)
    with pytest.raises(UsageError, match=where):
        read_server(tmp_path)


def test_a_server_is_read_with_its_password_from_a_file(tmp_path: Path) -> None:
    """Without the file nobody is sent anything."""
    assert read_server(tmp_path) is None
    (tmp_path / "secret").write_text("pass\n")
    (tmp_path / "mail.toml").write_text(
        "host = 'a'\nsender = 'a@b'\naddress = 'https://x/'\nuser = 'u'\npassword_file = 'secret'\nsecurity = 'tls'"
    )
    server = read_server(tmp_path)

    assert server is not None
    assert (server.password, server.at_port, server.address) == ("pass", 465, "https://x")
    assert "pass'" not in repr(server)
