"""Whose file is whose: every layout that platforms export, as a folder and as a zip."""

from __future__ import annotations

import os
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import is_zipfile

import pytest

from grader.classes.intake.contents import read_bytes
from grader.errors import UsageError
from tests.english import spoken
from tests.unit.handed_in import NEW, OLD, collected, counted_files, folder, reasons, zipped

METADATA = b"""\
---
submission_7:
  :id: 7
  :created_at: 2024-05-01 10:00:00.123456 -07:00
  :submitters:
  - :name: Ada Lovelace
    :sid: '0042'
    :email: ada@uni.edu
  - :name: "J\\u00f6rg \\xDC"
    :sid:
    :email: joerg@uni.edu
  :history:
  - :id: 3
    :created_at: 2030-01-01 00:00:00 Z
submission_9:
  :created_at: 2024-05-01 16:00:00 Z
  :submitters:
  - :name: Ada Lovelace
    :sid: '0042'
"""

LAYOUTS = [
    pytest.param({"ada.ipynb": b"a", "bob.IPYNB": b"b"}, {"ada": b"a", "bob": b"b"}, "files and folders", id="files"),
    pytest.param(
        {"ada/lab.ipynb": b"a", "ada/data/x.csv": b"", "bob/own/lab.ipynb": b"b", "cleo.ipynb": b"c"},
        {"ada": b"a", "bob": b"b", "cleo": b"c"},
        "files and folders",
        id="folders",
    ),
    pytest.param({"ada.py": b"a", "bob.PY": b"b"}, {"ada": b"a", "bob": b"b"}, "files and folders", id="scripts"),
    pytest.param(
        {"class/ada/lab.py": b"a", "class/bob/lab.py": b"b"},
        {"ada": b"a", "bob": b"b"},
        "files and folders",
        id="scripts in the folder of a class",
    ),
    pytest.param(
        {"ada/lab.ipynb": b"a", "ada/helper.py": b"h", "bob/lab.py": b"b"},
        {"ada": b"a", "bob": b"b"},
        "files and folders",
        id="scripts beside notebooks, and in their place",
    ),
    pytest.param(
        {"ada.zip": zipped({"lab.ipynb": b"a"}), "bob.zip": zipped({"bob/lab.ipynb": b"b"})},
        {"ada": b"a", "bob": b"b"},
        "files and folders",
        id="a zip for each student",
    ),
    pytest.param(
        {"ada/lab.zip": zipped({"x/lab.ipynb": b"a"}), "bob/lab.ipynb": b"b"},
        {"ada": b"a", "bob": b"b"},
        "files and folders",
        id="a zip in a student's folder",
    ),
    pytest.param(
        {"class/ada/lab.ipynb": b"a", "class/bob/lab.ipynb": b"b", "class/README.md": b""},
        {"ada": b"a", "bob": b"b"},
        "files and folders",
        id="all within one more folder",
    ),
    pytest.param(
        {"download/Lab 2/ada/lab.ipynb": b"a", "download/Lab 2/bob/lab.ipynb": b"b", "download/Lab 2/x.txt": b""},
        {"ada": b"a", "bob": b"b"},
        "files and folders",
        id="all within two more folders",
    ),
    pytest.param(
        {
            "submitted/ada/ps1/lab.ipynb": b"a",
            "submitted/ada/ps1/timestamp.txt": b"2024-05-01 10:00:00 UTC",
            "submitted/bob/ps1/lab.ipynb": b"b",
            "source/ps1/lab.ipynb": b"teacher's",
            "gradebook.db": b"",
        },
        {"ada": b"a", "bob": b"b"},
        "nbgrader",
        id="nbgrader",
    ),
    pytest.param(
        {
            "lovelaceada_12345_67890_lab.ipynb": b"a",
            "o_neilbob_LATE_12346_67891_my_1_2_lab.ipynb": b"b",
            "kingcleo_12347_67892_lab.zip": zipped({"lab.ipynb": b"c"}),
        },
        {"12345": b"a", "12346": b"b", "12347": b"c"},
        "Canvas",
        id="Canvas",
    ),
    pytest.param(
        {"anon_x7Yp2_67890_lab.ipynb": b"a", "LATE_anon_b2B3c_67891_lab.ipynb": b"b"},
        {"anon_x7Yp2": b"a", "anon_b2B3c": b"b"},
        "Canvas",
        id="Canvas, names hidden",
    ),
    pytest.param(
        {
            "Ada Lovelace_12_assignsubmission_file_/lab.ipynb": b"a",
            "Bob_King_13_assignsubmission_file_/lab.ipynb": b"b",
            "Bob_King_13_assignsubmission_onlinetext_/onlinetext.html": b"hello",
        },
        {"Ada Lovelace_12": b"a", "Bob_King_13": b"b"},
        "Moodle",
        id="Moodle",
    ),
    pytest.param(
        {"Ada Lovelace_12_assignsubmission_file_lab.ipynb": b"a"},
        {"Ada Lovelace_12": b"a"},
        "Moodle",
        id="Moodle, without folders",
    ),
    pytest.param(
        {
            "assignment_1_export/submission_metadata.yml": METADATA,
            "assignment_1_export/submission_7/lab.ipynb": b"early",
            "assignment_1_export/submission_9/lab.ipynb": b"late",
            "assignment_1_export/submission_11/lab.ipynb": b"nobody's",
        },
        {"0042": b"early", "joerg@uni.edu": b"early", "submission_11": b"nobody's"},
        "Gradescope",
        id="Gradescope, with a group",
    ),
]


