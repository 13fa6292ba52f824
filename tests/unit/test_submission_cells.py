"""What of a code cell is Python: magics out, line numbers kept, broken cells saved in part, hostile ones survived."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.notebook import Cell
from grader.submission.cells import MAX_STATEMENTS, CodeCell, read_cells


def read(source: str) -> CodeCell:
    (only,) = read_cells([Cell(index=1, kind="code", source=source)])
    return only


def statements(source: str) -> list[str]:
    cell = read(source)
    assert cell.error is None, cell.error
    return [each.source for each in cell.statements]


MAGICS = [
    pytest.param("%matplotlib inline\nx = 1", ["x = 1"], id="line magic"),
    pytest.param("%load_ext autoreload\n%autoreload 2\nx = 1", ["x = 1"], id="two line magics"),
    pytest.param("!pip install scipy\nx = 1", ["x = 1"], id="shell"),
    pytest.param("! rm -f a; tar -cf (b\nx = 1", ["x = 1"], id="shell with an open bracket"),
    pytest.param("!echo (\n!echo )\nx = 1", ["x = 1"], id="shell behind an open bracket"),
    pytest.param("!ls \\\n  -l\nx = 1", ["x = 1"], id="shell on two lines"),
    pytest.param("files = !ls\nx = 1", ["x = 1"], id="shell assigned"),
    pytest.param("t = %timeit -o f()\nx = 1", ["x = 1"], id="magic assigned"),
    pytest.param("np.array?\n?np\nx = 1", ["x = 1"], id="help"),
    pytest.param("pip install scipy\nx = 1", ["x = 1"], id="bare pip"),
    pytest.param("conda install -y scipy\nx = 1", ["x = 1"], id="bare conda"),
    pytest.param("%time x = f()", ["x = f()"], id="%time keeps what it times"),
    pytest.param("%timeit x = f()", [], id="%timeit does not"),
    pytest.param("if a:\n    !ls\nx = 1", ["if a:\n    pass", "x = 1"], id="shell in a block"),
    pytest.param("try:\n    import a\nexcept ImportError:\n    !pip install a", None, id="shell in an except"),
    pytest.param("%%time\nx = 1", ["x = 1"], id="%%time"),
    pytest.param("\n%%capture out\n%%time\n%matplotlib inline\nx = 1", ["x = 1"], id="several at once"),
    pytest.param("%%bash\nls -l", [], id="%%bash"),
    pytest.param("%%writefile a.py\nx = 1", [], id="%%writefile"),
    pytest.param("%%timeit\nx = 1", [], id="%%timeit"),
    pytest.param("%%html\n<b>", [], id="%%html"),
    pytest.param("%%time\n", [], id="%%time of nothing"),
    pytest.param(">>> x = 1\n>>> y = 2", ["x = 1", "y = 2"], id="prompts"),
    pytest.param("In [1]: x = 1\n   ...: y = 2", ["x = 1", "y = 2"], id="IPython prompts"),
    pytest.param("    x = 1\n    y = 2", ["x = 1", "y = 2"], id="indented as a whole"),
    pytest.param("print('%d' % 3)\n%who", ["print('%d' % 3)"], id="a percent sign in an expression"),
    pytest.param("x = (a\n% float(b))\n!ls", ["x = (a\n% float(b))"], id="modulo at the start of a line, with a magic"),
]


@pytest.mark.parametrize(("source", "expected"), MAGICS)
def test_magics_are_taken_out_and_nothing_else(source: str, expected: list[str] | None) -> None:
    """What IPython would run as a command is dropped; the Python around it stays as it is."""
    found = statements(source)
    assert found == expected if expected is not None else len(found) == 1


def test_modulo_at_the_start_of_a_line_is_python() -> None:
    """Seen in four notebooks whose author used a formatter."""
    source = 'print(\n    "%d"\n    % float(x)\n)'
    assert statements(source) == [source]


SEGMENTS = [
    pytest.param("x = 1; y = 'é'; z = 3  # end", ["x = 1", "y = 'é'", "z = 3"], id="semicolons"),
    pytest.param("@a\n@b(1)\ndef f():\n    pass\n", ["@a\n@b(1)\ndef f():\n    pass"], id="decorators"),
    pytest.param("@a\nclass C:\n    x = 1", ["@a\nclass C:\n    x = 1"], id="decorated class"),
    pytest.param("s = '''a\nb'''", ["s = '''a\nb'''"], id="text over two lines"),
    pytest.param("# only\n\n# comments", [], id="comments"),
    pytest.param("", [], id="nothing"),
    pytest.param("x = '\\d'", ["x = '\\d'"], id="an invalid escape"),
    pytest.param("x = 1\f\ny = 2", ["x = 1", "y = 2"], id="a form feed"),
    pytest.param("x = '\u2028'\ny = 2", ["x = '\u2028'", "y = 2"], id="a line separator in a text"),
]


@pytest.mark.parametrize(("source", "expected"), SEGMENTS)
def test_a_statement_is_its_exact_text(source: str, expected: list[str]) -> None:
    """The source of a statement is cut from the cell, not printed from a tree."""
    assert statements(source) == expected


def test_line_numbers_are_those_of_the_cell() -> None:
    """Neither magics nor decorators nor blank lines shift a line number."""
    source = "%%time\n\n!ls \\\n  -l\nx = 1\n\n@a\ndef f():\n    pass\n%time y = 2; z = 3\n"
    assert [(each.line, each.source) for each in read(source).statements] == [
        (5, "x = 1"),
        (7, "@a\ndef f():\n    pass"),
        (10, "y = 2"),
        (10, "z = 3"),
    ]


SAVED = [
    pytest.param("import a\nx = \ny = 2", ["import a", "y = 2"], id="around a broken line"),
    pytest.param("import a\ndef f(:\n    return 1\nz = 3", ["import a", "z = 3"], id="around a broken function"),
    pytest.param("@d\ndef f():\n    pass\nx = ", ["@d\ndef f():\n    pass"], id="a decorated function"),
    pytest.param("if a:\n    b\nelse:\n    c\nx = ", ["if a:\n    b\nelse:\n    c"], id="if with its else"),
    pytest.param("try:\n    a\nexcept E:\n    b\nx = ", ["try:\n    a\nexcept E:\n    b"], id="try with its except"),
    pytest.param("f(\n    1,\n)\nx = ", ["f(\n    1,\n)"], id="a bracket closed at the margin"),
    pytest.param("s = '''\nimport a\n'''\nx = ", ["s = '''\nimport a\n'''"], id="a text at the margin"),
    pytest.param("%matplotlib inline\nimport a\nx = ", ["import a"], id="after a magic"),
    pytest.param("x = ", [], id="nothing"),
    pytest.param("if a:\n        b\n    c\n!ls\nd = 1", ["d = 1"], id="around a wrong indentation"),
    pytest.param("!echo (\n" * 9 + "x = 1\ny = (", ["x = 1"], id="around more open brackets than are followed"),
]


@pytest.mark.parametrize(("source", "expected"), SAVED)
def test_of_a_broken_cell_the_parts_that_parse_are_saved(source: str, expected: list[str]) -> None:
    """One broken line does not lose the imports and helpers beside it; the error is kept as well."""
    cell = read(source)
    assert cell.error is not None
    assert [each.source for each in cell.statements] == expected


def test_saved_statements_keep_their_line() -> None:
    """The lines of what is saved are lines of the cell."""
    assert [each.line for each in read("x = \n\nimport a\n\nimport b").statements] == [3, 5]


HOSTILE = [
    pytest.param("x=" + "(" * 100_000, id="brackets"),
    pytest.param("x=" + "-" * 100_000 + "1", id="minus signs"),
    pytest.param("x=a" + ".a" * 90_000, id="attributes"),
    pytest.param("x=1" + "+1" * 90_000, id="sum"),
    pytest.param("x=f" + "()" * 90_000, id="calls"),
    pytest.param("lambda:" * 20_000 + "1", id="lambdas"),
    pytest.param("if a:\n b\n" + "elif a:\n b\n" * 10_000, id="elif"),
    pytest.param("x=" + "9" * 100_000, id="digits"),
    pytest.param("x=1\0", id="null"),
    pytest.param("x=[" + "1," * 1_000_000 + "]", id="a huge list"),
    pytest.param("x\n!" * 60_000 + "(", id="shell lines"),
    pytest.param("with a:\n" + " if b: c = 1\n" * 10_000, id="a long block"),
    pytest.param("x x\n" * 40_000, id="broken lines"),
    pytest.param("'''" * 50_001, id="quotes"),
    pytest.param("x \x00\\\n" * 20_000, id="continued lines"),
]


@pytest.mark.parametrize("source", HOSTILE)
def test_a_hostile_cell_is_only_a_broken_cell(source: str) -> None:
    """Depth and size end in an error with words for the student, not in a crash, and cost no other cell."""
    hostile, good = read_cells([Cell(index=1, kind="code", source=source), Cell(index=2, kind="code", source="y = 2")])
    assert hostile.error is not None
    assert hostile.error.text
    assert [each.source for each in good.statements] == ["y = 2"]


def test_a_huge_literal_that_parses_is_read() -> None:
    """A long table in a cell is no offence."""
    assert read("x = [" + "1, " * 30_000 + "]").error is None


def test_the_statements_of_a_notebook_are_bounded() -> None:
    """Cells after far too many statements are passed over, so that reading takes bounded time."""
    many = Cell(index=1, kind="code", source="x=1;" * (MAX_STATEMENTS - 1_000) + "x")
    last = list(read_cells([many, Cell(index=2, kind="code", source="y;" * 1_000 + "y"), many]))[-1]
    assert last.error is not None
    assert "50,000 statements" in last.error.text


@given(st.text(alphabet="ab=1 \n()'\"%!?#:;\\@\t,{}", max_size=60))
def test_every_statement_is_text_of_its_cell_at_its_line(source: str) -> None:
    """Reading never invents code, whatever the cell: only blocks from which a magic was taken differ."""
    lines = source.split("\n")
    for each in read(source).statements:
        first = each.source.split("\n")[0]
        assert first in lines[each.line - 1]
