"""Whoever sends the mail that is due: claims some, hands them over one line for all, and writes down what became of
each. A kill at any moment loses nothing: what was claimed is due again, and a mail that was sent twice has one id."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from grader.errors import StoreUnavailable
from grader.service.attempts.telling import tell_dated
from grader.service.people.outbox import FACT
from grader.service.post.drawing import drawn
from grader.service.post.letters import NotBefore, letter
from grader.service.post.link_letters import link_letter
from grader.service.post.sending import Carrier, Line, NoServer, NotTaken
from grader.service.post.server import MailServer
from grader.service.site import Site
from grader.service.store.identity import fact, site_id
from grader.service.store.mail_tables import LinkMail, Mail, MailState
from grader.service.store.tables import Opening, SiteFact

#: mails that one line takes
AT_ONCE: Final = 50
#: for whom others leave what was claimed alone
CLAIM: Final = timedelta(minutes=10)
#: between two looks, in seconds
LOOK_SECONDS: Final = 5.0
#: a mail that a server puts off so often is parked
TRIES: Final = 10
#: until it is tried again: at first, and at most
_FIRST: Final = timedelta(minutes=1)
_MOST: Final = timedelta(hours=4)
#: what is older is news to nobody
STALE: Final = timedelta(days=3)
_STALE_LINK: Final = timedelta(hours=12)
#: what is done with is kept so long, so that nobody is told the same twice
KEPT: Final = timedelta(days=60)

RowT = TypeVar("RowT", Mail, LinkMail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Postman:
    """Sends a site's mail by a server. `carrier`: how that is reached."""

    site: Site
    server: MailServer
    carrier: Carrier

    def begin(self) -> None:
        """From now on what happens is written down to be told."""
        with self.site.database.begin() as session:
            fact(session, FACT, {"since": self.site.now().isoformat()})

    def run(self, over: threading.Event) -> None:
        """Send what is due, again and again, until that is set."""
        while not over.wait(LOOK_SECONDS):
            with suppress(DBAPIError, StoreUnavailable):  # at the next look, perhaps
                self.announce()
                while self.deliver() and not over.is_set():
                    pass

    def announce(self) -> None:
        """Write down to be told what a date has published since the last look: nobody's click says so."""
        now = self.site.now()
        with self.site.database.read() as session:
            found = [(each.id, at) for each in session.scalars(select(Opening)) for at in _published(each, now)]
        for opening_id, at in found:
            with self.site.database.begin() as session:
                event = f"published:{opening_id}:{at.isoformat()}"
                tell_dated(session, opening_id, event=event, now=now)

    def deliver(self) -> int:
        """Send some of what is due; how many it dealt with, 0 where there was nothing or no server."""
        now = self.site.now()
        with self.site.database.begin() as session:  # for a link somebody waits
            claimed: Sequence[Mail | LinkMail] = _claimed(session, LinkMail, now) or _claimed(session, Mail, now)
        if not claimed:
            return 0
        done = set[int]()
        try:
            with self.carrier.line() as line:
                for mail in claimed:
                    self._dealt_with(mail, line)
                    done.add(mail.id)
        except NoServer as error:
            with self.site.database.begin() as session:
                left = [mail.id for mail in claimed if mail.id not in done]
                _put_back(session, type(claimed[0]), left, now + _FIRST, error.trouble)
            return 0
        return len(done)

    def _dealt_with(self, mail: Mail | LinkMail, line: Line) -> None:
        """A fault of ours parks this mail, and the others go on: nobody looks after this thread."""
        try:
            self._sent(mail, line)
        except (NoServer, DBAPIError, StoreUnavailable):
            raise
        except Exception as error:
            self._became(mail, MailState.PARKED, trouble=f"a fault of the grader's own: {type(error).__name__}")

    def _sent(self, mail: Mail | LinkMail, line: Line) -> None:
        """One mail, sent or not, and what became of it. Raises NoServer."""
        if mail.created_at < self.site.now() - (STALE if isinstance(mail, Mail) else _STALE_LINK):
            return self._became(mail, MailState.DROPPED)
        with self.site.database.begin() as session:  # a new site's key for links, or a link, is made here
            told = letter(session, self.site, mail) if isinstance(mail, Mail) else link_letter(session, self.site, mail)
        if isinstance(told, NotBefore):
            return self._became(mail, MailState.WAITING, due_at=told.at, created_at=told.at)
        if told is None:
            return self._became(mail, MailState.DROPPED)
        try:
            message = drawn(told, mail, self.server, site=site_id(self.site.database))
        except ValueError as error:
            return self._became(mail, MailState.PARKED, trouble=f"no address: {error}"[:500])
        try:
            line.send(message)
        except NotTaken as error:
            tries = mail.tries + 1
            if error.for_good or tries >= TRIES:
                return self._became(mail, MailState.PARKED, tries=tries, trouble=error.trouble)
            later = self.site.now() + min(_MOST, _FIRST * 2**mail.tries)
            return self._became(mail, MailState.WAITING, tries=tries, trouble=error.trouble, due_at=later)
        return self._became(mail, MailState.SENT, sent_at=self.site.now(), trouble=None)

    def _became(self, mail: Mail | LinkMail, state: MailState, **values: object) -> None:
        table = type(mail)
        with self.site.database.begin() as session:
            changed = {"state": state, "claimed_until": None, **values}
            session.execute(update(table).where(table.id == mail.id).values(changed))


def end_mail(site: Site) -> None:
    """The site sends no mail any more: nothing is written down, and what waits is nobody's news."""
    with site.database.begin() as session:
        session.execute(delete(SiteFact).where(SiteFact.key == FACT))
        for table in (Mail, LinkMail):
            waits = table.state == MailState.WAITING
            session.execute(update(table).where(waits).values(state=MailState.DROPPED))


def _claimed(session: Session, table: type[RowT], now: datetime) -> Sequence[RowT]:
    """Some of what is due, the oldest first: nobody else's for a while."""
    free = or_(table.claimed_until.is_(None), table.claimed_until < now)
    asked = select(table).where(table.state == MailState.WAITING, table.due_at <= now, free)
    ordered = asked.order_by(table.due_at, table.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    some = session.scalars(ordered).all()
    for each in some:
        each.claimed_until = now + CLAIM
    over = (table.state != MailState.WAITING) & (table.created_at < now - KEPT)
    session.execute(delete(table).where(over))
    session.flush()
    session.expunge_all()
    return some


def _put_back(
    session: Session, table: type[Mail | LinkMail], which: Sequence[int], due_at: datetime, trouble: str
) -> None:
    again = {"due_at": due_at, "claimed_until": None, "trouble": trouble}
    session.execute(update(table).where(table.id.in_(which), table.state == MailState.WAITING).values(again))


def _published(opening: Opening, now: datetime) -> Sequence[datetime]:
    """The dates by which something of an opening was published within the last day."""
    said = opening.terms.publishing
    dates = () if said.by_hand or opening.published_at else (said.points_from, said.checks_from, said.marks_from)
    return sorted({at for at in dates if at is not None and now - timedelta(days=1) < at <= now})
