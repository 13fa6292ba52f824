"""Parts of `rich` put down as text for a terminal or a log, by everything that paints one. What is said is not here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text


def printed(parts: Iterable[RenderableType], *, width: int, colour: bool = False, wrapped: bool = True) -> str:
    """The parts one below the other in at most `width` columns, with ANSI colours if `colour`; no line ends in a blank.

    Text that is not `wrapped` goes on beyond the width; tables keep to it.
    """
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        force_jupyter=False,  # within a notebook, too, text is what was asked for
    )
    with console.capture() as captured:
        if wrapped:
            console.print(Group(*parts))
        else:
            for part in parts:
                console.print(part, soft_wrap=isinstance(part, Text))
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def section(title: str, *parts: RenderableType) -> Iterator[RenderableType]:
    """A blank line, the title, and the parts below it, a little to the right."""
    yield Text()
    yield Text(title, "bold")
    yield from (Padding(part, (0, 0, 0, 2)) for part in parts)
