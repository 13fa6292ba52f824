"""What a course calls its assignments and exercises, in the reader's language: from the outline of its revision."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from grader.messages import Words
from grader.service.site import Site
from grader.service.store.outline import AssignmentOutline
from grader.service.store.tables import Attempt


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """Of one assignment. `outline` is None where the revision has none of that name."""

    assignment: str
    outline: AssignmentOutline | None

    def title(self, words: Words) -> str:
        """Of the assignment: its own, else its name."""
        return self.assignment if self.outline is None else in_language(self.outline.title, words) or self.assignment

    def exercise(self, number: int, words: Words) -> str | None:
        """Of the exercise of that number, counted from 1, if it is known."""
        exercises = () if self.outline is None else self.outline.exercises
        return in_language(exercises[number - 1].title, words) if 0 < number <= len(exercises) else None

    def by_id(self, exercise: str, words: Words) -> str:
        """Of the exercise with that id: its own, else the id."""
        exercises = () if self.outline is None else self.outline.exercises
        return next((in_language(each.title, words) or each.id for each in exercises if each.id == exercise), exercise)


def in_language(title: Mapping[str, str], words: Words) -> str | None:
    """In that language, else in English, else in any."""
    return title.get(words.language) or title.get("en") or next(iter(title.values()), None)


def titles_of(site: Site, attempt_id: uuid.UUID) -> Titles:
    """Of the assignment of an attempt, as its revision says them. Raises NoResultFound."""
    with site.database.read() as session:
        attempt = session.get_one(Attempt, attempt_id)
        return titles_in(attempt.revision.assignments, attempt.opening.assignment)


def titles_in(outlines: tuple[AssignmentOutline, ...], assignment: str) -> Titles:
    """Of the assignment of that name among these."""
    return Titles(assignment=assignment, outline=next((each for each in outlines if each.id == assignment), None))
