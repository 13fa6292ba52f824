"""Notebooks that were handed in together: one file of them, read as many, none hiding another."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UnreadableSubmission
from grader.limits import NotebookLimits
from grader.notebook.bundle import MOST, MOST_SCRIPTS, SCRIPT_BYTES, as_one, bundled, each_of, read_together
from tests.english import spoken
from tests.notebooks import code, notebook
from tests.unit.handed_in import zipped

LIMITS = NotebookLimits()
ONE, TWO = notebook(code("x = 1")), notebook(code("y = 2"))
NAMES = st.text("abcé7 -_", min_size=1, max_size=8).map(lambda stem: f"{stem}.ipynb")


@given(st.dictionaries(NAMES, st.sampled_from([ONE, TWO]), min_size=2, max_size=4))
def test_what_is_put_together_is_read_by_its_names(files: dict[str, bytes]) -> None:
    """In their order, however they were named first; and the same files are the same bytes."""
    data = bundled(files.items())

    assert [f"{each.name}.ipynb" for each in each_of(read_together(data, LIMITS))] == sorted(files)
    assert data == bundled(reversed(files.items()))


def test_one_file_alone_stays_as_it_is() -> None:
    """And two of one name are two."""
    assert as_one([("a.ipynb", ONE)]) == ("a.ipynb", ONE)
    assert [each.name for each in each_of(read_together(as_one([("a.ipynb", ONE), ("a.ipynb", TWO)])[1], LIMITS))] == [
        "a",
        "a",
    ]


READ = [
    pytest.param({"lab/a.ipynb": ONE, "lab/b.ipynb": TWO}, ["a", "b"], id="in a folder"),
    pytest.param({"__MACOSX/._a.ipynb": b"\0", ".ipynb_checkpoints/a.ipynb": TWO, "a.ipynb": ONE}, [""], id="leavings"),
    pytest.param({"a.ipynb": ONE, "helper.py": b"def f(): pass"}, [""], id="a helper beside it"),
    pytest.param({"a.py": b"def f():\n    return 1\n", "b.py": b"def g():\n    return 1\n"}, ["a", "b"], id="scripts"),
    pytest.param({f"{n:03}.ipynb": ONE for n in range(MOST)}, [f"{n:03}" for n in range(MOST)], id="as many as it may"),
]


@pytest.mark.parametrize(("files", "names"), READ)
def test_a_zip_is_read_as_its_student_means_it(files: dict[str, bytes], names: list[str]) -> None:
    """A notebook alone has no name: it is the one, whatever its file is called."""
    assert [each.name for each in each_of(read_together(zipped(files), LIMITS))] == names


def test_scripts_are_at_hand_for_the_notebooks_in_whose_folder_they_lie() -> None:
    """Not those of elsewhere, nor one that is too large or no text; and no others than so many."""
    files = {"lab/a.ipynb": ONE, "lab/b.ipynb": TWO, "lab/mine/u.py": b"y = 2", "lab/h.py": b"x = 1", "other.py": b""}
    files |= {"lab/large.py": b"#" * (SCRIPT_BYTES + 1), "lab/no_text.py": b"\xff", "lab/._h.py": b""}
    read = [*each_of(read_together(zipped(files), LIMITS))]
    assert [{one.name: one.text for one in each.scripts} for each in read] == [
        {"h.py": "x = 1", "mine/u.py": "y = 2"}
    ] * 2
    many = {"a.ipynb": ONE, **{f"{n}.py": b"" for n in range(MOST_SCRIPTS + 5)}}
    assert len(read_together(zipped(many), LIMITS).scripts) == MOST_SCRIPTS


def locked() -> bytes:
    """A zip whose member says that it has a password."""
    data = bytearray(zipped({"a.ipynb": ONE}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


BAD = {
    "cut off": (zipped({"a.ipynb": ONE})[:-30], "damaged"),
    "a password": (locked(), "locked with a password"),
    "no notebook in it": (zipped({"notes.txt": b"x"}), "not a notebook but"),
    "none that can be read": (zipped({"a.ipynb": b"{", "b.ipynb": b""}), "ends early"),
    "a bomb": (zipped({"a.ipynb": b" " * 10_000}), "larger than the"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_says_why(name: str) -> None:
    """In a sentence for its student."""
    data, said = BAD[name]

    with pytest.raises(UnreadableSubmission) as refused:
        read_together(data, NotebookLimits(file_bytes=5_000))
    assert said in spoken(refused.value.message)


def test_one_that_cannot_be_read_is_left_out_and_said() -> None:
    """The others are none the worse for it."""
    read = read_together(zipped({"a.ipynb": ONE, "b.ipynb": b"{", "c.ipynb": TWO}), LIMITS)

    assert [each.name for each in each_of(read)] == ["a", "c"]
    assert "b.ipynb was left out" in " ".join(map(spoken, read.notices))


@pytest.mark.parametrize(
    ("beyond", "named"),
    [
        pytest.param(["deep/000.ipynb"], "deep/000.ipynb", id="one"),
        pytest.param(
            [f"z{n}.ipynb" for n in range(7)], "z0.ipynb, z1.ipynb, z2.ipynb, z3.ipynb, z4.ipynb, ...", id="many"
        ),
    ],
)
def test_what_is_more_than_are_read_is_named(beyond: list[str], named: str) -> None:
    """Nothing that was handed in is passed over without a word; the outermost are read first."""
    names = [*beyond, *(f"{n:03}.ipynb" for n in range(MOST))]
    read = read_together(zipped(dict.fromkeys(names, ONE)), LIMITS)

    assert len(list(each_of(read))) == MOST
    (said,) = map(spoken, read.notices)
    assert f"the first {MOST} were read; these were not: {named}. Hand in" in said


@given(st.binary(max_size=200), st.integers(0, 400), st.binary(max_size=4))
def test_damage_of_any_kind_is_refused_by_name(tail: bytes, at: int, change: bytes) -> None:
    """Whatever a zip is made into, it is read or refused."""
    whole = zipped({"a.ipynb": ONE, "b.ipynb": TWO})
    for data in (b"PK\x03\x04" + tail, whole[:at] + change + whole[at + len(change) :]):
        with suppress(UnreadableSubmission):
            assert read_together(data, LIMITS)


def test_members_that_lie_over_each_other_cost_no_more_than_one_notebook() -> None:
    """All that is unpacked is bounded together."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(10):
            archive.writestr(f"{number}.ipynb", ONE + b" " * 4_000)
    read = read_together(packed.getvalue(), NotebookLimits(file_bytes=10_000))

    assert len(list(each_of(read))) == 2
    assert len(read.notices) == 8
