"""How somebody goes through the answers to an exercise, as it stands in addresses: in which order, with names or
without, and where they are. No page stands here."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.service.attempts.blind import SEES_ALL, Blind
from grader.service.courses.current import current_assignments
from grader.service.courses.titles import Titles
from grader.service.marking.answers import Answer, Order, Round, answers, settle_all
from grader.service.store.tables import Attempt, Opening
from grader.service.web.access import InCourse, site_of
from grader.service.web.blind import blind_in
from grader.service.web.named import the_opening
from grader.service.web.problems import NotThere


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """How somebody goes through the answers, as it stands in addresses."""

    order: Order = Order.BY_EXERCISE
    named: bool = True

    def query(self, **more: object) -> str:
        """The end of an address."""
        said = {} if self.order is Order.BY_EXERCISE else {"by": self.order.value}
        said |= {} if self.named else {"names": "hidden"}
        asked = urlencode(said | {name: str(each) for name, each in more.items()})
        return f"?{asked}" if asked else ""


def going(by: Annotated[str, Query(max_length=20)] = "", names: Annotated[str, Query(max_length=20)] = "") -> Going:
    """As the address says."""
    return Going(order=Order(by) if by in set(Order) else Order.BY_EXERCISE, named=names != "hidden")


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Where somebody is: in which round, and to which marks they are blind."""

    opening: Opening
    exercise: str
    going: Going
    round: Round
    titles: Titles
    blind: Blind = SEES_ALL

    def base(self, course: InCourse) -> str:
        """The page of all that is to be marked at the opening."""
        return marking_path(course, self.opening.assignment)

    def path(self, course: InCourse, answer: Answer, **more: object) -> str:
        """The page of an answer of this round."""
        return f"{self.base(course)}/{answer.exercise}/answers/{answer.attempt_id}{self.going.query(**more)}"

    def path_to(self, course: InCourse, answer: Answer | None) -> str | None:
        """The same, where there is such an answer."""
        return None if answer is None else self.path(course, answer)


def marking_path(course: InCourse, assignment: str) -> str:
    """The page of all that is to be marked at an opening; whatever belongs to marking lies below it."""
    return f"/courses/{course.slug}/openings/{assignment}/marking"


def here_in(request: Request, session: Session, course: InCourse, assignment: str, exercise: str, how: Going) -> Here:
    """Raises NotThere."""
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
        opening=opening,
        exercise=exercise,
        going=how,
        round=found,
        titles=Titles(assignment=assignment, outline=outline),
        blind=blind,
    )


def must_be_here(session: Session, here: Here, attempt_id: uuid.UUID) -> None:
    """Raises NotThere for an attempt at another opening."""
    asked = select(Attempt.id).where(Attempt.id == attempt_id, Attempt.opening_id == here.opening.id)
    if session.scalar(asked) is None:
        raise NotThere


def other_order(order: Order) -> Order:
    """The one that it is not."""
    return Order.BY_STUDENT if order is Order.BY_EXERCISE else Order.BY_EXERCISE
