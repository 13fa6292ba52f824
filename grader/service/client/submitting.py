"""`grader submit`: hand notebooks in to a site, follow them, show the report as `grade` would."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from grader.classes.intake.one_student import notebooks_of
from grader.classes.shown import show_report
from grader.classes.writing import write_whole
from grader.errors import Interrupted, SandboxError, SiteFailed, UnreadableSubmission, UsageError
from grader.limits import NotebookLimits
from grader.messages import Language, Words, terminal
from grader.notebook.bundle import MOST, packed
from grader.policy.state import State
from grader.render import RENDERERS
from grader.report.exit_codes import exit_code
from grader.report.report import Report
from grader.service.client.address import Address, address
from grader.service.client.answers import AttemptProgress, Taken
from grader.service.client.connection import Connection, RefusedBySite, Upload
from grader.service.client.following import follow, watching
from grader.service.client.signing_in import token
from grader.settings import Settings

OTHERWISE: Final = "Name another file."
#: what a site calls a report that is there, and that the student may not see yet
NOT_SHOWN_YET: Final = "not_shown_yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitRequest:
    """The command line of `grader submit`, as given: what is handed in together, or the folder it lies in.

    `again`: hand in once more what was handed in before.
    """

    notebooks: tuple[Path, ...]
    to: str
    course: str | None = None
    assignment: str | None = None
    token_file: Path | None = None
    on_behalf_of: str | None = None
    again: bool = False
    receipt: Path | None = None
    json: Path | None = None
    html: Path | None = None
    format: str = "text"
    language: Language = "en"
    fail_under: float | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What tests put another thing in the place of: the network, and how one waits."""

    transport: httpx.BaseTransport | None = None
    sleep: Callable[[float], None] | None = None


def run_submit(
    request: SubmitRequest, *, environment: Mapping[str, str], surroundings: Surroundings | None = None
) -> int:
    """Hand in, follow, show; the exit code of `grade`. Raises GraderError: what failed, and what to do."""
    settings = Settings.from_environment(environment)
    place = _place(request)
    if request.format not in RENDERERS:
        raise UsageError(f"--format {request.format} is not for one notebook. Formats: {', '.join(RENDERERS)}.")
    filename, data = _packed(request.notebooks)
    secret = token(settings, request.token_file, site=place.site)
    if not place.is_private:
        terminal.warn(f"{place.site} is not encrypted: whoever is on the way can read the token. Use https.")
    with connected(place.site, secret, request.language, surroundings) as connection:
        try:
            return _handed_in(connection, place, request, _upload(place, request, filename, data), settings)
        except RefusedBySite as refused:
            raise refusal(refused, place.site) from None


def connected(site: str, secret: str, language: Language, surroundings: Surroundings | None) -> Connection:
    """The site, reached as the surroundings say."""
    around = surroundings or Surroundings()
    if around.sleep is None:
        return Connection(site, secret, language=language, transport=around.transport)
    return Connection(site, secret, language=language, transport=around.transport, sleep=around.sleep)


def refusal(refused: RefusedBySite, site: str) -> UsageError | UnreadableSubmission | SiteFailed:
    """What a site refused, as an error of ours: in the site's words, with the moment from which it may be obeyed."""
    said, kind = refused.trouble.title, refused.trouble.kind
    if kind in ("empty", "too_large"):
        return UnreadableSubmission(said)
    allowed = refused.trouble.allowed_from
    more = [] if allowed is None else [f"The same is taken from {allowed.astimezone():%Y-%m-%d %H:%M %Z} on."]
    return UsageError(f"{site}: {said}", *more)


def _place(request: SubmitRequest) -> Address:
    named = address(request.to)
    course, assignment = request.course or named.course, request.assignment or named.assignment
    if course is None or assignment is None:
        raise UsageError(
            f"{request.to} names no {'course' if course is None else 'assignment'}.",
            "Give --to the address of the assignment's page, or --course and --assignment.",
        )
    return Address(site=named.site, course=course, assignment=assignment)


def key_of(place: Address, data: bytes, *, on_behalf_of: str | None) -> str:
    """What makes it the same upload if it is sent twice: the site, the opening, whose it is, and the bytes."""
    named = json.dumps([place.site, place.course, place.assignment, on_behalf_of])
    return hashlib.sha256(named.encode() + b"\0" + data).hexdigest()


def _packed(paths: Sequence[Path]) -> tuple[str, bytes]:
    if missing := [path for path in paths if not path.exists()]:
        raise UsageError(f"{missing[0]} does not exist. Name a notebook, for example submission.ipynb.")
    files = notebooks_of(paths)
    if len(files) > MOST:
        raise UsageError(
            f"These are {len(files)} files; one student hands in {MOST} at most. Name those that are asked for."
        )
    return packed(files, NotebookLimits())


def _upload(place: Address, request: SubmitRequest, filename: str, data: bytes) -> Upload:
    behalf = request.on_behalf_of
    return Upload(
        filename=filename,
        data=data,
        key=uuid.uuid4().hex if request.again else key_of(place, data, on_behalf_of=behalf),
        fields={} if behalf is None else {"on_behalf_of": behalf},
    )


def _handed_in(
    connection: Connection, place: Address, request: SubmitRequest, upload: Upload, settings: Settings
) -> int:
    taken = connection.upload(Taken, f"/courses/{place.course}/assignments/{place.assignment}/attempts", upload)
    if request.receipt is not None:
        written = json.dumps(taken.receipt, indent=2, ensure_ascii=False) + "\n"
        write_whole(request.receipt, written, otherwise=OTHERWISE)
    page = f"{place.site}/attempts/{taken.id}"
    if not request.quiet:
        terminal.say(f"Handed in as attempt {taken.number}: {page}", *taken.notices)
    try:
        with watching(terminal.progress(), quiet=request.quiet, colour=settings.colour) as watch:
            over = follow(connection, taken, watch=watch)
    except KeyboardInterrupt:
        raise Interrupted(f"Stopped. It stays handed in, and is graded: {page}") from None
    return _shown(connection, over, request, settings, page)


def _shown(connection: Connection, over: AttemptProgress, request: SubmitRequest, settings: Settings, page: str) -> int:
    if over.status is State.SUPERSEDED:
        terminal.say(f"It is not graded: a newer attempt took its place. {page}")
        return SandboxError.exit_code
    if over.status is State.PARKED:
        terminal.say(f"It could not be graded, through no fault of yours; the staff of the course see why. {page}")
        return SandboxError.exit_code
    try:
        document = connection.fetch(f"/attempts/{over.id}/report", accept="application/json")
    except RefusedBySite as refused:
        if refused.trouble.kind != NOT_SHOWN_YET:
            raise
        terminal.say(refused.trouble.title)
        return 0
    report = Report.model_validate_json(document)
    _draw(report, request, settings)
    return exit_code([report.status], [report.score], fail_under=request.fail_under)


def _draw(report: Report, request: SubmitRequest, settings: Settings) -> None:
    words = Words(request.language)
    for path, name in ((request.json, "json"), (request.html, "html")):
        if path is not None and str(path) != "-":
            write_whole(path, RENDERERS[name](report, words=words), otherwise=OTHERWISE)
    if request.quiet:
        return
    show_report(report, json=request.json, format=request.format, words=words, settings=settings)
