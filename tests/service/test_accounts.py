"""Accounts: passwords, links that sign in, invitations, tokens, sessions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from typing import Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.errors import UsageError
from grader.policy.scopes import Scope
from grader.service.people import accounts, members, sessions, tokens
from grader.service.people.accounts import Invitation, Joining, SignsIn
from grader.service.people.passwords import Passwords
from grader.service.people.secrets import digest
from grader.service.site import Site
from grader.service.store.tables import Audit, Membership, Person, Role, SignInLink, Token, WebSession
from tests.service.classroom import furnish
from tests.service.clock import StoppedClock

QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
QUICKER = Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))


def with_password(site: Site, name: str = "ada", password: str = "correct horse") -> int:
    room = furnish(site)
    with site.database.begin() as session:
        accounts.set_password(session, room.people[name], QUICK.kept(password), now=site.now())
    return room.people[name]


def test_a_password_is_kept_as_argon2_and_nothing_else(site: Site) -> None:
    """Whoever reads the database learns none."""
    ada = with_password(site)
    with site.database.read() as session:
        kept = session.scalar(select(Person.password).where(Person.id == ada))
    assert kept is not None
    assert kept.startswith("$argon2id$")
    assert "correct horse" not in kept


@pytest.mark.parametrize(
    ("email", "password", "is_hers"),
    [
        ("ada@example.org", "correct horse", True),
        (" Ada@Example.org ", "correct horse", True),
        ("ada@example.org", "wrong", False),
        ("ada@example.org", "", False),
        ("bob@example.org", "", False),
        ("nobody@example.org", "", False),
        ("", "", False),
    ],
)
def test_an_address_and_its_password_sign_in(site: Site, email: str, password: str, is_hers: bool) -> None:
    """And nothing else does: nobody without a password, no address that nobody has."""
    ada = with_password(site)
    assert accounts.check_password(site, email, password, by=QUICK) == (ada if is_hers else None)


def test_an_unknown_address_costs_as_much_as_a_wrong_password(site: Site) -> None:
    """Each is compared with something exactly once, so that the time does not tell who has an account."""
    with_password(site)
    compared = Counted()
    for email in ("ada@example.org", "bob@example.org", "nobody@example.org"):
        accounts.check_password(site, email, "wrong", by=compared)
    assert compared.verified == 3


class Counted(Passwords):
    """Counts how often the slow work is done."""

    def __init__(self) -> None:
        self.verified = 0
        super().__init__(CountedHasher(self))


class CountedHasher(PasswordHasher):
    def __init__(self, counts: Counted) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.counts = counts

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.counts.verified += 1
        return super().verify(hash, password)


def test_a_password_kept_with_old_parameters_is_kept_anew_when_it_is_used(site: Site) -> None:
    """Nobody has to be asked for theirs when machines get faster."""
    with_password(site)
    accounts.check_password(site, "ada@example.org", "correct horse", by=QUICKER)
    with site.database.read() as session:
        kept = session.scalar(select(Person.password).where(Person.email == "ada@example.org"))
    assert kept is not None
    assert not QUICKER.is_outdated(kept)


def test_a_new_password_signs_out_everywhere_else(site: Site) -> None:
    """Whoever had the old one is out; the browser in which it was changed is not."""
    room = furnish(site)
    ada = room.people["ada"]
    with site.database.begin() as session:
        here, there = (sessions.begin_session(session, ada, agent="", now=site.now()) for _ in range(2))
    with site.database.begin() as session:
        accounts.set_password(session, ada, QUICK.kept("correct horse"), now=site.now(), but=here)
    with site.database.read() as session:
        assert sessions.signed_in_with(session, here, now=site.now()) is not None
        assert sessions.signed_in_with(session, there, now=site.now()) is None


def test_a_link_signs_in_once_and_for_minutes(site: Site, clock: StoppedClock) -> None:
    """To look at it does not use it up."""
    ada = furnish(site).people["ada"]
    with site.database.begin() as session:
        used, late = (accounts.sign_in_link(session, ada, site.now()) for _ in range(2))
        assert accounts.what_link(session, used, now=site.now()) == SignsIn(person_id=ada)
        assert accounts.use_link(session, used, now=site.now()) == SignsIn(person_id=ada)
        assert accounts.use_link(session, used, now=site.now()) is None
        clock.go_on(minutes=31)
        assert accounts.use_link(session, late, now=site.now()) is None


def test_of_many_who_use_a_link_at_once_one_is_signed_in(site: Site) -> None:
    """Whatever they race for, the database decides."""
    ada = furnish(site).people["ada"]
    with site.database.begin() as session:
        secret = accounts.sign_in_link(session, ada, site.now())

    def use(_: int) -> object:
        with site.database.begin() as session:
            return accounts.use_link(session, secret, now=site.now())

    with ThreadPoolExecutor(4) as threads:
        assert sorted(map(bool, threads.map(use, range(8)))) == [False] * 7 + [True]


def test_of_the_last_two_who_teach_one_stays(site: Site) -> None:
    """Also when each lets the other go at the same moment: the second waits, and sees that nobody else is left."""
    room = furnish(site, people={"ines": Role.INSTRUCTOR, "otto": Role.INSTRUCTOR})

    def is_last(session: Session, name: str) -> bool:
        found = members.member(session, room.course_id, room.people[name])
        assert found is not None
        return members.is_last_teacher(session, found)

    def second() -> bool:
        with site.database.begin() as session:
            return is_last(session, "otto")

    with ThreadPoolExecutor(1) as threads:
        with site.database.begin() as session:
            assert not is_last(session, "ines")
            asked = threads.submit(second)
            wait([asked], timeout=0.2)
            session.query(Membership).where(Membership.person_id == room.people["ines"]).update({"left_at": site.now()})
        assert asked.result()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ADA@Example.org", "ada@example.org"),
        ("\uff41\uff44\uff41@example.org", "ada@example.org"),
        ("\ufb01nn@example.org", "finn@example.org"),
        ("ad\u200ba@example.org", None),
        ("ada@example\u202e.org", None),
        ("ada\0@example.org", None),
    ],
    ids=["case", "wide", "ligature", "of no width", "turned", "a NUL"],
)
def test_two_addresses_that_look_alike_are_one_or_none(typed: str, kept: str | None) -> None:
    """So that nobody has an account that reads as somebody else's."""
    assert accounts.is_email(typed) is (kept is not None)
    assert kept is None or accounts.normal_email(typed) == kept


