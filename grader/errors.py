"""Every exception the grader raises, as one tree. What a *student* did wrong is never here: that is a value.

    GraderError
    |-- UsageError             the command line cannot be obeyed                 exit code 2
    |   `-- CourseError        the course folder, an assignment or a reference   exit code 2
    |-- SandboxError           no room could be had, or one was lost             exit code 3
    |   |-- SandboxUnavailable this machine cannot give the asked-for sandbox    exit code 3
    |   |-- PackageMissing     student code needs what is not installed here     exit code 3
    |   `-- CourseCodeFails    what the course laid into the room raised         exit code 3
    |-- TooCostly            what was handed in takes more than we give        exit code 3
    |-- SiteFailed             a site cannot be reached, or fails               exit code 3
    |-- UnreadableReport       a stored report is damaged or foreign             exit code 3
    |-- StoreUnavailable       a site's database or blobs cannot be had now       exit code 3
    |-- StoreDamaged           what a site stored is not there as it was stored   exit code 3
    |-- UnreadableSubmission   the submitted bytes are not a notebook            exit code 4
    |-- Interrupted            somebody pressed Ctrl-C while a class was graded  exit code 130
    `-- ProtocolError          bytes from the room that are not our frames       (becomes a verdict)

Every message says what happened, where, and what to do next: in plain English what the terminal alone shows, as a
`Message` what may stand in a report. This file is one of the few that exist in the room.
"""

from grader.message import Message, literal


class GraderError(Exception):
    """Base of all; `exit_code` is what the command line ends with. `more` are lines that belong below the message."""

    exit_code = 3

    def __init__(self, message: Message | str = "", *more: Message | str) -> None:
        super().__init__(message, *more)

    @property
    def message(self) -> Message:
        """What happened, for a report."""
        first: Message | str = self.args[0] if len(self.args) == 1 else str(self)
        return first if isinstance(first, Message) else literal(first)

    @property
    def said(self) -> tuple[Message | str, ...]:
        """What is to be said, one sentence or list to a line: a newline within one came with somebody's text."""
        return self.args

    @property
    def lines(self) -> tuple[str, ...]:
        """As `said`, of an error in plain English."""
        return tuple(map(str, self.args))

    def __str__(self) -> str:
        return "\n".join(self.lines)


class UsageError(GraderError):
    """The command line asks for something that cannot be done."""

    exit_code = 2


class CourseError(UsageError):
    """The course is at fault: a missing assignment, a reference that raises, checks that do not add up."""


class SandboxError(GraderError):
    """No room could be opened, or it was lost through no fault of the student."""


class SandboxUnavailable(SandboxError):
    """The machine refuses what the asked-for sandbox needs; the message names the cure."""


class PackageMissing(SandboxError):
    """Student code needs a package that nobody installed here; the message names it. To try again is of no use."""


class CourseCodeFails(SandboxError):
    """The course's own code in a student's room raised before a line of theirs ran. To try again is of no use."""


class TooCostly(GraderError):
    """Reading what was handed in, or judging it, takes more time or memory than one submission gets: our limit."""


class SiteFailed(GraderError):
    """A site that we ask over the network cannot be reached, or fails; what was asked for may be asked again."""


class UnreadableReport(GraderError):
    """A file among stored reports that is none, or none that this version can read."""


class StoreUnavailable(GraderError):
    """A site's database or blobs cannot be had, or take nothing more: nothing was stored, and trying again may help."""


class StoreDamaged(GraderError):
    """Bytes that a site stored are missing, or not those it stored: our fault, not that of whoever handed them in."""


class UnreadableSubmission(GraderError):
    """The bytes handed in cannot be read as a notebook; the message is meant for the student."""

    exit_code = 4


class Interrupted(GraderError):
    """Somebody stopped a run that the same command continues; the message says how far it came."""

    exit_code = 130


class ProtocolError(GraderError):
    """Bytes that came out of a room are not frames of our protocol, or exceed its caps."""
