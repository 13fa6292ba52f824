"""The files of an output folder: which are made of each report, and how they are written. What a class makes of them
all together is `classroom.py`'s business.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.render import html, json_report, text
from grader.report import Report
from grader.wording import ENGLISH, Words

FOLDER = "reports"
#: the ending of each file that is made of a report, and how
REPORT_FILES: dict[str, Callable[[Report, Words], str]] = {
    ".json": lambda report, _: json_report.render(report),
    ".txt": lambda report, words: text.render(report, words=words),
    ".html": lambda report, words: html.render(report, words=words),
}
STORED = ".json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """A report as all of its files, by their ending; `digest` tells these files from others."""

    texts: Mapping[str, str]
    digest: str


class ReportFolder:
    """The folder `reports` below the output folder, with a few files for each submission."""

    def __init__(self, output: Path) -> None:
        self.output = output

    def path_of(self, stem: str) -> str:
        """The report of a submission, as a path below the output folder."""
        return f"{FOLDER}/{stem}{STORED}"

    def write(self, stem: str, made: Pages) -> None:
        """Put a submission's files in their place. Raises UsageError if that cannot be."""
        for ending, content in made.texts.items():
            write_text(self.output / FOLDER / f"{stem}{ending}", content)

    def holds(self, stem: str, report: Report, words: Words, digest: str | None) -> bool:
        """Whether the files are those of `report` in `words`, and as they were when this digest was noted."""
        found = {ending: _bytes(self.output / FOLDER / f"{stem}{ending}") or b"" for ending in REPORT_FILES}
        stored = REPORT_FILES[STORED](report, words).encode()
        return found[STORED] == stored and _digest(words, found) == digest

    def stored(self, paths: Iterable[str]) -> Iterator[Report]:
        """The reports at these paths, as `path_of` gives them, read one by one."""
        for path in paths:
            yield Report.model_validate_json((self.output / path).read_bytes())


def pages(report: Report, words: Words = ENGLISH) -> Pages:
    """The files that are made of a report for readers of `words`."""
    texts = {ending: render(report, words) for ending, render in REPORT_FILES.items()}
    return Pages(texts=texts, digest=_digest(words, {ending: made.encode() for ending, made in texts.items()}))


def write_text(path: Path, content: str) -> None:
    """Write a file as a whole or not at all; a file that says so already is left alone. Raises UsageError."""
    data = content.encode()
    if _bytes(path) == data:
        return
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise UsageError(
            f"{path} cannot be written ({error.strerror}). Make room, or name another folder with --out."
        ) from error


def _bytes(path: Path) -> bytes | None:
    with suppress(OSError):
        return path.read_bytes()
    return None


def _digest(words: Words, files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256(json.dumps([words.language, sorted(words.course.items())]).encode())
    for ending, data in files.items():
        digest.update(f"{ending} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()