def test_a_name_hides_nothing_and_turns_nothing(site: Site) -> None:
    """What cannot be seen is left out; joiners belong to how some names are spelt."""
    with site.database.begin() as session:
        person = accounts.new_person(session, name=" A\0d\u202ea\u200b \u0645\u200c\u06cc ", email=None, now=site.now())
        assert person.name == "Ada \u0645\u200c\u06cc"


def test_no_secret_is_kept_as_it_is(site: Site) -> None:
    """Sessions, links and tokens stand in the database by their digests alone, and none in the trail."""
    ada = furnish(site).people["ada"]
    with site.database.begin() as session:
        link = accounts.sign_in_link(session, ada, site.now())
        _, token = tokens.new_token(session, person_id=ada, name="t", scopes=[Scope.READ], now=site.now())
        cookie = sessions.begin_session(session, ada, agent="", now=site.now())
    with site.database.read() as session:
        assert session.get(SignInLink, digest(link)) is not None
        assert session.get(WebSession, digest(cookie)) is not None
        assert session.scalar(select(Token.digest)) == digest(token)
        trail = str([row.details for row in session.scalars(select(Audit))])
    assert not any(secret in trail for secret in (link, token, cookie))


def test_the_owner_gets_a_link_and_is_made_where_there_is_none(site: Site) -> None:
    """The second start finds the owner that the first one made."""
    with site.database.begin() as session:
        links = [accounts.owner_link(session, site, site.now()) for _ in range(2)]
        used = [accounts.use_link(session, link.rpartition("/")[2], now=site.now()) for link in links]
        owners = session.scalars(select(Person.id).where(Person.owns_site)).all()
    assert used == [SignsIn(person_id=owner) for owner in [*owners, *owners]]
    assert links[0].startswith(f"{site.address}/link/")


def test_an_invitation_takes_so_many_into_the_course(site: Site) -> None:
    """As what it says, and no more than that many."""
    room = furnish(site)
    with site.database.begin() as session:
        secret = accounts.invite(
            session, course_id=room.course_id, role=Role.STUDENT, by_id=room.people["ines"], uses=2, now=site.now()
        )
        found = [accounts.use_link(session, secret, now=site.now()) for _ in range(3)]
        assert [type(each) for each in found] == [Invitation, Invitation, type(None)]
        carl = accounts.new_person(session, name="Carl", email=None, now=site.now())
        assert isinstance(found[0], Invitation)
        assert accounts.join(session, found[0], carl.id, now=site.now()) is Joining.JOINED
        assert session.scalar(select(Membership.role).where(Membership.person_id == carl.id)) == Role.STUDENT


