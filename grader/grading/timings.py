"""Taking the time of answers: a student's room and a reference room by turns, on one machine, by the kernel's count.

Of several turns the best counts, on either side: what a busy machine adds to a reading goes. Judging is not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Final

from grader.grading.reference_rooms import ReferenceRoom
from grader.judging.examination import Ask
from grader.judging.timing import TimedRan, TimedRun
from grader.wall.protocol import Answer, Question, Returned

#: turns until an answer that took too long is believed to take as long as that
TURNS: Final = 3
#: turns of the reference, of which the first one warms up
REFERENCE_TURNS: Final = 2
#: seconds that an answer may take to be asked for again: a room has no more than its limits
MOST_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """Takes the time of what is asked of one student's room. `computed` tells the processor time of that room so far,
    and `reference` opens a reference room."""

    ask: Ask
    computed: Callable[[], float | None]
    reference: Callable[[], AbstractContextManager[ReferenceRoom]]

    def answers(self, questions: Sequence[Question]) -> list[Answer]:
        """The answers in order. Raises SandboxError if a reference room was lost."""
        if not any(isinstance(each, TimedRun) for each in questions):
            return list(self.ask(questions))
        with self.reference() as room:
            return [
                self._timed(each, room) if isinstance(each, TimedRun) else self.ask([each])[0] for each in questions
            ]

    def _timed(self, run: TimedRun, room: ReferenceRoom) -> Answer:
        answer, seconds = self._turn(run)
        if not isinstance(answer, Returned):
            return answer
        ran = TimedRan(
            id=run.id,
            value=answer.value,
            arguments=answer.arguments,
            seconds=seconds,
            reference=_least(_of_reference(run, room) for _ in range(REFERENCE_TURNS)),
            journey=_least(_of_journey(run, answer, room) for _ in range(REFERENCE_TURNS)),
        )
        for _ in range(1, TURNS):
            if not ran.is_too_long(run.times) or (seconds or 0.0) > MOST_SECONDS:
                break
            again, seconds = self._turn(run)
            if not isinstance(again, Returned):
                break
            ran = replace(
                ran,
                seconds=_least((ran.seconds, seconds)),
                reference=_least((ran.reference, _of_reference(run, room))),
            )
        return ran

    def _turn(self, run: TimedRun) -> tuple[Answer, float | None]:
        before = self.computed()
        (answer,) = self.ask([run.asked])
        return answer, _between(before, self.computed())


def _of_reference(run: TimedRun, room: ReferenceRoom) -> float | None:
    before = room.computed
    (answer,) = room.ask([run.args])
    return _between(before, room.computed) if isinstance(answer, Returned) else None


def _of_journey(run: TimedRun, answer: Returned, room: ReferenceRoom) -> float | None:
    before = room.computed
    room.pass_back(run.args, answer.value)
    return _between(before, room.computed)


def _between(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before


def _least(readings: Iterable[float | None]) -> float | None:
    """The least of the readings; None if one of them could not be taken."""
    known = list(readings)
    return None if None in known else min(each for each in known if each is not None)
