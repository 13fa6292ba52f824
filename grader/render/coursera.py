"""A report as Coursera's feedback.json, for the student whose submission it is.

The platform knows a share from 0 to 1 and a text, and nothing for "not graded". So a submission that we could not
grade in full keeps what it earned for certain, and its text says that this is no judgement. Whoever runs the container
should end it with an error then, for the platform to count no attempt.
"""

from __future__ import annotations

import json

from grader.render import text
from grader.report import Audience, Report, Status

#: the platform cuts longer feedback
MOST_BYTES = 64 * 1024
_CUT = "\n\nThe rest of this feedback is left out, because it is too long.\n"
_OURS = (
    "Something failed on our side, so your work was not graded in full. This is no judgement of it, and not your "
    "final score.\nSubmit again in a few minutes. If it happens twice, tell the course staff.\n\n"
)


def render(report: Report) -> str:
    """The file as JSON text: always a share within 0 and 1, always a text of at most 64 KB."""
    ours = _OURS if report.status is Status.NOT_GRADED else ""
    feedback = ours + text.render(report.seen_by(Audience.STUDENT))
    document = {"fractionalScore": _share(report), "feedback": _cut(feedback), "feedbackType": "TXT"}
    return json.dumps(document, indent=2) + "\n"


def _share(report: Report) -> float:
    possible = sum(exercise.possible for exercise in report.exercises)
    earned = sum(exercise.earned or 0 for exercise in report.exercises)
    return min(1.0, earned / possible) if possible else 0.0


def _cut(feedback: str) -> str:
    whole = feedback.encode()
    if len(whole) <= MOST_BYTES:
        return feedback
    return whole[: MOST_BYTES - len(_CUT.encode())].decode(errors="ignore") + _CUT
