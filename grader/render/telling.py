"""What a reader is told of the checks of one exercise, each thing once: reasons, hints, the lines where code stopped.

Which words that takes is decided here, for every renderer that shows a whole exercise; how they are set is theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.render.visible import visible
from grader.report import CheckResult, Counterexample, ExerciseResult, Place, Verdict
from grader.wording import Words

#: verdicts on code that gave no answer
STOPPED = (Verdict.RAISED, Verdict.TIMED_OUT, Verdict.OVER_LIMIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One check, and of what there is to say of it that which was not said before in the same exercise.

    `message` is empty where the very sentence stood above. `place` is a line to be shown. In the place of a `hint` that
    was given, or of an example that stops as one did, `again` says so.
    """

    check: CheckResult
    message: str
    example: Counterexample | None
    place: Place | None
    hint: str | None
    again: str | None


def told(checks: Sequence[CheckResult], words: Words) -> Iterator[Telling]:
    """What to say of each check that has not passed, in order; its texts are in the language of `words` already.

    Code that stops where it stopped before, for the same reason, is not shown again: once that line is mended, the next
    run says what is left.
    """
    said: set[object] = set()
    for check in checks:
        stop = _stop(check)
        again = stop is not None and stop in said
        yield Telling(
            check=check,
            message="" if again and check.message in said else check.message,
            example=None if again else check.counterexample,
            place=None if check.raised_at in said else check.raised_at,
            hint=None if check.hint in said else check.hint,
            again=_again(again, bool(check.hint) and check.hint in said, words),
        )
        said |= {stop, check.message, check.raised_at, check.hint} - {None}


def one_reason(exercise: ExerciseResult) -> bool:
    """Whether nothing could be asked, so that every check says the same: then once is enough."""
    checks = exercise.checks
    same = len({(check.message, check.hint) for check in checks}) <= 1
    bare = not any(check.counterexample or (check.hint and check.verdict not in STOPPED) for check in checks)
    return same and bare and exercise.verdict is not Verdict.PASSED


def reason_hint(exercise: ExerciseResult) -> str | None:
    """What helps against the `one_reason`, if anything is known to."""
    return next((check.hint for check in exercise.checks), None)


def line_of(place: Place, exercise: ExerciseResult) -> str | None:
    """The line at `place` of the graded cell; None if it stands in another, since the sentence says where."""
    lines = exercise.cell.source.split("\n") if exercise.cell and exercise.cell.index == place.cell else []
    line = lines[place.line - 1].strip() if 0 < place.line <= len(lines) else ""
    return visible(line, most=400) or None


def _stop(check: CheckResult) -> object:
    """What stopped the code: where, and what is said to help there; None if it gave an answer."""
    if check.verdict not in STOPPED:
        return None
    return (check.verdict, check.raised_at or check.message, check.hint)


def _again(stop: bool, hint: bool, words: Words) -> str | None:
    return words.say("same_stop") if stop else words.say("same_hint") if hint else None
