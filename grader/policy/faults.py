"""What is wrong with terms as a whole; each field by itself is held to its bounds by its type."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from grader.messages import Message, say
from grader.policy.terms import Terms


def faults(terms: Terms) -> Iterator[Message]:
    """Terms that nobody can have meant, in words for whoever states them."""
    dates = (("release", terms.release), ("due", terms.due), ("late_until", terms.late_until))
    known = [(name, moment) for name, moment in dates if moment is not None]
    for (earlier, first), (later, then) in pairwise(known):
        if then < first:
            yield say("terms_out_of_order", earlier=earlier, later=later)
    if terms.deduction is not None and terms.due is None:
        yield say("terms_deduction_without_due")
    if terms.publishing.by_hand and terms.publishing.has_dates:
        yield say("terms_by_hand_with_dates")
