"""Hints by kind of failure: for a mistake that nobody named, what its answers have in common.

A detector looks at all answers together and says whether its one sentence is true of them. It sees only the calls of
the checks that are judged in one room, so a hint on a visible check comes from visible calls. A new one is a function
in a module beside this, a row here and a sentence in each catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grader.judging.detectors import forms, inputs, numbers
from grader.judging.detectors.evidence import Pair, Trial, wrong_series
from grader.messages import Message, say

__all__ = ["DETECTORS", "Detector", "Trial", "hint_on_calls", "hint_on_value"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector:
    """`sentence` is a key of the catalogue, said where `detect` holds.

    With `calls_only` it is not said of a single value that was asked for: it would give the value away, or speaks of a
    function.
    """

    sentence: str
    detect: Callable[[Sequence[Trial]], bool]
    calls_only: bool = False


def _in_every_series(test: Callable[[list[Pair]], bool]) -> Callable[[Sequence[Trial]], bool]:
    """`test` on each number or array of the answer that is not right everywhere; one of them must be there."""

    def detect(trials: Sequence[Trial]) -> bool:
        found = wrong_series(trials)
        return bool(found) and all(map(test, found))

    return detect


def _form(sentence: str, test: Callable[[list[Pair]], bool]) -> Detector:
    return Detector(sentence=sentence, detect=_in_every_series(test))


def _number(sentence: str, test: Callable[[list[Pair]], bool]) -> Detector:
    return Detector(sentence=sentence, detect=_in_every_series(test), calls_only=True)


#: the most specific first: of several that are true, the first speaks
DETECTORS: tuple[Detector, ...] = (
    Detector(sentence="hint_none", detect=forms.returns_none, calls_only=True),
    Detector(sentence="hint_key", detect=forms.misspells_a_key),
    Detector(sentence="hint_value_order", detect=forms.exchanges_values),
    _number("hint_example", inputs.repeats_an_example),
    _number("hint_one_answer", inputs.always_the_same),
    _number("hint_one_number", inputs.nothing_but_one_number),
    _number("hint_argument", inputs.returns_an_argument),
    _form("hint_transposed", forms.transposed),
    _form("hint_unit_axis", forms.unit_axis),
    _form("hint_other_shape", forms.other_shape),
    _form("hint_one_short", forms.one_short),
    _form("hint_one_long", forms.one_long),
    _number("hint_reversed", forms.reversed_order),
    _form("hint_decimals", numbers.without_decimals),
    _number("hint_not_divided", numbers.not_divided),
    _number("hint_divided_twice", numbers.divided_twice),
    _number("hint_one_less", numbers.divided_by_one_less),
    _number("hint_negated", numbers.negated),
    _number("hint_doubled", numbers.doubled),
    _number("hint_halved", numbers.halved),
    _number("hint_log_base", numbers.other_logarithm),
    _number("hint_factor", numbers.same_factor),
    _number("hint_offset", numbers.same_amount),
    _number("hint_absolute", numbers.without_signs),
    _number("hint_square", numbers.squared),
    _number("hint_root", numbers.rooted),
    _number("hint_reciprocal", numbers.upside_down),
    _number("hint_complement", numbers.from_one),
    _number("hint_exponential", numbers.raised),
    _number("hint_logarithm", numbers.logarithm),
    _number("hint_overflow", numbers.overflows),
    _number("hint_zero", numbers.breaks_at_zero),
    Detector(sentence="hint_single", detect=inputs.wrong_for_one_example, calls_only=True),
    Detector(sentence="hint_square_only", detect=inputs.right_for_squares, calls_only=True),
    Detector(sentence="hint_integers", detect=inputs.wrong_for_integers, calls_only=True),
    _number("hint_at_zero", inputs.wrong_at_zero),
    _number("hint_negative", inputs.wrong_for_negative),
    Detector(sentence="hint_two_axes", detect=inputs.wrong_for_two_axes, calls_only=True),
)


def hint_on_calls(trials: Sequence[Trial]) -> Message | None:
    """The sentence of the first detector that is true of these calls; None for right answers, and if none is."""
    return _first(trials, DETECTORS)


def hint_on_value(trial: Trial) -> Message | None:
    """As `hint_on_calls`, for one value that was asked for: only what does not tell the value itself."""
    return _first([trial], [each for each in DETECTORS if not each.calls_only])


def _first(trials: Sequence[Trial], detectors: Sequence[Detector]) -> Message | None:
    if all(trial.right for trial in trials):
        return None
    return next((say(each.sentence) for each in detectors if each.detect(trials)), None)
