"""What an address names within the course that a rule let the caller into: it is there, or the answer is 404."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Session

from grader.service.attempts.opened import extension_in, opening_for
from grader.service.marking.comments import comment_of
from grader.service.people.members import member
from grader.service.regrading.looking import set_in
from grader.service.store.mark_tables import KeptComment
from grader.service.store.regrade_tables import RegradeSet
from grader.service.store.tables import Extension, Membership, Opening, Section
from grader.service.web.access import InCourse
from grader.service.web.problems import NotThere, there


def the_opening(session: Session, course: InCourse, assignment: str) -> Opening:
    """The course's opening of that assignment. Raises NotThere."""
    return there(opening_for(session, course.course_id, assignment))


def the_regrade(session: Session, course: InCourse, set_id: uuid.UUID) -> RegradeSet:
    """That regrade set of the course. Raises NotThere."""
    return there(set_in(session, course.course_id, set_id))


def the_extension(session: Session, course: InCourse, assignment: str, extension_id: int) -> Extension:
    """That extension of that opening. Raises NotThere."""
    return there(extension_in(session, the_opening(session, course, assignment), extension_id))


def the_section(session: Session, course: InCourse, section_id: int) -> Section:
    """That section of the course. Raises NotThere."""
    found = there(session.get(Section, section_id))
    if found.course_id != course.course_id:
        raise NotThere
    return found


def the_member(session: Session, course: InCourse, person_id: int) -> Membership:
    """The person of that id in the course, whoever left included. Raises NotThere."""
    return there(member(session, course.course_id, person_id))


def the_comment(session: Session, course: InCourse, comment_id: int) -> KeptComment:
    """That comment, kept for the course or an assignment of it. Raises NotThere."""
    return there(comment_of(session, course.course_id, comment_id))
