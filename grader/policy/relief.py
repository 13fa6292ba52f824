"""The terms as they hold for one student: the opening's, with whatever extensions the student and the section have."""

from __future__ import annotations

from collections.abc import Sequence

from grader.policy.terms import Relief, Terms


def own_terms(terms: Terms, reliefs: Sequence[Relief]) -> Terms:
    """Of several reliefs the kinder wins, field by field; none makes anything worse than without it.

    A later due date keeps the opening open at least as long.
    """
    due = None if terms.due is None else max([terms.due, *(each.due for each in reliefs if each.due is not None)])
    ends = [each.late_until for each in reliefs if each.late_until is not None]
    if terms.late_until is not None:
        ends += [terms.late_until] if due is None else [terms.late_until, due]
    extra = max((each.extra_attempts for each in reliefs), default=0)
    return terms.model_copy(
        update={
            "due": due,
            "late_until": None if terms.late_until is None else max(ends),
            "attempts": None if terms.attempts is None else terms.attempts + extra,
            "deduction": None if any(each.no_deduction for each in reliefs) else terms.deduction,
        }
    )
