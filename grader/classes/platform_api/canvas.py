"""A column of Canvas by its REST API: assignment, users, submissions, `update_grades` and the job that does it.

Source: the pages Assignments, Courses, Submissions and Progress of Canvas's API documentation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, TypeAdapter, ValidationError

from grader.classes.platform_api.asking import MOST_PAGES, Asking
from grader.classes.platform_api.gradebook import By, ColumnThere, GradeThere, PersonThere, Sending, cents
from grader.errors import SiteFailed, UsageError
from grader.messages import say
from grader.messages.visible import one_line

_ADDRESS: Final = re.compile(r"(?P<base>.*?)/courses/(?P<course>\d+)/assignments/(?P<assignment>\d+)(/.*)?")
#: how often a job is asked after; with the pauses between, some ten minutes
_LOOKS: Final = 130
_LONGEST_PAUSE: Final = 5.0

T = TypeVar("T")


class Assignment(BaseModel):
    """An assignment of Canvas's."""

    name: str
    points_possible: Decimal | None = None
    published: bool = True
    grading_type: str = "points"
    in_closed_grading_period: bool = False
    moderated_grading: bool = False
    grades_published: bool = True
    anonymize_students: bool = False
    post_manually: bool = False


class _User(BaseModel):
    id: int
    name: str = ""
    sis_user_id: str | None = None
    login_id: str | None = None
    email: str | None = None


class _Submission(BaseModel):
    user_id: int
    score: Decimal | None = None
    entered_score: Decimal | None = None
    excused: bool | None = None


class _Progress(BaseModel):
    id: int
    workflow_state: str
    message: str | None = None


class Canvas:
    """A `Gradebook`; see there."""

    most_at_once = 200

    def __init__(self, asking: Asking, *, course: str, assignment: str) -> None:
        self.asking = asking
        self._course = f"api/v1/courses/{course}"
        self.assignment = f"{self._course}/assignments/{assignment}"
        self.place = f"canvas {asking.site} {course} {assignment}"

    def column(self) -> ColumnThere:
        """See `Gradebook.column`."""
        found = self.found()
        title = one_line(found.name)
        if found.grading_type in ("pass_fail", "not_graded"):
            raise UsageError(say("push_no_points", title=title))
        if not found.published:
            raise UsageError(say("push_unpublished", title=title))
        if found.in_closed_grading_period or (found.moderated_grading and not found.grades_published):
            raise UsageError(say("push_locked", title=title))
        if found.anonymize_students:
            raise UsageError(say("push_anonymous", title=title))
        notes = (say("push_hidden"),) if found.post_manually else ()
        return ColumnThere(title=title, maximum=found.points_possible or None, notes=notes)

    def found(self) -> Assignment:
        """The assignment."""
        return self.read(Assignment, self.assignment)

    def people(self) -> Sequence[PersonThere]:
        """See `Gradebook.people`."""
        wanted = {"enrollment_type[]": "student", "include[]": "email", "per_page": "100"}
        return [_person(user) for user in self.everything(_User, f"{self._course}/users", wanted)]

    def standings(self) -> Mapping[str, GradeThere]:
        """See `Gradebook.standings`. What Canvas takes off for lateness comes after the grade that was entered."""
        found = self.everything(_Submission, f"{self.assignment}/submissions", {"per_page": "100"})
        return {str(each.user_id): _standing(each) for each in found}

    def send(self, sendings: Sequence[Sending]) -> None:
        """See `Gradebook.send`: one job of Canvas's, followed to its end."""
        form: dict[str, str] = {}
        for each in sendings:
            form[f"grade_data[{each.person}][posted_grade]"] = str(each.points)
            if each.comment:
                form[f"grade_data[{each.person}][text_comment]"] = each.comment
        answer = self.asking.write(f"{self.assignment}/submissions/update_grades", form)
        self._follow(self._parsed(TypeAdapter(_Progress), answer.body))

    def _follow(self, job: _Progress) -> None:
        for look in range(_LOOKS):
            if job.workflow_state == "completed":
                return
            if job.workflow_state == "failed":
                said = one_line(job.message or "-")
                raise SiteFailed(say("push_job_failed", site=self.asking.site, said=said))
            self.asking.sleep(min(0.5 * (look + 1), _LONGEST_PAUSE))
            job = self.read(_Progress, f"api/v1/progress/{job.id}")
        raise SiteFailed(say("push_job_hangs", site=self.asking.site))

    def read(self, kind: type[T], path: str) -> T:
        """What stands at a path. Raises what `Gradebook` does."""
        return self._parsed(TypeAdapter(kind), self.asking.read(path).body)

    def everything(self, kind: type[T], path: str, params: Mapping[str, str]) -> list[T]:
        """A list, page after page, as the header Link leads."""
        found: list[T] = []
        answer = self.asking.read(path, params)
        for _ in range(MOST_PAGES):
            found += self._parsed(TypeAdapter(list[kind]), answer.body)  # type: ignore[valid-type]  # known when it runs
            if answer.next is None:
                return found
            answer = self.asking.read(answer.next)
        raise SiteFailed(say("push_too_much", site=self.asking.site))

    def _parsed(self, kind: TypeAdapter[T], body: bytes) -> T:
        try:
            return kind.validate_json(body)
        except ValidationError:
            raise SiteFailed(say("push_nonsense", site=self.asking.site, platform="Canvas")) from None


def canvas_address(typed: str) -> tuple[str, str, str] | None:
    """Site, course and assignment in the address of an assignment's page; None if it is none."""
    parts = urlsplit(typed)
    found = _ADDRESS.fullmatch(parts.path)
    return found and (f"{parts.scheme}://{parts.netloc}{found['base']}", found["course"], found["assignment"])


def _person(user: _User) -> PersonThere:
    known = {By.ID: str(user.id), By.NUMBER: user.sis_user_id, By.LOGIN: user.login_id, By.EMAIL: user.email}
    return PersonThere(id=str(user.id), name=user.name, known_by={by: name for by, name in known.items() if name})


def _standing(found: _Submission) -> GradeThere:
    entered = found.score if found.entered_score is None else found.entered_score
    return GradeThere(points=None if entered is None else cents(entered), excused=bool(found.excused))
