"""The marking page: one answer at a time, with the rubric, by exercise or by student, names told or not. Everything
is a form; the keys are a script of ours, and the page works without it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.background import BackgroundTask

from grader.course.assignment import Visibility
from grader.errors import GraderError
from grader.messages import Message, say
from grader.messages.visible import one_line
from grader.policy.marking import MOST_COMMENT, NotSaved, StandingMark, Way, Why
from grader.policy.scopes import Scope
from grader.report.marking import Given
from grader.report.report import ExerciseResult
from grader.service.attempts.documents import complete_report
from grader.service.courses.current import current_assignments
from grader.service.marking.answers import Answer, Order, Round, answers, settle_all
from grader.service.marking.leases import claim, release
from grader.service.marking.rubrics import rubric
from grader.service.marking.saving import Decided, save, stored
from grader.service.site import Site
from grader.service.store.mark_tables import MarkChange, RubricEntry
from grader.service.store.tables import Attempt, Opening, Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.named import the_opening
from grader.service.web.problems import NotThere
from grader.service.web.staff.attempt import SEEN_BY
from grader.service.web.staff.frame import course_page, words_for
from grader.service.web.staff.kept_prose import KeptProse
from grader.service.web.staff.shown_answer import ShownAnswer, draw_ahead, shown_answer
from grader.service.web.staff.typed import MOST, plain
from grader.service.web.titles import Titles
from grader.service.web.trail import actor_of

router = APIRouter()
PATH: Final = "/courses/{slug}/openings/{assignment}/marking/{exercise}"
ANSWER: Final = f"{PATH}/answers/{{attempt_id}}"
#: to look at an answer is to take it
MARKS: Final = Member(Role.GRADER, Scope.TEACH)


class AnswerForm(BaseModel):
    """What was chosen and typed. `earlier`: a comment to be added to the typed one; `then`: where to go afterwards."""

    model_config = ConfigDict(frozen=True)

    version: int = Field(ge=0, le=MOST)
    items: tuple[Annotated[int, Field(ge=1, le=MOST)], ...] = Field(default=(), max_length=100)
    points: str = Field(default="", max_length=40)
    comment: str = Field(default="", max_length=4 * MOST_COMMENT)
    earlier: str = Field(default="", max_length=4 * MOST_COMMENT)
    then: str = Field(default="", max_length=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """How somebody goes through the answers, as it stands in addresses."""

    order: Order = Order.BY_EXERCISE
    named: bool = True

    def query(self, **more: object) -> str:
        """The end of an address."""
        said = {} if self.order is Order.BY_EXERCISE else {"by": self.order.value}
        said |= {} if self.named else {"names": "hidden"}
        asked = urlencode(said | {name: str(each) for name, each in more.items()})
        return f"?{asked}" if asked else ""


def going(by: Annotated[str, Query(max_length=20)] = "", names: Annotated[str, Query(max_length=20)] = "") -> Going:
    """As the address says."""
    return Going(order=Order(by) if by in set(Order) else Order.BY_EXERCISE, named=names != "hidden")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Here:
    """Where somebody is: in which round, before which answer."""

    opening: Opening
    exercise: str
    going: Going
    round: Round
    titles: Titles

    def path(self, course: InCourse, answer: Answer, **more: object) -> str:
        """The page of an answer of this round."""
        base = f"/courses/{course.slug}/openings/{self.opening.assignment}/marking/{answer.exercise}"
        return f"{base}/answers/{answer.attempt_id}{self.going.query(**more)}"


@router.get(PATH)
def begin(
    request: Request, assignment: str, exercise: str, how: Going = Depends(going), course: InCourse = Depends(MARKS)
) -> RedirectResponse:
    """To the first answer that waits and is nobody else's; where none is, to the first, or to the overview."""
    with site_of(request).database.begin() as session:
        here = _here(request, session, course, assignment, exercise, how)
    found = here.round.next_open(-1, course.caller.person_id) or next(iter(here.round.answers), None)
    overview = f"/courses/{course.slug}/openings/{assignment}/marking"
    return RedirectResponse(overview if found is None else here.path(course, found), status_code=303)


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
    with site_of(request).database.begin() as session:
        here = _here(request, session, course, assignment, exercise, how)
        return _drawn(request, course, session, here, attempt_id, undo=undo)


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
    site = site_of(request)
    with site.database.begin() as session:
        here = _here(request, session, course, assignment, exercise, how)
        _must_be_here(session, here, attempt_id)
        done = _saved(request, course, session, here, attempt_id, form)
        if isinstance(done, NotSaved):
            status = 409 if done.why in (Why.CHANGED, Why.CLAIMED, Why.NO_ITEM) else 422
            return _drawn(request, course, session, here, attempt_id, form=form, wrong=done, http_status=status)
        place = here.round.place(attempt_id, exercise)
        following = here.round.next_open(-1 if place is None else place, course.caller.person_id)
        is_same = following is None or (following.attempt_id, following.exercise) == (attempt_id, exercise)
        if form.then == "next" and following is not None and not is_same:
            release(session, attempt_id, exercise, course.caller.person_id)
            to = following
        else:
            to = Answer(attempt_id=attempt_id, exercise=exercise, person_id=0, name="", is_marked=True)
    last = {"last": attempt_id, "last_exercise": exercise, "last_version": done.version}
    return RedirectResponse(here.path(course, to, **last), status_code=303)


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
    site = site_of(request)
    with site.database.begin() as session:
        here = _here(request, session, course, assignment, exercise, how)
        _must_be_here(session, here, attempt_id)
        before = session.get(MarkChange, (attempt_id, exercise, version - 1))
        given = None if before is None else before.given
        decided = Decided(
            attempt_id=attempt_id,
            exercise=exercise,
            given=given if given is None or not given.items else Given(points=given.extra, comment=given.comment),
            items=() if given is None else tuple(each.id for each in given.items),
            version=version,
            way=Way.UNDO,
        )
        done = save(session, decided, actor=actor_of(request, course), now=site.now())
        if isinstance(done, NotSaved):
            return _drawn(request, course, session, here, attempt_id, wrong=done, http_status=409)
    to = Answer(attempt_id=attempt_id, exercise=exercise, person_id=0, name="", is_marked=True)
    return RedirectResponse(here.path(course, to), status_code=303)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Last:
    """What was saved just before."""

    attempt_id: uuid.UUID
    exercise: str
    version: int


