"""Student text made safe to show: no control character, no direction override, no endless line reaches a reader."""

from __future__ import annotations

import unicodedata

#: characters that reorder or hide text around them
_INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


def visible(text: str, *, most: int = 2_000) -> str:
    """`text` with control and invisible characters spelled out, at most `most` characters; newlines and tabs stay."""
    shown = "".join(_shown(character) for character in text[:most])
    return shown if len(text) <= most else f"{shown}\N{HORIZONTAL ELLIPSIS}"


def one_line(text: str, *, most: int = 200) -> str:
    """As `visible`, on a single line."""
    return visible(" ".join(text.split()), most=most)


def in_cell(text: str, *, most: int = 200) -> str:
    """As `visible`, with newlines and tabs spelled out too: two names that differ stay different, on a single line."""
    return visible(text, most=most).replace("\n", "<000A>").replace("\t", "<0009>")


def _shown(character: str) -> str:
    if character in "\n\t" or (character.isprintable() and character not in _INVISIBLE):
        return character
    if character in _INVISIBLE or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return f"<{ord(character):04X}>"
    return character
