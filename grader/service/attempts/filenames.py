"""What a file is called, as somebody else says it: made safe to keep and to show. Files are never opened by it."""

from __future__ import annotations

import unicodedata
from typing import Final

#: as long as its column
_MOST: Final = 300
_NAMELESS: Final = "notebook.ipynb"


def cleaned(filename: str) -> str:
    """The last part of its path, without what cannot be seen, its ending kept if it has to be cut."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    seen = "".join(each for each in unicodedata.normalize("NFC", last) if unicodedata.category(each)[0] != "C").strip()
    if not seen.strip("."):
        return _NAMELESS
    stem, dot, ending = seen.rpartition(".")
    if len(seen) <= _MOST or not dot or len(ending) > 10:
        return seen[:_MOST]
    return f"{stem[: _MOST - len(ending) - 1]}.{ending}"
