"""The files of an output folder: which are made of each report, and when they are drawn. What a class makes of them all
together is `classroom.py`'s business, how a file is written `writing.py`'s.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from pydantic import ValidationError

from grader.classes.judged import Judged, read_judged
from grader.classes.writing import bytes_there, write_whole
from grader.messages import ENGLISH, Words, say
from grader.render import html, json_report, text
from grader.report.audience import seen_by
from grader.report.marking import unmarked
from grader.report.report import Audience, Report

FOLDER = "reports"
Drawing: TypeAlias = Callable[[Report, Words], str]
#: the ending of each file that is made of a report, and how
REPORT_FILES: dict[str, Drawing] = {
    ".json": lambda report, _: json_report.render(report),
    ".txt": lambda report, words: text.render(report, words=words),
    ".html": lambda report, words: html.render(report, words=words),
}
STORED = ".json"
OTHERWISE: Final = "Make room, or name another folder with --out."


@dataclass(frozen=True, slots=True, kw_only=True)
class Readership:
    """For whom reports are drawn: who it is, in which words, and the moment of reading, as `seen_by` has it."""

    audience: Audience
    words: Words = ENGLISH
    now: datetime | None = None

    def sees(self, report: Report) -> Report:
        """The report as this reader may see it."""
        return seen_by(report, self.audience, now=self.now)


def is_edited(found: Report, made: Report) -> bool:
    """Whether a report that is there says otherwise of the very same run what the machine found: then it was written by
    hand. Marks may be others since."""
    return found.run == made.run and [*map(unmarked, found.exercises)] != [*map(unmarked, made.exercises)]


class Notes(Protocol):
    """What is remembered of files, by their name."""

    def noted(self, name: str) -> str | None:
        """What was last noted of the files of this name."""

    def note(self, name: str, digest: str) -> None:
        """Remember by its digest what is about to stand there."""


class ReportFolder:
    """An output folder for one reader: below it `reports`, with a few files for each submission, and the class's own.

    Whatever is there as it would be drawn, and untouched, is not drawn again. `edition` tells one state of the grader
    from another. `warn` hears of what could not be drawn.
    """

    def __init__(
        self,
        output: Path,
        *,
        reader: Readership,
        notes: Notes,
        edition: str,
        warn: Callable[[str], object],
        files: Mapping[str, Drawing] = REPORT_FILES,
    ) -> None:
        self.output = output
        self._files = files
        self._reader = reader
        self._notes = notes
        self._warn = warn
        words = reader.words
        self._edition = json.dumps([edition, words.language, sorted(words.course.items())])
        self._shown: dict[str, str] = {}

    def path_of(self, stem: str) -> str:
        """The report of a submission, as a path below the output folder."""
        return f"{FOLDER}/{stem}{STORED}"

    def show(self, stem: str, report: Report) -> None:
        """Bring a submission's files up to date. Raises UsageError if one cannot be written."""
        seen = self._reader.sees(report)
        if not self._holds(stem, seen):
            self._warn_of_edits(stem, seen)
            texts = dict(self._drawn(stem, seen))
            self._shown[stem] = self._digest({ending: made.encode() for ending, made in texts.items()})
            self._notes.note(stem, self._shown[stem])
            self._put(stem, texts)

    def write(self, name: str, draw: Callable[[], str], *, made_of: str) -> None:
        """Bring a file of the class up to date: `made_of` and all reports that were shown. Raises UsageError."""
        path = self.output / name
        parts = json.dumps([made_of, sorted(self._shown.items())]).encode()
        noted = self._notes.noted(f"{name} of the class")
        if noted is not None and noted == self._digest({name: parts, "": bytes_there(path) or b""}):
            return
        made = draw()
        self._notes.note(f"{name} of the class", self._digest({name: parts, "": made.encode()}))
        write_whole(path, made, otherwise=OTHERWISE)

    def stored(self, paths: Iterable[str]) -> Iterator[Report]:
        """The reports at these paths, as `path_of` gives them, read one by one."""
        for path in paths:
            yield Report.model_validate_json((self.output / path).read_bytes())

    def _holds(self, stem: str, seen: Report) -> bool:
        """Whether the files are those of the report that is to be seen, and as they were when they were noted."""
        found = self._found(stem)
        if found.get(STORED) != self._files[STORED](seen, self._reader.words).encode():
            return False
        self._shown[stem] = self._digest(found)
        return self._shown[stem] == self._notes.noted(stem)

    def _found(self, stem: str) -> dict[str, bytes]:
        """The files that are there, by their endings."""
        return {ending: data for ending in self._files if (data := bytes_there(self._path(stem, ending))) is not None}

    def _warn_of_edits(self, stem: str, seen: Report) -> None:
        """Somebody may have written points into the report that is there: it is drawn anew, and they are told."""
        found = self._found(stem)
        if self._digest(found) == self._notes.noted(stem):
            return  # it is as we wrote it, of another report
        if self._judged is not None and self._judged.number(self.path_of(stem), found.get(STORED, b"")) is not None:
            return  # it was judged again, and is as that left it
        with suppress(ValidationError):
            if is_edited(Report.model_validate_json(found.get(STORED, b"")), seen):
                said = say("report_edited_anew", file=str(self._path(stem, STORED)))
                self._warn(self._reader.words.text(said))

    @cached_property
    def _judged(self) -> Judged | None:
        """By what the reports that lie there were judged."""
        return read_judged(self.output)

    def _drawn(self, stem: str, seen: Report) -> Iterator[tuple[str, str]]:
        """Each file that can be drawn: one that cannot is a warning, and keeps no other from being so."""
        for ending, render in self._files.items():
            try:
                yield ending, render(seen, self._reader.words)
            except Exception as error:  # other people's libraries draw what other people wrote
                said = say("page_not_drawn", file=str(self._path(stem, ending)), error=type(error).__name__)
                self._warn(self._reader.words.text(said))

    def _put(self, stem: str, texts: Mapping[str, str]) -> None:
        for ending in self._files.keys() - texts.keys():
            with suppress(FileNotFoundError):
                self._path(stem, ending).unlink()  # it would tell of an older report
        for ending, made in texts.items():
            write_whole(self._path(stem, ending), made, otherwise=OTHERWISE)

    def _path(self, stem: str, ending: str) -> Path:
        return self.output / FOLDER / f"{stem}{ending}"

    def _digest(self, files: Mapping[str, bytes]) -> str:
        digest = hashlib.sha256(self._edition.encode())
        for name, data in files.items():
            digest.update(f"{name} {len(data)}\n".encode())
            digest.update(data)
        return digest.hexdigest()