@pytest.mark.parametrize("pack", [pytest.param(False, id="folder"), pytest.param(True, id="zip")])
@pytest.mark.parametrize(("files", "expected", "layout"), LAYOUTS)
def test_every_layout_gives_one_file_for_each_student(
    tmp_path: Path, files: Mapping[str, bytes], expected: dict[str, bytes], layout: str, pack: bool
) -> None:
    """A folder and a zip of it mean the same students and the same files, in the order of ids."""
    if pack:
        named = tmp_path / "export.zip"
        named.write_bytes(zipped(files))
    else:
        named = folder(tmp_path / "export", files)

    intake = collected(named)

    assert counted_files(intake) == expected
    assert list(counted_files(intake)) == sorted(expected)
    assert intake.layout == layout


def test_canvas_says_who_was_late(tmp_path: Path) -> None:
    """LATE in the name of a Canvas file is kept, and is no part of a name."""
    root = folder(tmp_path, {"ada_LATE_1_22_x.ipynb": b"", "bob_2_23_x.ipynb": b""})

    assert [(one.student.name, one.late) for one in collected(root).hand_ins] == [("ada", True), ("bob", False)]


OLDER = [
    pytest.param(
        {"ada_1_131_a.ipynb": b"again", "ada_1_22_x-1.ipynb": b"first"}, b"again", "Canvas got it later", id="Canvas"
    ),
    pytest.param(
        {"ada_1_22_x-10.ipynb": b"again", "ada_1_22_x-9.ipynb": b"first"},
        b"again",
        "Canvas got it later",
        id="Canvas, by the number of the upload",
    ),
    pytest.param(
        {
            "submission_7/x.ipynb": b"first",
            "submission_9/x.ipynb": b"again",
            "submission_metadata.yml": METADATA.replace(b" -07:00", b" Z").replace(b"0042", b"ada"),
        },
        b"again",
        "Gradescope got it later",
        id="Gradescope",
    ),
    pytest.param(
        {"ada/digits.ipynb": b"right", "ada/zzz.ipynb": b"other"}, b"right", "named like the assignment", id="its name"
    ),
    pytest.param(
        {"ada/submission.ipynb": b"right", "ada/zzz.ipynb": b"other"}, b"right", "named like", id="submission.ipynb"
    ),
]


