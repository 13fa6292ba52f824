"""Several answers to one exercise: which of them counts, and what is said of that. How one is judged is not known here.

The first that does everything counts, and no other is judged then. Who reads the report must not learn from the choice
what checks found that are kept from them, so it is made by those that everybody sees.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from grader.grading.session import Session
from grader.messages import Message
from grader.notebook.submission import Plan, about_choice

#: judges one plan; gives what came of it, and the plan as it was run in the end
Judge: TypeAlias = Callable[[Plan], tuple[Session, Plan]]


def about_first(plan: Plan) -> tuple[Message, ...]:
    """What is said where the answer that goes first counts unseen, since no check is open to everybody."""
    return () if plan.choice is None else (about_choice(plan, plan, judged=1),)


def better_of(first: Plan, judge: Judge) -> tuple[Session, Plan]:
    """Session and plan of the answer that does best; of equals `first`, then the one that contends before others."""
    best, plan = judge(first)
    if first.choice is None:
        return best, plan
    graded, judged = first, 1
    for other in first.choice.contenders:
        if best.full:
            break
        session, run = judge(other)
        judged += 1
        if session.worth > best.worth:
            best, plan, graded = session, run, other
    return best.noting(about_choice(first, graded, judged=judged), openly=True), plan
