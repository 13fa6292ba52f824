"""Markdown that students wrote as HTML that a page may hold; drawn in a process of its own, and bounded there.

A library's time may grow with the square of a text. What is not drawn within the limits is None: the text itself is
shown in its place.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from markupsafe import Markup

from grader.limits import PageLimits

#: from texts to their HTML, in the same order
Drawing: TypeAlias = Callable[[Sequence[str]], Sequence[Markup | None]]

CHILD = Path(__file__).with_name("markdown_apart.py")


def drawn(sources: Sequence[str], limits: PageLimits | None = None) -> list[Markup | None]:
    """The HTML of each text, the first ones first: where one takes too long, those behind it stay texts too."""
    limits = limits or PageLimits()
    read = list(_within(sources, limits.characters))
    lines = _lines(json.dumps(read), limits) if read else []
    made = [None if (html := json.loads(line)) is None else Markup(html) for line in lines]  # noqa: S704  # cleaned there
    return made + [None] * (len(sources) - len(made))


def _within(sources: Sequence[str], characters: int) -> Sequence[str]:
    """As many of the first texts as stay below so many characters in all."""
    left = characters
    for number, source in enumerate(sources):
        left -= len(source)
        if left < 0:
            return sources[:number]
    return sources


def _lines(texts: str, limits: PageLimits) -> list[bytes]:
    """What the process wrote until it was done or ended; of a line that it did not finish, nothing."""
    command = [sys.executable, "-I", str(CHILD), str(limits.cpu_seconds), str(limits.memory_bytes)]
    try:
        done = subprocess.run(  # noqa: S603  # our own file, and no word of theirs in the command
            command,
            input=texts.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.wall_seconds,
            check=False,
        )
        written = done.stdout
    except subprocess.TimeoutExpired as late:
        written = late.stdout or b""
    return [line for line in written.splitlines(keepends=True) if line.endswith(b"\n")]
