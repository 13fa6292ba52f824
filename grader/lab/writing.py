"""A check as its author writes it, before the exercise it belongs to is known: what is left out, that completes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.course.assignment import Check, Visibility
from grader.judging.inputs import examples
from grader.judging.question import Question
from grader.judging.rules import Agrees, LeavesArguments, Repeats, Rule
from grader.messages import english, say

#: keys of what is said where the author says nothing: title, of right work, of wrong work
_SAID: dict[type[Rule], tuple[str, str, str]] = {
    LeavesArguments: ("arguments_left_title", "arguments_left", "arguments_changed"),
    Repeats: ("repeats_title", "repeats", "does_not_repeat"),
}
_DRAWN = ("drawn_title", "drawn_right", "drawn_wrong")
_WRITTEN = ("examples_title", "examples_right", "examples_wrong")
_OTHER = ("as_asked_title", "as_asked", "not_as_asked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A check in the making. `points` are a weight where the exercise says what all its checks are worth together."""

    id: str
    title: str
    points: int
    question: Question | None = None
    rule: Rule | None = None
    needs: tuple[str, ...] = ()
    visibility: Visibility = Visibility.VISIBLE
    passed: str = ""
    failed: str = ""
    hint: str | None = None

    def asks(self, *asked: Question | Rule) -> Draft:
        """With this question, this rule, or both."""
        draft = self
        for each in asked:
            draft = replace(draft, question=each) if isinstance(each, Question) else replace(draft, rule=each)
        return draft

    def examples(self, *calls: tuple[Any, ...]) -> Draft:
        """With a question of fixed calls, each a tuple of arguments, the simplest first."""
        return self.asks(examples(*calls))

    def says(self, passed: str = "", failed: str = "", hint: str | None = None) -> Draft:
        """With what students read of right work and of wrong work, and what helps then."""
        return replace(self, passed=passed, failed=failed, hint=hint)

    def finished(self, question: Question | None, rule: Rule | None) -> Check:
        """The check, with what the exercise has for all of its checks. Raises ValueError if it asks nothing."""
        asked, kept = self.question or question, self.rule or rule or Agrees()
        if asked is None:
            raise ValueError(f"check {self.id}: it asks nothing; give it examples, or calls to draw")
        keys = _SAID.get(type(kept)) or (_DRAWN if asked.drawn else _of_written(asked))
        title, passed, failed = (english(say(key)) for key in keys)
        return Check(
            id=self.id,
            title=self.title or title,
            points=self.points,
            question=asked,
            rule=kept,
            visibility=self.visibility,
            passed=self.passed or passed,
            failed=self.failed or failed,
            hint=self.hint,
            needs=self.needs,
        )


def check(
    id: str,
    title: str = "",
    points: int = 1,
    *asked: Question | Rule,
    needs: str | Sequence[str] = (),
    visibility: Visibility = Visibility.VISIBLE,
) -> Draft:
    """A check of a question and a rule, in any order. Without a rule, the answer agrees with the reference's; without a
    question, it is that of the exercise. A title and sentences that are left out are those of the rule."""
    needed = (needs,) if isinstance(needs, str) else tuple(needs)
    return Draft(id=id, title=title, points=points, needs=needed, visibility=visibility).asks(*asked)


def shared_out(drafts: Sequence[Draft], points: int | None) -> list[Draft]:
    """The drafts with whole points that add up to `points`, by their weights; as they are without. What is left over
    goes, one each, to those that lost most by rounding, the first before later ones."""
    if points is None:
        return list(drafts)
    total = sum(draft.points for draft in drafts) or 1
    whole = [points * draft.points // total for draft in drafts]
    lost = [points * draft.points % total for draft in drafts]
    for place in sorted(range(len(drafts)), key=lambda n: -lost[n])[: points - sum(whole)]:
        whole[place] += 1
    return [replace(draft, points=share) for draft, share in zip(drafts, whole, strict=True)]


def _of_written(asked: Question) -> tuple[str, str, str]:
    return _WRITTEN if asked.asks_for == "function" else _OTHER
