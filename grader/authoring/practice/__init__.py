"""Practice: `check(my_softmax)` in the student's own notebook, on calls and expected values handed out as data.

It runs in the student's own process, on the student's own machine: nothing here is a sandbox, and nothing counts.
Judging is `judging/`. Before `check` is called this file imports nothing of ours, and older Pythons can read it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from grader.authoring.practice.card import Card

#: packages that practice needs besides NumPy, by the names they are both imported and installed by
NEEDS: Final = ("jinja2", "markupsafe", "pydantic", "pygments", "rich")
OLDEST_PYTHON: Final = (3, 11)
_NOT_GIVEN: Final = object()


@dataclass(frozen=True, repr=False)
class Advice:
    """What `check` gives back where it could not try anything: what to do about it, in words.

    It is shown as the card would be, and raised by nobody: a line of practice must not keep a notebook from running
    to its end.
    """

    text: str

    def __repr__(self) -> str:
        return f"Nothing was tried. {self.text}"


def check(exercise: object, answer: object = _NOT_GIVEN) -> Card | Advice:
    """Try your function or model on what the assignment shows of its checks, and see what came of it.

    `check(my_softmax)`, or with the name it was asked under: `check("model", model)`. This is practice: nothing is
    handed in.
    """
    if sys.version_info < OLDEST_PYTHON:
        return Advice(f"Practice needs Python {'.'.join(map(str, OLDEST_PYTHON))} or newer, and this is an older one.")
    try:
        from grader.authoring.practice.session import practised
        from grader.errors import UsageError
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in NEEDS:
            raise
        return Advice(f"Run this in a cell of its own, then restart: %pip install --upgrade {' '.join(NEEDS)}")
    try:
        return practised(exercise) if answer is _NOT_GIVEN else practised(answer, named=exercise)
    except UsageError as error:
        return Advice(str(error))
