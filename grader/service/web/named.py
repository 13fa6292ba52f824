"""What an address names within the course that a rule let the caller into: it is there, or the answer is 404."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Session

from grader.service.attempts.opened import extension_in, opening_for
from grader.service.regrading.looking import set_in
from grader.service.store.regrade_tables import RegradeSet
from grader.service.store.tables import Extension, Opening, Section
from grader.service.web.access import InCourse
from grader.service.web.problems import NotThere


def the_opening(session: Session, course: InCourse, assignment: str) -> Opening:
    """The course's opening of that assignment. Raises NotThere."""
    found = opening_for(session, course.course_id, assignment)
    if found is None:
        raise NotThere
    return found


def the_regrade(session: Session, course: InCourse, set_id: uuid.UUID) -> RegradeSet:
    """That regrade set of the course. Raises NotThere."""
    found = set_in(session, course.course_id, set_id)
    if found is None:
        raise NotThere
    return found


def the_extension(session: Session, course: InCourse, assignment: str, extension_id: int) -> Extension:
    """That extension of that opening. Raises NotThere."""
    found = extension_in(session, the_opening(session, course, assignment), extension_id)
    if found is None:
        raise NotThere
    return found


def the_section(session: Session, course: InCourse, section_id: int) -> Section:
    """That section of the course. Raises NotThere."""
    found = session.get(Section, section_id)
    if found is None or found.course_id != course.course_id:
        raise NotThere
    return found
