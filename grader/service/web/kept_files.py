"""Files that a browser keeps and never shows: whatever is in them, nothing of it becomes a page of ours."""

from __future__ import annotations

from urllib.parse import quote


def as_file(name: str) -> dict[str, str]:
    """Headers of what is kept, never shown."""
    plain = "".join(each if each.isascii() and (each.isalnum() or each in "._-") else "_" for each in name) or "file"
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
