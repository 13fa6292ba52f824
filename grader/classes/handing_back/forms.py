"""How feedback is packed for those who carry it to students: a file for each student, as Canvas, Moodle and e-mail take
it. Reports come as students may see them; who that is, and what they may see, was decided before.

Canvas goes by the first two whole numbers between underscores, the user's and the upload's, and calls the file as the
upload was called: so it is of the upload's own kind. Source: `infer_comment_context_from_filename` of
`app/models/assignment.rb` in canvas-lms. Moodle goes by the participant's number in the folder's name, the second of
its parts between underscores. Source: `importziplib.php` of `mod/assign/feedback/file` in moodle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from typing import Final, TypeAlias

from grader.classes.intake.canvas import upload_named
from grader.classes.intake.moodle import folder_named
from grader.classes.intake.names import file_names
from grader.classes.packing import zipped
from grader.messages import Message, Words, say
from grader.messages.visible import one_line
from grader.render import annotated, html, text
from grader.render.gradebook import table
from grader.report.report import Audience, Report

PAGE: Final = "feedback.html"
#: the table of addresses, for who sends with a program of their own
ADDRESSES: Final = "addresses.csv"


class Carrier(StrEnum):
    """Who carries the files to students."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    MAIL = "mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What one student gets. `file`: what was handed in, by the path under which it was found."""

    student: str
    name: str
    email: str
    file: str
    report: Report

    def __post_init__(self) -> None:
        if self.report.audience is not Audience.STUDENT:
            raise ValueError("what goes to a student is what a student may see")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """The files by their path, and why somebody has none."""

    files: Mapping[str, bytes]
    left_out: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    """One student's file: its path, and what stands in it."""

    path: str
    data: bytes


_Made: TypeAlias = "_File | Message"


def packed(feedback: Iterable[Feedback], carrier: Carrier, words: Words) -> Packed:
    """A file for each, in the form of that carrier. Nobody gets another's: two of one name are both left out."""
    given = list(feedback)
    stems = file_names([each.student for each in given])
    found = [(each, FORMS[carrier](each, stems[each.student], words)) for each in given]
    paths = [made.path for _, made in found if isinstance(made, _File)]
    twice = {path for path in paths if paths.count(path) > 1} if len(set(paths)) < len(paths) else set[str]()
    files: dict[str, bytes] = {}
    left_out: list[Message] = []
    sent: list[list[str]] = []
    for each, made in found:
        if isinstance(made, Message):
            left_out.append(made)
        elif made.path in twice:
            left_out.append(say("feedback_same_name", student=each.student, file=made.path))
        else:
            files[made.path] = made.data
            sent.append([each.student, each.name, each.email, made.path])
    if carrier is Carrier.MAIL and files:
        files[ADDRESSES] = table([["student", "name", "email", "file"], *sent]).encode()
    return Packed(files=files, left_out=tuple(left_out))


def _for_canvas(given: Feedback, stem: str, words: Words) -> _Made:
    del stem
    upload = upload_named(given.file)
    if upload is None:
        return say("feedback_not_from", student=given.student, platform="Canvas", file=one_line(given.file))
    return _File(upload, _alike(upload, given.report, words))


def _alike(name: str, report: Report, words: Words) -> bytes:
    """Feedback as a file of the kind that the name says: whoever opens it gets what they expect."""
    match name.rpartition(".")[2].lower():
        case "ipynb":
            return annotated.render_alone(report, words=words)
        case "zip":
            return zipped({PAGE: html.render(report, words=words).encode()})
        case "html" | "htm":
            return html.render(report, words=words).encode()
        case _:
            return text.render(report, words=words).encode()


def _for_moodle(given: Feedback, stem: str, words: Words) -> _Made:
    del stem
    folder = folder_named(given.file)
    if folder is None:
        return say("feedback_not_from", student=given.student, platform="Moodle", file=one_line(given.file))
    return _File(f"{folder}/{PAGE}", html.render(given.report, words=words).encode())


def _for_mail(given: Feedback, stem: str, words: Words) -> _Made:
    """A message as mail programs open it, ready to be sent: the text, and the page as an attachment."""
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    try:
        address = Address(one_line(given.name, most=200), addr_spec=given.email.strip())
        if not (address.username and "." in address.domain):
            raise ValueError(given.email)
        message["To"] = address
    except (ValueError, IndexError, MessageError):  # what the library says of what is no address
        return say("feedback_no_address", student=given.student, address=one_line(given.email))
    assignment = given.report.assignment
    title = "" if assignment is None else words.prose(assignment.title)
    message["Subject"] = one_line(words.say("feedback_subject", title=title), most=200)
    message["X-Unsent"] = "1"  # it opens as a draft
    message.set_content(text.render(given.report, words=words))
    page = html.render(given.report, words=words).encode()
    message.add_attachment(page, maintype="text", subtype="html", filename=PAGE)
    boundary = f"feedback-{given.report.submission.sha256 or stem}"[:60]
    message.set_boundary("".join(each if each.isascii() and each.isalnum() else "-" for each in boundary))
    return _File(f"{stem}.eml", message.as_bytes())


#: by carrier: the file of one student, or why there is none
FORMS: Final[Mapping[Carrier, Callable[[Feedback, str, Words], _Made]]] = {
    Carrier.CANVAS: _for_canvas,
    Carrier.MOODLE: _for_moodle,
    Carrier.MAIL: _for_mail,
}