@pytest.mark.parametrize(("invited_as", "name"), [(Role.INSTRUCTOR, "ada"), (Role.STUDENT, "ines")])
def test_an_invitation_changes_nobody_who_is_in_the_course(site: Site, invited_as: Role, name: str) -> None:
    """Neither upwards nor downwards."""
    room = furnish(site)
    invited = Invitation(course_id=room.course_id, role=invited_as, section_id=None, by_id=None)
    with site.database.begin() as session:
        is_a = select(Membership.role).where(Membership.person_id == room.people[name])
        before = session.scalar(is_a)
        assert accounts.join(session, invited, room.people[name], now=site.now()) is Joining.ALREADY_IN
        assert session.scalar(is_a) == before


def test_whoever_was_taken_out_stays_out_of_reach_of_an_invitation(site: Site) -> None:
    """An instructor lets them in again, a link that goes round the class does not."""
    room = furnish(site)
    invited = Invitation(course_id=room.course_id, role=Role.STUDENT, section_id=None, by_id=None)
    with site.database.begin() as session:
        ada = session.scalar(select(Membership).where(Membership.person_id == room.people["ada"]))
        assert ada is not None
        ada.left_at = site.now()
        session.flush()
        assert accounts.join(session, invited, room.people["ada"], now=site.now()) is Joining.HAD_LEFT
        assert ada.left_at is not None


def test_nobody_becomes_an_owner_by_a_link(site: Site) -> None:
    """Owners are made on the machine."""
    room = furnish(site)
    with pytest.raises(UsageError), site.database.begin() as session:
        accounts.invite(session, course_id=room.course_id, role=Role.OWNER, by_id=room.people["ines"], now=site.now())


def test_a_session_that_is_used_gets_another_secret_each_day(site: Site, clock: StoppedClock) -> None:
    """The old one is good for a minute more, for requests under way, and is not renewed twice."""
    ada = furnish(site).people["ada"]
    with site.database.begin() as session:
        old = sessions.begin_session(session, ada, agent="", now=site.now())
    clock.go_on(days=1)
    with site.database.begin() as session:
        found = sessions.signed_in_with(session, old, now=site.now())
        assert found is not None
        assert found.is_due
        new = sessions.renew_session(session, old, now=site.now())
        assert new is not None
        assert sessions.renew_session(session, old, now=site.now()) is None
        clock.go_on(minutes=1)
        assert sessions.signed_in_with(session, old, now=site.now()) is None
        assert sessions.signed_in_with(session, new, now=site.now()) is not None


def test_a_session_ends_whatever_its_use(site: Site, clock: StoppedClock) -> None:
    """Its end moves with its use, but not beyond so many days from when somebody signed in."""
    ada = furnish(site).people["ada"]
    days = 0
    with site.database.begin() as session:
        secret: str | None = sessions.begin_session(session, ada, agent="", now=site.now())
        while secret is not None:
            assert sessions.signed_in_with(session, secret, now=site.now()) is not None
            clock.go_on(days=3)
            days += 3
            secret = sessions.renew_session(session, secret, now=site.now())
    assert timedelta(days=days) == sessions.AT_MOST


def test_whose_rights_change_gets_a_new_secret_with_the_next_request(site: Site) -> None:
    """What somebody got hold of before is worth nothing after."""
    ada = furnish(site).people["ada"]
    with site.database.begin() as session:
        secret = sessions.begin_session(session, ada, agent="", now=site.now())
        sessions.renew_soon(session, ada, now=site.now())
        found = sessions.signed_in_with(session, secret, now=site.now())
    assert found is not None
    assert found.is_due


def test_a_token_lasts_a_year_at_most_and_no_longer_than_it_is_wanted(site: Site) -> None:
    """And only the person whose it is ends it, or whoever may end all."""
    room = furnish(site)
    with site.database.begin() as session:
        row, secret = tokens.new_token(
            session,
            person_id=room.people["ada"],
            name="ci",
            scopes=[Scope.READ],
            lasts=timedelta(days=9999),
            now=site.now(),
        )
        assert secret.startswith("grader_")
        assert row.expires_at == site.now() + tokens.LONGEST
        bob = room.people["bob"]
        assert not tokens.revoke(session, row.id, now=site.now(), by_id=bob, person_id=bob)
        assert tokens.revoke(session, row.id, now=site.now(), by_id=None)
        assert not tokens.tokens_of(session, room.people["ada"], now=site.now())
