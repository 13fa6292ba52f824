"""The marking page: one answer at a time, with the rubric, by exercise or by student, names told or not. Everything
is a form; the keys are a script of ours, and the page works without it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.background import BackgroundTask

from grader.course.assignment import Visibility
from grader.messages import Message, say
from grader.policy.marking import NotSaved, StandingMark, Way, Why
from grader.policy.scopes import Scope
from grader.report.marking import Given
from grader.service.marking.leases import claim, release
from grader.service.marking.rubrics import rubric
from grader.service.marking.saving import Decided, save
from grader.service.store.mark_tables import MarkChange, RubricEntry
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member
from grader.service.web.problems import NotThere, status_of
from grader.service.web.staff.answer_form import AnswerForm, earlier_choices, given_in
from grader.service.web.staff.attempt import SEEN_BY
from grader.service.web.staff.going import Going, Here, going, here_in
from grader.service.web.staff.new_item import with_new_item
from grader.service.web.staff.read_answer import MOST_AHEAD, kept_prose, read_ahead, read_answer
from grader.service.web.staff.typed import MOST

router = APIRouter()
PATH: Final = "/courses/{slug}/openings/{assignment}/marking/{exercise}"
ANSWER: Final = f"{PATH}/answers/{{attempt_id}}"
#: to look at an answer is to take it
MARKS: Final = Member(Role.GRADER, Scope.TEACH)


@router.get(PATH)
def begin(
    request: Request, assignment: str, exercise: str, how: Going = Depends(going), course: InCourse = Depends(MARKS)
) -> RedirectResponse:
    """To the first answer that waits and is nobody else's; where none is, to the first, or to the overview."""
    with here_in(request, course, assignment, exercise, how) as here:
        found = here.round.next_open(-1, here.me) or next(iter(here.round.answers), None)
    return RedirectResponse(here.path_to(found) or here.base, status_code=303)


@router.get(ANSWER)
def answer(
    request: Request,
    assignment: str,
    exercise: str,
    attempt_id: uuid.UUID,
    last: uuid.UUID | None = None,
    last_exercise: Annotated[str, Query(max_length=200)] = "",
    last_version: Annotated[int, Query(ge=0, le=MOST)] = 0,
    how: Going = Depends(going),
    course: InCourse = Depends(MARKS),
) -> HTMLResponse:
    """One answer, which is the caller's from now on. `last`: what was saved just before, to be undone. Raises
    NotThere."""
    undo = None if last is None else _Last(attempt_id=last, exercise=last_exercise, version=last_version)
    with here_in(request, course, assignment, exercise, how) as here:
        return _drawn(here, attempt_id, undo=undo)


@router.post(ANSWER)
def mark(
    request: Request,
    assignment: str,
    exercise: str,
    attempt_id: uuid.UUID,
    form: Annotated[AnswerForm, Form()],
    how: Going = Depends(going),
    course: InCourse = Depends(MARKS),
) -> Response:
    """Save what was chosen, and go to the next answer that waits; or show the page again with what is wrong."""
    with here_in(request, course, assignment, exercise, how) as here:
        here.must_hold(attempt_id)
        done = _saved(here, attempt_id, form)
        if isinstance(done, NotSaved):
            return _drawn(here, attempt_id, form=form, wrong=done, http_status=status_of(done))
        following = here.round.next_open(_from(here.round.place(attempt_id, exercise)), here.me)
        to = (attempt_id, exercise)
        if form.then == "next" and following is not None and to != (following.attempt_id, following.exercise):
            release(here.session, attempt_id, exercise, here.me)
            to = (following.attempt_id, following.exercise)
    path = here.path(*to, last=attempt_id, last_exercise=exercise, last_version=done.version)
    return RedirectResponse(path, status_code=303)


@router.post(f"{ANSWER}/undo")
def undo(
    request: Request,
    assignment: str,
    exercise: str,
    attempt_id: uuid.UUID,
    version: Annotated[int, Form(ge=1, le=MOST)],
    how: Going = Depends(going),
    course: InCourse = Depends(MARKS),
) -> Response:
    """Decide again what was decided before that version; refused where somebody has decided since."""
    with here_in(request, course, assignment, exercise, how) as here:
        here.must_hold(attempt_id)
        before = here.session.get(MarkChange, (attempt_id, exercise, version - 1))
        given = None if before is None else before.given
        decided = Decided(
            attempt_id=attempt_id,
            exercise=exercise,
            given=given if given is None or not given.items else Given(points=given.extra, comment=given.comment),
            items=() if given is None else tuple(each.id for each in given.items),
            version=version,
            way=Way.UNDO,
        )
        done = save(here.session, decided, actor=here.actor, now=here.now)
        if isinstance(done, NotSaved):
            return _drawn(here, attempt_id, wrong=done, http_status=409)
    return RedirectResponse(here.path(attempt_id, exercise), status_code=303)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Last:
    """What was saved just before."""

    attempt_id: uuid.UUID
    exercise: str
    version: int


