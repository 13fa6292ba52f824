"""What a notebook file may look like, and what the student reads when it is none."""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UnreadableSubmission
from grader.limits import MEGABYTE, NotebookLimits
from grader.notebook.notebook import Notebook, from_script, parse, read
from tests.english import all_spoken, refusing, spoken
from tests.notebooks import code, markdown, notebook, raw

LIMITS = NotebookLimits()
SMALL = NotebookLimits(file_bytes=MEGABYTE, json_depth=10, cells=3, code_characters=50)


def parsed(document: Any) -> Notebook:
    return parse(json.dumps(document).encode(), LIMITS)


def cell(**fields: Any) -> dict[str, Any]:
    return {"cells": [{"cell_type": "code", "source": "x = 1", **fields}], "nbformat": 4}


NOT_NOTEBOOKS = [
    pytest.param(b"", "is empty", id="empty"),
    pytest.param(b" \n\t\n", "nothing but white space", id="white space"),
    pytest.param(codecs.BOM_UTF8 + b"\n", "nothing but white space", id="byte order mark alone"),
    pytest.param("{}".encode("utf-16"), "UTF-16", id="UTF-16 with its mark"),
    pytest.param("{}".encode("utf-16-le"), "UTF-16", id="UTF-16 without its mark"),
    pytest.param(b'{"cells": "\xff"}', "not UTF-8 text (line 1, byte 12)", id="Latin-1"),
    pytest.param(b"import numpy as np\n", "not a notebook but a Python script", id="a Python script"),
    pytest.param(b"#!/usr/bin/env python\n# In[1]:\n", "a Python script", id="a notebook exported as a script"),
    pytest.param(b"# Load the data\n\ndata = load('a')\n", "a Python script", id="a script that begins with a comment"),
    pytest.param(b"# Lab 3\n\nRead this first (a = b).\n", "a text such as Markdown", id="a README"),
    pytest.param(b"hello there", "not JSON (line 1", id="anything else"),
    pytest.param(b"<!DOCTYPE html><html>", "web page", id="a web page"),
    pytest.param(b"<html><input name=p type='password'>", "one logs in", id="a login page"),
    pytest.param(b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7\n", "git lfs pull", id="Git LFS"),
    pytest.param(b"https://colab.research.google.com/drive/1x\n", "address of a page", id="an address"),
    pytest.param(b"{'cells': [], 'nbformat': 4}", "single quotes", id="as Python prints it"),
    pytest.param(b"PK\x03\x04\x14\x00\xff[Content_Types].xml word/document.xml", "a text document", id="a docx"),
    pytest.param(b"PK\x03\x04\x14\x00\xffxl/workbook.xml", "a spreadsheet", id="an xlsx"),
    pytest.param(b"{\\rtf1\\ansi hello}", "a text document", id="rich text"),
    pytest.param(b"\x1f\x8b\x08\xff", "packed archive", id="gzip"),
    pytest.param(b"\x89PNG\r\n\xff", "a picture", id="a screenshot"),
    pytest.param(b"\x89HDF\r\n\xff", "a saved model", id="a model"),
    pytest.param(notebook(code("x = 1")) * 2, "two notebooks", id="two, one after the other"),
    pytest.param(notebook(code("x = 1")) + b"\n}", "goes on after the end of the notebook, in line 2", id="garbage"),
    pytest.param(b"PK\x03\x04\x14\x00\xff", "zip archive", id="a zip archive"),
    pytest.param(b"%PDF-1.7\n\xff", "PDF", id="a PDF"),
    pytest.param(b"\x00" * 100, "nothing but white space", id="zeros"),
    pytest.param(notebook(code("x = 1"))[:-40], "ends early, in line 1", id="cut off"),
    pytest.param(b'{"cells": [\n{"source": "x = ', "ends early, in line 2", id="cut off within a text"),
    pytest.param(b'{"cells": [1 2]}', "not JSON (line 1, column 14", id="a slip within"),
    pytest.param(b"[1, 2]", "holds a list", id="a list"),
    pytest.param(b'"text"', "holds a text", id="a text"),
    pytest.param(b"17", "holds a single value", id="a number"),
    pytest.param(b"{}", "no list of cells", id="no cells"),
    pytest.param(b'{"cells": {"a": 1}}', "no list of cells", id="cells are an object"),
    pytest.param(b"[" * 1_000_000, "too deeply", id="a million open brackets"),
    pytest.param(b'{"cells": ' + b'{"a":' * 200, "too deeply", id="deep objects"),
    pytest.param(b"[" + b"[]," * 4_000_001, "too often", id="millions of lists"),
]


@pytest.mark.parametrize(("data", "says"), NOT_NOTEBOOKS)
def test_what_is_no_notebook_is_refused_with_its_own_sentence(data: bytes, says: str) -> None:
    """Each kind of wrong file has a message that names it and says what to do next."""
    with pytest.raises(UnreadableSubmission) as refused:
        parse(data, LIMITS)
    message = spoken(refused.value.message)
    assert says in message
    assert "hand" in message  # what to do next


CONFLICT = """<<<<<<< HEAD
"x = 1"
{base}=======
"x = 2"
>>>>>>> 4f2c9d1 (home)
"""
CONFLICTS = [
    pytest.param(CONFLICT.format(base=""), id="two versions"),
    pytest.param(CONFLICT.format(base='||||||| base\n"x = 0"\n'), id="with what both come from"),
    pytest.param(CONFLICT.format(base="").replace("\n", "\r\n"), id="lines of Windows"),
]


@pytest.mark.parametrize("conflict", CONFLICTS)
def test_a_merge_conflict_is_named_with_its_line_and_what_git_offers(conflict: str) -> None:
    """Downloading the file again cannot mend it, so that is not what is said."""
    before, after = notebook(code("x = 1")).decode().split('"x = 1"')
    with pytest.raises(UnreadableSubmission) as refused:
        parse(f"{before}\n{conflict}{after}".encode(), LIMITS)
    assert "git left a merge conflict in line 2" in spoken(refused.value.message)
    assert "git checkout --ours" in spoken(refused.value.message)
    assert "File > Download" not in spoken(refused.value.message)


def test_a_merge_conflict_within_a_cell_is_named_by_cell_and_line() -> None:
    """The file may be a notebook all the same; its other cells are graded."""
    conflict = CONFLICT.format(base="")
    found = parsed({"cells": [markdown("# a"), code(f"y = 1\n{conflict}"), code("z = 1")]})
    assert [each.index for each in found.code_cells] == [2, 3]
    (notice,) = found.notices
    assert "merge conflict in cell 2, line 2" in spoken(notice)


@pytest.mark.parametrize("text", ["a = 1 <<<<<<< 2", "<<<<<<< HEAD", "=======\n>>>>>>> x", '"""\n=======\n"""'])
def test_what_looks_like_one_mark_alone_is_no_merge_conflict(text: str) -> None:
    """All three marks, in their order, each at the beginning of a line."""
    assert parsed(cell(source=text)).notices == ()


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_notebook_or_unreadable(data: bytes) -> None:
    """No input makes parsing fail in any other way."""
    with contextlib.suppress(UnreadableSubmission):
        parse(data, SMALL)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
KEYS = ("cell_type", "source", "input", "metadata", "outputs", "id")


@given(st.lists(JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, JSON)), max_size=3), JSON, JSON)
def test_any_json_in_the_place_of_cells_is_read(cells: list[Any], version: Any, metadata: Any) -> None:
    """Cells, metadata and version may be of any shape; each cell keeps its number."""
    found = parsed({"cells": cells, "nbformat": version, "metadata": metadata})
    assert [each.index for each in found.cells] == list(range(1, len(cells) + 1))


