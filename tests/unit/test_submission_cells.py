"""What of a code cell is Python: magics out, line numbers kept, broken cells saved in part, hostile ones survived."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.notebook.notebook import Cell
from grader.notebook.submission.cells import MAX_STATEMENTS, CodeCell, read_cells
from tests.unit.strange_text import plans_beside, strange_text


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
    pytest.param(
        "%env A=1 2\nx = 1",
        ["from os import environ", "environ.update({'A': '1 2'})", "x = 1"],
        id="%env sets what it names",
    ),
    pytest.param("if a:\n    %set_env A 1", None, id="%set_env in a block"),
    pytest.param("%env\n%env A\n%env A=$B\nx = 1", ["x = 1"], id="%env shows, or takes a value from elsewhere"),
    pytest.param("get_ipython().run_line_magic('matplotlib', 'inline')\nx = 1", ["x = 1"], id="a line, exported"),
    pytest.param("get_ipython().run_line_magic('time', 'x = f()')", ["x = f()"], id="%time, exported"),
    pytest.param(
        "if a:\n    get_ipython().system('ls')\nget_ipython().magic(\n  'who')  # c\nx = 1",
        ["if a:\n    pass", "x = 1"],
        id="shell in a block, exported",
    ),
    pytest.param(
        "get_ipython().run_cell_magic('time', '', 'x = 1\\ny = 2\\n')", ["x = 1", "y = 2"], id="%%time, exported"
    ),
    pytest.param("get_ipython().run_cell_magic('bash', '', 'ls')", [], id="%%bash, exported"),
    pytest.param("x = get_ipython().getoutput('ls')", ["x = get_ipython().getoutput('ls')"], id="a result, exported"),
    pytest.param(
        "a = 1; get_ipython().system(b)", ["a = 1", "get_ipython().system(b)"], id="another call of the shell"
    ),
    pytest.param("%time x = f()", ["x = f()"], id="%time keeps what it times"),
    pytest.param("%timeit x = f()", [], id="%timeit does not"),
    pytest.param("if a:\n    !ls\nx = 1", ["if a:\n    pass", "x = 1"], id="shell in a block"),
    pytest.param("try:\n    import a\nexcept ImportError:\n    !pip install a", None, id="shell in an except"),
    pytest.param("%%time\nx = 1", ["x = 1"], id="%%time"),
    pytest.param("\n%%capture out\n%%time\n%matplotlib inline\nx = 1", ["x = 1"], id="several at once"),
    pytest.param("ls data\ncd ..\nmatplotlib inline\nx = 1", ["x = 1"], id="line magics without their sign"),
    pytest.param("time x = f()\nls data", ["x = f()"], id="time without its sign"),
    pytest.param("env = 1\nrm in [cd]\n!ls", ["env = 1", "rm in [cd]"], id="names that are magics elsewhere"),
    pytest.param("%%bash\nls -l", [], id="%%bash"),
    pytest.param("%%writefile a.py\nx = 1", [], id="%%writefile"),
    pytest.param("%%timeit\nx = 1", [], id="%%timeit"),
    pytest.param("t = %time f()\nx = 1", ["t = f()", "x = 1"], id="%time assigned"),
    pytest.param("%prun -l 10 -s time x = f()", ["x = f()"], id="%prun with options"),
    pytest.param("%memit -r 3 x = f()", ["x = f()"], id="%memit"),
    pytest.param("%lprun -f g -f h x = f()", ["x = f()"], id="%lprun"),
    pytest.param("%%memit\nx = 1", ["x = 1"], id="%%memit"),
    pytest.param("%%some_package -x 1\nx = 1\n!ls", ["x = 1"], id="an unknown magic"),
    pytest.param("%%some_package\nSELECT x FROM y", [], id="an unknown magic over another language"),
    pytest.param("# GRADED CELL: f\n\n%%time\nx = 1", ["x = 1"], id="%%time below comments"),
    pytest.param("# GRADED CELL: f\n%%writefile a.py\nx = 1", [], id="%%writefile below comments"),
    pytest.param("%%time\n%%writefile a.py\nx = 1", [], id="%%writefile below %%time"),
    pytest.param("%%python3\nx = 1", [], id="%%python3"),
    pytest.param("%%script false --no-raise-error\nx = 1", [], id="%%script"),
    pytest.param("%%!\nls", [], id="%%!"),
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


@pytest.mark.parametrize("first", range(0, 400, 40))
def test_a_strange_cell_raises_nothing_and_costs_its_neighbours_nothing(first: int) -> None:
    """Whatever stands in other cells, the right answers keep their plans."""
    usual = plans_beside("")
    for number in range(first, first + 40):
        assert plans_beside(strange_text(number)) == usual, strange_text(number)


@pytest.mark.parametrize("source", ["x =%\\", "x =%\n", "=%\\", "x = %\\\n", "(x =!\\"])
def test_a_cell_at_which_ipython_itself_fails_is_unreadable(source: str) -> None:
    """Hypothesis found the first of them: IPython looks for the token behind the percent sign, and there is none."""
    assert read(source).error is not None


def test_a_sum_of_600_terms_is_read() -> None:
    """Python compiles it, so it is Python."""
    assert len(statements("x = " + " + ".join(["y"] * 600))) == 1


def of_all(*sources: str) -> list[tuple[int, int, str]]:
    """Cell, line and source of each statement of a notebook of these cells."""
    cells = read_cells(Cell(index=at, kind="code", source=source) for at, source in enumerate(sources, start=1))
    return [(each.cell, each.line, each.source) for cell in cells for each in cell.statements]


FILE = "%%writefile a.py\n\nx = 1"
APPENDED = "%%writefile -a a.py\ny = 2"


def test_pylab_brings_what_it_brings_in_jupyter() -> None:
    """NumPy and its names, and those of pyplot."""
    (cell,) = read_cells([Cell(index=1, kind="code", source="%pylab inline\nx = exp(1)")])
    bound = {name for each in cell.statements for name in each.names.all_bound}
    stars = [star for each in cell.statements for star in each.deeds.stars]
    assert ({"np", "plt", "x"} <= bound, stars) == (True, ["pylab", "numpy"])
    assert statements("%pylab --no-import-all\nx = 1") == ["x = 1"]


RUN = [
    pytest.param([FILE, "%run a.py"], [(1, 3, "x = 1")], id="run"),
    pytest.param([FILE, "%run a"], [(1, 3, "x = 1")], id="without its ending"),
    pytest.param([FILE, "run a.py"], [(1, 3, "x = 1")], id="without its sign"),
    pytest.param([FILE, "%run -i ./a.py 3"], [(1, 3, "x = 1")], id="with options and arguments"),
    pytest.param([FILE, "get_ipython().run_line_magic('run', 'a.py')"], [(1, 3, "x = 1")], id="exported"),
    pytest.param(
        ["get_ipython().run_cell_magic('writefile', 'a.py', 'x = 1\\n')", "%run a.py"],
        [(1, 2, "x = 1")],
        id="written so",
    ),
    pytest.param([FILE, "%load a.py"], [(1, 3, "x = 1")], id="loaded"),
    pytest.param(["%%file /content/a.py\nx = 1", "%run '/content/a.py'"], [(1, 2, "x = 1")], id="by its full path"),
    pytest.param([FILE, APPENDED, "%run a.py"], [(1, 3, "x = 1"), (2, 2, "y = 2")], id="written in two pieces"),
    pytest.param([FILE, "%%writefile a.py\nz = 3", "%run a.py"], [(2, 2, "z = 3")], id="written anew"),
    pytest.param([FILE, "b = 1\n%run a.py\nc = 1"], [(2, 1, "b = 1"), (1, 3, "x = 1"), (2, 3, "c = 1")], id="in order"),
    pytest.param([FILE, "%run b.py", "%run a.ipynb"], [], id="another file"),
    pytest.param([FILE], [], id="not run"),
]


@pytest.mark.parametrize(("sources", "expected"), RUN)
def test_a_file_that_the_notebook_wrote_runs_where_it_is_run(
    sources: list[str], expected: list[tuple[int, int, str]]
) -> None:
    """`%run` gives the statements of the file, each with its place in the cell that wrote it."""
    assert of_all(*sources) == expected