def _saved(here: Here, attempt_id: uuid.UUID, form: AnswerForm) -> StandingMark | NotSaved:
    actor = here.actor
    if here.blind.hides(attempt_id, here.exercise):
        return NotSaved(why=Why.CLAIMED, message=say("mark_is_hidden"))
    holder = claim(here.session, attempt_id, here.exercise, here.me, here.now)
    if holder is not None:
        return NotSaved(why=Why.CLAIMED, message=say("marking_is_claimed", name=holder))
    if form.then != "take_back":
        chosen = with_new_item(here, form)
        if isinstance(chosen, NotSaved):
            return chosen
        form = chosen
    given = None if form.then == "take_back" else given_in(form)
    if isinstance(given, Message):
        return NotSaved(why=Why.OUT_OF_BOUNDS, message=given)
    decided = Decided(
        attempt_id=attempt_id,
        exercise=here.exercise,
        given=given,
        items=form.items,
        check=form.check or None,
        version=form.version,
        way=Way.PAGE,
    )
    return save(here.session, decided, actor=actor, now=here.now)


def _drawn(
    here: Here,
    attempt_id: uuid.UUID,
    *,
    form: AnswerForm | None = None,
    wrong: NotSaved | None = None,
    undo: _Last | None = None,
    http_status: int = 200,
) -> HTMLResponse:
    """Raises NotThere."""
    read = read_answer(here.session, here.site, attempt_id, here.exercise, here.blind)
    if read.opening_id != here.opening.id:
        raise NotThere
    holder = claim(here.session, attempt_id, here.exercise, here.me, here.now)
    place = here.round.place(attempt_id, here.exercise)
    words, prose = here.words, kept_prose(here.request)
    items = rubric(here.session, here.opening.id, here.exercise)
    drawn = here.page(
        "staff/answer.html.j2",
        http_status=http_status,
        opening=here.opening,
        exercise=read.result,
        answer=read.shown(prose),
        attempt_id=attempt_id,
        number=read.number,
        student=read.student if here.going.named else None,
        person_id=read.person_id,
        standing=read.standing,
        hidden=here.blind.hides(attempt_id, here.exercise),
        items=items,
        chosen=_chosen(form, read.standing, items),
        typed=form,
        wrong=wrong,
        holder=holder,
        place=place,
        round=here.round,
        comments=here.round.comments.get(here.exercise, ()),
        kept=here.kept_comments(),
        earlier_choices=earlier_choices,
        here=here.path(attempt_id, here.exercise),
        **_ways(here, place),
        undo=undo,
        visibility=lambda seen: words.say(SEEN_BY[Visibility(seen)]),
    )
    drawn.background = BackgroundTask(
        read_ahead, here.site, here.round.open_after(_from(place), here.me, most=MOST_AHEAD), prose
    )
    return drawn


def _ways(here: Here, place: int | None) -> dict[str, Any]:
    """Where one may go from the answer that stands there."""
    return {
        "before": here.path_to(here.round.beside(place, -1) if place else None),
        "after": here.path_to(here.round.beside(place, 1) if place is not None else None),
        "following": here.path_to(here.round.next_open(_from(place), here.me)),
        "going": here.going,
        "other_order": here.going.in_other_order.query(),
        "other_names": here.going.with_other_names.query(),
    }


def _from(place: int | None) -> int:
    """The place after which the next one is looked for: the first of all for what has none, or none any more."""
    return -1 if place is None else place


def _chosen(form: AnswerForm | None, standing: StandingMark | None, items: Sequence[RubricEntry]) -> frozenset[int]:
    known = {each.id for each in items}
    if form is not None:
        return frozenset(form.items) & known
    given = None if standing is None else standing.given
    return frozenset(each.id for each in given.items) & known if given else frozenset()