SOURCES = [
    pytest.param("a\nb", "a\nb", id="a text"),
    pytest.param(["a\n", "b"], "a\nb", id="a list of lines"),
    pytest.param(["a", None, 3, ["b"], "c"], "ac", id="a list with other things in it"),
    pytest.param(None, "", id="null"),
    pytest.param({"a": 1}, "", id="an object"),
    pytest.param("a\r\nb\rc", "a\nb\nc", id="other line ends"),
    pytest.param("x = '\ud800'", "x = '\ufffd'", id="half a surrogate pair"),
    pytest.param("\ufeffx = 1", "x = 1", id="a byte order mark"),
    pytest.param("a\x00b", "a\x00b", id="a null character"),
]


@pytest.mark.parametrize(("source", "text"), SOURCES)
def test_the_source_of_a_cell_may_be_written_in_many_ways(source: object, text: str) -> None:
    """A source is a text with \\n line ends that can be encoded, however the file spells it."""
    assert parsed(cell(source=source)).cells[0].source == text


KINDS = [
    pytest.param({"cell_type": "code"}, "code", id="code"),
    pytest.param({"cell_type": "markdown"}, "markdown", id="markdown"),
    pytest.param({"cell_type": "raw"}, "raw", id="raw"),
    pytest.param({"cell_type": "slide"}, "raw", id="unknown"),
    pytest.param({"cell_type": None}, "code", id="lost"),
    pytest.param({"cell_type": ["code"]}, "raw", id="odd"),
]


