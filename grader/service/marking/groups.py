"""The answers to an exercise that count and are alike, as groups: by what the machine said of them, which is read
from stored reports. What is alike is for `classes/groups.py` to say; how a group is marked, stands in
`group_marks.py`. Nothing changes here."""

from __future__ import annotations

import json
import uuid
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.policy.marking import StandingMark
from grader.report.report import ExerciseResult
from grader.service.attempts.blind import SEES_ALL, Blind
from grader.service.marking.answers import CountedAnswer
from grader.service.store.tables import StoredReport

if TYPE_CHECKING:
    from grader.classes.groups import Group, Traits

#: characters of a written answer that a list shows
MOST_EXCERPT: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMember:
    """An answer of a group: what was decided of it, the points that count by now, None where it waits. `excerpt`: how
    its text begins, if it is one that a person marks."""

    answer: CountedAnswer
    standing: StandingMark | None
    points: int | None
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGroup:
    """Answers to one exercise that are alike: at least one."""

    group: Group
    members: Sequence[GroupMember]

    @property
    def marked(self) -> int:
        """How many have a mark."""
        return sum(each.answer.is_marked for each in self.members)

    @property
    def earned(self) -> int | None:
        """What the machine gave each; None where that differs, and where no machine gives points."""
        return None if self.group.kind.value in ("written", "empty") else self.group.earned

    @property
    def seen(self) -> str:
        """What whoever marks the group has seen of it: another text as soon as an answer came, went or was marked."""
        versions = (f"{each.answer.attempt_id}:{_version(each)}" for each in self.members)
        return blake2b("\n".join(sorted(versions)).encode(), digest_size=10).hexdigest()


def groups_in(
    session: Session, exercise: str, answers: Sequence[CountedAnswer], blind: Blind = SEES_ALL
) -> Sequence[AnswerGroup]:
    """The groups of these answers to the exercise, the largest first. One that was not graded, for our reasons, is in
    none. Points that their reader may not see are left out."""
    from grader.classes.groups import groups_of  # heavy: numpy, which no other page takes

    found = {each.attempt_id.hex: each for each in answers if each.exercise == exercise}
    read = {each.traits.of: each for each in _read(session, exercise, [each.attempt_id for each in found.values()])}
    traits = [read[name].traits for name in found if name in read]

    def member(name: str) -> GroupMember:
        text = read[name].traits.text or ""
        return GroupMember(
            answer=found[name],
            standing=read[name].standing,
            points=None if blind.hides(found[name].attempt_id, exercise) else read[name].points,
            excerpt=" ".join(text[: 4 * MOST_EXCERPT].split())[:MOST_EXCERPT],
        )

    return [AnswerGroup(group=group, members=[member(name) for name in group.members]) for group in groups_of(traits)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What is known of one answer."""

    traits: Traits
    standing: StandingMark | None
    points: int | None


def _read(session: Session, exercise: str, attempts: Sequence[uuid.UUID]) -> Iterator[_Read]:
    asked = select(StoredReport.attempt_id, StoredReport.document, StoredReport.marks, StoredReport.outline).where(
        StoredReport.attempt_id.in_(attempts)
    )
    for row in session.connection().execute(asked):
        traits = _traits(row.attempt_id.hex, row.document, exercise)
        graded = next((each for each in row.outline.exercises if each.id == exercise), None)
        if traits is not None and graded is not None:
            marks: Mapping[str, StandingMark] = row.marks or {}
            points = None if graded.to_mark else graded.earned
            yield _Read(traits=traits, standing=marks.get(exercise), points=points)


def _traits(name: str, document: bytes, exercise: str) -> Traits | None:
    """Of that exercise alone: to read all of a report takes four times as long, and a class has a thousand."""
    from grader.classes.groups import traits_of  # as above

    results = json.loads(zlib.decompress(document))["exercises"]
    found = next((each for each in results if each["id"] == exercise), None)
    return None if found is None else traits_of(name, ExerciseResult.model_validate(found))


def _version(member: GroupMember) -> int:
    return 0 if member.standing is None else member.standing.version
