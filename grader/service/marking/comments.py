"""Comments that are kept to be given again: with answers to one exercise, or with any of the course. They are added,
changed and removed here; marks hold the words that were given, so none of that changes a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from grader.messages import Message, say
from grader.policy.marking import MOST_COMMENT, NotSaved, Why
from grader.service.courses.current import current_assignments
from grader.service.people.audit import Actor
from grader.service.store.mark_tables import KeptComment
from grader.service.store.tables import Course

#: of one exercise, and of a course besides
MOST_KEPT: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenWith:
    """With which answers a comment is given: those to an exercise of an assignment, or all of the course."""

    course_id: int
    assignment: str | None = None
    exercise: str | None = None


def comments_with(
    session: Session, course_id: int, assignment: str, exercise: str | None = None
) -> Sequence[KeptComment]:
    """Those for answers to the exercise, or to all of the assignment, first; then those of the course: as they came."""
    own = KeptComment.assignment == assignment
    if exercise is not None:
        own &= KeptComment.exercise == exercise
    asked = select(KeptComment).where(KeptComment.course_id == course_id, or_(own, KeptComment.assignment.is_(None)))
    return session.scalars(asked.order_by(KeptComment.assignment.is_(None), KeptComment.exercise, KeptComment.id)).all()


def comment_of(session: Session, course_id: int, comment_id: int) -> KeptComment | None:
    """That one, if it is of the course."""
    found = session.get(KeptComment, comment_id)
    return found if found is not None and found.course_id == course_id else None


def keep_comment(
    session: Session, place: GivenWith, words: str, *, actor: Actor, now: datetime
) -> KeptComment | NotSaved:
    """One more; the very same words at the same place are one."""
    session.execute(select(Course.id).where(Course.id == place.course_id).with_for_update(key_share=True))
    there = _at(session, place)
    words = words.strip()
    if (same := next((each for each in there if each.words == words), None)) is not None:
        return same
    if (fault := _misplaced(session, place) or _fault(words)) is not None:
        return NotSaved(why=Why.FAULTY, message=fault)
    if len(there) >= MOST_KEPT:
        return NotSaved(why=Why.FAULTY, message=say("comments_full", most=MOST_KEPT))
    made = KeptComment(course_id=place.course_id, assignment=place.assignment, exercise=place.exercise, words=words)
    session.add(made)
    session.flush()
    _note(session, "comment.kept", made, actor, now)
    return made


def change_comment(
    session: Session, comment: KeptComment, words: str, *, version: int, actor: Actor, now: datetime
) -> KeptComment | NotSaved:
    """Other words, for marks to come. The second of two who change it at once is told."""
    session.refresh(comment, with_for_update=True)
    words = words.strip()
    if comment.words == words:
        return comment
    if (fault := _fault(words)) is not None:
        return NotSaved(why=Why.FAULTY, message=fault)
    if comment.version != version:
        return NotSaved(why=Why.CHANGED, message=say("comment_changed"))
    comment.words, comment.version = words, comment.version + 1
    session.flush()
    _note(session, "comment.changed", comment, actor, now)
    return comment


def remove_comment(session: Session, comment: KeptComment, *, actor: Actor, now: datetime) -> None:
    """Keep it no longer; marks that say it go on saying it."""
    _note(session, "comment.removed", comment, actor, now)
    session.delete(comment)
    session.flush()


def _at(session: Session, place: GivenWith) -> Sequence[KeptComment]:
    asked = select(KeptComment).where(
        KeptComment.course_id == place.course_id,
        KeptComment.assignment == place.assignment,
        KeptComment.exercise == place.exercise,
    )
    return session.scalars(asked).all()


def _misplaced(session: Session, place: GivenWith) -> Message | None:
    if place.assignment is None:
        return None
    outline = current_assignments(session, place.course_id).get(place.assignment)
    known = None if outline is None else {each.id for each in outline.exercises}
    return None if known is None or place.exercise in known else say("rubric_no_exercise")


def _fault(words: str) -> Message | None:
    if not words:
        return say("comment_empty")
    return say("marks_long_comment", most=f"{MOST_COMMENT:,}") if len(words) > MOST_COMMENT else None


def _note(session: Session, action: str, comment: KeptComment, actor: Actor, now: datetime) -> None:
    actor.did(
        session,
        action,
        f"comment:{comment.id}",
        course_id=comment.course_id,
        now=now,
        assignment=comment.assignment,
        exercise=comment.exercise,
    )