@pytest.mark.parametrize(("files", "counts", "because"), OLDER)
def test_of_several_files_the_latest_by_the_layouts_rule_counts(
    tmp_path: Path, files: Mapping[str, bytes], counts: bytes, because: str
) -> None:
    """The others are set aside, and each says which one counts and why."""
    intake = collected(folder(tmp_path, files), assignment="digits")

    assert counted_files(intake)[intake.hand_ins[0].student.id] == counts
    (reason,) = reasons(intake)[intake.hand_ins[0].student.id]
    assert because in reason
    assert intake.hand_ins[0].where in reason


def test_the_date_of_a_file_is_the_last_thing_to_go_by_and_is_said_to_be_weak(tmp_path: Path) -> None:
    """Copying and unpacking change dates, so a choice by date says so."""
    root = folder(tmp_path, {"ada/a.ipynb": b"new", "ada/z.ipynb": b"old"})
    os.utime(root / "ada/a.ipynb", (2e9, 2e9))
    os.utime(root / "ada/z.ipynb", (1e9, 1e9))

    intake = collected(root)

    assert counted_files(intake) == {"ada": b"new"}
    assert "copying and unpacking may change" in reasons(intake)["ada"][0]


def test_in_a_zip_the_recorded_date_decides(tmp_path: Path) -> None:
    """A zip keeps the dates of its members."""
    path = tmp_path / "class.zip"
    dates = {"ada/a.ipynb": NEW, "ada/z.ipynb": OLD}
    path.write_bytes(zipped({"ada/a.ipynb": b"new", "ada/z.ipynb": b"old", "bob/x.ipynb": b""}, dates=dates))

    assert counted_files(collected(path))["ada"] == b"new"


def test_equal_files_are_told_apart_by_name(tmp_path: Path) -> None:
    """The same files give the same choice on every machine."""
    root = folder(tmp_path, {"ada/a.ipynb": b"a", "ada/b.ipynb": b"b"})
    for path in root.rglob("*.ipynb"):
        os.utime(path, (1e9, 1e9))

    intake = collected(root)

    assert counted_files(intake) == {"ada": b"b"}
    assert "by name" in reasons(intake)["ada"][0]


BESIDE = [
    pytest.param({"ada/lab.ipynb": b"a", "ada/h.py": b"1", "ada/m/u.py": b"2"}, {"h.py", "m/u.py"}, id="a folder"),
    pytest.param({"king_4_1_lab.ipynb": b"a", "king_4_2_h.py": b"1", "x_5_3_h.py": b"2"}, {"h.py"}, id="Canvas"),
    pytest.param(
        {f"L_ada_attempt_2026-03-0{day}-10-11-12_{name}": b"" for day in (1, 2) for name in ("lab.ipynb", f"{day}.py")},
        {"2.py"},
        id="Blackboard: of the attempt that counts",
    ),
    pytest.param({"ada/lab.ipynb": b"a", "ada/lab.py": b"1", "h.py": b"2"}, set(), id="a copy, and a stranger's"),
]


@pytest.mark.parametrize(("files", "beside"), BESIDE)
def test_scripts_of_a_student_come_with_the_notebook_that_counts(
    tmp_path: Path, files: dict[str, bytes], beside: set[str]
) -> None:
    """It may run them and import them, by the names that it knows them under."""
    first = collected(folder(tmp_path, files)).hand_ins[0]

    assert {each.name for each in first.beside} == beside
    assert is_zipfile(BytesIO(read_bytes(first, 1_000))) == bool(beside)


