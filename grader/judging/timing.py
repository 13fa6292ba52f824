"""The rule on how long an answer takes beside the reference's, on the same machine: what is asked for where loops are
to be gone. Nothing is measured here; who does is `grading/timings.py`.

Time is processor time of a room that was asked nothing before, as the kernel counts it outside, of the best of several
turns, less what it takes to bring arguments there and the answer back. A report never tells it, since it is another
each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from grader.judging.examination import Fault
from grader.judging.question import Args, Reaction
from grader.judging.rules import Agrees
from grader.messages import say
from grader.report.report import Verdict
from grader.wall.protocol import Question, Read, Returned
from grader.wall.table import Table
from grader.wall.values import Array, Value

#: seconds that the reference counts for at least: what is shorter is not told apart from the rest
LEAST_SECONDS: Final = 0.0005
#: a reading that is beyond what is allowed by less than this is doubtful, and no failure
DOUBTFUL: Final = 1.5
#: times as many entries as what a room may be warmed with: whatever that leaves behind saves no more than its share
MUCH_SMALLER: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A question as it is put, and the canonical arguments that it is about."""

    asked: Question
    args: Args


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedRun(Read):
    """A question that crosses no wall as it is: `asked`, with the time that it takes, which may be `times` that of the
    reference for these canonical arguments. `others` is what else the exercise asks."""

    asked: Question
    args: Args
    times: float
    others: tuple[Put, ...] = ()

    @property
    def much_smaller(self) -> Put | None:
        """The smallest of the others that a room may be warmed with; None if none is so small that what it costs could
        pay for next to nothing of this one."""
        most = _entries(self.args) / MUCH_SMALLER
        small = [each for each in self.others if _entries(each.args) <= most and _all_within(each.args, self.args)]
        return min(small, key=lambda each: _entries(each.args), default=None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TimedRan(Returned):
    """What came of it: the answer, and seconds that it took the student's work, the reference, and the journey alone;
    None where they could not be told."""

    seconds: float | None
    reference: float | None
    journey: float | None

    @property
    def is_told(self) -> bool:
        """Whether all of it could be."""
        return None not in (self.seconds, self.reference, self.journey)

    def is_too_long(self, times: float) -> bool:
        """Whether it took certainly more than `times` as long as the reference."""
        if self.seconds is None or self.reference is None or self.journey is None:
            return False
        reference = max(self.reference - self.journey, LEAST_SECONDS)
        return self.seconds - self.journey > DOUBTFUL * times * reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded(Agrees):
    """The value agrees with the reference's, and takes no more than `times` as long; see `Agrees` for the rest.

    Ask it of calls that take the reference some milliseconds, such as arrays of 10^5 entries, and be generous: a loop
    in Python takes a hundred times as long as NumPy. Draw these: what is written down can be known beforehand. Doubtful
    readings are no failure; where nothing can be measured, the check is not graded.
    """

    times: float = 20.0

    @property
    def timed(self) -> float | None:
        return self.times

    def fault(self, reaction: Reaction) -> Fault | None:
        if (fault := Agrees.fault(self, reaction)) is not None:
            return fault
        match reaction.answer:
            case TimedRan() as ran if ran.is_told:
                return Fault(detail=say("too_slow", times=f"{self.times:g}")) if ran.is_too_long(self.times) else None
            case _:
                reason = say("check_not_graded_because", reason=say("no_time_told"))
                return Fault(verdict=Verdict.NOT_GRADED, detail=reason, judged=False)


def _all_within(small: Args, large: Args) -> bool:
    """Whether argument by argument nothing has more entries, and no number alone is further from zero."""
    return len(small) == len(large) and all(map(_is_within, small, large))


def _is_within(small: Value, large: Value) -> bool:
    if isinstance(small, int | float) and isinstance(large, int | float):
        return abs(small) <= abs(large)
    return _entries(small) <= _entries(large)


def _entries(value: Value) -> int:
    match value:
        case Array(data=data):
            return int(data.size)
        case Table():
            return value.size
        case list() | tuple() | frozenset():
            return sum(map(_entries, value))
        case dict():
            return sum(map(_entries, value.values()))
        case str() | bytes():
            return len(value)
        case _:
            return 1
