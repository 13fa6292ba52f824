"""Every exception the grader raises, as one tree. What a *student* did wrong is never here: that is a value.

    GraderError
    |-- UsageError             the command line cannot be obeyed                 exit code 2
    |   `-- CourseError        the course folder, an assignment or a reference   exit code 2
    |-- SandboxError           no room could be had, or one was lost             exit code 3
    |   `-- SandboxUnavailable this machine cannot give the asked-for sandbox    exit code 3
    |-- UnreadableReport       a stored report is damaged or foreign             exit code 3
    |-- UnreadableSubmission   the submitted bytes are not a notebook            exit code 4
    |-- Interrupted            somebody pressed Ctrl-C while a class was graded  exit code 130
    `-- ProtocolError          bytes from the room that are not our frames       (becomes a verdict)

Every message says what happened, where, and what to do next. This file is one of the few that exist in the room,
so it imports nothing.
"""


class GraderError(Exception):
    """Base of all; `exit_code` is what the command line ends with."""

    exit_code = 3


class UsageError(GraderError):
    """The command line asks for something that cannot be done."""

    exit_code = 2


class CourseError(UsageError):
    """The course is at fault: a missing assignment, a reference that raises, checks that do not add up."""


class SandboxError(GraderError):
    """No room could be opened, or it was lost through no fault of the student."""


class SandboxUnavailable(SandboxError):
    """The machine refuses what the asked-for sandbox needs; the message names the cure."""


class UnreadableReport(GraderError):
    """A file among stored reports that is none, or none that this version can read."""


class UnreadableSubmission(GraderError):
    """The bytes handed in cannot be read as a notebook; the message is meant for the student."""

    exit_code = 4


class Interrupted(GraderError):
    """Somebody stopped a run that the same command continues; the message says how far it came."""

    exit_code = 130


class ProtocolError(GraderError):
    """Bytes that came out of a room are not frames of our protocol, or exceed its caps."""
