"""All answers of a group marked or commented at once, as one act that is undone at once. Each student's mark is one as
any other, with its own history; that others were marked with it, only staff are told."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, undefer

from grader.messages import Message, counted, say
from grader.policy.marking import NotSaved, Way, Why
from grader.report.marking import Given
from grader.service.attempts.blind import Blind
from grader.service.attempts.standing import resettle
from grader.service.marking.answers import Order, answers
from grader.service.marking.groups import AnswerGroup, GroupMember, groups_in
from grader.service.marking.saving import Decided, fit, put_mark
from grader.service.people.audit import Actor
from grader.service.store.mark_tables import MarkChange, MarkedGroup
from grader.service.store.tables import Opening, Person, StoredReport

#: acts that are told of
MOST_TOLD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ForGroup:
    """What somebody decided about all answers of a group but those in `out`. Without points and items it is a comment
    alone. With a `check` it is of that one, and answers that have a mark of all of the exercise are left as they are.
    `seen`: the group as they saw it; `anew`: for answers that have a mark, too."""

    exercise: str
    group: str
    seen: str
    points: int | None
    comment: str = ""
    items: tuple[int, ...] = ()
    check: str | None = None
    out: frozenset[uuid.UUID] = frozenset()
    anew: bool = False


def mark_group(
    session: Session, opening_id: int, wanted: ForGroup, *, actor: Actor, now: datetime, blind: Blind
) -> MarkedGroup | NotSaved:
    """Save it for all of them, or for none. Answers that somebody else is marking at this moment are left to them, and
    those that have a mark stay as they are but with `anew`; one whose mark they are not shown stays as it is in any
    case. Nobody else changes marks of the opening meanwhile."""
    opening = _locked(session, opening_id)
    found = _group(session, opening_id, wanted, now)
    if found is None or found.seen != wanted.seen:
        return NotSaved(why=Why.CHANGED, message=say("group_changed"))
    theirs = (each for each in found.members if not blind.hides(each.answer.attempt_id, wanted.exercise))
    chosen = [each for each in theirs if _is_chosen(each, wanted, actor.person_id)]
    if (refused := _refused(chosen, wanted)) is not None:
        return NotSaved(why=Why.FAULTY, message=refused)
    act = MarkedGroup(
        opening_id=opening_id,
        exercise=wanted.exercise,
        group=found.group.id,
        kind=found.group.kind.value,
        mistake=found.group.mistake,
        check=wanted.check,
        marks=len(chosen),
        by_id=actor.person_id,
        at=now,
    )
    decided = [_decided(each, wanted) for each in chosen]
    if isinstance(fault := _put(session, opening, decided, act, by_id=actor.person_id, now=now), NotSaved):
        return fault
    actor.did(
        session,
        "group.marked",
        f"opening:{opening.id} {opening.assignment}",
        course_id=opening.course_id,
        now=now,
        exercise=wanted.exercise,
        group=act.group,
        act=act.id,
        marks=act.marks,
        **({} if wanted.check is None else {"check": wanted.check}),
    )
    return act


def undo_group(session: Session, act: MarkedGroup, *, actor: Actor, now: datetime) -> MarkedGroup | NotSaved:
    """Decide of all of them again what was decided before. Refused where one was marked since: of whom, is to be looked
    at. One that is undone already stays so."""
    opening = _locked(session, act.opening_id)
    session.refresh(act)
    if act.undone_at is not None:
        return act
    changes = session.scalars(
        select(MarkChange).where(MarkChange.group_id == act.id, MarkChange.way == Way.GROUP)
    ).all()
    rows = _rows(session, [each.attempt_id for each in changes])
    later = sum(_version(rows.get(each.attempt_id), act.exercise) != each.version for each in changes)
    if later:
        return NotSaved(why=Why.CHANGED, message=say("group_marked_since", answers=counted(later, "answer")))
    decided = [_before(session, each) for each in changes]
    if isinstance(fault := _put(session, opening, decided, act, by_id=actor.person_id, now=now), NotSaved):
        return fault
    act.undone_at = now
    session.flush()
    actor.did(
        session,
        "group.undone",
        f"opening:{opening.id} {opening.assignment}",
        course_id=opening.course_id,
        now=now,
        exercise=act.exercise,
        group=act.group,
        act=act.id,
        marks=len(changes),
    )
    return act


def groups_marked(session: Session, opening_id: int, exercise: str) -> Sequence[Row[MarkedGroup, str | None]]:
    """The last acts of an exercise, the newest first, and who did each."""
    asked = (
        select(MarkedGroup, Person.name)
        .outerjoin(Person, Person.id == MarkedGroup.by_id)
        .where(MarkedGroup.opening_id == opening_id, MarkedGroup.exercise == exercise)
        .order_by(MarkedGroup.id.desc())
        .limit(MOST_TOLD)
    )
    return session.execute(asked).all()


def _put(
    session: Session,
    opening: Opening,
    decided: Sequence[Decided],
    act: MarkedGroup,
    *,
    by_id: int | None,
    now: datetime,
) -> NotSaved | None:
    """All of them, or none: each is looked at before the first is written."""
    rows = _rows(session, [each.attempt_id for each in decided])
    fitting: list[Decided] = []
    for each in decided:
        judged = fit(session, opening.id, rows[each.attempt_id], each)
        if isinstance(judged, NotSaved):
            return judged
        fitting.append(judged)
    session.add(act)
    session.flush()
    for each in fitting:
        put_mark(session, rows[each.attempt_id], replace(each, group_id=act.id), by_id=by_id, now=now)
    session.flush()
    resettle(session, opening.id, now)
    return None


def _group(session: Session, opening_id: int, wanted: ForGroup, now: datetime) -> AnswerGroup | None:
    there = answers(session, opening_id, [wanted.exercise], Order.BY_EXERCISE, now=now).answers
    found = groups_in(session, wanted.exercise, there)
    return next((each for each in found if each.group.id == wanted.group), None)


def _is_chosen(member: GroupMember, wanted: ForGroup, me: int | None) -> bool:
    answer, is_open = member.answer, wanted.anew or not member.answer.is_marked
    stands = None if member.standing is None else member.standing.given
    if wanted.check is not None and stands is not None:
        checks = {each.check for each in stands.checks}
        is_open = bool(checks) and (wanted.anew or wanted.check not in checks)
    return is_open and answer.attempt_id not in wanted.out and answer.by_id in (None, me)


def _refused(chosen: Sequence[GroupMember], wanted: ForGroup) -> Message | None:
    if not chosen:
        return say("group_nobody")
    if wanted.check is not None and wanted.items:
        return say("mark_check_without_items")
    if wanted.check is not None and wanted.points is None:
        return say("marks_no_points")
    if wanted.points is not None or wanted.items:
        return None
    if not wanted.comment:
        return say("group_nothing_chosen")
    waiting = sum(each.points is None for each in chosen)
    return say("group_comment_alone", answers=counted(waiting, "answer")) if waiting else None


def _decided(member: GroupMember, wanted: ForGroup) -> Decided:
    """A comment alone is added to what was said already, and changes no points."""
    given, items = Given(points=wanted.points or 0, comment=wanted.comment), wanted.items
    if wanted.points is None and not wanted.items:
        stands = None if member.standing is None else member.standing.given
        said = "\n".join(dict.fromkeys(filter(None, (stands.comment if stands else "", wanted.comment))))
        items = tuple(each.id for each in stands.items) if stands else ()
        given = Given(points=stands.extra if stands and items else member.points or 0, comment=said)
        given = replace(stands, comment=said) if stands and stands.checks else given
    return Decided(
        attempt_id=member.answer.attempt_id,
        exercise=wanted.exercise,
        given=given,
        version=0 if member.standing is None else member.standing.version,
        way=Way.GROUP,
        items=items,
        check=wanted.check,
    )


def _before(session: Session, change: MarkChange) -> Decided:
    """What was decided before, as a decision of its own."""
    there = session.get(MarkChange, (change.attempt_id, change.exercise, change.version - 1))
    given = None if there is None else there.given
    items = () if given is None else tuple(each.id for each in given.items)
    return Decided(
        attempt_id=change.attempt_id,
        exercise=change.exercise,
        given=Given(points=given.extra, comment=given.comment) if given is not None and items else given,
        version=change.version,
        way=Way.UNDO,
        items=items,
    )


def _rows(session: Session, attempts: Sequence[uuid.UUID]) -> dict[uuid.UUID, StoredReport]:
    asked = (
        select(StoredReport)
        .where(StoredReport.attempt_id.in_(attempts))
        .options(undefer(StoredReport.document))
        .execution_options(populate_existing=True)
    )
    return {each.attempt_id: each for each in session.scalars(asked)}


def _version(row: StoredReport | None, exercise: str) -> int:
    standing = None if row is None else (row.marks or {}).get(exercise)
    return 0 if standing is None else standing.version


def _locked(session: Session, opening_id: int) -> Opening:
    """Whoever saves a mark meanwhile waits."""
    return session.scalars(select(Opening).where(Opening.id == opening_id).with_for_update(key_share=True)).one()
