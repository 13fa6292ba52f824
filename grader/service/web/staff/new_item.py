"""An item that is typed while somebody marks: one of the rubric from then on, and chosen. No page stands here."""

from __future__ import annotations

from typing import TypeVar

from grader.messages import Message, say
from grader.policy.marking import NotSaved, Why
from grader.service.marking.rubrics import Worded, the_item
from grader.service.web.staff.answer_form import MarkForm
from grader.service.web.staff.going import Here
from grader.service.web.staff.typed import plain

Form = TypeVar("Form", bound=MarkForm)


def with_new_item(here: Here, form: Form) -> Form | NotSaved:
    """The form with the item that was typed in it among those that are chosen; the same form where none was typed.

    Sent twice, as after a mark that was refused, it is one item."""
    if not (form.new_points.strip() or plain(form.new_words)):
        return form
    worded = worded_in(form.new_points, form.new_words)
    if isinstance(worded, Message):
        return NotSaved(why=Why.FAULTY, message=worded)
    made = the_item(here.session, here.opening.id, here.exercise, worded, actor=here.actor, now=here.now)
    if isinstance(made, NotSaved):
        return made
    return form.model_copy(update={"items": tuple(dict.fromkeys((*form.items, made.id)))})


def worded_in(points: str, words: str) -> Worded | Message:
    """What was typed for an item, or what is wrong with its points."""
    typed = points.strip().replace("\N{MINUS SIGN}", "-")
    digits = typed.removeprefix("-").removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        return say("rubric_number")
    return Worded(points=int(typed), words=" ".join(plain(words).split()))
