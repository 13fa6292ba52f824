"""The only module that knows what an .ipynb is: a path becomes bytes, bytes become a `Notebook` of cells, and back.

It reads as tolerantly as Jupyter opens, and says in the student's words what is wrong when it cannot. Outputs,
execution counts and points written in the file are never looked at, and no kernel is ever started.
"""

from __future__ import annotations

import codecs
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NoReturn

from grader.course.text_files import without_waiting
from grader.errors import UnreadableSubmission
from grader.limits import MEGABYTE, NotebookLimits
from grader.messages import Message, joined, say
from grader.notebook.scripts import cells_of
from grader.notebook.wrong_file import DOWNLOAD_AGAIN, conflicts_in_cells, other_format, why_not_json

CellKind = Literal["code", "markdown", "raw"]

CLEAR_OUTPUTS: Final = say("clear_outputs")
MAX_CONTAINERS: Final = 4_000_000  # lists and objects; each costs 60 bytes or more once read
MAX_TAGS: Final = 50

# A whole JSON string (closing quote optional, so that no quote is ever scanned twice), or one bracket.
_TOKEN: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)
_VERSION: Final = re.compile(r"\d{1,2}\.\d{1,3}(\.\d{1,3})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell as the student sees it; `index` counts all cells of the notebook from 1, `source` has \\n line ends.

    `costly`: a parser did not come to the end of it in its share of the time, and nobody tries again. `prose`: what
    stood there as the answer to a question, where `source` binds it as a text.
    """

    index: int
    kind: CellKind
    source: str
    prose: str = ""
    tags: tuple[str, ...] = ()
    costly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A Python file that was handed in with a notebook, by its path from there. It is the student's `own` unless it
    bears the name of one that the course hands out, which answers nothing."""

    name: str
    text: str
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook:
    """A notebook without its outputs. `python` is the version its last kernel recorded, if it says so.

    Where several were handed in together, `name` is what its file is called, without the ending, and the first has the
    others `beside` it. Once one of them is looked into alone, the others are `at_hand`: it may run them. `scripts` that
    were handed in with it it may run and import.
    """

    cells: tuple[Cell, ...]
    python: str | None = None
    notices: tuple[Message, ...] = ()
    name: str = ""
    beside: tuple[Notebook, ...] = ()
    at_hand: tuple[Notebook, ...] = ()
    scripts: tuple[Script, ...] = ()

    @property
    def code_cells(self) -> tuple[Cell, ...]:
        """The cells that Jupyter would run."""
        return tuple(cell for cell in self.cells if cell.kind == "code")

    @property
    def others(self) -> dict[str, Notebook]:
        """What a cell may run, by the name of the file: notebooks that are at hand, and scripts."""
        notebooks = {f"{each.name}.ipynb": each for each in self.at_hand}
        return notebooks | {each.name: from_script(each.text) for each in self.scripts}


def read(path: Path, limits: NotebookLimits) -> bytes:
    """The bytes of a submitted file. Raises UnreadableSubmission; never waits on what is no regular file."""
    try:
        _check_file(path, path.stat(), limits)
        with open(path, "rb", opener=without_waiting) as file:  # a pipe may have taken the file's place
            _check_file(path, os.fstat(file.fileno()), limits)
            data = file.read(limits.file_bytes + 1)
    except (OSError, ValueError) as error:
        raise UnreadableSubmission(_why_closed(path, error)) from error
    if len(data) > limits.file_bytes:
        _refuse_size(path, limits)
    return data


def parse(data: bytes, limits: NotebookLimits) -> Notebook:
    """The notebook in `data`, or the Python script as one. Raises UnreadableSubmission with a sentence for the
    student."""
    text = _text(data)
    if _may_be_script(text, limits) and (script := cells_of(text)):
        return _of_script(script)
    _check_nesting(data, limits)
    document = _json(text)
    nodes = _cell_nodes(document)
    if len(nodes) > limits.cells:
        too_many = say("too_many_cells", cells=f"{len(nodes):,}", most=f"{limits.cells:,}")
        raise UnreadableSubmission(joined(too_many, say("delete_empty_cells")))
    cells = tuple(_cell(index, node) for index, node in enumerate(nodes, start=1))
    _check_code(cells, limits)
    return Notebook(cells=cells, python=_recorded_python(document), notices=tuple(_notices(nodes, cells)))


def _may_be_script(text: str, limits: NotebookLimits) -> bool:
    return len(text) <= limits.code_characters and not text.lstrip().startswith(("{", "[", "<"))


def _of_script(script: Sequence[tuple[str, bool]]) -> Notebook:
    """What was handed in as a script, by cells."""
    cells = tuple(
        Cell(index=index, kind="code" if code else "markdown", source=_clean(source))
        for index, (source, code) in enumerate(script, start=1)
    )
    return Notebook(cells=cells, notices=(say("read_as_script", cells=len(cells)),))


def from_script(source: str) -> Notebook:
    """A plain Python file as a notebook of one code cell."""
    return Notebook(cells=(Cell(index=1, kind="code", source=_clean(source)),))


def to_bytes(cells: Iterable[Cell]) -> bytes:
    """A notebook of these cells, as a file: nothing but their source and tags, so no output and no other metadata."""
    nodes: list[dict[str, Any]] = [
        {
            "cell_type": cell.kind,
            "id": f"cell-{number}",
            "metadata": {"tags": list(cell.tags)} if cell.tags else {},
            "source": cell.source,
        }
        | ({"execution_count": None, "outputs": []} if cell.kind == "code" else {})
        for number, cell in enumerate(cells, start=1)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    document = {"cells": nodes, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _check_file(path: Path, status: os.stat_result, limits: NotebookLimits) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableSubmission(say("is_a_folder", file=repr(path.name)))
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableSubmission(say("no_regular_file", file=repr(path.name)))
    if status.st_size > limits.file_bytes:
        _refuse_size(path, limits)


def _refuse_size(path: Path, limits: NotebookLimits) -> NoReturn:
    too_large = say("file_too_large", file=repr(path.name), most=f"{limits.file_bytes / MEGABYTE:g}")
    raise UnreadableSubmission(joined(too_large, CLEAR_OUTPUTS))


def _why_closed(path: Path, error: OSError | ValueError) -> Message:
    if isinstance(error, FileNotFoundError):
        if path.is_symlink():
            return say("broken_link", file=repr(path.name))
        return say("no_file", file=repr(path.name))
    if isinstance(error, PermissionError):
        return say("no_permission", file=repr(path.name))
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return say("cannot_be_read", file=repr(path.name), reason=str(reason))


def _text(data: bytes) -> str:
    if not data:
        raise UnreadableSubmission(joined(say("file_is_empty"), DOWNLOAD_AGAIN))
    if not data.removeprefix(codecs.BOM_UTF8).strip(b"\0 \t\r\n\f\v"):
        raise UnreadableSubmission(joined(say("file_is_blank"), DOWNLOAD_AGAIN))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[1:2] == b"\0" or data[:1] == b"\0":
        raise UnreadableSubmission(joined(say("is_utf_16"), DOWNLOAD_AGAIN))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        not_utf_8 = say("not_utf_8", line=line, byte=error.start + 1)
        raise UnreadableSubmission(joined(other_format(data), not_utf_8, DOWNLOAD_AGAIN)) from error


def _check_nesting(data: bytes, limits: NotebookLimits) -> None:
    """Bounds what the JSON reader, which recurses, will meet; outside strings only."""
    depth = containers = 0
    for match in _TOKEN.finditer(data):
        token = match[0]
        if token in (b"[", b"{"):
            depth, containers = depth + 1, containers + 1
            if depth > limits.json_depth or containers > MAX_CONTAINERS:
                line = data.count(b"\n", 0, match.start()) + 1
                deeply = depth > limits.json_depth
                nested = say("nested_deeply", line=line) if deeply else say("nested_often", line=line)
                raise UnreadableSubmission(joined(nested, CLEAR_OUTPUTS))
        elif token in (b"]", b"}"):
            depth -= 1


def _json(text: str) -> dict[str, Any]:
    try:
        document = _loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableSubmission(why_not_json(text, error)) from error
    if not isinstance(document, dict):
        raise UnreadableSubmission(joined(say("json_without_object", what=_json_word(document)), DOWNLOAD_AGAIN))
    return document


def _loads(text: str) -> Any:
    try:
        return json.loads(text, strict=False, object_hook=_without_outputs)
    except json.JSONDecodeError:
        raise
    except ValueError:  # an integer of more digits than Python converts; no number in a notebook matters to us
        return json.loads(text, strict=False, object_hook=_without_outputs, parse_int=float)


def _without_outputs(node: dict[str, Any]) -> dict[str, Any]:
    """Frees a cell's outputs as soon as they are read, so that only one cell's are ever held."""
    if "outputs" in node:
        node["outputs"] = []
    node.pop("attachments", None)
    return node


def _json_word(value: object) -> Message:
    match value:
        case list():
            return say("a_list")
        case str():
            return say("a_text")
        case _:
            return say("single_value")


def _cell_nodes(document: dict[str, Any]) -> list[Any]:
    cells = document.get("cells")
    if isinstance(cells, list):
        return cells
    if isinstance(document.get("worksheets"), list):
        return _worksheet_cells(document)  # as Jupyter wrote them until 2015
    raise UnreadableSubmission(joined(say("json_without_cells"), DOWNLOAD_AGAIN))


def _worksheet_cells(document: dict[str, Any]) -> list[Any]:
    sheets = [sheet for sheet in document["worksheets"] if isinstance(sheet, dict)]
    return [cell for sheet in sheets if isinstance(sheet.get("cells"), list) for cell in sheet["cells"]]


def _cell(index: int, node: Any) -> Cell:
    if not isinstance(node, dict):
        return Cell(index=index, kind="raw", source="")
    heading = "# " if node.get("cell_type") == "heading" else ""
    return Cell(index=index, kind=_kind(node), source=heading + _source(node), tags=_tags(node.get("metadata")))


def _kind(node: dict[str, Any]) -> CellKind:
    match node.get("cell_type"):
        case "code" | None:  # a cell that lost its type: what is no Python will not parse, and is passed over
            return "code"
        case "markdown" | "heading" | "html":
            return "markdown"
        case _:
            return "raw"


def _source(node: dict[str, Any]) -> str:
    match node.get("source", node.get("input")):
        case str(text):
            return _clean(text)
        case list(lines):
            return _clean("".join(line for line in lines if isinstance(line, str)))
        case _:
            return ""


def _clean(source: str) -> str:
    """Line ends as \\n; half of a surrogate pair, which no file or parser takes, as the replacement character."""
    try:
        source.encode()
    except UnicodeEncodeError:
        source = source.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _tags(metadata: Any) -> tuple[str, ...]:
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    if not isinstance(tags, list):
        return ()
    return tuple(tag for tag in tags[:MAX_TAGS] if isinstance(tag, str))


def _check_code(cells: tuple[Cell, ...], limits: NotebookLimits) -> None:
    total = sum(len(cell.source) for cell in cells if cell.kind == "code")
    if total > limits.code_characters:
        too_much = say("too_much_code", characters=f"{total:,}", most=f"{limits.code_characters:,}")
        raise UnreadableSubmission(joined(too_much, say("move_data_out")))


def _recorded_python(document: dict[str, Any]) -> str | None:
    node: Any = document
    for key in ("metadata", "language_info", "version"):
        node = node.get(key) if isinstance(node, dict) else None
    match = _VERSION.match(node) if isinstance(node, str) else None
    return match[0] if match else None


def _notices(nodes: list[Any], cells: tuple[Cell, ...]) -> Iterator[Message]:
    damaged = sum(not isinstance(node, dict) for node in nodes)
    if damaged:
        yield say("damaged_cell") if damaged == 1 else say("damaged_cells", cells=damaged)
    yield from conflicts_in_cells([(cell.index, cell.source) for cell in cells if cell.kind == "code"])
