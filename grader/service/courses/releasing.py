"""What students get of an assignment to begin with: the package of `grader release` as a zip among the blobs.

It is made after a course was added, one assignment at a time, since making a practice sheet asks the reference in rooms
and takes seconds; until then there is none to download. Only the main thread of a process may: rooms end with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from grader.authoring.release import package
from grader.classes.packing import zipped
from grader.course.folder import Course
from grader.errors import GraderError
from grader.service.courses.unpacking import unpacked
from grader.service.site import Site
from grader.service.store.tables import Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """One assignment of a revision, whose package is there from now on, or why it is not."""

    assignment: str
    fault: GraderError | None = None


def unreleased(session: Session, revision_id: int) -> tuple[str, ...]:
    """The assignments of a revision that can be read, but have no package yet."""
    revision = session.get_one(Revision, revision_id)
    return tuple(each.id for each in revision.assignments if each.fault is None and each.release is None)


def release(site: Site, revision_id: int) -> Iterator[Released]:
    """Make the packages that a revision still lacks. One that cannot be made is said and stops no other.

    Raises StoreUnavailable and StoreDamaged.
    """
    with site.database.read() as session:
        names = unreleased(session, revision_id)
        course = Course(unpacked(session, site, revision_id))
    for name in names:
        try:
            data = zipped(package(course, course.assignment(name)))
        except GraderError as error:
            yield Released(assignment=name, fault=error)
            continue
        with site.database.begin() as session:
            _kept(session, site, revision_id, name, data)
        yield Released(assignment=name)


def _kept(session: Session, site: Site, revision_id: int, name: str, data: bytes) -> None:
    sha256 = site.blobs.put(session, data, now=site.now())
    revision = session.get_one(Revision, revision_id, with_for_update=True)
    revision.assignments = tuple(
        each.model_copy(update={"release": sha256}) if each.id == name else each for each in revision.assignments
    )
