"""The exercise kind `choice`: questions with lettered options, answered in one graded cell. One check is one question.

The student binds one dictionary, `answers = {"q1": "b", "q2": {"a", "c"}}`. An assignment declares each question with
its options, so that starter notebooks and pages are made from the same data:

    ChoiceExercise(
        id="quiz", title="Five questions", target="answers", markers=("quiz",),
        checks=(
            ChoiceCheck(
                id="q1", title="What ReLU does to -2", points=10,
                text="What is ReLU(-2)?",
                options={"a": "-2", "b": "0", "c": "2"},
                right="b",
                why="ReLU keeps what is positive and turns the rest into 0.",
                feedback={"a": "That is the linear function.", "c": "That is the absolute value."},
            ),
        ),
    )

A question with several right options says `multiple=True` and `right={"a", "c"}`. What counts as the same answer:
`"b"`, `"B"`, `" b "`, `"(b)"`, and for several options `{"a", "c"}`, `["a", "c"]`, `("a", "c")`, `"a, c"` and `"ac"`.
A question may be named `"q1"`, `"Q1"` or `1`. None and an empty text or set are no answer yet. The report never says
which option is right: it gives the `feedback` of the wrong ones that were chosen, and `why` to those who are right.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from grader.assignment import Check, Exercise, PythonName
from grader.checks.compare import describe
from grader.checks.examination import (
    Ask,
    Examination,
    Fault,
    Kind,
    Solutions,
    Subject,
    judge_in_order,
    nothing_read,
)
from grader.protocol import Read, Returned
from grader.report import Verdict
from grader.values import Value
from grader.wording import say

Letter = Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
#: what may stand around and between the letters of an answer that is given as one text
PUNCTUATION = str.maketrans("", "", " \t\n,;.:/+&|()[]{}'\"`")
MAX_KEY = 20


class ChoiceCheck(Check):
    """One question. `partial` says what a question with several right options is worth when only some are found.

    "all_or_nothing" gives points for exactly the right set. "per_option" gives a share of them for each right option
    that is chosen and takes one away for each wrong one, never below 0 and in whole points, rounded down.
    """

    text: str
    options: dict[Letter, str] = Field(min_length=2)
    right: Letter | Set[Letter]
    multiple: bool = False
    partial: Literal["all_or_nothing", "per_option"] = "all_or_nothing"
    feedback: dict[Letter, str] = Field(default_factory=dict)
    why: str = ""
    passed: str = "Right."
    failed: str = "That is not right yet."

    @property
    def answer(self) -> frozenset[str]:
        """The right options."""
        return frozenset(self.right)  # one letter is the set of itself

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if not self.answer:
            raise ValueError(f"question {self.id}: no option is right; one has to be")
        if unknown := sorted((self.answer | self.feedback.keys()) - self.options.keys()):
            raise ValueError(
                f"question {self.id}: {unknown[0]!r} is none of its options; add it, or correct the letter"
            )
        if not self.multiple and len(self.answer) > 1:
            raise ValueError(f"question {self.id}: it has several right options; say multiple=True")
        if self.partial == "per_option" and not self.multiple:
            raise ValueError(f"question {self.id}: credit per option needs multiple=True")
        if self.partial == "per_option" and 2 * len(self.answer) > len(self.options):
            raise ValueError(
                f"question {self.id}: with credit per option, marking everything would earn points; add wrong options "
                "until there are as many as right ones, or say partial='all_or_nothing'"
            )
        return self

    def credit(self, chosen: frozenset[str]) -> int:
        """The points for choosing these options; all of them for the right set alone."""
        if chosen == self.answer:
            return self.points
        if self.partial == "all_or_nothing":
            return 0
        balance = len(chosen & self.answer) - len(chosen - self.answer)
        return self.points * max(balance, 0) // len(self.answer)


class ChoiceExercise(Exercise):
    """Questions answered in one dictionary, which the notebook binds to `target`."""

    kind: ClassVar[str] = "choice"

    target: PythonName = "answers"
    checks: tuple[ChoiceCheck, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceKey:
    """The ids of all questions, those of hidden checks too: what an entry of `answers` may be called."""

    questions: frozenset[str]


def prepare(exercise: ChoiceExercise, solutions: Solutions, seed: int) -> ChoiceKey:
    """Right options stand in the exercise itself, so no reference is read."""
    del solutions, seed
    return ChoiceKey(questions=frozenset(check.id for check in exercise.checks))


def examine(exercise: ChoiceExercise, key: ChoiceKey, subject: Subject, ask: Ask) -> Examination:
    """Read the dictionary once, and judge every question by its entry."""
    (answer,) = ask([Read(id=0, target=subject.target)])
    if not isinstance(answer, Returned):
        return Examination(checks=judge_in_order(exercise.checks, lambda _: nothing_read(answer, subject.target)))
    if not isinstance(answer.value, dict):
        detail = say("answers_no_dictionary", target=subject.target, got=describe(answer.value))
        return Examination(
            checks=judge_in_order(exercise.checks, lambda _: Fault(detail=detail, judged=False)),
        )
    given = answer.value
    checks = tuple(_explained(check) for check in exercise.checks)
    return Examination(
        checks=judge_in_order(checks, lambda check: _fault(check, _entries(given, check.id))),
        notices=tuple(_strangers(given, key.questions)),
    )


KIND = Kind(prepare=prepare, examine=examine, solutions="none")


def _explained(check: ChoiceCheck) -> ChoiceCheck:
    """The question with its reason in what is said of a right answer."""
    return check.model_copy(update={"passed": f"{check.passed} {check.why}".strip()})


def _fault(check: ChoiceCheck, entries: list[Value]) -> Fault | None:
    answers = [_chosen(check, entry) for entry in entries if not _is_blank(entry)]
    if not answers:
        return Fault(verdict=Verdict.MISSING, detail=say("no_answer_yet"), judged=False)
    first = answers[0]
    if any(other != first for other in answers):
        return Fault(detail=say("answered_twice"), judged=False)
    if isinstance(first, str):
        return Fault(detail=first, judged=False)
    return None if first == check.answer else _not_right(check, first)


def _not_right(check: ChoiceCheck, chosen: frozenset[str]) -> Fault:
    wrong = sorted(chosen - check.answer)
    told = " ".join(check.feedback[letter] for letter in wrong if letter in check.feedback)
    earned = check.credit(chosen)
    return Fault(
        verdict=Verdict.PARTIAL if earned else Verdict.FAILED,
        detail=_repeated(check, chosen) if wrong else say("chosen_not_all"),
        hint=told or None,
        earned=earned,
    )


def _repeated(check: ChoiceCheck, chosen: frozenset[str]) -> str:
    """What was chosen, by the name it has in the notebook; of a single letter with the option it stands for."""
    letters = ", ".join(sorted(chosen))
    if len(chosen) > 1:
        return say("chosen", question=check.id, letters=letters)
    return say("chosen_option", question=check.id, letter=letters, option=check.options[letters])


def _chosen(check: ChoiceCheck, entry: Value) -> frozenset[str] | str:
    """The options an answer names, or what is wrong with it in one sentence."""
    named = _letters(check, entry)
    if named is None:
        return say("no_letter", got=describe(entry))
    if strange := sorted(named - check.options.keys()):
        return say("no_such_option", letter=repr(strange[0][:MAX_KEY]), options=", ".join(check.options))
    if len(named) > 1 and not check.multiple:
        return say("one_letter_only", given=len(named))
    return named


def _letters(check: ChoiceCheck, entry: Value) -> frozenset[str] | None:
    """The letters in an answer, small; None if it is neither a text nor a collection of texts."""
    match entry:
        case str():
            bare = entry.casefold().translate(PUNCTUATION)
            return frozenset(bare) if bare and set(bare) <= check.options.keys() else frozenset({bare})
        case list() | tuple() | frozenset():
            parts = [_letters(check, item) if isinstance(item, str) else None for item in entry]
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


def _strangers(given: dict[Any, Value], questions: frozenset[str]) -> Iterable[str]:
    """Keys that are no question: most often one misspelt, which then counts as unanswered."""
    unknown = [str(name) for name in given if _question(name) not in questions]
    for name in unknown[:3]:
        yield say("no_such_question", key=repr(name[:MAX_KEY]))
