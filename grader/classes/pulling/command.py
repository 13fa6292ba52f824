"""`grader pull canvas|moodle`: what students handed in there, as a folder that `grade` reads.

How the platform is spoken to is `platform_api/`'s business, what it is asked `canvas.py`'s and `moodle.py`'s, what lies
where `folder.py`'s.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx

from grader.classes.intake.found import PULLED_LIST
from grader.classes.journal import locked
from grader.classes.platform_api.canvas import Canvas
from grader.classes.platform_api.gradebook import PersonThere
from grader.classes.platform_api.opened import Page, Platform, opened
from grader.classes.pulling.canvas import CanvasWork
from grader.classes.pulling.fetching import fetch_all
from grader.classes.pulling.folder import Folder, Wanted
from grader.classes.pulling.handed_in import Everything, HandedIn, Work
from grader.classes.pulling.moodle import MoodleWork
from grader.errors import Interrupted, SiteFailed, UsageError
from grader.messages import Language, Words, say, terminal

_LOCK: Final = ".pull.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """The command line of `grader pull canvas|moodle`, as given. `everything`: all attempts, each number in a folder of
    its own; `given`: the token that the environment has."""

    platform: Platform
    source: str
    out: Path
    given: str | None = field(default=None, repr=False)
    token_file: Path | None = None
    everything: bool = False
    language: Language = "en"
    quiet: bool = False

    @property
    def page(self) -> Page:
        """The assignment there."""
        return Page(
            platform=self.platform, address=self.source, option="--from", given=self.given, token_file=self.token_file
        )


def fetch(
    request: FetchRequest,
    *,
    transport: httpx.BaseTransport | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Fetch what the folder lacks; 0, or 3 if a file is not to be had. Raises UsageError, SiteFailed, Interrupted."""
    words = Words(request.language)
    with opened(request.page, transport=transport, sleep=sleep) as there, locked(request.out / _LOCK):
        work: Work = CanvasWork(there) if isinstance(there, Canvas) else MoodleWork(there)
        title, people = work.title(), work.people()
        found = work.handed_in(everything=request.everything)
        wanted = _laid_out(request, there.place, people, found.attempts, words)
        try:
            missed = fetch_all(work, wanted, words, quiet=request.quiet)
        except KeyboardInterrupt:
            raise Interrupted(words.say("pull_stopped")) from None
    _tell(request, title, people, found, words)
    for said in missed:
        terminal.warn(words.text(said))
    return SiteFailed.exit_code if missed else 0


def _laid_out(
    request: FetchRequest, place: str, people: Sequence[PersonThere], attempts: Sequence[HandedIn], words: Words
) -> list[Wanted]:
    """What belongs where, written down. Raises UsageError where the folder is in use for something else."""
    homes: dict[Path, list[HandedIn]] = defaultdict(list)
    for each in attempts:
        homes[request.out / f"attempt_{each.number}" if request.everything else request.out].append(each)
    if request.everything and (request.out / PULLED_LIST).exists():
        raise UsageError(say("pull_in_use", folder=str(request.out)))
    folders = {home: Folder(home, platform=request.platform, place=place) for home in homes}
    return [each for home, folder in folders.items() for each in folder.take(people, homes[home], words)]


def _tell(request: FetchRequest, title: str, people: Sequence[PersonThere], found: Everything, words: Words) -> None:
    """What came, and what to run next."""
    attempts = words.counted(len(found.attempts), "attempt")
    done = "pull_done_each" if request.everything else "pull_done"
    terminal.say(words.say(done, title=title, attempts=attempts, folder=str(request.out)))
    without = {each.id for each in people} - {person for each in found.attempts for person in each.people}
    if without:
        terminal.say(words.say("pull_without", students=words.counted(len(without), "student")))
    if found.drafts:
        terminal.say(words.say("pull_drafts", attempts=words.counted(found.drafts, "attempt")))
    if no_file := sum(not each.files for each in found.attempts):
        terminal.warn(words.say("pull_no_file", attempts=words.counted(no_file, "attempt")))
