"""A report as Gradescope's results.json. Everything is shown there as plain text.

Give it an instructor's report: Gradescope itself keeps a hidden check from the student, by its visibility. A
submission that could not be read earns 0 and is told why. One that we could not grade gets no score at all, neither at
the top nor by tests: Gradescope takes such a file for an autograder that failed, so nobody gets a zero, and staff can
run it again.
"""

from __future__ import annotations

import json
from typing import TypeAlias

from grader.course.assignment import Visibility
from grader.messages import ENGLISH, Words
from grader.messages.visible import in_cell, visible
from grader.render.feedback import CheckFeedback, ExerciseFeedback, Feedback, feedback
from grader.render.plain import lines, titled
from grader.report.audience import seen_by
from grader.report.report import Audience, Report, Status, Verdict
from grader.report.sums import earned

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | None"

VISIBILITIES: dict[Visibility, str] = {
    Visibility.VISIBLE: "visible",
    Visibility.HIDDEN: "hidden",
    Visibility.AFTER_DUE: "after_due_date",
    Visibility.AFTER_PUBLISHED: "after_published",
}


def render(report: Report, *, words: Words = ENGLISH) -> str:
    """The file as JSON text; what people read in it is in the language of `words`."""
    document: dict[str, Json] = {
        "output": _output(feedback(seen_by(report, Audience.STUDENT)), words),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "execution_time": report.run.seconds,
        "extra_data": _extra(report),
    }
    if report.status is Status.UNREADABLE:
        document["score"] = 0
    elif report.score is not None and report.score.earned is not None:
        document["tests"] = [
            test
            for number, exercise in enumerate(feedback(report).exercises, 1)
            for test in _tests(exercise, number, words)
        ]
        if report.score.earned != earned(check for exercise in report.exercises for check in exercise.checks):
            document["score"] = report.score.earned  # else Gradescope's own sum of the tests is the score
    return json.dumps(document, indent=2) + "\n"


def _output(report: Feedback, words: Words) -> str:
    """What the student reads above the tests. No sum: Gradescope shows it as soon as no hidden check forbids."""
    shown = [] if report.status is Status.GRADED else [words.text(report.result)]
    if report.status is Status.NOT_GRADED:
        shown += [words.joined(map(words.say, ("platform_submit_again", "platform_tell_staff")))]
    shown += [visible(words.text(notice)) for notice in report.notices]
    for exercise in report.exercises:
        title = in_cell(words.text(exercise.title))
        said_of_it = [*([] if exercise.checks else [exercise.message]), *exercise.notices]
        shown += [words.say("platform_graded", title=title, where=exercise.where)] if exercise.where else []
        shown += [words.say("plain_titled", title=title, text=visible(words.text(each))) for each in said_of_it]
        shown += [f"{words.say('printed')}\n{visible(exercise.printed)}"] if exercise.printed else []
    return "\n".join(shown)


def _tests(exercise: ExerciseFeedback, number: int, words: Words) -> list[Json]:
    return [_test(exercise, check, f"{number}.{place}", words) for place, check in enumerate(exercise.checks, 1)]


def _test(exercise: ExerciseFeedback, check: CheckFeedback, number: str, words: Words) -> Json:
    return {
        "name": titled(check, words),
        "number": number,
        **({} if check.earned is None else {"score": check.earned}),
        "max_score": check.possible,
        "status": "passed" if check.verdict is Verdict.PASSED else "failed",
        "visibility": VISIBILITIES[check.visibility],
        "output": "\n".join(lines(check.apart, words)),
        "tags": [exercise.id],
        "extra_data": {"exercise": exercise.id, "check": check.id, "verdict": check.verdict.value},
    }


def _extra(report: Report) -> Json:
    """What Gradescope stores and does not show: enough to find the submission and to grade it again alike."""
    return {
        "schema_version": report.schema_version,
        "status": report.status.value,
        "assignment": None if report.assignment is None else report.assignment.model_dump(mode="json"),
        "submission": {"name": in_cell(report.submission.name), "sha256": report.submission.sha256},
        "verdicts": {exercise.id: exercise.verdict.value for exercise in report.exercises},
        "misconceptions": {e.id: e.misconception for e in report.exercises if e.misconception},
        "provenance": report.provenance.model_dump(mode="json"),
        "run": report.run.model_dump(mode="json"),
    }
