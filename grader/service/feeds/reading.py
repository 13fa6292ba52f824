"""What somebody's calendar says at this moment: the dates of the openings that they see, and what was said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.messages import Language, Words
from grader.service.attempts.offered import Offered, openings_of
from grader.service.courses.titles import Titles
from grader.service.feeds.dates import Date, dates_of, served
from grader.service.site import Site
from grader.service.store.feed_tables import CalendarFeed, Served
from grader.service.store.identity import FACT
from grader.service.store.tables import SiteFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whose calendar is fetched, of which course, in which language. `is_staff`: they see openings to come."""

    feed_id: int
    person_id: int
    course_id: int
    slug: str
    language: Language
    is_staff: bool


def told_now(site: Site, reader: Reader) -> tuple[Mapping[str, Served], str]:
    """The dates, and the id of the site. Only where something has changed since the last time anything is written."""
    with site.database.read() as session:
        dates = _dates(session, site, reader)
        before = session.scalar(select(CalendarFeed.served).where(CalendarFeed.id == reader.feed_id)) or {}
        ours = session.scalar(select(SiteFact.value).where(SiteFact.key == FACT)) or {}
    found = served(dates, before, site.now())
    if found != dict(before):
        with site.database.begin() as session:
            feed = session.get(CalendarFeed, reader.feed_id, with_for_update=True)
            if feed is not None:
                found = served(dates, feed.served, site.now())
                feed.served = found
    return found, str(ours.get("id", ""))


def _dates(session: Session, site: Site, reader: Reader) -> Sequence[Date]:
    now, words = site.now(), Words(reader.language)

    def title(offered: Offered) -> str:
        return Titles(assignment=offered.assignment, outline=offered.outline).title(words)

    def url(offered: Offered) -> str:
        return f"{site.address}/courses/{reader.slug}/{offered.assignment}"

    openings = openings_of(session, reader.course_id, reader.person_id, now)
    return tuple(dates_of(openings, everything=reader.is_staff, now=now, title=title, url=url, words=words))
