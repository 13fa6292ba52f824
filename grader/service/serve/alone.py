"""One `grader serve` at a time works in a site's folder on a machine."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from grader.errors import UsageError
from grader.service.site import make_folder

#: in a site's folder: what is locked while it is served
LOCK: Final = "serving.lock"


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Nobody else serves from `folder` meanwhile, which is made if it is not there. Raises UsageError if somebody does,
    or if it cannot be had."""
    make_folder(folder)
    with (folder / LOCK).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                f"A site is being served from {folder} already. Stop that one, or name another folder with --data."
            ) from None
        yield
