"""The folder that a pull writes: who is who in it, where each file goes, and what is there already. No file of a
student is written over, and no name that an outsider chose leads out of it. How `grade` reads it is `intake/pulled.py`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, Literal

from pydantic import ValidationError

from grader.classes.intake.found import PULLED_LIST, passed_over
from grader.classes.intake.names import file_names, safe_name
from grader.classes.intake.pulled import Pulled, PulledFile, PulledPerson
from grader.classes.platform_api.gradebook import By, PersonThere
from grader.classes.pulling.handed_in import Attachment, HandedIn
from grader.classes.writing import write_whole
from grader.errors import UsageError
from grader.messages import Words, say

_LONGEST_ENDING: Final = 10
#: files of one attempt; whoever hands in more hands in an environment whole
MOST_FILES: Final = 100
#: by what somebody is called here, the most readable first
_CALLED_BY: Final = (By.LOGIN, By.NUMBER, By.EMAIL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One file that belongs into the folder, at `path`."""

    path: Path
    attachment: Attachment

    @property
    def is_there(self) -> bool:
        """Whether something lies in its place already, whatever it is."""
        return os.path.lexists(self.path)

    @property
    def is_another(self) -> bool:
        """Whether what lies there is not what the platform has."""
        said = self.attachment.bytes
        return not self.path.is_file() or (said is not None and self.path.stat().st_size != said)


class Folder:
    """One folder that `grade` reads."""

    def __init__(self, home: Path, *, platform: Literal["canvas", "moodle"], place: str) -> None:
        """Raises UsageError if it holds anything that was not pulled from there."""
        self._home = home
        self._before = _before(home, Pulled(platform=platform, place=place))

    def take(self, people: Sequence[PersonThere], attempts: Sequence[HandedIn], words: Words) -> Sequence[Wanted]:
        """Write down who is who and what belongs here, in the place of what stood there of it; the files that do."""
        known = {each.id: each for each in self._before.people}
        now = {each.id: each for each in _people(people, known, self._before.platform)}
        placed = [each for attempt in attempts for each in self._placed(attempt, now)]
        files = {each.path: each for each in self._before.files} | {file.path: file for _, file in placed}
        pulled = self._before.model_copy(
            update={"people": tuple((known | now).values()), "files": tuple(files.values())}
        )
        write_whole(self._home / PULLED_LIST, pulled.model_dump_json(indent=1), otherwise=words.say("pull_elsewhere"))
        return [Wanted(path=self._home / file.path, attachment=attachment) for attachment, file in placed]

    def _placed(self, attempt: HandedIn, people: Mapping[str, PulledPerson]) -> Iterator[tuple[Attachment, PulledFile]]:
        """Each file of an attempt, in the folder of the first whose it is; one that came later has another moment."""
        theirs = [people[each] for each in attempt.people if each in people]
        if not theirs:
            return
        moment = "" if attempt.at is None else f"_{attempt.at:%Y-%m-%d_%H%M%S}"
        files = attempt.files[:MOST_FILES]
        for attachment, name in zip(files, _own_names(files), strict=True):
            yield (
                attachment,
                PulledFile(
                    path=f"{theirs[0].folder}/{attempt.number}{moment}/{name}",
                    people=tuple(each.id for each in theirs),
                    attempt=attempt.number,
                    at=0.0 if attempt.at is None else attempt.at.timestamp(),
                    late=attempt.late,
                ),
            )


def _before(home: Path, empty: Pulled) -> Pulled:
    """What was pulled into the folder before, from the same assignment."""
    try:
        path = home / PULLED_LIST
        if path.exists():
            found = Pulled.model_validate_json(path.read_bytes())
            if (found.platform, found.place) != (empty.platform, empty.place):
                raise UsageError(say("pull_other_place", folder=str(home), place=found.place))
            return found
        strangers = [each.name for each in home.iterdir() if not passed_over(each.name)] if home.exists() else []
    except OSError as error:
        raise UsageError(say("pull_unreadable", folder=str(home), reason=error.strerror or "-")) from None
    except ValidationError:
        raise UsageError(say("pull_damaged", file=str(home / PULLED_LIST))) from None
    if strangers:
        raise UsageError(say("pull_in_use", folder=str(home)))
    return empty


def _people(people: Sequence[PersonThere], known: Mapping[str, PulledPerson], platform: str) -> Iterator[PulledPerson]:
    """Everybody, called as before where they were known; folders differ on every disk."""
    new = {each.id: _called(each) for each in people if each.id not in known}
    times = Counter(each.casefold() for each in [*new.values(), *(each.called for each in known.values())])
    called = {each: name if times[name.casefold()] == 1 else f"{platform}-{each}" for each, name in new.items()}
    taken = {each.called for each in known.values()}
    folders = file_names([*taken, *called.values()])
    for each in people:
        before = known.get(each.id)
        name = before.called if before else called[each.id]
        yield PulledPerson(
            id=each.id,
            called=name,
            folder=before.folder if before else folders[name],
            name=each.name,
            email=each.known_by.get(By.EMAIL, ""),
            login=each.known_by.get(By.LOGIN, ""),
            number=each.known_by.get(By.NUMBER, ""),
        )


def _called(person: PersonThere) -> str:
    return next((name for by in _CALLED_BY if (name := person.known_by.get(by, "").strip())), person.id)


def _own_names(files: Sequence[Attachment]) -> list[str]:
    """The names that students gave, made harmless; of two that a disk takes for one, the later has its number."""
    names: list[str] = []
    for number, each in enumerate(files, start=1):
        ending = PurePosixPath(each.name).suffix
        ending = ending if ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= _LONGEST_ENDING else ""
        stem = safe_name(each.name.removesuffix(ending))
        taken = {name.casefold() for name in names}
        names.append(f"{stem}{ending}" if f"{stem}{ending}".casefold() not in taken else f"{stem}-{number}{ending}")
    return names
