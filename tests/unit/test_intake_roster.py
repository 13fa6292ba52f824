"""Who is in the class: rosters as platforms and spreadsheets write them, and whom a platform's name means."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from grader.classes.intake.roster import Roster, read_roster
from grader.errors import UsageError
from tests.unit.handed_in import collected, counted_files, folder, reasons, zipped

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Lab 1 (77)
    Points Possible,,,,,100
"Lovelace, Ada",12345,S42,ada,Monday,
"King, J\u00f6rg",12346,S43,joerg,Monday,
"""
MOODLE = """\
Identifier,Full name,ID number,Email address,Status
Participant 12,Ada Lovelace,S42,ada@uni.edu,Submitted
Participant 13,J\u00f6rg King,S43,joerg@uni.edu,Submitted
"""
PLAIN = "id,name,email\nada,Ada Lovelace,ada@uni.edu\njoerg,J\u00f6rg King,joerg@uni.edu\n"


def roster(tmp_path: Path, data: str | bytes) -> Roster:
    path = tmp_path / "students.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_roster(path)


READ = [
    pytest.param(PLAIN.encode(), ["ada", "joerg"], id="plain"),
    pytest.param(codecs.BOM_UTF8 + PLAIN.encode(), ["ada", "joerg"], id="UTF-8 with its mark"),
    pytest.param(PLAIN.encode("utf-16"), ["ada", "joerg"], id="UTF-16"),
    pytest.param(PLAIN.encode("latin-1"), ["ada", "joerg"], id="Latin-1"),
    pytest.param(PLAIN.replace(",", ";").encode(), ["ada", "joerg"], id="semicolons"),
    pytest.param(PLAIN.replace(",", "\t").encode(), ["ada", "joerg"], id="tabs"),
    pytest.param(PLAIN.replace("\n", "\r\n").encode(), ["ada", "joerg"], id="lines of Windows"),
    pytest.param(PLAIN.replace("\n", "\n\n,,\n").encode(), ["ada", "joerg"], id="blank lines"),
    pytest.param(CANVAS.encode(), ["12345", "12346"], id="Canvas's gradebook"),
    pytest.param(MOODLE.encode(), ["S42", "S43"], id="Moodle's grading worksheet"),
    pytest.param("学号,姓名\nada,王小明\njoerg,李四\n".encode(), ["ada", "joerg"], id="Chinese headings"),
    pytest.param(
        "id,name,group\nada,Pääkkönen,N°\xa01\njoerg,d\u2019Été,«A»\n".encode("cp1252"), ["ada", "joerg"], id="1252"
    ),
    pytest.param(PLAIN.encode("utf-16-le"), ["ada", "joerg"], id="UTF-16 without its mark"),
    pytest.param("学号,姓名\nada,王小明\njoerg,李四\n".encode("gbk"), ["ada", "joerg"], id="GBK"),
    pytest.param("id,name\nada,李四\njoerg,王小明\n".encode("gbk"), ["ada", "joerg"], id="GBK that reads as letters"),
    pytest.param("學號,姓名\nada,王小明\n".encode("big5").replace("學號".encode("big5"), b"id"), ["ada"], id="Big5"),
    pytest.param(
        "Vorname;Nachname;Anmeldename;E-Mail-Adresse\nAda;L;ada;a@u\nJörg;K;joerg;j@u\n".encode("cp1252"),
        ["ada", "joerg"],
        id="participants in German",
    ),
    pytest.param("Prénom,Nom,Courriel\nAda,L,a@u\nJo,K,j@u\n".encode(), ["a@u", "j@u"], id="addresses in French"),
    pytest.param(
        "名,姓,电邮,编号\n小明,王,a@u,k01\n四,李,b@u,k02\n".encode(), ["k01", "k02"], id="participants in Chinese"
    ),
    pytest.param(b"Lab 2,Points\n\nDisplay ID,Last Name\nada,L\njoerg,K\n", ["ada", "joerg"], id="a title above"),
    pytest.param(b"OrgDefinedId,Last Name,End\n#ada,L,#\n#joerg,K,#\n", ["ada", "joerg"], id="Brightspace"),
    pytest.param(
        CANVAS.replace("    Points", ",,,,,Manual Posting\n    Points").encode(),
        ["12345", "12346"],
        id="Canvas, posting",
    ),
    pytest.param(b"Name,Group\nAda King,1\nJo Day,1\n", ["Ada King", "Jo Day"], id="names alone"),
    pytest.param(b"First name,Surname\nAda,King\nJo,Day\n", ["Ada King", "Jo Day"], id="names in two columns"),
    pytest.param(b"STUDENT\nada\njoerg\n", ["ada", "joerg"], id="one column"),
    pytest.param(b"First name,Surname,E-mail\nAda,L,a@u\nJo,K,j@u\n", ["a@u", "j@u"], id="addresses alone"),
]


