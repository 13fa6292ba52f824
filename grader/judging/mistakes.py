"""Known mistakes: which of them answers as the student does. A mistake is named on evidence, or not at all.

All answers have to agree. Values agree as numbers do, arguments as far as they were changed; where both raised, class
and text of the exception and the place of it, by what is called on that line. Answers that no reference is compared
with, first weights say, may be drawn at random: of those, the form has to agree, and how the numbers are spread.

Nothing is named for a call with too many or too few arguments, and nothing where a None came back or was worked with: a
task not yet begun is no mistake.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from grader.judging.compare import Numbers, Tolerance, difference
from grader.judging.examination import Subject
from grader.judging.question import Misconception, Reaction
from grader.judging.rules import Agrees, Rule, is_out_of_proportion
from grader.messages import english, say
from grader.wall.protocol import Raised, Returned, StudentError, Unsupported
from grader.wall.values import Array, Value, identical

#: so many numbers tell how they are spread
ENOUGH = 30
#: two samples of n are taken for alike up to this many times the root of 2 / n, the largest distance of their
#: distribution functions (Kolmogorov and Smirnov): one in a thousand that are alike is further apart
APART = 1.95
_CALLED = re.compile(r"([A-Za-z_]\w*)\s*\(")
#: what Python says of a call with another number of arguments, and of work with None
_NO_EVIDENCE = re.compile(r"\btakes .{0,40}\bargument|\b(positional|keyword)(-only)? argument|NoneType|\bNone\b")
MOST_LINE = 500


def known_mistake(
    misconceptions: Sequence[Misconception], asked: Sequence[tuple[Rule, Reaction]], subject: Subject
) -> Misconception | None:
    """The known mistake that answers as the student does, everywhere; None for right answers and unknown mistakes."""
    if not any(_says_something(reaction) for _, reaction in asked) or any(map(_is_unfinished, asked)):
        return None
    exactly = _made(misconceptions, asked, _Comparison(subject=subject, drawn=False))
    if exactly is not None or any(isinstance(rule, Agrees) for rule, _ in asked):
        return exactly
    if not any(_is_sample(reaction.answer.value) for _, reaction in asked if isinstance(reaction.answer, Returned)):
        return None
    return _made(misconceptions, asked, _Comparison(subject=subject, drawn=True))


def _made(
    misconceptions: Sequence[Misconception], asked: Sequence[tuple[Rule, Reaction]], witness: _Comparison
) -> Misconception | None:
    if all(witness.same(rule, r, r.expected, r.args) for rule, r in asked):
        return None
    return next((m for m in misconceptions if all(witness.like(m, rule, r) for rule, r in asked)), None)


def _is_sample(value: Value) -> bool:
    """Whether there are enough numbers together to tell how they are spread."""
    match value:
        case Array(data=data):
            return data.size >= ENOUGH
        case dict():
            return any(map(_is_sample, value.values()))
        case list() | tuple():
            return any(map(_is_sample, value))
        case _:
            return False


def _says_something(reaction: Reaction) -> bool:
    return isinstance(reaction.answer, Raised | Unsupported) or (
        isinstance(reaction.answer, Returned) and reaction.answer.value is not None
    )


def _is_unfinished(asked: tuple[Rule, Reaction]) -> bool:
    answer = asked[1].answer
    return isinstance(answer, Raised) and bool(_NO_EVIDENCE.search(answer.error.text[:MOST_LINE]))


def read_by(rule: Rule, reaction: Reaction, answer: Returned) -> Value:
    """The answer's value in the form in which the rule compares it."""
    if not isinstance(rule, Agrees) or is_out_of_proportion(answer.value, reaction.expected, reaction.args):
        return answer.value
    try:
        return rule.read(answer.value, reaction.args, reaction.expected)
    except Exception:  # as in the rule: a value that has no such form
        return answer.value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    """One student's answers beside those of known mistakes. `drawn`: they are compared as samples are."""

    subject: Subject
    drawn: bool

    def like(self, misconception: Misconception, rule: Rule, reaction: Reaction) -> bool:
        """Whether the mistake answers this one call as the student did."""
        match misconception.answer(reaction.args):
            case Returned(value=value, arguments=after):
                return self.same(rule, reaction, value, reaction.args if after is None else after)
            case Raised(error=error):  # that is its way of being wrong
                return _raised_like(misconception, error, reaction, self.subject)
            case Unsupported(what=what):  # most often an object where an exception is asked for
                return isinstance(reaction.answer, Unsupported) and reaction.answer.what == what
            case _:
                return False

    def same(self, rule: Rule, reaction: Reaction, value: Value, after: tuple[Value, ...]) -> bool:
        """Whether the answer, as it is or as the rule reads it, is `value`, and its arguments changed as `after`."""
        answer = reaction.answer
        if not isinstance(answer, Returned):
            return False
        forms = (answer.value, read_by(rule, reaction, answer))
        if all(difference(form, value, Tolerance()) is not None for form in forms) and not (
            self.drawn and _spread_alike(answer.value, value)
        ):
            return False
        mine = reaction.sent if answer.arguments is None else answer.arguments  # of steps nothing is told
        return _changed(reaction.sent, mine) == _changed(reaction.args, after)


