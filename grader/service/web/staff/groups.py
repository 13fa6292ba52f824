"""Answers to an exercise that are alike, as groups; and one group, to be marked or commented at once. Everything is a
form. What is alike, and what is saved, is decided in `marking`."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Generic, TypeVar

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from grader.messages import Message, Words
from grader.messages.visible import one_line
from grader.policy.marking import NotSaved
from grader.policy.scopes import Scope
from grader.service.marking.group_marks import ForGroup, groups_marked, mark_group, undo_group
from grader.service.marking.groups import AnswerGroup, groups_in
from grader.service.marking.rubrics import rubric
from grader.service.store.mark_tables import MarkedGroup
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member
from grader.service.web.problems import NotThere, status_of
from grader.service.web.staff.answer_form import GroupForm, comment_in, earlier_choices, given_in
from grader.service.web.staff.going import Going, Here, going, here_in
from grader.service.web.staff.new_item import with_new_item
from grader.service.web.staff.read_answer import kept_prose, read_answer
from grader.service.web.staff.typed import MOST, PathId

router = APIRouter()
PATH: Final = "/courses/{slug}/openings/{assignment}/marking/{exercise}/groups"
SEES: Final = Member(Role.GRADER)
MARKS: Final = Member(Role.GRADER, Scope.TEACH)
#: groups, and answers of one, on a page
PAGE: Final = 50
#: why answers are one, in the words that `grader groups` has
WHY: Final = {
    "right": "groups_right",
    "mistake": "groups_mistake",
    "behaves": "groups_behaves",
    "reads": "groups_reads",
    "stopped": "groups_stopped",
    "written": "groups_written_alike",
    "empty": "groups_empty",
}


@router.get(PATH)
def groups(
    request: Request,
    assignment: str,
    exercise: str,
    act: Annotated[int | None, Query(ge=1, le=MOST)] = None,
    page: Annotated[int, Query(ge=1, le=MOST)] = 1,
    how: Going = Depends(going),
    course: InCourse = Depends(SEES),
) -> HTMLResponse:
    """All groups of an exercise. `act`: the group that was marked just before, to be undone. Raises NotThere."""
    with here_in(request, course, assignment, exercise, how) as here:
        return _all(here, act=act, page=page)


@router.get(f"{PATH}/{{group}}")
def group(
    request: Request,
    assignment: str,
    exercise: str,
    group: str,
    how: Going = Depends(going),
    course: InCourse = Depends(SEES),
) -> HTMLResponse:
    """One group, its first answer shown whole. Raises NotThere."""
    with here_in(request, course, assignment, exercise, how) as here:
        return _one(here, group)


@router.post(f"{PATH}/{{group}}")
def mark(
    request: Request,
    assignment: str,
    exercise: str,
    group: str,
    form: Annotated[GroupForm, Form()],
    how: Going = Depends(going),
    course: InCourse = Depends(MARKS),
) -> Response:
    """Save what was chosen for all of them, or show the page again with what is wrong, or with other answers; what was
    typed and ticked before is kept."""
    with here_in(request, course, assignment, exercise, how) as here:
        if form.show is not None:
            return _one(here, group, form=form)
        chosen = with_new_item(here, form)
        wanted = chosen.message if isinstance(chosen, NotSaved) else _wanted(chosen, exercise, group)
        if isinstance(wanted, Message):
            return _one(here, group, form=form, wrong=wanted, http_status=422)
        done = mark_group(here.session, here.opening.id, wanted, actor=here.actor, now=here.now, blind=here.blind)
        if isinstance(done, NotSaved):
            return _one(here.again(), group, form=form, wrong=done.message, http_status=status_of(done))
        return _back(here, act=done.id)


@router.post(f"{PATH}/{{act_id}}/undo")
def undo(
    request: Request,
    assignment: str,
    exercise: str,
    act_id: PathId,
    how: Going = Depends(going),
    course: InCourse = Depends(MARKS),
) -> Response:
    """Decide of all of them again what was decided before; refused where one was marked since."""
    with here_in(request, course, assignment, exercise, how) as here:
        act = here.session.get(MarkedGroup, act_id)
        if act is None or (act.opening_id, act.exercise) != (here.opening.id, exercise):
            raise NotThere
        done = undo_group(here.session, act, actor=here.actor, now=here.now)
        if isinstance(done, NotSaved):
            return _all(here, wrong=done.message, http_status=409)
        return _back(here)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Alone:
    """Answers that are like no other."""

    answers: int
    marked: int


def _wanted(form: GroupForm, exercise: str, group: str) -> ForGroup | Message:
    """A comment alone is right here: then points stay as they are."""
    given = given_in(form) if form.points.strip() or form.items or not comment_in(form) else None
    if isinstance(given, Message):
        return given
    return ForGroup(
        exercise=exercise,
        group=group,
        seen=form.seen,
        points=None if given is None else given.points,
        comment=comment_in(form),
        items=form.items,
        check=form.check or None,
        out=form.out,
        anew=form.anew == "yes",
    )


def _back(here: Here, **more: object) -> RedirectResponse:
    return RedirectResponse(f"{_path(here)}{here.going.query(**more)}", status_code=303)


def _path(here: Here) -> str:
    return f"{here.base}/{here.exercise}/groups"


def _all(
    here: Here,
    *,
    act: int | None = None,
    page: int = 1,
    wrong: Message | None = None,
    http_status: int = 200,
) -> HTMLResponse:
    found = groups_in(here.session, here.exercise, here.round.answers, here.blind)
    alone = [each for each in found if len(each.members) == 1]
    shown = paged([each for each in found if len(each.members) > 1], page)
    acts = groups_marked(here.session, here.opening.id, here.exercise)
    checks = _check_titles(here) if any(each.check for each, _ in acts) else {}
    return here.page(
        "staff/groups.html.j2",
        http_status=http_status,
        groups=shown,
        alone=_Alone(answers=len(alone), marked=sum(each.marked for each in alone)),
        acts=acts,
        excerpts={each.group.id: each.members[0].excerpt for each in found},
        check_title=lambda check: checks.get(check, check),
        last=next((each for each, _ in acts if each.id == act and each.undone_at is None), None),
        wrong=wrong,
        why=lambda kind, mistake: why(kind, mistake, here.words),
        **_told(here),
    )


def _check_titles(here: Here) -> Mapping[str, str]:
    """What the checks of the exercise are called: by the report on one of its answers, which alone has their titles."""
    for each in here.round.answers[:1]:
        result = read_answer(here.session, here.site, each.attempt_id, here.exercise).result
        return {check.id: here.words.prose(check.title) for check in result.checks}
    return {}


def _one(
    here: Here,
    group: str,
    *,
    form: GroupForm | None = None,
    wrong: Message | None = None,
    http_status: int = 200,
) -> HTMLResponse:
    """Raises NotThere for a group that is none, or none any more."""
    found = _found(groups_in(here.session, here.exercise, here.round.answers, here.blind), group)
    members = paged(found.members, 1 if form is None or form.show is None else form.show)
    ticked = frozenset[uuid.UUID]() if form is None else form.out
    words = here.words
    first = read_answer(here.session, here.site, found.members[0].answer.attempt_id, here.exercise)
    items = rubric(here.session, here.opening.id, here.exercise)
    return here.page(
        "staff/group.html.j2",
        http_status=http_status,
        group=found,
        members=members,
        ticked=ticked,
        ticked_elsewhere=sorted(ticked - {each.answer.attempt_id for each in members.these}),
        worth=first.result.possible + first.result.to_mark,
        exercise=first.result,
        answer=first.shown(kept_prose(here.request)),
        answer_path=here.path_to,
        items=items,
        of_checks=[
            (each.id, words.say("mark_of_check", title=one_line(words.prose(each.title)), possible=each.possible))
            for each in first.result.checks
        ],
        chosen=frozenset() if form is None else frozenset(form.items) & {each.id for each in items},
        typed=form,
        comments=here.round.comments.get(here.exercise, ()),
        kept=here.kept_comments(),
        earlier_choices=earlier_choices,
        wrong=wrong,
        why=lambda kind, mistake: why(kind, mistake, words),
        me=here.me,
        **_told(here),
    )


ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged(Generic[ItemT]):
    """A part of a list: the `number`-th of so many `pages`; `before`: how many stand on those before it."""

    these: Sequence[ItemT]
    number: int
    pages: int

    @property
    def before(self) -> int:
        return PAGE * (self.number - 1)


def paged(items: Sequence[ItemT], page: int) -> Paged[ItemT]:
    """That page, or the last one."""
    pages = max(1, -(-len(items) // PAGE))
    number = min(page, pages)
    return Paged(these=items[PAGE * (number - 1) : PAGE * number], number=number, pages=pages)


def _found(groups: Sequence[AnswerGroup], group: str) -> AnswerGroup:
    for each in groups:
        if each.group.id == group:
            return each
    raise NotThere


def _told(here: Here) -> dict[str, Any]:
    """What both pages say of where one is."""
    return {
        "here": _path(here),
        "going": here.going,
        "other_names": here.going.with_other_names.query(),
    }


def why(kind: str, mistake: str | None, words: Words) -> str:
    """Why answers are one group."""
    return words.say(WHY[kind], **({} if mistake is None else {"mistake": mistake}))