@pytest.mark.parametrize(("fields", "kind"), KINDS)
def test_a_cell_is_of_the_kind_it_says(fields: dict[str, Any], kind: str) -> None:
    """Only what says it is code, or says nothing, is code."""
    assert parsed(cell(**fields)).cells[0].kind == kind


def test_cells_that_are_no_objects_keep_their_place() -> None:
    """A damaged cell is passed over with a notice, and does not shift the numbers of others."""
    found = parsed({"cells": [7, {"cell_type": "code", "source": "x = 1"}, None]})
    assert [each.index for each in found.code_cells] == [2]
    assert all_spoken(found.notices) == ("2 of the notebook's cells are damaged and were passed over.",)


VERSIONS = [pytest.param({"nbformat": version}, id=repr(version)) for version in (4, 5, "4.0", 4.0, None, 3, "x", [4])]


@pytest.mark.parametrize("version", [*VERSIONS, pytest.param({}, id="absent")])
def test_the_declared_format_never_refuses_a_notebook_with_cells(version: dict[str, Any]) -> None:
    """What has a list of cells is read as format 4, whatever number it carries; ids are not asked for."""
    document = {"cells": [{"cell_type": "code", "source": "x = 1"}], "nbformat_minor": 5, **version}
    assert parsed(document).code_cells[0].source == "x = 1"


OLD_CELLS = [
    {"cell_type": "heading", "level": 2, "source": ["Title"]},
    {"cell_type": "code", "input": ["a = 1\n", "b = 2"], "language": "python", "outputs": [{"output_type": "pyout"}]},
    {"cell_type": "markdown", "source": "text"},
]


@pytest.mark.parametrize("version", [2, 3, "3", None, 99])
def test_worksheets_of_old_formats_are_upgraded(version: object) -> None:
    """Formats 2 and 3 keep code under `input` in worksheets, and have headings; they are read all the same."""
    found = parsed({"worksheets": [{"cells": OLD_CELLS}], "nbformat": version})
    assert [(each.kind, each.index) for each in found.cells] == [("markdown", 1), ("code", 2), ("markdown", 3)]
    assert found.code_cells[0].source == "a = 1\nb = 2"
    assert found.cells[0].source == "# Title"


@given(st.lists(JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, JSON)), max_size=3), JSON, JSON)
def test_any_json_in_the_place_of_old_cells_is_read(cells: list[Any], version: Any, metadata: Any) -> None:
    """Worksheets are upgraded whatever they hold."""
    found = parsed({"worksheets": [{"cells": cells}], "nbformat": version, "metadata": metadata})
    assert [each.index for each in found.cells] == list(range(1, len(cells) + 1))


def test_odd_worksheets_are_read_as_far_as_they_go() -> None:
    """Worksheets of no sense are passed over, cells of no sense keep their number."""
    sheets = [None, {"cells": 3}, {"cells": ["x", {"cell_type": "code", "input": None}, {"input": "y = 1"}]}]
    found = parsed({"worksheets": sheets})
    assert [each.source for each in found.code_cells] == ["", "y = 1"]


HARMLESS = [
    pytest.param(b'{"cells": [], "cells": [{"cell_type": "code", "source": "x = 1"}]}', id="duplicate keys"),
    pytest.param(
        b'{"cells": [{"cell_type": "code", "source": "x = 1", "n": NaN, "m": [Infinity, -Infinity]}]}', id="NaN"
    ),
    pytest.param(
        b'{"cells": [{"cell_type": "code", "source": "x = 1", "n": ' + b"9" * 5_000 + b"}]}", id="5000 digits"
    ),
    pytest.param(codecs.BOM_UTF8 + notebook(code("x = 1")), id="byte order mark"),
    pytest.param(notebook(code("x = 1")).replace(b", ", b",\r\n"), id="CRLF"),
    pytest.param(notebook(code("x = 1", outputs=[{"text": "[" * 1_000}])), id="brackets in a text"),
    pytest.param(notebook(code("x = 1", outputs=[{"text": '\\"[{' * 1_000}])), id="escaped quotes"),
    pytest.param(b'{"cells": [{"cell_type": "code", "source": "x = 1", "t": "a\tb\x01"}]}', id="control characters"),
]


@pytest.mark.parametrize("data", HARMLESS)
def test_oddities_of_json_cost_nothing(data: bytes) -> None:
    """What some tool once wrote and Jupyter opens is read."""
    assert [each.source for each in parse(data, LIMITS).code_cells] == ["x = 1"]


def test_outputs_are_dropped_as_they_are_read() -> None:
    """Nothing of the outputs or of points in the metadata is left in the notebook."""
    found = parse(notebook(code("x = 1", outputs=[{"text": "All tests passed!"}])), LIMITS)
    assert "passed" not in repr(found)


