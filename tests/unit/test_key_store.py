"""Answer keys on disk: what is read is what was written, or it is made anew; never a wrong key."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

import grader
from grader.course.folder import Course
from grader.errors import ProtocolError
from grader.grading.key_store import DOORS, KeyStore, fingerprint, from_file, one_for_all, to_file
from grader.judging import Key
from grader.judging.question import Case
from grader.wall.protocol import Raised, Returned, StudentError
from grader.wall.values import Value, array, form
from tests.hostile.small_course import write_course
from tests.unit.strategies import values

ROOT = Path(__file__).parents[2]
CASE = Case(args=(array(np.ones(3)), {"W1": [1, 2.5]}), expected=float("nan"))
KEY = Key(
    seed=3,
    known={"rate": 0.1, "axis": None},
    cases={"any": (CASE, CASE), "none": ()},
    small={"any": ()},
    remarks=((CASE,), ()),
    misconceptions=(),
)


def made() -> Key:
    """What is made where nothing is kept."""
    return KEY


def nobody() -> Key:
    """Who must not be asked."""
    raise AssertionError("it was made again")


def same(key: Key) -> bool:
    """Whether a key is the one above, to every bit: `nan` is not equal to itself."""
    return to_file(key) == to_file(KEY)


@given(value=values)
def test_what_is_read_is_what_was_written(value: Value) -> None:
    """Every value that can cross the wall can be kept, bit for bit."""
    read = from_file(to_file({"any": (Returned(id=1, value=value),)}))

    assert isinstance(read, dict)
    assert form(read["any"][0].value) == form(value)


def test_answers_that_raised_are_kept_with_their_line() -> None:
    """Mistakes are compared by it."""
    answers = {"wrong": (Raised(id=0, error=StudentError(type="ValueError", text="No.", cell=1, line=3)),)}

    assert from_file(to_file(answers)) == answers


def test_what_was_rehearsed_is_read_with_the_arguments_that_it_changed(tmp_path: Path) -> None:
    """A function that works in place answers by its arguments, too."""
    known = {"0f": Returned(id=0, value=True, arguments=({"w": 1.0},)), "f0": Returned(id=0, value=2.0)}
    KeyStore(tmp_path / "keys").kept("loans", dict, lambda: known)
    read = KeyStore(tmp_path / "keys").kept("loans", dict, lambda: pytest.fail("it was made again"))

    assert to_file(read) == to_file(known)


def test_what_is_kept_is_not_made_again(tmp_path: Path) -> None:
    """Not by another process, or another day."""
    assert same(KeyStore(tmp_path / "keys").kept("a", Key, made))
    assert same(KeyStore(tmp_path / "keys").kept("a", Key, nobody))


def _signed(body: bytes) -> bytes:
    return hashlib.sha256(body).digest() + body


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _turned(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _of_another_version(path: Path) -> None:
    path.write_bytes(_signed(to_file(KEY)[32:].replace(b'"cases"', b'"caves"')))


def _of_another_kind(path: Path) -> None:
    path.write_bytes(to_file({"cases": (CASE,)}))


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(_cut, id="cut short"),
        pytest.param(_turned, id="a bit turned"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_bytes(os.urandom(500)), id="anything"),
        pytest.param(_of_another_version, id="of another version"),
        pytest.param(_of_another_kind, id="of another kind"),
        pytest.param(_a_folder, id="a folder"),
    ],
)
def test_a_damaged_key_is_made_anew(spoil: Callable[[Path], object], tmp_path: Path) -> None:
    """And the next one who asks finds it whole, unless something lies in its place that is none of ours."""
    store = KeyStore(tmp_path)
    store.kept("a", Key, made)
    spoil(tmp_path / "a.answers")

    assert same(store.kept("a", Key, made))
    assert (tmp_path / "a.answers").is_dir() or same(store.kept("a", Key, nobody))
    assert [path.name for path in tmp_path.iterdir()] == ["a.answers"]


@pytest.mark.parametrize("folder", ["/proc/none", "/dev/null/keys", "/dev/full", None], ids=str)
def test_a_folder_that_is_of_no_use_costs_time_only(folder: str | None) -> None:
    """Read-only, full, no folder at all: the key is made each time."""
    store = KeyStore(None if folder is None else Path(folder))

    assert all(same(store.kept("a", Key, made)) for _ in range(2))


def _written_by_all(folder: Path) -> None:
    folder.chmod(0o777)


def _in_a_folder_of_all(folder: Path) -> None:
    folder.parent.chmod(0o777)


def _linked_by_another(folder: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a link away")
    folder.rename(folder.with_name("real"))
    folder.symlink_to("real")
    os.chown(folder, 12_345, -1, follow_symlinks=False)


def _in_a_circle(folder: Path) -> None:
    folder.rename(folder.with_name("real"))
    folder.symlink_to(folder.name)


@pytest.mark.parametrize("spoil", [_written_by_all, _in_a_folder_of_all, _linked_by_another, _in_a_circle])
def test_a_folder_that_somebody_else_can_fill_holds_no_key(spoil: Callable[[Path], None], tmp_path: Path) -> None:
    """Who plants a key decides what is right, and a planted link where root writes and deletes."""
    folder = tmp_path / "open" / "keys"
    KeyStore(folder).kept("a", Key, lambda: replace(KEY, seed=4))
    spoil(folder)

    assert same(KeyStore(folder).kept("a", Key, made))


def test_only_keys_are_forgotten(tmp_path: Path) -> None:
    """A folder that was named by mistake loses nothing."""
    store = KeyStore(tmp_path)
    for name in ("thesis.txt", "old.answers"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, 0))

    store.kept("a", Key, made)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.answers", "thesis.txt"]


def test_of_two_who_make_a_key_at_once_the_first_decides(tmp_path: Path) -> None:
    """Classmates graded by two workers are held to one key, even if a reference answered each of them otherwise."""
    other = Key(seed=4, known={}, cases={}, small={}, remarks=(), misconceptions=())

    def slowly() -> Key:
        KeyStore(tmp_path).kept("a", Key, lambda: other)
        return KEY

    assert KeyStore(tmp_path).kept("a", Key, slowly) == other


def test_nobody_else_can_read_the_folder(tmp_path: Path) -> None:
    """What lies in it are the answers."""
    KeyStore(tmp_path / "keys").kept("a", Key, made)

    assert [path.stat().st_mode & 0o077 for path in (tmp_path / "keys", tmp_path / "keys" / "a.answers")] == [0, 0]


def test_what_editors_leave_beside_a_course_is_no_part_of_its_key(tmp_path: Path) -> None:
    """A file that is open in Emacs has a link beside it that leads nowhere."""
    write_course(tmp_path)
    course = Course(tmp_path)
    alone = fingerprint(course, course.assignment("small"), seed=3)
    (tmp_path / "assignments" / ".#common.py").symlink_to("me@here.123")
    (tmp_path / "assignments" / "folder.py").mkdir()

    assert fingerprint(course, course.assignment("small"), seed=3) == alone


def test_what_names_another_class_is_no_key() -> None:
    """A file can name only what a key consists of: reading one executes nothing."""
    frame = to_file({"a": (CASE,)})[32:].replace(b'"Case"', b'"Path"')

    with pytest.raises(ProtocolError):
        from_file(_signed(frame))


def test_workers_of_one_run_share_keys_whatever_the_cache_folder_is(tmp_path: Path) -> None:
    """Where nothing can be kept from run to run, the run has a folder of its own, which ends with it."""
    with one_for_all(tmp_path / "keys") as good, one_for_all(Path("/dev/null/keys")) as other:
        made_there = KeyStore(other).kept("a", Key, made)

        assert (good, same(made_there)) == (tmp_path / "keys", True)
        assert same(KeyStore(other).kept("a", Key, nobody))

    assert not other.exists()


def test_a_key_is_of_all_that_may_be_imported_where_it_is_made() -> None:
    """Of whatever stands above, no answer can depend, so another page of the service makes no key anew."""
    house = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(each["layers"] for each in house["tool"]["importlinter"]["contracts"] if each["id"] == "doors")
    below = {name for layer in layers[layers.index("grading") :] for name in layer.split(" : ")}
    at_the_top = {path.stem for path in Path(grader.__file__).parent.glob("*.py")}

    assert below <= {*DOORS, *at_the_top}