def test_timestamps_of_nbgrader_tell_two_exports_apart(tmp_path: Path) -> None:
    """Of two exports that were named the later timestamp.txt counts, whatever its offset from UTC."""
    early = {"ada/ps1/x.ipynb": b"early", "ada/ps1/timestamp.txt": b"2024-05-01 12:00:00 +0900"}
    later = {"ada/ps1/x.ipynb": b"later", "ada/ps1/timestamp.txt": b"2024-05-01 04:00:00 UTC"}
    first, second = folder(tmp_path / "1/submitted", early), folder(tmp_path / "2/submitted", later)

    assert counted_files(collected(first, second)) == {"ada": b"later"}


def test_a_folder_of_nbgrader_is_known_by_the_id_that_importing_gave_it(tmp_path: Path) -> None:
    """An assignment `Homework 3` is `homework_3` here, and students' folders keep its name."""
    root = folder(tmp_path / "submitted", {"ada/Homework 3/x.ipynb": b"3", "ada/Homework 4/x.ipynb": b"4"})

    assert counted_files(collected(root, assignment="homework_3")) == {"ada": b"3"}


def test_several_assignments_need_a_name(tmp_path: Path) -> None:
    """Which of nbgrader's assignments is meant is never guessed; the message lists them."""
    root = folder(tmp_path / "submitted", {"ada/ps1/x.ipynb": b"1", "ada/ps2/x.ipynb": b"2", "bob/ps2/x.ipynb": b"b"})

    with pytest.raises(UsageError, match=r"'ps1', 'ps2'.*--assignment"):
        collected(root)
    chosen = collected(root, assignment="ps1")
    assert counted_files(chosen) == {"ada": b"1"}
    assert [student.id for student in chosen.absent] == ["bob"]


NAMED = [
    pytest.param(["s/ada.ipynb", "s/bob.ipynb"], {"ada", "bob"}, id="files"),
    pytest.param(["s/ada/lab.ipynb", "s/bob/lab.ipynb"], {"ada", "bob"}, id="files of one name"),
    pytest.param(["one/ada.ipynb", "two/bob.ipynb"], {"ada", "bob"}, id="files from here and there"),
    pytest.param(["s/ada/", "s/bob/", "s/cleo/"], {"ada", "bob", "cleo"}, id="a folder for each student"),
    pytest.param(["monday/", "tuesday/"], {"ada", "bob", "cleo", "dan"}, id="two classes"),
    pytest.param(["zips/ada.zip", "zips/bob.zip"], {"ada", "bob"}, id="zips of one student each"),
    pytest.param(["zips/ada.zip", "monday/"], {"ada", "bob"}, id="a zip beside a class"),
    pytest.param(["submitted/eve/ps1/x.ipynb", "submitted/flo/ps1/x.ipynb"], {"eve", "flo"}, id="nbgrader's files"),
    pytest.param(["submitted/eve/", "submitted/flo/"], {"eve", "flo"}, id="nbgrader's folders"),
    pytest.param(["s/ada.ipynb", "s/ada.ipynb"], {"ada"}, id="one file twice"),
    pytest.param(["s/ada.ipynb"], {"ada"}, id="a single file"),
]


@pytest.mark.parametrize(("paths", "students"), NAMED)
def test_paths_mean_what_a_shell_makes_of_them(tmp_path: Path, paths: list[str], students: set[str]) -> None:
    """`grade submissions/*/lab.ipynb` is a class, not one student called lab."""
    folder(tmp_path / "s", {"ada.ipynb": b"", "bob.ipynb": b"", "cleo": None})
    folder(tmp_path / "s", {"ada/lab.ipynb": b"", "bob/lab.ipynb": b""})
    folder(tmp_path, {"one/ada.ipynb": b"", "two/bob.ipynb": b""})
    folder(tmp_path, {"monday/ada.ipynb": b"", "monday/bob.ipynb": b"", "tuesday/cleo.ipynb": b""})
    folder(tmp_path, {"tuesday/dan.ipynb": b""})
    folder(tmp_path / "zips", {"ada.zip": zipped({"lab.ipynb": b""}), "bob.zip": zipped({"x/lab.ipynb": b""})})
    folder(tmp_path / "submitted", {"eve/ps1/x.ipynb": b"", "flo/ps1/x.ipynb": b""})

    intake = collected(*(tmp_path / path for path in paths))

    assert {one.student.id for one in intake.hand_ins} | {student.id for student in intake.absent} == students


