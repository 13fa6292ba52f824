"""Files that a notebook writes: which names and how much of them reach the room, and nothing beyond its folder."""

from __future__ import annotations

import pytest

from grader.notebook.notebook import Script
from grader.notebook.submission.cell_magics import file_name
from grader.notebook.submission.cells import read_cells
from grader.notebook.submission.written import MOST_CHARACTERS, MOST_FILES, WrittenFile, beside, written_files
from tests.exercises import handed_in
from tests.notebooks import code


def files(*cells: str) -> dict[str, str]:
    """The files of a notebook of these cells."""
    read = read_cells(handed_in(*map(code, cells)).code_cells)
    return {each.name: each.text for each in written_files(read)}


NAMES = [
    ("a.py", "a.py"),
    ("./src/a.py", "src/a.py"),
    ("'my file.txt'", "my file.txt"),
    ("/content/a.py", "a.py"),
    ("/etc/passwd", "passwd"),
    ("../../a.py", "a.py"),
    ("a/../../b.py", "b.py"),
    ("~/a.py", "a.py"),
    ("C:\\\\work\\\\a.py", "a.py"),
    ("..", None),
    ("/", None),
    ("", None),
    (".bashrc", None),
    ("a\0b", None),
    ("a/b\x1b.py", None),
    ("x" * 200, None),
    ("/".join("abcdefghi"), None),
]


@pytest.mark.parametrize(("argument", "expected"), NAMES)
def test_a_file_lies_in_the_folder_of_the_notebook(argument: str, expected: str | None) -> None:
    """One that was meant for elsewhere is put there under its own name; what is no plain name is no file."""
    assert file_name(argument) == expected


def test_a_file_holds_what_stands_below_the_magic() -> None:
    """Comments above it belong to the cell, not to the file."""
    assert files("# mine\n%%writefile a.py\nimport b\n", "%%writefile -a a.py\nc = 1") == {"a.py": "import b\nc = 1\n"}


def test_a_script_lies_beside_unless_the_notebook_writes_one_of_its_name() -> None:
    """And only under a plain name."""
    scripts = [Script(name=name, text="x = 1") for name in ("a.py", "b.py", "../c.py", ".d.py")]
    read = read_cells(handed_in(code("%%writefile b.py\ny = 2")).code_cells)
    assert {each.name: (each.text, each.handed_in) for each in written_files(read, scripts)} == {
        "a.py": ("x = 1", True),
        "b.py": ("y = 2\n", False),
    }


def test_files_are_bounded() -> None:
    """In number and in size: what is beyond is left out."""
    assert len(files(*(f"%%file {n}.txt\nx" for n in range(MOST_FILES + 5)))) == MOST_FILES
    half = "x" * (MOST_CHARACTERS // 8)
    assert sum(map(len, files(*(f"%%file {n}.txt\n{half}" for n in range(12))).values())) <= MOST_CHARACTERS


def test_no_file_takes_the_place_of_a_folder() -> None:
    """Else the room could not write them, and would be lost for our reason."""
    assert files("%%file a\nx", "%%file a/b\ny") == {"a/b": "y\n"}
    written = [
        WrittenFile(name="data", text="x"),
        WrittenFile(name="h.npy/x", text="y"),
        WrittenFile(name="u.py", text="z"),
    ]
    given = {"data/x.npy": b"1", "h.npy": b"2", "u.py": b"3"}
    assert beside(given, written) == {"data/x.npy": b"1", "h.npy": b"2", "u.py": b"z"}