@pytest.mark.parametrize(
    ("version", "recorded"),
    [
        pytest.param("3.7.6", "3.7.6", id="release"),
        pytest.param("3.14.0rc1", "3.14.0", id="candidate"),
        pytest.param("three", None, id="words"),
        pytest.param(3.7, None, id="number"),
        pytest.param("9" * 5_000, None, id="long"),
    ],
)
def test_the_recorded_python_is_kept_if_it_looks_like_one(version: object, recorded: str | None) -> None:
    """Only a text that begins like 3.7 or 3.7.6 is a version."""
    assert parsed({"cells": [], "metadata": {"language_info": {"version": version}}}).python == recorded


def test_tags_of_a_cell_are_read() -> None:
    """Tags that are texts are kept."""
    assert parsed(cell(metadata={"tags": ["draft", 3, None]})).cells[0].tags == ("draft",)


TOO_MUCH = [
    pytest.param(notebook(*[code("")] * 4), "holds 4 cells", id="cells"),
    pytest.param(notebook(code("x" * 30), code("y" * 30)), "hold 60 characters", id="code"),
    pytest.param(b'{"cells": ' + b"[" * 10, "too deeply", id="nesting"),
]


@pytest.mark.parametrize(("data", "says"), TOO_MUCH)
def test_more_than_the_limits_is_refused(data: bytes, says: str) -> None:
    """Cells, code and nesting have caps, and the message says which was hit."""
    with refusing(UnreadableSubmission, match=says):
        parse(data, SMALL)


def test_text_that_is_not_code_does_not_count_as_code() -> None:
    """Long Markdown costs nothing."""
    found = parse(notebook(markdown("x" * 100), raw("y" * 100), code("z")), SMALL)
    assert [each.kind for each in found.cells] == ["markdown", "raw", "code"]


def test_a_hundred_thousand_cells_are_refused() -> None:
    """The default cap of cells is far below that."""
    data = b'{"cells": [' + b",".join([b"{}"] * 100_000) + b"]}"
    with refusing(UnreadableSubmission, match="holds 100,000 cells, more than the 20,000"):
        parse(data, LIMITS)


def test_a_script_is_a_notebook_of_one_cell() -> None:
    """References and wrong solutions are plain Python files."""
    (only,) = from_script("x = 1\r\ny = 2").code_cells
    assert (only.index, only.source) == (1, "x = 1\ny = 2")


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    """A link to a file is as good as the file."""
    (tmp_path / "lab.ipynb").write_bytes(b"\xffdata")
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "lab.ipynb")
    assert read(tmp_path / "link.ipynb", LIMITS) == b"\xffdata"


def make_folder(path: Path) -> None:
    path.mkdir()


def make_dead_link(path: Path) -> None:
    path.symlink_to(path.parent / "gone")


def make_loop(path: Path) -> None:
    path.symlink_to(path)


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_large(path: Path) -> None:
    path.write_bytes(b" " * (MEGABYTE + 1))


def make_nothing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other kinds of files")
@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(make_folder, "'x.ipynb' is a folder", id="folder"),
        pytest.param(make_dead_link, "a link to a file that is not there", id="link to nowhere"),
        pytest.param(make_loop, "cannot be read", id="link to itself"),
        pytest.param(make_pipe, "not a regular file", id="pipe"),
        pytest.param(make_device, "not a regular file", id="device"),
        pytest.param(make_large, "larger than the 1 MB we read", id="large"),
        pytest.param(make_nothing, "There is no file 'x.ipynb'", id="nothing"),
    ],
)
def test_what_is_no_readable_file_is_refused_at_once(tmp_path: Path, make: Any, says: str) -> None:
    """A path that gives no bytes has a message of its own, and a pipe or device is never waited on."""
    make(tmp_path / "x.ipynb")
    with refusing(UnreadableSubmission, match=says):
        read(tmp_path / "x.ipynb", SMALL)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_file_without_read_permission_is_refused(tmp_path: Path) -> None:
    """The message names the cure."""
    (tmp_path / "x.ipynb").touch(mode=0)
    with refusing(UnreadableSubmission, match="Give it read permission"):
        read(tmp_path / "x.ipynb", LIMITS)


def test_a_path_that_no_system_takes_is_refused() -> None:
    """A null character in a name is the caller's slip, not a crash."""
    with refusing(UnreadableSubmission, match="cannot be read"):
        read(Path("a\0b.ipynb"), LIMITS)


def test_importing_the_module_does_not_import_nbformat() -> None:
    """nbformat takes long to import, and only old notebooks need it."""
    program = "import sys, grader.notebook.submission; print({'nbformat', 'IPython'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
