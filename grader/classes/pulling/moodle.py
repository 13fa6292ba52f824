"""What was handed in to an assignment of Moodle: `mod_assign_get_submissions` knows everybody's latest attempt, and
`mod_assign_get_submission_status` those before it.

Source: the descriptions of these functions in Moodle's own API documentation.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from pydantic import BaseModel

from grader.classes.platform_api.gradebook import PersonThere
from grader.classes.platform_api.moodle import Assignment, Moodle, Participant
from grader.classes.pulling.handed_in import Attachment, Everything, HandedIn
from grader.errors import UsageError
from grader.messages import say
from grader.messages.visible import one_line

_HANDED_IN: Final = "submitted"
_DRAFT: Final = "draft"
_NO_ACCESS: Final = "1"  # a warning that comes with an empty list


class _File(BaseModel):
    filename: str
    fileurl: str = ""
    filesize: int | None = None


class _Area(BaseModel):
    area: str
    files: list[_File] = []


class _Plugin(BaseModel):
    type: str
    fileareas: list[_Area] = []


class _Submission(BaseModel):
    userid: int
    groupid: int = 0
    attemptnumber: int = 0
    timemodified: int = 0
    status: str = ""
    plugins: list[_Plugin] = []


class _OfAssignment(BaseModel):
    submissions: list[_Submission] = []


class _Warning(BaseModel):
    warningcode: str = ""
    message: str = ""


class _Submissions(BaseModel):
    assignments: list[_OfAssignment] = []
    warnings: list[_Warning] = []


class _Before(BaseModel):
    submission: _Submission | None = None


class _Status(BaseModel):
    previousattempts: list[_Before] = []


class _Flag(BaseModel):
    userid: int
    extensionduedate: int = 0


class _Flagged(BaseModel):
    userflags: list[_Flag] = []


class _Flags(BaseModel):
    assignments: list[_Flagged] = []


class MoodleWork:
    """A `Work`; see there."""

    def __init__(self, moodle: Moodle) -> None:
        self._moodle = moodle

    def title(self) -> str:
        """See `Work.title`."""
        found = self._assignment
        if found.blindmarking and not found.revealidentities:
            raise UsageError(say("push_anonymous", title=one_line(found.name)))
        return one_line(found.name)

    def people(self) -> Sequence[PersonThere]:
        """See `Work.people`."""
        return [each.person for each in self._participants]

    def handed_in(self, *, everything: bool) -> Everything:
        """See `Work.handed_in`. An attempt that is only begun, or open once more, hides none that was handed in."""
        wanted = {"assignmentids[0]": self._moodle.number, "status": "", "since": "0", "before": "0"}
        found = self._moodle.ask(_Submissions, "mod_assign_get_submissions", wanted)
        if not found.assignments and (refused := [each for each in found.warnings if each.warningcode == _NO_ACCESS]):
            said = one_line(refused[0].message or "-")
            raise UsageError(say("push_forbidden", site=self._moodle.asking.site, said=said))
        latest = [each for one in found.assignments for each in one.submissions if self._counts(each)]
        due = self._due_dates()
        attempts = [self._attempt(each, due) for one in latest for each in self._wanted(one, everything=everything)]
        return Everything(attempts=tuple(attempts), drafts=sum(each.status == _DRAFT for each in latest))

    def file(self, attachment: Attachment, *, most: int) -> bytes:
        """See `Work.file`. Moodle says with a page of its own that it gives nobody any file."""
        body = self._moodle.file(attachment.address, most=most)
        if attachment.bytes is not None and len(body) != attachment.bytes:
            with suppress(ValueError, TypeError, KeyError):
                said = one_line(str(json.loads(body)["error"]))
                raise UsageError(say("push_forbidden", site=self._moodle.asking.site, said=said))
        return body

    @cached_property
    def _assignment(self) -> Assignment:
        return self._moodle.found()[0]

    @cached_property
    def _participants(self) -> Sequence[Participant]:
        return self._moodle.participants()

    def _counts(self, found: _Submission) -> bool:
        """Where groups hand in together, what somebody has beside it holds no work."""
        return found.userid == 0 if self._assignment.teamsubmission else found.userid != 0

    def _wanted(self, latest: _Submission, *, everything: bool) -> Iterator[_Submission]:
        handed_in = [latest] if latest.status == _HANDED_IN else []
        if latest.attemptnumber and (everything or not handed_in):
            handed_in += [each for each in self._before(latest) if each.status == _HANDED_IN]
        handed_in.sort(key=lambda each: each.attemptnumber)
        yield from handed_in if everything else handed_in[-1:]

    def _before(self, latest: _Submission) -> Iterator[_Submission]:
        whose = {"userid": str(latest.userid)} if latest.userid else {"groupid": str(latest.groupid)}
        asked = {"assignid": self._moodle.number, **whose}
        found = self._moodle.ask(_Status, "mod_assign_get_submission_status", asked)
        return (each.submission for each in found.previousattempts if each.submission is not None)

    def _due_dates(self) -> Mapping[int, int]:
        """Until when each may hand in without being late, with the extensions that people were given."""
        due: defaultdict[int, int] = defaultdict(lambda: self._assignment.duedate)
        if not self._assignment.duedate:
            return due
        found = self._moodle.ask(_Flags, "mod_assign_get_user_flags", {"assignmentids[0]": self._moodle.number})
        for each in (flag for one in found.assignments for flag in one.userflags):
            due[each.userid] = max(self._assignment.duedate, each.extensionduedate)
        return due

    def _attempt(self, found: _Submission, due: Mapping[int, int]) -> HandedIn:
        members = [str(each.id) for each in self._participants if (each.groupid or 0) == found.groupid]
        until = due[found.userid]
        return HandedIn(
            people=(str(found.userid),) if found.userid else tuple(members),
            number=found.attemptnumber + 1,
            at=datetime.fromtimestamp(found.timemodified, UTC),
            late=bool(until) and found.timemodified > until,
            files=tuple(_files(found)),
        )


def _files(found: _Submission) -> Iterator[Attachment]:
    areas = (area for plugin in found.plugins if plugin.type == "file" for area in plugin.fileareas)
    for each in (file for area in areas if area.area == "submission_files" for file in area.files):
        yield Attachment(name=each.filename, address=each.fileurl, bytes=each.filesize)
