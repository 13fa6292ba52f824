"""An opening as a student reads it: its state in a word, its dates, what is left, what counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from grader.messages import Message, Words, joined, say
from grader.policy.deciding import Left
from grader.policy.decision import Refusal, Refused
from grader.policy.terms import Counts, Period, Terms
from grader.service.attempts.offered import Offered
from grader.service.courses.titles import Titles

COUNTS = {
    Counts.LATEST: say("student_counts_latest"),
    Counts.BEST: say("student_counts_best"),
    Counts.BEST_PER_EXERCISE: say("student_counts_best_per_exercise"),
}


class Openness(StrEnum):
    """Where an opening stands for one student."""

    TO_COME = "to_come"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


OPENNESS = {
    Openness.TO_COME: say("student_to_come"),
    Openness.OPEN: say("student_open"),
    Openness.LATE: say("student_late"),
    Openness.CLOSED: say("student_closed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningView:
    """What its card and its page have in common."""

    offered: Offered
    titles: Titles
    openness: Openness
    facts: tuple[Message, ...]

    @property
    def left(self) -> Left:
        """What the student has left."""
        return self.offered.left

    @property
    def word(self) -> Message:
        """Its state."""
        return OPENNESS[self.openness]

    @property
    def counts(self) -> Message:
        """Which attempt counts."""
        return COUNTS[self.offered.terms.counts]

    @property
    def next_date(self) -> datetime | None:
        """The one that matters now."""
        match self.openness:
            case Openness.TO_COME:
                return self.left.opens_at
            case Openness.OPEN:
                return self.left.due or self.left.closes_at
            case Openness.LATE:
                return self.left.closes_at
            case Openness.CLOSED:
                return self.left.closes_at or self.left.due

    @property
    def refused(self) -> Refused | None:
        """Why nothing would be taken now, where that is not its state already."""
        refused = self.left.refused
        known = {Refusal.NOT_OPEN_YET, Refusal.CLOSED}
        return None if refused is None or refused.kind in known else refused

    def title(self, words: Words) -> str:
        """Of the assignment."""
        return self.titles.title(words)


def opening_view(offered: Offered, now: datetime) -> OpeningView:
    """How it looks at that moment."""
    titles = Titles(assignment=offered.assignment, outline=offered.outline)
    return OpeningView(offered=offered, titles=titles, openness=_openness(offered.left, now), facts=_facts(offered))


def _openness(left: Left, now: datetime) -> Openness:
    if left.opens_at is not None and now < left.opens_at:
        return Openness.TO_COME
    if left.refused is not None and left.refused.kind is Refusal.CLOSED:
        return Openness.CLOSED
    return Openness.LATE if left.late else Openness.OPEN


def _facts(offered: Offered) -> tuple[Message, ...]:
    left = offered.left
    facts = []
    if left.attempts is not None:
        facts.append(say("student_attempts_left", number=left.attempts))
    if left.today is not None and left.today != left.attempts:
        facts.append(say("student_left_today", number=left.today))
    if left.deducted and left.refused is None:
        facts.append(say("student_deducted_now", percent=left.deducted))
    return tuple(facts)


def rules(terms: Terms) -> Message | None:
    """What lateness costs, in a sentence; None where it costs nothing or has no date."""
    if terms.deduction is None or terms.due is None:
        return None
    per = "student_deduction_day" if terms.deduction.per is Period.DAY else "student_deduction_hour"
    said = say(per, percent=terms.deduction.percent)
    return said if not terms.deduction.floor else joined(said, say("student_floor", percent=terms.deduction.floor))
