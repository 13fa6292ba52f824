"""What pages take from a course's folder: its own words in the reader's language, and the notebook it hands out.

No code of a course is run here, and of `reference/` nothing is read but translations of what was said already.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from fastapi import Request
from sqlalchemy.orm import Session

from grader.classes.packing import zipped
from grader.course.folder import Course
from grader.errors import GraderError
from grader.messages import Language, Words
from grader.service.courses.unpacking import unpacked
from grader.service.site import Site
from grader.service.store.tables import Revision
from grader.service.web.access import site_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOut:
    """What students begin with: a notebook, or an archive of it and the files that it needs."""

    filename: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class CourseFolders:
    """The courses of a site, each unpacked once. What cannot be had is left out: no page fails for want of it."""

    site: Site
    _folders: dict[int, Path] = field(default_factory=dict)
    _words: dict[tuple[int, str, Language], Words] = field(default_factory=dict)

    def words(self, session: Session, revision_id: int | None, assignment: str, language: Language) -> Words:
        """How readers of that language are spoken to about an assignment."""
        if revision_id is None or language == "en":
            return Words(language)
        key = revision_id, assignment, language
        if key not in self._words:
            try:
                self._words[key] = Course(self._folder(session, revision_id)).words(assignment, language)
            except GraderError:
                return Words(language)
        return self._words[key]

    def handed_out(self, session: Session, revision_id: int | None, assignment: str) -> bool:
        """Whether there is something to begin with."""
        try:
            return revision_id is not None and self._starters(session, revision_id, assignment)[0].is_file()
        except GraderError:
            return False

    def hand_out(self, session: Session, revision_id: int | None, assignment: str) -> HandOut | None:
        """What students begin with, if there is something: the package, with practice, where one was made."""
        if revision_id is not None and (package := self._package(session, revision_id, assignment)) is not None:
            return HandOut(filename=f"{assignment}.zip", media_type="application/zip", data=package)
        if revision_id is None or not self.handed_out(session, revision_id, assignment):
            return None
        # imported when the first is handed out: it takes half a second, for which no site need wait when it starts
        from grader.authoring.notebooks import cleared

        starters = self._starters(session, revision_id, assignment)
        names = [each.name for each in starters] if starters[1:] else [f"{assignment}.ipynb"]
        notebooks = dict(zip(names, map(cleared, starters), strict=True))
        files = notebooks | Course(self._folder(session, revision_id)).files(assignment)
        if not files.keys() - names[:1]:
            return HandOut(filename=names[0], media_type="application/x-ipynb+json", data=files[names[0]])
        return HandOut(filename=f"{assignment}.zip", media_type="application/zip", data=zipped(files))

    def _package(self, session: Session, revision_id: int, assignment: str) -> bytes | None:
        outlines = session.get_one(Revision, revision_id).assignments
        sha256 = next((each.release for each in outlines if each.id == assignment), None)
        return None if sha256 is None else self.site.blobs.get(session, sha256)

    def _starters(self, session: Session, revision_id: int, assignment: str) -> tuple[Path, ...]:
        return Course(self._folder(session, revision_id)).notebooks(assignment, "starter")

    def _folder(self, session: Session, revision_id: int) -> Path:
        known = self._folders.get(revision_id)
        if known is None or not known.is_dir():
            known = self._folders[revision_id] = unpacked(session, self.site, revision_id)
        return known


def folders_of(request: Request) -> CourseFolders:
    """Those of this process."""
    state = request.app.state
    if not hasattr(state, "course_folders"):
        state.course_folders = CourseFolders(site_of(request))
    folders: CourseFolders = state.course_folders
    return folders
