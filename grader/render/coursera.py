"""A report as Coursera's feedback.json, for the student whose submission it is.

The platform knows a share from 0 to 1 and a text, and nothing for "not graded". So a submission that we could not
grade in full keeps what it earned for certain, and its text says that this is no judgement. Whoever runs the container
should end it with an error then, for the platform to count no attempt.
"""

from __future__ import annotations

import json

from grader.messages import ENGLISH, Words
from grader.render import text
from grader.report.audience import seen_by
from grader.report.report import Audience, Report, Status

#: the platform cuts longer feedback
MOST_BYTES = 64 * 1024


def render(report: Report, *, words: Words = ENGLISH) -> str:
    """The file as JSON text: always a share within 0 and 1, always a text of at most 64 KB."""
    ours = _ours(words) if report.status is Status.NOT_GRADED else ""
    feedback = ours + text.render(seen_by(report, Audience.STUDENT), words=words)
    document = {"fractionalScore": _share(report), "feedback": _cut(feedback, words), "feedbackType": "TXT"}
    return json.dumps(document, indent=2) + "\n"


def _ours(words: Words) -> str:
    again = words.joined(map(words.say, ("platform_submit_soon", "platform_tell_staff")))
    return f"{words.say('platform_our_failure')}\n{again}\n\n"


def _share(report: Report) -> float:
    possible = sum(exercise.possible for exercise in report.exercises)
    earned = sum(exercise.earned or 0 for exercise in report.exercises)
    return min(1.0, earned / possible) if possible else 0.0


def _cut(feedback: str, words: Words) -> str:
    whole = feedback.encode()
    if len(whole) <= MOST_BYTES:
        return feedback
    mark = f"\n\n{words.say('platform_cut')}\n"
    return whole[: MOST_BYTES - len(mark.encode())].decode(errors="ignore") + mark
