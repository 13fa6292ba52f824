"""The command line of `grade`, as given: of one notebook or of a class. What it means is decided where it is obeyed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.messages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRequest:
    """Every option of `grade`. `html` and `notebook` are for one notebook; `out`, `roster`, `allow_unlisted`, `column`,
    `workers`, `cache` and `partial` for a class."""

    paths: tuple[Path, ...]
    assignment: str | None = None
    course: Path | None = None
    json: Path | None = None
    html: Path | None = None
    notebook: Path | None = None
    out: Path | None = None
    roster: Path | None = None
    allow_unlisted: bool = False
    column: str | None = None
    format: str = "text"
    language: Language = "en"
    audience: str = "instructor"
    seed: int | None = None
    sandbox: str = "auto"
    workers: int | None = None
    cache: bool = True
    partial: bool = False
    fail_under: float | None = None
    quiet: bool = False