def _here(request: Request, session: Session, course: InCourse, assignment: str, exercise: str, how: Going) -> _Here:
    """Raises NotThere."""
    now = site_of(request).now()
    opening = the_opening(session, course, assignment)
    outline = current_assignments(session, course.course_id).get(assignment)
    settle_all(session, opening.id, now)
    known = () if outline is None else outline.exercises
    wanted = [exercise]
    if how.order is Order.BY_STUDENT:
        wanted = [each.id for each in known if each.by_person or each.id == exercise] or wanted
    found = answers(session, opening.id, wanted, how.order, now=now, named=how.named)
    if exercise not in {each.id for each in known} | {each.exercise for each in found.answers}:
        raise NotThere
    return _Here(
        opening=opening,
        exercise=exercise,
        going=how,
        round=found,
        titles=Titles(assignment=assignment, outline=outline),
    )


def _must_be_here(session: Session, here: _Here, attempt_id: uuid.UUID) -> None:
    """Raises NotThere for an attempt at another opening."""
    asked = select(Attempt.id).where(Attempt.id == attempt_id, Attempt.opening_id == here.opening.id)
    if session.scalar(asked) is None:
        raise NotThere


def _saved(
    request: Request, course: InCourse, session: Session, here: _Here, attempt_id: uuid.UUID, form: AnswerForm
) -> StandingMark | NotSaved:
    site = site_of(request)
    holder = claim(session, attempt_id, here.exercise, course.caller.person_id, site.now())
    if holder is not None:
        return NotSaved(why=Why.CLAIMED, message=say("marking_is_claimed", name=holder))
    given = None if form.then == "take_back" else _given(form)
    if isinstance(given, Message):
        return NotSaved(why=Why.OUT_OF_BOUNDS, message=given)
    decided = Decided(
        attempt_id=attempt_id,
        exercise=here.exercise,
        given=given,
        items=form.items,
        version=form.version,
        way=Way.PAGE,
    )
    return save(session, decided, actor=actor_of(request, course), now=site.now())


def _given(form: AnswerForm) -> Given | Message:
    """What was typed; points may be left out where an item says them, and may then be negative."""
    typed = form.points.strip().replace("\N{MINUS SIGN}", "-")
    digits = typed.removeprefix("-") if form.items else typed
    if not typed and not form.items:
        return say("marking_nothing_chosen")
    if typed and not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        return say("marks_number", points=typed)
    said = [plain(each.replace("\r\n", "\n")) for each in (form.comment, form.earlier)]
    return Given(points=int(typed or 0), comment="\n".join(filter(None, dict.fromkeys(said))))


