"""Student text made safe to show: no control character, no direction override, no endless line reaches a reader."""

from __future__ import annotations

import unicodedata
from itertools import chain
from typing import Final

#: Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt), first and last of each range: what a reader never
#: sees, whatever its category. Python's `unicodedata` does not tell it.
IGNORABLE: Final = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
#: letters and symbols without ink, which look like a space: an empty braille cell, a note without a head, a filler
_BLANK: Final = (0x2800, 0x1D159, 0x16FE4)
_HIDDEN: Final = frozenset(map(chr, chain(_BLANK, *(range(first, last + 1) for first, last in IGNORABLE))))


def visible(text: str, *, most: int = 2_000) -> str:
    """`text` with control and invisible characters spelled out, at most `most` characters; newlines and tabs stay."""
    shown = text[:most]
    if not (shown.isascii() and shown.isprintable()):  # most of what is shown needs no look at each character
        shown = "".join(map(_shown, shown))
    return shown if len(text) <= most else f"{shown}\N{HORIZONTAL ELLIPSIS}"


def one_line(text: str, *, most: int = 200) -> str:
    """As `visible`, on a single line."""
    return visible(" ".join(text.split()), most=most)


def in_cell(text: str, *, most: int = 200) -> str:
    """As `visible`, with newlines and tabs spelled out too: two names that differ stay different, on a single line."""
    return visible(text, most=most).replace("\n", "<000A>").replace("\t", "<0009>")


def _shown(character: str) -> str:
    """All that is neither hidden nor printable is spelled out, except newlines, tabs and the spaces of all scripts."""
    if character not in _HIDDEN and (character.isprintable() or character in "\n\t"):
        return character
    return character if unicodedata.category(character) == "Zs" else f"<{ord(character):04X}>"