@pytest.mark.parametrize(("data", "ids"), READ)
def test_a_roster_is_read_as_programs_write_it(tmp_path: Path, data: bytes, ids: list[str]) -> None:
    """Encodings, separators and headings of spreadsheets, Canvas and Moodle all give the same students."""
    assert [student.id for student in roster(tmp_path, data).students] == ids


def test_names_come_from_one_column_or_two(tmp_path: Path) -> None:
    """First and last names are put together; the column Student is a name where ids stand beside it."""
    assert roster(tmp_path, "id,First name,Last name\n1,Ada,Lovelace\n").students[0].name == "Ada Lovelace"
    assert roster(tmp_path, CANVAS).students[1].name == "King, J\u00f6rg"


FOREIGN = [
    pytest.param("Vorname;Nachname;Anmeldename;E-Mail-Adresse\nJörg;Öz;jo;j@u\nAda;King;ada;a@u\n", id="German"),
    pytest.param("Nom complet,Adresse de courriel,Identifiant\nJörg Öz,j@u,jo\nAda King,a@u,ada\n", id="French"),
]


@pytest.mark.parametrize("listed", FOREIGN)
def test_names_and_addresses_are_found_under_headings_of_any_language(tmp_path: Path, listed: str) -> None:
    """By what the columns hold."""
    first = roster(tmp_path, listed).students[0]
    assert (first.id, first.name, first.email) == ("jo", "Jörg Öz", "j@u")


def test_a_line_above_the_points_that_names_somebody_is_a_student(tmp_path: Path) -> None:
    """Nobody is lost to the order of lines."""
    above = CANVAS.replace("    Points", '"Byron, Eve",12340,S40,eve,Monday,\n    Points')
    assert [student.id for student in roster(tmp_path, above).students] == ["12340", "12345", "12346"]


def test_headings_are_kept_as_the_file_has_them(tmp_path: Path) -> None:
    """They are shown to people."""
    assert roster(tmp_path, CANVAS).headings[-1] == "Lab 1 (77)"


def test_umlauts_are_found_as_platforms_spell_them(tmp_path: Path) -> None:
    """As the vowel alone, or as the two letters that stand for it."""
    for name in ("kingjorg", "kingjoerg"):
        root = folder(tmp_path / name, {f"{name}_1_2_x.ipynb": b"x"})
        assert collected(root, roster=roster(tmp_path, PLAIN)).hand_ins[0].student.id == "joerg"


def test_all_columns_are_kept_for_gradebooks(tmp_path: Path) -> None:
    """Exports need the ids that the platform itself wrote."""
    columns = roster(tmp_path, CANVAS).students[0].columns

    assert columns["id"] == "12345"
    assert (columns["sis user id"], columns["sis login id"], columns["section"]) == ("S42", "ada", "Monday")


REFUSED = [
    pytest.param("", "is empty", id="empty"),
    pytest.param("id,name\n", "names no student", id="headings alone"),
    pytest.param("ada,Ada Lovelace\nbob,Bob\n", "no column for the students' ids", id="no headings"),
    pytest.param("id,name\nada,A\nbob,B\nada,C\n", "'ada' twice, in lines 2 and 4", id="one id twice"),
    pytest.param("id,name\nada,A\n,B\n", "no id in line 3", id="an id left out"),
    pytest.param(b"PK\x03\x04\x14\x00", "a spreadsheet", id="a spreadsheet"),
    pytest.param(b"id,name\n\x81\x8d,\x00", "not text", id="bytes"),
    pytest.param("id,name\nada,김철수\n".encode("euc-kr"), "encoding cannot be told", id="Korean that looks like GBK"),
    pytest.param(
        "id,name\nada,Иванов\n".encode("cp1251"), "encoding cannot be told", id="Cyrillic that reads as letters"
    ),
    pytest.param("ada,a@uni.edu\nbob,b@uni.edu\n", "no column for the students' ids", id="addresses without headings"),
    pytest.param('id,name\nada,"Ada\nbob,Bob\n', "not CSV in line 3", id="a quote that swallows the next student"),
    pytest.param("id,name\n" + "a" * 200_000 + ",x\n", "not CSV in line 2", id="a cell without end"),
]


@pytest.mark.parametrize(("data", "says"), REFUSED)
def test_a_roster_that_cannot_be_used_says_why(tmp_path: Path, data: str | bytes, says: str) -> None:
    """The message names the file, the line where there is one, and what to do."""
    with pytest.raises(UsageError, match=says) as refused:
        roster(tmp_path, data)
    assert "students.csv" in str(refused.value)


