"""A stored result under other points and words, without a room: pure. Where that could come out otherwise than grading
would, there is no result, and the code has to be asked again.

A verdict on an answer stays what it was: what may differ is what it is worth, and how it is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from grader.course.assignment import Check, ToMark
from grader.grading.lacking import MISSING_NAME
from grader.grading.revisions import Change
from grader.judging.examination import praise
from grader.judging.rules import Agrees, AgreesIn, Holds, HoldsOfAll, LeavesArguments, Repeats, Rule
from grader.message import Message
from grader.messages import counted, joined, prose, say
from grader.report.report import CheckResult, ExerciseResult, Verdict
from grader.report.sums import earned, overall, summary

#: all or nothing: what is wrong earns no part of the points
_WHOLE: Final = (Holds, HoldsOfAll, LeavesArguments, Repeats)
#: what is said of a report whose words were forgotten
NO_LONGER_KEPT: Final = "no_longer_kept"
#: said where several answers, or plans, were judged and the one with the most points counts
_WEIGHED: Final = frozenset({"does_better", "others_no_better", "widened", "supplied"})


def rejudged(result: ExerciseResult, change: Change) -> ExerciseResult | None:
    """What grading gives for the exercise as it is `now`; None where only grading can tell. `result` bears no mark."""
    before, now = change.before, change.now
    if before is None or change.asked_again or result.earned is None:
        return None
    if [each.id for each in result.checks] != [each.id for each in before.checks]:
        return None  # a report of another revision
    if change.other_mistakes and result.verdict not in (Verdict.PASSED, Verdict.MISSING):
        return None
    if _another_could_count(result, change):
        return None
    titles = {one.title: other.title for one, other in zip(before.checks, now.checks, strict=True)}
    made = [
        _rejudged(found, one, other, titles, change.hints)
        for found, one, other in zip(result.checks, before.checks, now.checks, strict=True)
    ]
    checks = tuple(each for each in made if each is not None)
    if len(checks) < len(made):
        return None
    said = {prose(one.text): prose(other.text) for one, other in zip(before.remarks, now.remarks, strict=True)}
    verdict = overall(checks)
    is_summary = result.message == summary(result.verdict, result.checks)
    return result.model_copy(
        update={
            "title": now.title,
            "verdict": verdict,
            "earned": earned(checks),
            "possible": now.points,
            "message": summary(verdict, checks) if is_summary else result.message,
            "checks": checks,
            "notices": tuple(said.get(each, each) for each in result.notices),
            "withheld_notices": tuple(said.get(each, each) for each in result.withheld_notices),
        }
    )


def rewaiting(result: ExerciseResult, before: ToMark | None, now: ToMark) -> ExerciseResult | None:
    """The same of an answer that waits for a person; None if another cell may be the answer by now."""
    if before is None or (before.prompt, before.notebook) != (now.prompt, now.notebook):
        return None
    if result.message.key not in ("to_mark", "to_mark_not_found"):
        return None
    return result.model_copy(
        update={
            "title": now.title,
            "to_mark": now.points,
            "rubric": now.rubric,
            "message": say(result.message.key, points=counted(now.points, "point")),
        }
    )


def _another_could_count(result: ExerciseResult, change: Change) -> bool:
    """Whether other points could have made another answer of the notebook count, another plan, or another hint."""
    assert change.before is not None
    pairs = [(one.points, other.points) for one, other in zip(change.before.checks, change.now.checks, strict=True)]
    if all(one == other for one, other in pairs) or result.verdict is Verdict.PASSED:
        return False
    if any((one == 0) != (other == 0) for one, other in pairs):
        return True
    said = (result.message, *result.every_notice, *(check.message for check in result.checks))
    return any(
        each.key in (NO_LONGER_KEPT, *_WEIGHED) or (each.key == "error" and each.fields.get("type") == MISSING_NAME)
        for message in said
        for each in message.everything
    )


def _rejudged(
    found: CheckResult, before: Check, now: Check, titles: Mapping[str, str], hints: Mapping[str, str]
) -> CheckResult | None:
    points, message = _points(found, before, now), _message(found, before, now, titles)
    if points is None or message is None or found.possible != before.points:
        return None
    partly = {Verdict.PARTIAL: Verdict.PARTIAL if points else Verdict.FAILED}
    return found.model_copy(
        update={
            "title": now.title,
            "verdict": partly.get(found.verdict, found.verdict),
            "earned": points,
            "possible": now.points,
            "message": message,
            "hint": _hint(found, before, now, hints),
        }
    )


def _points(found: CheckResult, before: Check, now: Check) -> int | None:
    """What it earns; None if that is not known. A report has whole points, rounded down, so the share that a partly
    right answer earns is known within bounds, and counts where both give the same."""
    if found.verdict is Verdict.PASSED:
        return now.points
    if found.verdict is Verdict.PARTIAL and found.earned is not None:
        least = now.points * found.earned // before.points
        below = -(-now.points * (found.earned + 1) // before.points)
        return least if below - 1 <= least else None
    if found.verdict is Verdict.FAILED and now.points > before.points and _may_share(now.rule):
        return None  # a share that was less than a point may be one now
    return 0


def _may_share(rule: Rule) -> bool:
    """Whether a wrong answer may earn a part of the points; of a rule that we do not know, it may."""
    if type(rule) in (Agrees, AgreesIn):
        assert isinstance(rule, Agrees)
        return bool(rule.parts) or rule.each_entry
    return type(rule) not in _WHOLE


def _message(found: CheckResult, before: Check, now: Check, titles: Mapping[str, str]) -> Message | None:
    """What is said of it; None if it is not what this check says of a right answer."""
    if found.verdict is Verdict.PASSED:
        if found.message.key == NO_LONGER_KEPT:
            return found.message
        return praise(now) if found.message == praise(before) else None
    if found.verdict is Verdict.SKIPPED:
        return found.message if found.message.key != "skipped" else _skipped(found.message, titles)
    first, *rest = found.message.parts or (found.message,)
    return joined(prose(now.failed), *rest) if first == prose(before.failed) else found.message


def _skipped(message: Message, titles: Mapping[str, str]) -> Message:
    lacking = message.fields.get("check")
    title = str(lacking.fields.get("text", "")) if isinstance(lacking, Message) else ""
    return say("skipped", check=prose(titles.get(title, title)))


def _hint(found: CheckResult, before: Check, now: Check, hints: Mapping[str, str]) -> Message | None:
    """A hint that was found for this very answer stays; the check's own is as it is now."""
    own = None if before.hint is None else prose(before.hint)
    general = own if before.hint is not None else now.rule.hint
    if found.hint is not None and str(found.hint.fields.get("text")) in hints and found.hint != own:
        return prose(hints[str(found.hint.fields["text"])])
    if before.hint == now.hint or found.verdict not in (Verdict.FAILED, Verdict.PARTIAL) or found.hint != general:
        return found.hint
    return now.rule.hint if now.hint is None else prose(now.hint)
