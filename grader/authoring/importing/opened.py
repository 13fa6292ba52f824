"""Notebooks of other graders as they lie on disk: cells with their metadata and what was printed below them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import nbformat
from nbformat.reader import NotJSONError

from grader.errors import CourseError, UnreadableSubmission
from grader.limits import NotebookLimits
from grader.notebook.notebook import read


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCell:
    """One cell: `settings` are its metadata, `printed` what its outputs say in text."""

    kind: Literal["code", "markdown", "raw"]
    source: str
    settings: dict[str, Any]
    printed: str = ""

    @property
    def first_line(self) -> str:
        """Its first line, by which other graders mark cells."""
        return self.source.lstrip().partition("\n")[0].strip()


def opened(path: Path) -> tuple[SourceCell, ...]:
    """The cells of a notebook. Raises CourseError for a file that is none, or too large."""
    try:
        text = read(path, NotebookLimits()).decode("utf-8")
        notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]  # untyped library
        _refuse_other_languages(notebook["metadata"])
        json.dumps(notebook, ensure_ascii=False).encode()  # raises for half a character, of which no file can be made
        return tuple(map(_cell, notebook["cells"]))
    except UnreadableSubmission as error:
        raise CourseError(str(error)) from error
    except (
        *(ValueError, KeyError, TypeError, AttributeError, RecursionError),
        *(NotJSONError, nbformat.ValidationError),
    ) as error:
        reason = str(error).partition("\n")[0][:120]
        raise CourseError(f"{path.name} is no notebook ({reason}). Open it in Jupyter and save it.") from error


def _refuse_other_languages(settings: Any) -> None:
    said = [settings.get(one, {}).get(key) for one, key in (("kernelspec", "language"), ("language_info", "name"))]
    name = str(next(filter(None, said), "python"))[:40]
    if "python" not in name.lower():
        raise CourseError(f"it is a notebook of {name}; only notebooks of Python are graded here")


def _cell(node: Any) -> SourceCell:
    kind, source = node["cell_type"], node["source"]
    if kind not in ("code", "markdown", "raw") or not isinstance(source, str):
        raise ValueError("a cell of no known kind")
    printed = "".join(map(_text, node.get("outputs", [])))
    return SourceCell(kind=kind, source=source, settings=dict(node.get("metadata", {})), printed=printed)


def _text(output: Any) -> str:
    text = output.get("text") or output.get("data", {}).get("text/plain", "")
    return text if isinstance(text, str) else "".join(map(str, text))
