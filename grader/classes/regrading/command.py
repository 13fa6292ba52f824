"""The story of `grader regrade`: judge a stored class by another revision, show what would change, then apply or drop.

Nothing that others read changes before a set applies; a set that waits lies in the class folder's own corner.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from grader.classes.export.stored import CLASS_FILE
from grader.classes.journal import FOLDER, LOCK, locked
from grader.classes.progress import Watching, watching
from grader.classes.regrade_sets import (
    RegradeSet,
    finish,
    is_over,
    last_applied,
    proposed,
    undo,
)
from grader.classes.regrading.deciding import put_in_place
from grader.classes.regrading.proposing import propose
from grader.classes.regrading.request import RegradeRequest
from grader.errors import UsageError
from grader.messages import ENGLISH, terminal


def regrade(
    request: RegradeRequest, *, environment: Mapping[str, str], now: datetime, watch: Watching = watching
) -> int:
    """Obey; 0, or 3 if some work could not be judged again. Raises UsageError, CourseError, SandboxUnavailable."""
    _refuse_nonsense(request)
    with _held(request.folder):
        if request.undo:
            return _undone(request)
        if request.drop:
            return _dropped(request)
        if request.apply and request.course is None:
            return put_in_place(request, _waiting(request.folder), now)
        made, code = propose(request, environment, watch)
        if request.apply and made is not None:
            return put_in_place(request, made, now) or code
        return code


def _refuse_nonsense(request: RegradeRequest) -> None:
    if not (request.folder / CLASS_FILE).is_file():
        raise UsageError(ENGLISH.say("regrade_no_class", folder=str(request.folder)))
    if sum((request.apply, request.undo, request.drop)) > 1:
        raise UsageError(ENGLISH.say("regrade_one_of"))
    if request.apply and not request.reason.strip():
        raise UsageError(ENGLISH.say("regrade_why"))
    if request.only_gains and not request.apply:
        raise UsageError(ENGLISH.say("regrade_only_gains_of"))


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """While no other run writes to the folder; whatever was stopped half-way is finished first."""
    with locked(folder / FOLDER / LOCK):
        finish(folder)
        yield


def _undone(request: RegradeRequest) -> int:
    chosen = last_applied(request.folder)
    if chosen is None:
        raise UsageError(ENGLISH.say("regrade_nothing_applied", folder=str(request.folder)))
    if (waits := proposed(request.folder)) is not None:
        waits.drop()  # it was made of what is undone
    record = chosen.record
    undo(chosen)
    terminal.say(ENGLISH.say("regrade_undone", when=record.when, reason=record.reason))
    return 0


def _waiting(folder: Path) -> RegradeSet:
    """The set that waits. Raises UsageError where none does."""
    if (waits := proposed(folder)) is not None:
        return waits
    if (applied := last_applied(folder)) is None:
        raise UsageError(ENGLISH.say("regrade_nothing_waits", folder=str(folder)))
    record = applied.record
    raise UsageError(ENGLISH.say("regrade_is_applied", folder=str(folder), when=record.when, reason=record.reason))


def _dropped(request: RegradeRequest) -> int:
    """What waits; where nothing does, what was applied and can no longer be undone: the class stays as it is."""
    applied = last_applied(request.folder)
    if proposed(request.folder) is None and applied is not None and is_over(applied):
        record = applied.record
        applied.drop()
        terminal.say(ENGLISH.say("regrade_put_away", when=record.when, reason=record.reason))
        return 0
    _waiting(request.folder).drop()
    terminal.say(ENGLISH.say("regrade_dropped"))
    return 0
