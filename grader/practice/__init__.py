"""Practice: `check(my_softmax)` in the student's own notebook, on calls and expected values handed out as data.

It runs in the student's own process, on the student's own machine: nothing here is a sandbox, and nothing counts.
Judging is that of `checks/`. This file imports nothing before `check` is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from grader.practice.card import Card

#: packages that practice needs besides NumPy, by the names they are both imported and installed by
NEEDS: Final = ("jinja2", "markupsafe", "pydantic", "pygments", "rich")
_NOT_GIVEN: Final = object()


def check(exercise: object, answer: object = _NOT_GIVEN) -> Card:
    """Try your function or model on what the assignment shows of its checks, and see what came of it.

    `check(my_softmax)`, or with the name it was asked under: `check("model", model)`. This is practice: nothing is
    handed in. Raises UsageError if there is no such exercise, or no practice file beside the notebook.
    """
    try:
        from grader.practice.session import practised
    except ModuleNotFoundError as error:
        if error.name not in NEEDS:
            raise
        from grader.errors import UsageError

        raise UsageError(f"To practise, run this in a cell of its own first: %pip install {' '.join(NEEDS)}") from None
    return practised(exercise) if answer is _NOT_GIVEN else practised(answer, named=exercise)
