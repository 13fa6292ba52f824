"""Regrade sets as they lie in a class folder, and how one is put in place: as a whole, or not at all.

Everything that will stand in the class is written beside it first, and so is what stands there. Then one file, the
set's record, says that it applies: from that moment on it is applied, and whoever finds a set that was stopped half-way
finishes it, as a database does. What stands in the files is not known here.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, ValidationError

from grader.classes.journal import FOLDER, LOCK, locked
from grader.classes.judged import RevisionNote
from grader.classes.writing import bytes_there, write_whole
from grader.errors import UsageError
from grader.messages import ENGLISH, Language, Message, say
from grader.report.report import Record

SETS: Final = f"{FOLDER}/regrades"
OTHERWISE: Final = "Make room; then the same command continues."
#: puts a file of the class in place from where it was kept, or takes it away; tests stop in between
Put: TypeAlias = Callable[[Path, Path | None], None]


class State(StrEnum):
    """How far a set is. Half-way states are those that are finished by whoever finds them."""

    PROPOSED = "proposed"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"


def _within(path: str) -> str:
    """A record may come with a folder that somebody else made: what it names is in the folder. Raises ValueError."""
    named = Path(path)
    if named.is_absolute() or ".." in named.parts or not named.parts:
        raise ValueError(path)
    return path


class Replaced(Record):
    """A file of the class, by its path there, and the SHA-256 of what stood in it and of what stands in it now."""

    path: Annotated[str, AfterValidator(_within)]
    before: str | None
    now: str


class SetRecord(Record):
    """A regrade set: by what it judges (a course folder, at a revision), the reports it was made of by path and
    SHA-256, and once it is applied, why and what it replaced. `marks`: the SHA-256 of the marks it was applied with."""

    schema_version: int = 1
    state: State
    course: str
    language: Language
    revision: RevisionNote
    made_of: dict[str, str]
    reason: str = ""
    only_gains: bool = False
    when: str = ""
    marks: str | None = None
    replaced: tuple[Replaced, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegradeSet:
    """One set in a class folder."""

    folder: Path
    number: int

    @property
    def home(self) -> Path:
        """Where all of it lies."""
        return self.folder / SETS / str(self.number)

    @property
    def record(self) -> SetRecord:
        """What is noted of it. Raises UsageError if that cannot be read."""
        try:
            return SetRecord.model_validate_json(bytes_there(self._file) or b"")
        except ValidationError as error:
            raise UsageError(ENGLISH.say("regrade_set_damaged", file=str(self._file))) from error

    def note(self, record: SetRecord) -> None:
        """Note it, so that it survives a crash of the machine. Raises UsageError."""
        write_whole(self._file, record.model_dump_json(indent=1) + "\n", otherwise=OTHERWISE)
        _wait_for_disk(self._file)

    @property
    def _file(self) -> Path:
        return self.home / "set.json"

    def drop(self) -> None:
        """Take it away, and the folder of sets with the last one. The record goes first: without it there is no set."""
        self._file.unlink(missing_ok=True)
        shutil.rmtree(self.home, ignore_errors=True)
        with suppress(OSError):
            (self.folder / SETS).rmdir()


def sets_in(folder: Path) -> tuple[RegradeSet, ...]:
    """The sets of a class folder in their order; what was never noted is none."""
    found = sorted(int(path.parent.name) for path in (folder / SETS).glob("*/set.json") if path.parent.name.isdecimal())
    return tuple(RegradeSet(folder=folder, number=number) for number in found)


def proposed(folder: Path) -> RegradeSet | None:
    """The set that waits to be applied or dropped."""
    return next((each for each in sets_in(folder) if each.record.state is State.PROPOSED), None)


def last_applied(folder: Path) -> RegradeSet | None:
    """The set that was applied last."""
    return next((each for each in reversed(sets_in(folder)) if each.record.state is State.APPLIED), None)


def new_set(folder: Path) -> RegradeSet:
    """The next one, of which nothing is noted yet."""
    return RegradeSet(folder=folder, number=max((each.number for each in sets_in(folder)), default=0) + 1)


def finish(folder: Path) -> None:
    """Complete what was stopped half-way, and take away what never became a set. Whoever calls holds the folder's lock.

    Raises UsageError if the disk refuses it.
    """
    noted = {str(each.number) for each in sets_in(folder)}
    for path in (folder / SETS).glob("*"):
        if path.name not in noted:
            shutil.rmtree(path, ignore_errors=True)
    for each in sets_in(folder):
        match each.record.state:
            case State.APPLYING:
                _put_in_place(each)
            case State.UNDOING:
                _put_back(each)
            case State.PROPOSED | State.APPLIED:
                pass


def finish_in(paths: Iterable[Path]) -> None:
    """As `finish`, before the class folders among `paths` are read by whoever does not write to them."""
    for folder in paths:
        if any(each.record.state in (State.APPLYING, State.UNDOING) for each in sets_in(folder)):
            with locked(folder / FOLDER / LOCK):
                finish(folder)


def apply(chosen: RegradeSet, record: SetRecord, files: Mapping[str, bytes], *, put: Put | None = None) -> None:
    """Put `files`, by their paths in the class, in place of what stands there, and note `record` with them.

    Raises UsageError if something cannot be written; before the set is noted as applying, nothing has changed.
    """
    folder, replaced = chosen.folder, []
    for path, data in files.items():
        before = bytes_there(folder / path)
        if before is not None:
            _keep(folder / path, before, chosen.home / "before" / path)
        write_whole(chosen.home / "now" / path, data, otherwise=OTHERWISE)
        replaced.append(Replaced(path=path, before=None if before is None else sha256(before), now=sha256(data)))
    os.sync()  # what the record speaks of is on the disk before the record is
    chosen.note(record.model_copy(update={"state": State.APPLYING, "replaced": tuple(replaced)}))
    _put_in_place(chosen, put or _put)


def undo(chosen: RegradeSet, *, put: Put | None = None) -> None:
    """Put everything back as it was, byte for byte, and take the set away. Raises UsageError if that would lose what
    was done since."""
    record = chosen.record
    if changed := list(_changed_since(chosen, record)):
        how = [say("regrade_put_away_how")] if is_over(chosen) else []
        reasons = (ENGLISH.text(each) for each in (*changed[:5], *how))
        raise UsageError(ENGLISH.say("regrade_no_undo", when=record.when, files=len(changed)), *reasons)
    chosen.note(record.model_copy(update={"state": State.UNDOING}))
    _put_back(chosen, put or _put)


def _changed_since(chosen: RegradeSet, record: SetRecord) -> Iterator[Message]:
    marks = bytes_there(chosen.folder / "marks.csv")
    if (None if marks is None else sha256(marks)) != record.marks:
        yield say("regrade_marks_since", file=str(chosen.folder / "marks.csv"))
    yield from (say("regrade_file_since", file=str(path)) for path in _others_by_now(chosen, record))


def is_over(chosen: RegradeSet) -> bool:
    """Whether an applied set can never be undone: files that it replaced are others by now. Later marks can be taken
    out again."""
    return next(_others_by_now(chosen, chosen.record), None) is not None


def _others_by_now(chosen: RegradeSet, record: SetRecord) -> Iterator[Path]:
    for each in record.replaced:
        path = chosen.folder / each.path
        data = bytes_there(path)
        if data is None or sha256(data) != each.now:
            yield path


def _put_in_place(chosen: RegradeSet, put: Put | None = None) -> None:
    record = chosen.record
    for each in record.replaced:
        _move(chosen, "now", each.path, each.now, put or _put)
    chosen.note(record.model_copy(update={"state": State.APPLIED}))
    shutil.rmtree(chosen.home / "now", ignore_errors=True)


def _put_back(chosen: RegradeSet, put: Put | None = None) -> None:
    for each in chosen.record.replaced:
        if each.before is None:
            (put or _put)(chosen.folder / each.path, None)
            _without_empty_folders(chosen.folder, Path(each.path).parent)
        else:
            _move(chosen, "before", each.path, each.before, put or _put)
    chosen.drop()


def _without_empty_folders(folder: Path, below: Path) -> None:
    """Take away those that were made for a file that is gone."""
    with suppress(OSError):  # one that holds something, or is gone already
        for each in (below, *below.parents)[:-1]:
            (folder / each).rmdir()


def _move(chosen: RegradeSet, side: str, path: str, digest: str, put: Put) -> None:
    """From what is kept into the class; what was moved before a run was stopped is there already."""
    kept, place = chosen.home / side / path, chosen.folder / path
    if kept.is_file():
        put(place, kept)
    elif sha256(bytes_there(place) or b"") != digest:
        raise UsageError(ENGLISH.say("regrade_set_damaged", file=str(kept)))


def _put(place: Path, kept: Path | None) -> None:
    """A file on this disk is moved, which writes nothing; a link in the class leads where it did."""
    if kept is None:
        place.unlink(missing_ok=True)
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        kept.replace(place.resolve())
    except OSError:  # on another disk, say: what keeps us from that as well is said
        write_whole(place, kept.read_bytes(), otherwise=OTHERWISE)


def _keep(place: Path, data: bytes, kept: Path) -> None:
    """What is about to be replaced stays as it is under a second name, where the disk can do that: else as a copy."""
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        os.link(place.resolve(), kept)
        return
    write_whole(kept, data, otherwise=OTHERWISE)


def sha256(data: bytes) -> str:
    """Of a file's content."""
    return hashlib.sha256(data).hexdigest()


def _wait_for_disk(path: Path) -> None:
    for each in (path, path.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
