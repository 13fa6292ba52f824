"""How a process of ours is asked for its end: SIGINT and SIGTERM, at any moment of its life."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Final

ENDS: Final = (signal.SIGINT, signal.SIGTERM)


@dataclass(slots=True)
class Asked:
    """What is done when somebody asks for the end: at first one thing, later another."""

    then: Callable[[], None]


@contextmanager
def listening_for_the_end(asked: Asked) -> Iterator[None]:
    """Whoever asks for the end kills nobody, and has `asked.then` called. The web server listens for itself while it
    runs, and raises what it heard once more when it has ended."""

    def heard(number: int, frame: FrameType | None) -> None:
        del number, frame
        asked.then()

    before = {number: signal.signal(number, heard) for number in ENDS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
