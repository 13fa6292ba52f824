"""The rule of a total in words, so that whoever sees a total can make it again. How it is reckoned: `totals.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from grader.messages import Message, counted, say
from grader.policy.totals import Group, Never, Rounding, Totals

ROUNDINGS = {
    Rounding.HALF_UP: "totals_half_up",
    Rounding.HALF_EVEN: "totals_half_even",
    Rounding.DOWN: "totals_down",
}


def told(rule: Totals, title: Callable[[str], str] = str) -> tuple[Message, ...]:
    """A sentence for each part of the rule. `title`: what an assignment is called."""
    return tuple(_sentences(rule, title))


def _sentences(rule: Totals, title: Callable[[str], str]) -> Iterator[Message]:
    for each in rule.group:
        names = ", ".join(_weighted(each, name, title) for name in each.assignments)
        yield say("totals_group_told", group=each.name, weight=_plain(each.weight), assignments=names)
        if each.drop_lowest:
            yield say("totals_drop_told", group=each.name, assignments=counted(each.drop_lowest, "assignment"))
    for name, most in rule.bonus.items():
        yield say("totals_bonus_told", name=title(name), percent=_plain(most))
    if rule.most is not None:
        yield say("totals_most_told", percent=_plain(rule.most))
    yield say("totals_never_zero" if rule.never_handed_in is Never.ZERO else "totals_never_open")
    yield say(ROUNDINGS[rule.rounding], places=rule.places)
    if rule.letters:
        letters = sorted(rule.letters.items(), key=lambda each: -each[1])
        yield say("totals_letters_told", letters=", ".join(f"{name} {_plain(least)}" for name, least in letters))


def _weighted(group: Group, name: str, title: Callable[[str], str]) -> str:
    weight = group.weights.get(name)
    return title(name) if weight is None else f"{title(name)} (× {_plain(weight)})"  # noqa: RUF001  # a product is meant


def _plain(number: Decimal) -> str:
    """Without what says nothing: 60, not 60.0."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
