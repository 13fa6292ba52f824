"""The tables of what people mark. What counts now stands with the report (`tables.py:StoredReport.marks`); here is how
it came to be, in rows that are only ever added."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from grader.policy.marking import MOST_REASON, MOST_WORDS, Chosen, Way
from grader.report.marking import Given
from grader.service.store.columns import Choice, Data
from grader.service.store.tables import SLUG, Table

#: an exercise is spoken of by its id
EXERCISE = 200


class MarkChange(Table):
    """One decision about an exercise of an attempt: the `version`-th. `given` is None where the mark was taken back;
    `group_id`: of the answers that were decided with it, at once."""

    __tablename__ = "mark_change"

    attempt_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    exercise: Mapped[str] = mapped_column(String(EXERCISE), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    given: Mapped[Given | None] = mapped_column(Data(Given))
    reason: Mapped[str] = mapped_column(String(MOST_REASON))
    way: Mapped[Way] = mapped_column(Choice(Way))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("marked_group.id", ondelete="SET NULL"), index=True)


class MarkedGroup(Table):
    """Answers that are alike were marked at once, which is undone at once: their decisions name this row. `group`: the
    id that `classes/groups.py` gave it; `kind` and `mistake`: why they were one, in its words. `check`: the one that
    was marked; None for all of the exercise."""

    __tablename__ = "marked_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id", ondelete="CASCADE"), index=True)
    exercise: Mapped[str] = mapped_column(String(EXERCISE))
    group: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(16))
    mistake: Mapped[str | None] = mapped_column(Text)
    check: Mapped[str | None] = mapped_column(String(EXERCISE))
    marks: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class RubricEntry(Table):
    """An item of the rubric of an exercise: at which place, for how many points, in which words. What marks say of
    it is kept with them, and made anew when it changes; `version` counts the changes. One that was removed stays as
    a row."""

    __tablename__ = "rubric_item"
    __table_args__ = (Index("ix_rubric_item_exercise", "opening_id", "exercise"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id", ondelete="CASCADE"))
    exercise: Mapped[str] = mapped_column(String(EXERCISE))
    place: Mapped[int]
    points: Mapped[int]
    words: Mapped[str] = mapped_column(String(MOST_WORDS))
    version: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[datetime | None]


class MarkingClaim(Table):
    """Who looks at an answer to mark it, until when: nobody else is given it before."""

    __tablename__ = "marking_claim"

    attempt_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    exercise: Mapped[str] = mapped_column(String(EXERCISE), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    until: Mapped[datetime]


class MarkRequest(Table):
    """A student asked for another look at an exercise, once. `version`: of the mark that the answer made, if it did."""

    __tablename__ = "mark_request"
    __table_args__ = (
        Index(
            "ix_mark_request_open",
            "opening_id",
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )

    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    exercise: Mapped[str] = mapped_column(String(EXERCISE), primary_key=True)
    attempt_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("attempt.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    version: Mapped[int | None]


class KeptComment(Table):
    """A comment that is kept to be given again: with answers to one exercise of an assignment, or, where both are None,
    with any answer of the course. Marks hold its words, not its id: a change is for marks to come. `version` counts
    the changes."""

    __tablename__ = "kept_comment"
    __table_args__ = (Index("ix_kept_comment_exercise", "course_id", "assignment", "exercise"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    assignment: Mapped[str | None] = mapped_column(String(SLUG))
    exercise: Mapped[str | None] = mapped_column(String(EXERCISE))
    words: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)


class SecondMark(Table):
    """An answer of a sample that a second person marks, without the first one's mark. With `given` there are both:
    `first` as it stood then. `choice` settles which counts, once they differ; where they are equal, at once."""

    __tablename__ = "second_mark"

    attempt_id: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    exercise: Mapped[str] = mapped_column(String(EXERCISE), primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id", ondelete="CASCADE"), index=True)
    drawn_at: Mapped[datetime]
    first: Mapped[Given | None] = mapped_column(Data(Given))
    first_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    given: Mapped[Given | None] = mapped_column(Data(Given))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime | None]
    choice: Mapped[Chosen | None] = mapped_column(Choice(Chosen))
    settled_at: Mapped[datetime | None]
