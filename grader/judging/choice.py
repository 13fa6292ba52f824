"""The question for a quiz: lettered options, answered in one graded cell; the rule says which of them are right.

The student binds one dictionary, `answers = {"q1": "b", "q2": {"a", "c"}}`. What counts as the same answer: `"b"`,
`"B"`, `" b "`, `"(b)"`, and for several options `{"a", "c"}`, `["a", "c"]`, `("a", "c")`, `"a, c"` and `"ac"`. A
question may be named `"q1"`, `"Q1"` or `1`. None and an empty text or set are no answer yet. The report never says
which option is right: it gives the `feedback` of the wrong ones that were chosen, and `why` to those who are right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from grader.course.assignment import Exercise
from grader.judging.compare import describe
from grader.judging.examination import Fault
from grader.judging.question import Args, Asked, Beside, Case, Question, Reaction, Solutions
from grader.judging.rules import Rule
from grader.messages import Message, joined, prose, say
from grader.report.report import Verdict
from grader.wall.protocol import Read, Returned
from grader.wall.values import Value

#: what may stand around and between the letters of an answer that is given as one text
PUNCTUATION = str.maketrans("", "", " \t\n,;.:/+&|()[]{}'\"`")
MAX_KEY = 20


@dataclass(frozen=True, slots=True)
class Answers(Question):
    """The dictionary with the answer to every question of a quiz. Right options stand in the rules."""

    def cases(self, exercise: Exercise, solutions: Solutions, seed: int, asked_by: str) -> tuple[Case, ...]:
        del exercise, solutions, seed, asked_by
        return (Case(),)

    def put(self, args: Args, *, id: int, target: str) -> Read:
        del args
        return Read(id=id, target=target)

    def seen(self, reaction: Reaction, target: str) -> Any:
        found = Question.seen(self, reaction, target)
        if isinstance(found, Returned) and not isinstance(found.value, dict):
            detail = say("answers_no_dictionary", target=target, got=describe(found.value))
            return Fault(detail=detail, judged=False)
        return found

    def beside(self, asked: Sequence[Asked], names: frozenset[str]) -> Beside:
        match asked[0][1].seen:
            case Returned(value=dict() as given):
                return Beside(notices=_strangers(given, names))
            case _:
                return Beside()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chooses(Rule):
    """The right options of the question `name`, and no others. Raises ValueError if the options do not fit together.

    `partial` says what a question with several right options is worth when only some are found. "all_or_nothing" gives
    points for exactly the right set. "per_option" gives a share of them for each right option that is chosen and takes
    one away for each wrong one, never below 0 and in whole points, rounded down.
    """

    name: str
    text: str
    options: Mapping[str, str]
    right: str | Set[str]
    multiple: bool = False
    partial: Literal["all_or_nothing", "per_option"] = "all_or_nothing"
    feedback: Mapping[str, str] = field(default_factory=dict)
    why: str = ""

    @property
    def answer(self) -> frozenset[str]:
        """The right options."""
        return frozenset(self.right)  # one letter is the set of itself

    def __post_init__(self) -> None:
        known = f"question {self.name}"
        if len(self.options) < 2 or not all(re.fullmatch("[a-z]", letter) for letter in self.options):
            raise ValueError(f"{known}: it needs two options or more, each under a small letter")
        if not self.answer:
            raise ValueError(f"{known}: no option is right; one has to be")
        if unknown := sorted((self.answer | self.feedback.keys()) - self.options.keys()):
            raise ValueError(f"{known}: {unknown[0]!r} is none of its options; add it, or correct the letter")
        if not self.multiple and len(self.answer) > 1:
            raise ValueError(f"{known}: it has several right options; say multiple=True")
        if self.partial == "per_option" and not self.multiple:
            raise ValueError(f"{known}: credit per option needs multiple=True")
        if self.partial == "per_option" and 2 * len(self.answer) > len(self.options):
            raise ValueError(
                f"{known}: with credit per option, marking everything would earn points; add wrong options until there "
                "are as many as right ones, or say partial='all_or_nothing'"
            )

    def fault(self, reaction: Reaction) -> Fault | None:
        entries = [entry for entry in _entries(reaction.seen.value, self.name) if not _is_blank(entry)]
        answers = [_chosen(self, entry) for entry in entries]
        if not answers:
            return Fault(verdict=Verdict.MISSING, detail=say("no_answer_yet"), judged=False)
        first = answers[0]
        if any(other != first for other in answers):
            return Fault(detail=say("answered_twice"), judged=False)
        if isinstance(first, Message):
            return Fault(detail=first, judged=False)
        return None if first == self.answer else _not_right(self, first)

    def share(self, chosen: frozenset[str]) -> Fraction:
        """The part of the points for choosing these options; all of them for the right set alone."""
        if chosen == self.answer:
            return Fraction(1)
        if self.partial == "all_or_nothing":
            return Fraction(0)
        balance = len(chosen & self.answer) - len(chosen - self.answer)
        return Fraction(max(balance, 0), len(self.answer))


def _not_right(rule: Chooses, chosen: frozenset[str]) -> Fault:
    wrong = sorted(chosen - rule.answer)
    told = [prose(rule.feedback[letter]) for letter in wrong if letter in rule.feedback]
    return Fault(
        detail=_repeated(rule, chosen) if wrong else say("chosen_not_all"),
        hint=joined(*told) if told else None,
        share=rule.share(chosen),
    )


def _repeated(rule: Chooses, chosen: frozenset[str]) -> Message:
    """What was chosen, by the name it has in the notebook; of a single letter with the option it stands for."""
    letters = ", ".join(sorted(chosen))
    if len(chosen) > 1:
        return say("chosen", question=rule.name, letters=letters)
    return say("chosen_option", question=rule.name, letter=letters, option=prose(rule.options[letters]))


def _chosen(rule: Chooses, entry: Value) -> frozenset[str] | Message:
    """The options an answer names, or what is wrong with it in one sentence."""
    named = _letters(rule, entry)
    if named is None:
        return say("no_letter", got=describe(entry))
    if strange := sorted(named - rule.options.keys()):
        return say("no_such_option", letter=repr(strange[0][:MAX_KEY]), options=", ".join(rule.options))
    if len(named) > 1 and not rule.multiple:
        return say("one_letter_only", given=len(named))
    return named


def _letters(rule: Chooses, entry: Value) -> frozenset[str] | None:
    """The letters in an answer, small; None if it is neither a text nor a collection of texts."""
    match entry:
        case str():
            bare = entry.casefold().translate(PUNCTUATION)
            return frozenset(bare) if bare and set(bare) <= rule.options.keys() else frozenset({bare})
        case list() | tuple() | frozenset():
            parts = [_letters(rule, item) if isinstance(item, str) else None for item in entry]
            known = [part for part in parts if part is not None]
            return frozenset().union(*known) if len(known) == len(parts) else None
        case _:
            return None


def _is_blank(entry: Value) -> bool:
    return entry is None or (isinstance(entry, str | list | tuple | frozenset | dict) and not _content(entry))


def _content(entry: Any) -> bool:
    return bool(entry.translate(PUNCTUATION)) if isinstance(entry, str) else len(entry) > 0


def _entries(given: dict[Any, Value], question: str) -> list[Value]:
    return [value for name, value in given.items() if _question(name) == question]


def _question(name: str | int) -> str:
    """The id a student's key stands for: "Q1" and 1 are q1."""
    text = str(name).strip().casefold()
    return f"q{text}" if text.isdecimal() else text


def _strangers(given: dict[Any, Value], questions: frozenset[str]) -> tuple[Message, ...]:
    """Keys that are no question: most often one misspelt, which then counts as unanswered."""
    unknown = [str(name) for name in given if _question(name) not in questions]
    return tuple(say("no_such_question", key=repr(name[:MAX_KEY])) for name in unknown[:3])
