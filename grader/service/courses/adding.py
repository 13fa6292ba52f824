"""How a course, or a new revision of it, comes to a site: from a folder on the machine of whoever adds it, never by
upload, since a course is code. What is added is a copy: the folder may change or go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.errors import CourseError, UsageError
from grader.policy.totals import Totals
from grader.policy.totals_file import NAME, totals_of
from grader.service.courses.ahead import Ahead
from grader.service.courses.archive import CourseFiles, packed, read
from grader.service.courses.outlining import outlined
from grader.service.courses.unpacking import placed
from grader.service.site import Site
from grader.service.store.outline import AssignmentOutline
from grader.service.store.putting import insert_into
from grader.service.store.tables import SLUG, Course, Revision

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What a course is now graded by. `is_new`: this revision was not there before."""

    course_id: int
    revision_id: int
    is_new: bool


def add_course(
    session: Session,
    site: Site,
    folder: Path,
    *,
    slug: str | None = None,
    title: str | None = None,
    ahead: Ahead | None = None,
) -> Added:
    """Add the course in that folder, or what it is by now: from here on it is graded by that.

    The course is called `slug`, or as its folder. The course is read and executed before `session` is asked anything,
    so nobody waits for that; what was added before is not executed again, unless something was wrong with it, nor what
    was executed `ahead`.

    Raises CourseError for a folder that is no course, or of which no assignment can be read, UsageError for a slug
    that is none, StoreUnavailable.
    """
    slug = slug_of(folder) if slug is None else _checked(slug)
    files = read(folder)
    with site.database.read() as look:
        outlines = _known(look, slug, files.digest)
    if outlines is None:
        outlines = None if ahead is None else ahead.outlines(files.digest)
        outlines = outlines or outlined(placed(site, files), files)
    totals = _totals(files, outlines)
    return _stored(session, site, slug, files=files, outlines=outlines, totals=totals, title=title)


def _totals(files: CourseFiles, outlines: tuple[AssignmentOutline, ...]) -> Totals | None:
    """The rule of the course's total, if it has one; read as text, never executed. Raises CourseError."""
    path = f"assignments/{NAME}"
    data = files.content.get(path)
    if data is None:
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CourseError(f"{path} is not UTF-8 (byte {error.start + 1}). Save it as UTF-8.") from error
    return totals_of(text, Path(path), known=[each.id for each in outlines])


def slug_of(folder: Path) -> str:
    """What a course in that folder is called in addresses. Raises UsageError if its name has nothing that can be."""
    return _checked(re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")[:SLUG].strip("-"))


def _checked(slug: str) -> str:
    if not _SLUG.fullmatch(slug) or len(slug) > SLUG:
        raise UsageError(
            f"A course cannot be called {slug!r} in addresses. Use small letters, digits and single hyphens, such as "
            "ml-2026: --slug ml-2026."
        )
    return slug


def _known(session: Session, slug: str, digest: str) -> tuple[AssignmentOutline, ...] | None:
    """What was read of it when it was added, if all of it could be."""
    found = session.scalar(
        select(Revision.assignments)
        .join(Course, Course.id == Revision.course_id)
        .where(Course.slug == slug, Revision.digest == digest)
    )
    return None if found is None or any(outline.fault for outline in found) else found


def _stored(
    session: Session,
    site: Site,
    slug: str,
    *,
    files: CourseFiles,
    outlines: tuple[AssignmentOutline, ...],
    totals: Totals | None,
    title: str | None,
) -> Added:
    """Several may add the same at once: whoever is later finds it."""
    now = site.now()
    row = {"slug": slug, "title": title or _in_words(slug), "virtual": 0.0, "created_at": now}
    session.execute(insert_into(session, Course).values(**row).on_conflict_do_nothing(index_elements=["slug"]))
    course = session.scalars(select(Course).where(Course.slug == slug).with_for_update()).one()
    revision = session.scalar(select(Revision).where(Revision.course_id == course.id, Revision.digest == files.digest))
    is_new = revision is None
    if revision is None:
        archive = site.blobs.put(session, packed(files), now=now)
        revision = Revision(
            course_id=course.id,
            digest=files.digest,
            archive=archive,
            assignments=_released_before(course, outlines),
            totals=totals,
            added_at=now,
        )
        session.add(revision)
        session.flush()
    elif any(outline.fault for outline in revision.assignments):
        revision.assignments = outlines
    if revision.totals != totals:  # added by a version that did not read it
        revision.totals = totals
    course.title = title or course.title
    course.revision_id = revision.id
    session.flush()
    return Added(course_id=course.id, revision_id=revision.id, is_new=is_new)


def _released_before(course: Course, outlines: tuple[AssignmentOutline, ...]) -> tuple[AssignmentOutline, ...]:
    """With what students get of those assignments that are as they were."""
    before = {} if course.revision is None else {each.digest: each.release for each in course.revision.assignments}
    return tuple(outline.model_copy(update={"release": before.get(outline.digest)}) for outline in outlines)


def _in_words(slug: str) -> str:
    return slug.replace("-", " ").capitalize()
