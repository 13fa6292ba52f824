"""What comes in a path or a form, before it is asked of a database: numbers that are ids, text without what no database
takes."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

from fastapi import Form, Path, Query

#: the largest id of a column
MOST: Final = 2**31 - 1

PathId: TypeAlias = Annotated[int, Path(ge=1, le=MOST)]
FormId: TypeAlias = Annotated[int, Form(ge=1, le=MOST)]
Before: TypeAlias = Annotated[int | None, Query(ge=1, le=MOST)]


def plain(text: str) -> str:
    """Without blanks around it, and without the one character that PostgreSQL has no place for."""
    return text.replace("\0", "").strip()
