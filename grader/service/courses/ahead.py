"""Courses that are executed ahead: in a process of their own, while the one that begins a site still loads its own
libraries. `python -m grader.service.courses.ahead FOLDER...` says what pages have to know of each.

Nothing depends on it: of a course of which it says nothing, whoever adds it reads the same once more, or says why not.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout, suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from grader.service.store.outline import AssignmentOutline


class Ahead:
    """The process, from entry to exit. Where a site has courses already there is none: most of them are known."""

    def __init__(self, site: Path, folders: Sequence[Path]) -> None:
        """`site`: the folder of the site that they are about to be added to."""
        self._folders = () if is_begun(site) else tuple(map(str, folders))
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        if self._folders:
            self._process = subprocess.Popen(  # noqa: S603  # what we start is ours
                (sys.executable, "-m", __name__, *self._folders),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                start_new_session=True,  # Ctrl-C is our parent's to hear
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.__exit__(kind, error, trace)

    def outlines(self, digest: str) -> tuple[AssignmentOutline, ...] | None:
        """What was read of the course with that digest; None where nothing was."""
        from grader.service.store.outline import AssignmentOutline  # heavy: what this is to be faster than

        found = self._said.get(digest)
        return None if found is None else tuple(map(AssignmentOutline.model_validate, found))

    @cached_property
    def _said(self) -> Mapping[str, list[Any]]:
        said = "" if self._process is None else self._process.communicate()[0]
        return dict(map(json.loads, said.splitlines()))


def is_begun(site: Path) -> bool:
    """Whether the site in that folder has courses already."""
    return (site / "courses").exists()


def main(folders: Sequence[str]) -> None:
    """Say it, a line for each course that can be read: its digest, and its assignments."""
    from grader.errors import CourseError
    from grader.service.courses.archive import read, write_out
    from grader.service.courses.outlining import outlined

    for folder in folders:
        with suppress(CourseError, OSError), tempfile.TemporaryDirectory() as place:
            files = read(Path(folder))
            write_out(files, copy := Path(place) / "course")
            with redirect_stdout(sys.stderr):  # what a course prints is no answer of ours
                found = outlined(copy, files)
            outlines = [each.model_dump(mode="json") for each in found]
            sys.stdout.write(json.dumps([files.digest, outlines]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
