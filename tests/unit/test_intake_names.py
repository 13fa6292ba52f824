"""File names made of what students and platforms call people."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classes.intake.names import alike, file_names, safe_name

IDS = (
    st.sampled_from(["con", "NUL.x", "com1.tar.gz"])
    | st.text(alphabet=st.sampled_from("aA.-_/\\\0\n=é e\u0301\u202e0f\ud800"), max_size=16)
    | st.text(alphabet=st.characters(exclude_categories=()), max_size=120)
)

READABLE = [
    pytest.param("ada", "ada", id="a login"),
    pytest.param("12345", "12345", id="a number"),
    pytest.param("Ada Lovelace_12", "Ada Lovelace_12", id="a name with a number"),
    pytest.param("ada@uni.edu", "ada@uni.edu", id="an address"),
    pytest.param("J\u00f6rg", "J\u00f6rg", id="letters of any language"),
    pytest.param("a/b", "a_b-c14cddc033", id="a slash"),
    pytest.param("..", "student-5ec1f7e700", id="the folder above"),
    pytest.param("", "student-e3b0c44298", id="nothing"),
    pytest.param("con", "_con-1143da2bc5", id="a device of Windows"),
    pytest.param("=SUM(A1)", "SUM(A1)-1475d91240", id="a formula"),
    pytest.param("a_b-c14cddc033", "a_b-c14cddc033-f38bdbcdb3", id="the look of another's"),
    pytest.param("a_b-C14CDDC033", "a_b-C14CDDC033-2726403343", id="the look of another's in capitals"),
]


@pytest.mark.parametrize(("student", "name"), READABLE)
def test_an_ordinary_id_is_its_own_file_name(student: str, name: str) -> None:
    """What is safe is left as it is; what had to be changed is readable, and carries a digest of itself."""
    assert safe_name(student) == name


@given(IDS)
def test_a_file_name_is_safe_on_every_system(student: str) -> None:
    """No separators, no control characters, no dots at the ends, NFC, short enough with an ending."""
    name = safe_name(student)

    assert name.isprintable()
    assert not set(name) & set('/\\:*?"<>|')
    assert name == name.strip(" .") == unicodedata.normalize("NFC", name) != ""
    assert len(name) <= 80
    assert len(name.encode()) <= 200
    assert name[0] not in "-=+@"
    assert name.split(".")[0].casefold() not in ("con", "nul", "com1")


@given(st.lists(IDS, unique=True, max_size=30))
def test_no_two_students_share_a_file_name(students: list[str]) -> None:
    """One student's report never overwrites another's."""
    assert len({safe_name(student) for student in students}) == len(students)


@pytest.mark.parametrize("student", ["x" * 255, "\N{PILE OF POO}" * 60, "a\nb", "\ud800"], ids=ascii)
def test_a_file_of_that_name_can_be_made(tmp_path: Path, student: str) -> None:
    """The file system has the last word."""
    (tmp_path / f"{safe_name(student)}.json").write_text("{}")


ALIKE = [
    pytest.param(["Ada", "ada"], {"Ada": "Ada", "ada": "ada-fdee430d40"}, id="capital letters"),
    pytest.param(
        ["stra\u00dfe", "STRASSE"], {"STRASSE": "STRASSE", "stra\u00dfe": "stra\u00dfe-787f477061"}, id="sharp s"
    ),
    pytest.param(
        ["J\u00f6rg", "Jo\u0308rg"], {"J\u00f6rg": "J\u00f6rg", "Jo\u0308rg": "J\u00f6rg-422775f103"}, id="accents"
    ),
    pytest.param(["ada", "bob"], {"ada": "ada", "bob": "bob"}, id="others"),
]


@pytest.mark.parametrize(("students", "names"), ALIKE)
def test_names_that_some_disks_take_for_one_are_told_apart(students: list[str], names: dict[str, str]) -> None:
    """All but the first carry a digest of themselves, in whatever order they come; every run gives the same."""
    assert file_names(students) == file_names(students[::-1]) == names


@given(st.lists(IDS | st.text("aAbB\u00df\u1e9e\u017fs\u0131iI\u0130", max_size=4), unique=True, max_size=30))
def test_no_disk_takes_two_students_files_for_one(students: list[str]) -> None:
    """Not even one that tells neither capitals nor spellings of accents apart."""
    names = file_names(students).values()

    assert len({unicodedata.normalize("NFKC", name).casefold() for name in names}) == len(students)
    assert len({name.upper() for name in names}) == len(students)


def test_students_are_alike_whatever_their_files_are_called() -> None:
    """Capital letters, and how an accent is written; nothing else."""
    assert alike(["Ada", "ada", "bob", "J\u00f6rg", "Jo\u0308rg"]) == {"Ada", "ada", "J\u00f6rg", "Jo\u0308rg"}
