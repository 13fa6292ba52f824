"""How somebody goes through the answers to an exercise, as it stands in addresses: in which order, with names or
without, and where they are. No page stands here."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import Query, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.messages import Words
from grader.service.attempts.blind import SEES_ALL, Blind
from grader.service.courses.current import current_assignments
from grader.service.courses.titles import Titles
from grader.service.marking.answers import CountedAnswer, Order, Round, answers, settle_all
from grader.service.marking.comments import comments_with
from grader.service.people.audit import Actor
from grader.service.site import Site
from grader.service.store.mark_tables import KeptComment
from grader.service.store.tables import Attempt, Opening
from grader.service.web.access import InCourse, site_of
from grader.service.web.blind import blind_in
from grader.service.web.named import the_opening
from grader.service.web.problems import NotThere
from grader.service.web.staff.frame import course_page, words_for
from grader.service.web.trail import actor_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """How somebody goes through the answers, as it stands in addresses."""

    order: Order = Order.BY_EXERCISE
    named: bool = True

    @property
    def in_other_order(self) -> Going:
        """By student instead of by exercise, or the other way."""
        order = Order.BY_STUDENT if self.order is Order.BY_EXERCISE else Order.BY_EXERCISE
        return replace(self, order=order)

    @property
    def with_other_names(self) -> Going:
        """With names instead of without, or the other way."""
        return replace(self, named=not self.named)

    def query(self, **more: object) -> str:
        """The end of an address."""
        said = {} if self.order is Order.BY_EXERCISE else {"by": self.order.value}
        said |= {} if self.named else {"names": "hidden"}
        asked = urlencode(said | {name: str(each) for name, each in more.items()})
        return f"?{asked}" if asked else ""


#: as every address does that says nothing of it
BY_EXERCISE: Final = Going()


def going(by: Annotated[str, Query(max_length=20)] = "", names: Annotated[str, Query(max_length=20)] = "") -> Going:
    """As the address says."""
    return Going(order=Order(by) if by in set(Order) else Order.BY_EXERCISE, named=names != "hidden")


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Who asks within which transaction, and where they are: in which round, and to which marks they are blind."""

    request: Request
    session: Session
    course: InCourse
    opening: Opening
    exercise: str
    going: Going
    round: Round
    titles: Titles
    blind: Blind = SEES_ALL

    @property
    def site(self) -> Site:
        """The site."""
        return site_of(self.request)

    @property
    def now(self) -> datetime:
        """What time it is."""
        return self.site.now()

    @property
    def me(self) -> int:
        """Who asks."""
        return self.course.caller.person_id

    @property
    def actor(self) -> Actor:
        """Who asks, for the audit."""
        return actor_of(self.request, self.course)

    @property
    def words(self) -> Words:
        """How whoever asks is spoken to."""
        return words_for(self.request, self.course.caller)

    @property
    def base(self) -> str:
        """The page of all that is to be marked at the opening."""
        return marking_path(self.course, self.opening.assignment)

    def path(self, attempt_id: uuid.UUID, exercise: str, **more: object) -> str:
        """The page of an answer of this round."""
        return f"{self.base}/{exercise}/answers/{attempt_id}{self.going.query(**more)}"

    def path_to(self, answer: CountedAnswer | None) -> str | None:
        """The same, where there is such an answer."""
        return None if answer is None else self.path(answer.attempt_id, answer.exercise)

    def must_hold(self, attempt_id: uuid.UUID) -> None:
        """Raises NotThere for an attempt at another opening."""
        asked = select(Attempt.id).where(Attempt.id == attempt_id, Attempt.opening_id == self.opening.id)
        if self.session.scalar(asked) is None:
            raise NotThere

    def again(self) -> Here:
        """The same place as it is by now."""
        return _found(self.request, self.session, self.course, self.opening.assignment, self.exercise, self.going)

    def kept_comments(self) -> Sequence[KeptComment]:
        """The comments that are kept for answers to this exercise."""
        return comments_with(self.session, self.course.course_id, self.opening.assignment, self.exercise)

    def page(self, template: str, *, http_status: int = 200, **context: Any) -> HTMLResponse:
        """A page about this exercise."""
        titled = {
            "exercise_title": self.titles.by_id(self.exercise, self.words),
            "title": self.titles.title(self.words),
            "base": self.base,
        }
        return course_page(
            self.request, template, self.course, tab="marking", http_status=http_status, **titled | context
        )


def marking_path(course: InCourse, assignment: str) -> str:
    """The page of all that is to be marked at an opening; whatever belongs to marking lies below it."""
    return f"/courses/{course.slug}/openings/{assignment}/marking"


@contextmanager
def here_in(
    request: Request, course: InCourse, assignment: str, exercise: str, how: Going = BY_EXERCISE
) -> Iterator[Here]:
    """Where that is; all that is done there is one transaction. Raises NotThere."""
    with site_of(request).database.begin() as session:
        yield _found(request, session, course, assignment, exercise, how)


def _found(request: Request, session: Session, course: InCourse, assignment: str, exercise: str, how: Going) -> Here:
    now = site_of(request).now()
    opening = the_opening(session, course, assignment)
    outline = current_assignments(session, course.course_id).get(assignment)
    settle_all(session, opening.id, now)
    known = () if outline is None else outline.exercises
    wanted = [exercise]
    if how.order is Order.BY_STUDENT:
        wanted = [each.id for each in known if each.by_person or each.id == exercise] or wanted
    blind = blind_in(session, request, course)
    found = answers(session, opening.id, wanted, how.order, now=now, named=how.named, blind=blind)
    if exercise not in {each.id for each in known} | {each.exercise for each in found.answers}:
        raise NotThere
    return Here(
        request=request,
        session=session,
        course=course,
        opening=opening,
        exercise=exercise,
        going=how,
        round=found,
        titles=Titles(assignment=assignment, outline=outline),
        blind=blind,
    )