def test_a_roster_that_is_not_there_is_a_wrong_command_line(tmp_path: Path) -> None:
    """So is a folder in its place."""
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(UsageError, match="--roster"):
            read_roster(path)


MATCHED = [
    pytest.param(PLAIN, "ada.ipynb", "ada", id="by id"),
    pytest.param(PLAIN, "ADA/x.ipynb", "ada", id="by id in another case"),
    pytest.param(PLAIN, "Ada@uni.edu.ipynb", "ada", id="by address"),
    pytest.param("id\nJ\u00f6rg\n", "Jo\u0308rg.ipynb", "J\u00f6rg", id="by id, its accent stored as a Mac does"),
    pytest.param(CANVAS, "ada/x.ipynb", "12345", id="by login"),
    pytest.param(CANVAS, "whoever_12345_67890_x.ipynb", "12345", id="by Canvas's number"),
    pytest.param(PLAIN, "lovelaceada_12345_67890_x.ipynb", "ada", id="by Canvas's name"),
    pytest.param(PLAIN, "kingj\u00f6rg_12345_67890_x.ipynb", "joerg", id="by Canvas's name with an umlaut"),
    pytest.param(MOODLE, "Somebody_12_assignsubmission_file_/x.ipynb", "S42", id="by Moodle's participant"),
    pytest.param(PLAIN, "Ada Lovelace_12_assignsubmission_file_/x.ipynb", "ada", id="by Moodle's name"),
]


@pytest.mark.parametrize(("listed", "file", "student"), MATCHED)
def test_a_student_is_found_by_whatever_the_platform_calls_them(
    tmp_path: Path, listed: str, file: str, student: str
) -> None:
    """By id, e-mail, login, number or name; the roster's id is what the report calls them."""
    root = folder(tmp_path / "class", {file: b"x"})

    intake = collected(root, roster=roster(tmp_path, listed))

    assert [(one.student.id, one.on_roster) for one in intake.hand_ins] == [(student, True)]
    assert student not in [absent.id for absent in intake.absent]


def test_a_stranger_is_graded_and_the_absent_are_listed(tmp_path: Path) -> None:
    """Who is not on the roster loses nothing; who handed in nothing is on the list, and only they."""
    root = folder(tmp_path / "class", {"zoe.ipynb": b"z", "joerg/x.pdf": b""})

    intake = collected(root, roster=roster(tmp_path, PLAIN))

    assert [(one.student.id, one.on_roster) for one in intake.hand_ins] == [("zoe", False)]
    assert [student.id for student in intake.absent] == ["ada"]
    assert [student.name for student in intake.without_notebook] == ["J\u00f6rg King"]


def test_two_spellings_of_one_student_are_two_files_of_one(tmp_path: Path) -> None:
    """The roster knows them as one, so one file counts and the other says so."""
    root = folder(tmp_path / "class", {"ada.ipynb": b"1", "ada@uni.edu.ipynb": b"2"})

    intake = collected(root, roster=roster(tmp_path, PLAIN))

    assert [one.student.id for one in intake.hand_ins] == ["ada"]
    assert len(reasons(intake)["ada"]) == 1


def test_a_name_that_two_people_share_means_neither(tmp_path: Path) -> None:
    """Rather two students off the roster than one with the other's points; so no name can be borrowed."""
    files = {f"Ada Lovelace_{n}_assignsubmission_file_/x.ipynb": b"x" for n in (1, 2)}

    intake = collected(folder(tmp_path / "class", files), roster=roster(tmp_path, PLAIN))
    twins = collected(
        folder(tmp_path / "one", dict(list(files.items())[:1])), roster=roster(tmp_path, PLAIN + "a2,Ada Lovelace,\n")
    )

    assert [one.on_roster for one in intake.hand_ins] == [False, False]
    assert [one.on_roster for one in twins.hand_ins] == [False]


def test_a_hundred_students_who_hand_in_are_the_same_beside_a_bad_one(tmp_path: Path) -> None:
    """Whatever one student hands in, nobody else's hand-in changes."""
    good = {f"s{n:02}/lab.ipynb": b"%d" % n for n in range(30)}
    bad = {"eve.zip": zipped({"x.ipynb": bytes(3_000_000)}), "s99/lab.pdf": b"", "\u202e=x.ipynb": b""}

    alone = collected(folder(tmp_path / "a" / "class", good))
    beside = collected(folder(tmp_path / "b" / "class", {**good, **bad}))

    assert counted_files(alone).items() <= counted_files(beside).items()
    assert [one.where for one in alone.hand_ins] == [one.where for one in beside.hand_ins if one.student.id[0] == "s"]
