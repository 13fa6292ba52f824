"""Taking the time of answers: a student's work and the reference by turns, on one machine, by the kernel's count.

Each turn has a room of its own on either side, in which nothing was asked before: what is remembered of an answer, in
memory or in a file, is gone with its room. Of several turns the best counts: what a busy machine adds to a reading
goes. Judging is not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Final

from grader.grading.reference_rooms import ReferenceRoom
from grader.judging.examination import Ask
from grader.judging.timing import Put, TimedRan, TimedRun
from grader.wall.protocol import Answer, Ended, Question, Returned
from grader.wall.sandbox import Room

#: turns until an answer that took too long is believed to take as long as that
TURNS: Final = 3
#: turns of the reference before anything is held against it
REFERENCE_TURNS: Final = 2
#: seconds that an answer may take to be asked for again: a room has no more than its limits
MOST_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """Takes the time of what is asked of a student's work. `ask` asks the room of its other answers, `alone` opens one
    more room of the same work, `heard` is told what came of it there, and `reference` opens a reference room."""

    ask: Ask
    alone: Callable[[], AbstractContextManager[Room]]
    heard: Callable[[Question, Answer], Answer]
    reference: Callable[[], AbstractContextManager[ReferenceRoom]]

    def answers(self, questions: Sequence[Question]) -> list[Answer]:
        """The answers in order. Raises SandboxError if a room was lost through no fault of the student."""
        if not any(isinstance(each, TimedRun) for each in questions):
            return list(self.ask(questions))
        return [self._timed(each) if isinstance(each, TimedRun) else self.ask([each])[0] for each in questions]

    def _timed(self, run: TimedRun) -> Answer:
        answer, seconds = self._turn(run)
        if not isinstance(answer, Returned):
            return self.heard(run.asked, answer)
        ran = TimedRan(
            id=run.id, value=answer.value, arguments=answer.arguments, seconds=seconds, reference=None, journey=None
        )
        ran = _with(ran, (self._of_reference(run, answer) for _ in range(REFERENCE_TURNS)))
        for _ in range(1, TURNS):
            if not ran.is_too_long(run.times) or (seconds or 0.0) > MOST_SECONDS:
                break
            again, seconds = self._turn(run, warmed_by=run.much_smaller)
            if not isinstance(again, Returned):
                break
            ran = replace(ran, seconds=_least((ran.seconds, seconds)))
            ran = _with(ran, (ran, self._of_reference(run, answer, warmed_by=run.much_smaller)))
        return ran

    def _turn(self, run: TimedRun, *, warmed_by: Put | None = None) -> tuple[Answer, float | None]:
        with self.alone() as room:
            if warmed_by is not None:
                room.ask([warmed_by.asked])
            before = room.computed
            (answer,) = room.ask([run.asked])
            seconds = _between(before, room.computed)
            last = room.leave()
        if isinstance(last, Ended) and last.reason in ("forged", "over_limit"):
            return last, None
        return answer, seconds

    def _of_reference(self, run: TimedRun, answer: Returned, *, warmed_by: Put | None = None) -> _Beside:
        with self.reference() as room:
            if warmed_by is not None:
                room.ask([warmed_by.args])
            began = room.computed
            (own,) = room.ask([run.args])
            done = room.computed
            room.pass_back(run.args, answer.value)
            known = isinstance(own, Returned)
            return _Beside(reference=_between(began, done) if known else None, journey=_between(done, room.computed))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """Seconds of the reference, and of the journey alone; None where they could not be told."""

    reference: float | None
    journey: float | None


def _with(ran: TimedRan, turns: Iterable[_Beside | TimedRan]) -> TimedRan:
    """What came of it, beside the best of these turns."""
    taken = list(turns)
    return replace(
        ran,
        reference=_least(each.reference for each in taken),
        journey=_least(each.journey for each in taken),
    )


def _between(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before


def _least(readings: Iterable[float | None]) -> float | None:
    """The least of the readings; None if one of them could not be taken."""
    known = list(readings)
    return None if None in known else min(each for each in known if each is not None)