def _changed(before: tuple[Value, ...], after: tuple[Value, ...]) -> bool:
    return len(before) != len(after) or not all(map(identical, before, after))


def _spread_alike(mine: Value, theirs: Value) -> bool:
    """Whether two values have the same parts, and the numbers of each may have been drawn alike."""
    match mine, theirs:
        case dict(), dict():
            return mine.keys() == theirs.keys() and all(_spread_alike(mine[key], theirs[key]) for key in mine)
        case ((list() | tuple()), (list() | tuple())):
            return len(mine) == len(theirs) and all(map(_spread_alike, mine, theirs))
        case Array(data=one), Array(data=other):
            return (
                one.shape == other.shape
                and {one.dtype.kind, other.dtype.kind} <= set("iuf")
                and _drawn_alike(one, other)
            )
        case _:
            return difference(mine, theirs, Tolerance()) is None


def _drawn_alike(mine: Numbers, theirs: Numbers) -> bool:
    """Equal where nothing was drawn; else up to the distance that chance explains, of as many as that takes."""
    one, other = np.sort(mine, axis=None).astype(np.float64), np.sort(theirs, axis=None).astype(np.float64)
    if one.size == 0 or not (one[0] < one[-1] and other[0] < other[-1]):
        return bool(np.allclose(one, other))
    if one.size < ENOUGH:
        return True
    both = np.concatenate([one, other])
    shares = (np.searchsorted(each, both, side="right") / each.size for each in (one, other))
    return bool(np.max(np.abs(np.subtract(*shares))) <= APART * np.sqrt(2 / one.size))


def _raised_like(misconception: Misconception, error: StudentError, reaction: Reaction, subject: Subject) -> bool:
    if not isinstance(reaction.answer, Raised):
        return False
    theirs = reaction.answer.error
    if _refused() in theirs.text[:MOST_LINE]:
        return False
    if theirs.type != error.type or theirs.text != error.text[: len(theirs.text) or None]:
        return False
    if theirs.line is None and error.line is None:
        return True  # a step asked of the object what it does not have, and no line of anybody's raised
    mine, known = subject.line(theirs.cell, theirs.line), _line(misconception.source, error.line)
    return bool(mine.strip() and known.strip()) and _calls(mine) == _calls(known)


@cache
def _refused() -> str:
    """What whoever borrows a function is told of any call that it refuses, whatever the reason."""
    return english(say("lent_no_answer", name=""))


def _line(source: str, number: int | None) -> str:
    lines = source.split("\n")
    return lines[number - 1] if number is not None and 0 < number <= len(lines) else ""


def _calls(line: str) -> list[str]:
    """What is called on a line, in order."""
    return _CALLED.findall(line[:MOST_LINE])