def _drawn(
    request: Request,
    course: InCourse,
    session: Session,
    here: _Here,
    attempt_id: uuid.UUID,
    *,
    form: AnswerForm | None = None,
    wrong: NotSaved | None = None,
    undo: _Last | None = None,
    http_status: int = 200,
) -> HTMLResponse:
    """Raises NotThere."""
    site, me = site_of(request), course.caller.person_id
    _must_be_here(session, here, attempt_id)
    read = _read(session, site, attempt_id, here.exercise)
    holder = claim(session, attempt_id, here.exercise, me, site.now())
    place = here.round.place(attempt_id, here.exercise)
    at = -1 if place is None else place
    following = here.round.next_open(at, me)
    words, prose = words_for(request, course.caller), _prose(request)
    items = rubric(session, here.opening.id, here.exercise)
    drawn = course_page(
        request,
        "staff/answer.html.j2",
        course,
        tab="marking",
        http_status=http_status,
        opening=here.opening,
        exercise=read.result,
        exercise_title=here.titles.by_id(here.exercise, words),
        title=here.titles.title(words),
        answer=read.shown(prose),
        attempt_id=attempt_id,
        number=read.number,
        student=read.student if here.going.named else None,
        person_id=read.person_id,
        standing=read.standing,
        items=items,
        chosen=_chosen(form, read.standing, items),
        typed=form,
        wrong=wrong,
        holder=holder,
        place=place,
        round=here.round,
        comments=here.round.comments.get(here.exercise, ()),
        earlier_choices=lambda comments: [("", "–"), *((each, one_line(each, most=80)) for each in comments)],  # noqa: RUF001
        before=_path(here, course, here.round.beside(at, -1) if place else None),
        after=_path(here, course, here.round.beside(at, 1) if place is not None else None),
        following=_path(here, course, following),
        here=here.path(course, read.as_answer(here.exercise)),
        base=f"/courses/{course.slug}/openings/{here.opening.assignment}/marking",
        going=here.going,
        other_order=Going(order=_other(here.going.order), named=here.going.named).query(),
        other_names=Going(order=here.going.order, named=not here.going.named).query(),
        undo=undo,
        visibility=lambda seen: words.say(SEEN_BY[Visibility(seen)]),
    )
    if following is not None:
        drawn.background = BackgroundTask(_ahead, site, following.attempt_id, following.exercise, prose)
    return drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What a page shows of an attempt."""

    attempt_id: uuid.UUID
    number: int
    person_id: int
    student: str
    result: ExerciseResult
    standing: StandingMark | None
    data: bytes | None

    def shown(self, prose: KeptProse) -> ShownAnswer:
        """The answer."""
        return shown_answer(self.result, self.data, prose)

    def as_answer(self, exercise: str) -> Answer:
        """As one of a round."""
        return Answer(attempt_id=self.attempt_id, exercise=exercise, person_id=0, name="", is_marked=False)


def _read(session: Session, site: Site, attempt_id: uuid.UUID, exercise: str) -> _Read:
    row, attempt = stored(session, attempt_id), session.get(Attempt, attempt_id)
    if row is None or attempt is None:
        raise NotThere
    result = next((each for each in complete_report(row).exercises if each.id == exercise), None)
    if result is None:
        raise NotThere
    try:
        data = site.blobs.get(session, attempt.sha256)
    except GraderError:
        data = None
    return _Read(
        attempt_id=attempt_id,
        number=attempt.number,
        person_id=attempt.person_id,
        student=attempt.person.name,
        result=result,
        standing=(row.marks or {}).get(exercise),
        data=data,
    )


def _ahead(site: Site, attempt_id: uuid.UUID, exercise: str, prose: KeptProse) -> None:
    """Draw the next answer while this one is looked at. Nobody waits for it, so nobody is told where it fails."""
    try:
        with site.database.read() as session:
            read = _read(session, site, attempt_id, exercise)
    except (NotThere, GraderError):
        return
    draw_ahead(read.result, read.data, prose)


def _chosen(form: AnswerForm | None, standing: StandingMark | None, items: Sequence[RubricEntry]) -> frozenset[int]:
    known = {each.id for each in items}
    if form is not None:
        return frozenset(form.items) & known
    given = None if standing is None else standing.given
    return frozenset(each.id for each in given.items) & known if given else frozenset()


def _path(here: _Here, course: InCourse, found: Answer | None) -> str | None:
    return None if found is None else here.path(course, found)


def _other(order: Order) -> Order:
    return Order.BY_STUDENT if order is Order.BY_EXERCISE else Order.BY_EXERCISE


def _prose(request: Request) -> KeptProse:
    prose: KeptProse = request.app.state.prose
    return prose