def test_a_file_that_was_named_twice_is_one_file(tmp_path: Path) -> None:
    """Once by itself and once in its folder is no second version."""
    root = folder(tmp_path, {"ada.ipynb": b"a", "bob.ipynb": b"b"})

    intake = collected(root, root / "ada.ipynb")

    assert set(counted_files(intake)) == {"ada", "bob"}
    assert intake.set_aside == ()


@pytest.mark.parametrize("name", ["lab1.zip", "download/anything.zip"], ids=["named", "the only thing in a folder"])
def test_notebooks_in_the_folder_of_an_archive_are_a_class(tmp_path: Path, name: str) -> None:
    """Archivers put the folder's own name above its files; that is no student."""
    files = (
        {"lab1/ada.ipynb": b"a", "lab1/bob.ipynb": b"b"}
        if name == "lab1.zip"
        else {"ada.ipynb": b"a", "bob.ipynb": b"b"}
    )
    folder(tmp_path, {name: zipped(files)})

    assert set(counted_files(collected(tmp_path / name.split("/")[0]))) == {"ada", "bob"}


def test_what_no_student_made_is_passed_over(tmp_path: Path) -> None:
    """Checkpoints, hidden files, archivers' leftovers and our own reports are nobody's submission."""
    files = {
        "ada/lab.ipynb": b"a",
        "ada/.ipynb_checkpoints/lab-checkpoint.ipynb": b"",
        "ada/._lab.ipynb": b"",
        "__MACOSX/ada/lab.ipynb": b"",
        ".DS_Store": b"",
        "reports/class.json": b"{}",
        "reports/.grader/journal": b"",
        "reports/reports/ada.json": b"{}",
    }

    intake = collected(folder(tmp_path, files))

    assert counted_files(intake) == {"ada": b"a"}
    assert (intake.set_aside, intake.absent) == ((), ())


OUTPUT = {"class.json": b"{}", ".grader/journal.sqlite3": b"", "reports/ada.json": b"{}", "reports/ada.html": b""}
OUTPUTS = [
    pytest.param("reports/", ["class/reports"], id="below what was named"),
    pytest.param("", ["class/reports"], id="in the named folder itself"),
    pytest.param("week1/out/", ["class/week1/out"], id="further down"),
    pytest.param("ada/", ["class/ada/reports"], id="in a student's folder"),
]


@pytest.mark.parametrize(("place", "outputs"), OUTPUTS)
def test_our_own_reports_are_nobodys_work_and_hide_nobodys(tmp_path: Path, place: str, outputs: list[str]) -> None:
    """A folder of reports is named, so that one can tell the instructor, and whatever lies around it is graded."""
    students = {"ada/lab.ipynb": b"a", "bob/lab.ipynb": b"b"}
    files = students | {f"{place}{name}": data for name, data in OUTPUT.items()}

    intake = collected(folder(tmp_path / "class", files))

    assert {who: data for who, data in counted_files(intake).items() if data} == {"ada": b"a", "bob": b"b"}
    assert list(intake.outputs) == outputs
    assert intake.set_aside == ()


MARKED = [
    pytest.param({"class.json": b"{}", "work/lab.ipynb": b"a"}, id="a file called like one of ours"),
    pytest.param({"class.json": b"{}", "reports/lab.ipynb": b"a"}, id="a folder called like ours"),
    pytest.param({".grader/journal.sqlite3": b"", "deep/er/lab.ipynb": b"a"}, id="a journal"),
]


@pytest.mark.parametrize("files", MARKED)
def test_a_students_folder_that_looks_like_ours_is_graded_all_the_same(tmp_path: Path, files: dict[str, bytes]) -> None:
    """Nobody's work is lost to the names of files that lie beside it."""
    others = {"bob/lab.ipynb": b"b", "cleo/class.json": b"{}"}

    intake = collected(folder(tmp_path, {f"ada/{name}": data for name, data in files.items()} | others))

    assert counted_files(intake) == {"ada": b"a", "bob": b"b"}
    assert [student.id for student in intake.without_notebook] == ["cleo"]


def test_files_without_a_notebook_are_not_the_same_as_nothing(tmp_path: Path) -> None:
    """Who handed in a PDF is named with a reason; who has an empty folder is absent."""
    files = {"ada/lab.ipynb": b"", "bob/lab.pdf": b"%PDF", "cleo": None, "dan.ipynb.txt": b"{}"}

    intake = collected(folder(tmp_path, files))

    assert [student.id for student in intake.without_notebook] == ["bob", "dan"]
    assert [student.id for student in intake.absent] == ["cleo"]
    assert reasons(intake) == {
        "bob": ["There is no notebook among the files. Hand in the .ipynb file."],
        "dan": ["There is no notebook among the files. Hand in the .ipynb file."],
    }


IN_VAIN = [
    pytest.param({"ada/.ipynb_checkpoints/lab-checkpoint.ipynb": b"old"}, id="checkpoints alone"),
    pytest.param({"ada.rar": b"Rar!"}, id="an archive of another kind"),
    pytest.param({"ada.tar.gz": b""}, id="one of two endings"),
    pytest.param({"ada.zip": zipped({})}, id="an empty zip"),
    pytest.param({"ada.zip": zipped({"._lab.ipynb": b""})}, id="a zip of leftovers"),
    pytest.param({"all.zip": zipped({"ada.zip": zipped({}), "bob.ipynb": b""})}, id="an empty zip in a zip"),
    pytest.param({f"ada/{'d/' * 20}lab.ipynb": b""}, id="too deep"),
]


@pytest.mark.parametrize("files", IN_VAIN)
def test_who_handed_in_in_vain_is_not_called_absent(tmp_path: Path, files: dict[str, bytes]) -> None:
    """They are named with a reason: never submitted would be untrue, and silence would lose them."""
    named = ["all.zip"] if "all.zip" in files else []
    folder(tmp_path, {**files, **({} if named else {"bob.ipynb": b""})})

    intake = collected(tmp_path.joinpath(*named))

    assert [student.id for student in intake.without_notebook] == ["ada"]
    assert (list(reasons(intake)), intake.absent) == (["ada"], ())


def test_a_zip_called_like_its_notebook_is_the_same_student(tmp_path: Path) -> None:
    """`ada.ipynb.zip` is how some systems pack `ada.ipynb`."""
    folder(tmp_path, {"ada.ipynb.zip": zipped({"ada.ipynb": b"a"}), "bob.ipynb": b"b"})

    assert counted_files(collected(tmp_path)) == {"ada": b"a", "bob": b"b"}


def test_links_are_neither_followed_nor_graded(tmp_path: Path) -> None:
    """A link in a submission could name any file of this machine; one that we named ourselves is ours."""
    folder(tmp_path, {"secret/key.ipynb": b"secret", "class/ada/x.ipynb": b"a", "class/bob": None})
    (tmp_path / "class/bob/x.ipynb").symlink_to(tmp_path / "secret/key.ipynb")
    (tmp_path / "class/cleo").symlink_to(tmp_path / "secret")
    (tmp_path / "named").symlink_to(tmp_path / "class")

    intake = collected(tmp_path / "named")

    assert counted_files(intake) == {"ada": b"a"}
    assert [student.id for student in intake.without_notebook] == ["bob", "cleo"]
    assert all("link" in spoken(aside.reason) for aside in intake.set_aside)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        pytest.param("nowhere", "does not exist", id="no such path"),
        pytest.param("empty", "no notebook in", id="an empty folder"),
        pytest.param("broken.zip", "damaged", id="a damaged zip alone"),
        pytest.param("pipe.zip", "not a regular file", id="a pipe"),
    ],
)
def test_a_command_line_that_names_nothing_to_grade_is_refused(tmp_path: Path, name: str, says: str) -> None:
    """The message names the path and what to name instead."""
    folder(tmp_path, {"empty": None, "broken.zip": b"PK\x03\x04 and no more"})
    os.mkfifo(tmp_path / "pipe.zip")

    with pytest.raises(UsageError, match=says) as refused:
        collected(tmp_path / name)
    assert name in str(refused.value)
    assert "ame notebooks" in str(refused.value)


HOSTILE = [
    "a\nb",
    "=cmd()",
    "\u202eada",
    "\N{PILE OF POO}",
    "con",
    "x" * 240,
    "trailing. .",
    "-rf",
    "a'b\"c",
    "\x1b[31m",
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_is_an_ordinary_student(tmp_path: Path, name: str) -> None:
    """Names are kept as they are; who shows them makes them visible."""
    root = folder(tmp_path, {f"{name}.ipynb": b"x", "bob.ipynb": b"b"})

    assert counted_files(collected(root)) == {name: b"x", "bob": b"b"}


def test_names_that_are_no_text_stay_apart_and_can_be_stored(tmp_path: Path) -> None:
    """Two file names of different broken bytes are two students, and each can be written as UTF-8."""
    for byte in (b"\xff", b"\xfe"):
        (tmp_path / os.fsdecode(byte + b".ipynb")).write_bytes(byte)

    students = counted_files(collected(tmp_path))

    assert students == {"\\xff": b"\xff", "\\xfe": b"\xfe"}
    assert all(student.encode() for student in students)


def test_what_a_student_calls_files_has_no_say_in_whose_they_are(tmp_path: Path) -> None:
    """Only the top of a folder, which the platform made, is read for names: nobody can hand in for somebody else."""
    inner = {"Bob_2_assignsubmission_file_/x.ipynb": b"m", "submitted/bob/ps1/x.ipynb": b"m", "bob_1_22_x.ipynb": b"m"}
    root = folder(tmp_path, {"bob/x.ipynb": b"b", **{f"mallory/{name}": data for name, data in inner.items()}})
    folder(
        root, {"mia.zip": zipped(inner), "cleo.zip": zipped({"x.ipynb": b"c"}), "dan.zip": zipped({"x.ipynb": b"d"})}
    )

    assert set(counted_files(collected(root))) == {"bob", "mallory", "mia", "cleo", "dan"}
    assert counted_files(collected(root))["bob"] == b"b"
    assert set(counted_files(collected(*root.glob("*.zip")))) == {"mia", "cleo", "dan"}


def test_a_timestamp_alone_is_a_submission_without_a_notebook(tmp_path: Path) -> None:
    """nbgrader wrote down that something was handed in, so the student is not absent."""
    files = {"ada/ps1/x.ipynb": b"", "bob/ps1/timestamp.txt": b"2024-05-01 10:00:00 UTC"}

    intake = collected(folder(tmp_path / "submitted", files))

    assert [student.id for student in intake.without_notebook] == ["bob"]
    assert intake.absent == ()


def test_folders_deeper_than_anybody_makes_are_not_looked_into(tmp_path: Path) -> None:
    """Their student has no notebook among the files, and the class goes on."""
    deep = "/".join(["d"] * 40)
    root = folder(tmp_path, {f"eve/{deep}/x.ipynb": b"", "eve/x.txt": b"", "ada/x.ipynb": b"a"})

    intake = collected(root)

    assert counted_files(intake) == {"ada": b"a"}
    assert [student.id for student in intake.without_notebook] == ["eve"]
