"""Downloads of learning platforms, as each names them: whose a file is stands in its structure, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.classes.intake.roster import read_roster
from tests.unit.handed_in import collected, counted_files, folder, reasons, zipped


def record(name: str, user: str) -> bytes:
    """What Blackboard writes beside an attempt."""
    return f"Nombre: {name} ({user})\nTarea: Lab\n\nText: Nombre: Somebody (else)\n".encode()


BLACKBOARD = {
    "Lab 2_st_ada_attempt_2026-03-01-10-11-12.txt": record("Ada King", "st_ada"),
    "Lab 2_st_ada_attempt_2026-03-01-10-11-12_lab.ipynb": b"first",
    "Lab 2_st_ada_attempt_2026-03-09-10-11-12.txt": record("Ada King", "st_ada"),
    "Lab 2_st_ada_attempt_2026-03-09-10-11-12_lab (1).ipynb": b"a",
    "Lab 2_st_bob_attempt_2026-03-01-09-00-00.txt": record("Bob O'Neil", "st_bob"),
    "Lab 2_st_bob_attempt_2026-03-01-09-00-00_st_ada_attempt_2026-04-01-00-00-00_x.ipynb": b"b",
    "Lab 2_st_cy_attempt_2026-03-01-09-00-00.txt": record("Cy", "st_cy"),
}
ILIAS = {
    "multi_feedback_Lab_2/Byron_Ada_ada_301/20260301101112_lab.ipynb": b"first",
    "multi_feedback_Lab_2/Byron_Ada_ada_301/20260302210500_lab.ipynb": b"a",
    "multi_feedback_Lab_2/de_la_Cruz_Bo_Li_b_cruz_302/20260301180000_lab_3_4_5.ipynb": b"b",
}
BRIGHTSPACE = {
    "index.html": b"<html>",
    "1201-77 - Ada Byron-King - Mar 5, 2026 1023 AM/lab.ipynb": b"first",
    "1201-77 - Ada Byron-King - Mar 5, 2026 0115 PM/lab.ipynb": b"a",
    "1202-77 - Bo O'Neil - Feb 28, 2026 959 PM/lab.ipynb": b"b",
}
SAKAI = {
    "bulk_download/Lab 2/grades.csv": b"",
    "bulk_download/Lab 2/Byron, Ada(ada1)/timestamp.txt": b"20260301101112000",
    "bulk_download/Lab 2/Byron, Ada(ada1)/Submission attachment(s)/lab.ipynb": b"a",
    "bulk_download/Lab 2/Byron, Ada(ada1)/Feedback Attachment(s)/lab zz.ipynb": b"the teacher's",
    "bulk_download/Lab 2/O'Neil, Bo (Jr.)(bo_2)/Submission attachment(s)/my lab.ipynb": b"b",
}
TEAMS = {
    "Submitted files/Ada Byron/Lab 2/Version 1/lab.ipynb": b"first",
    "Submitted files/Ada Byron/Lab 2/Version 10/lab.ipynb": b"a",
    "Submitted files/Ada Byron/Lab 2/Version 9/lab.ipynb": b"ninth",
    "Submitted files/Bo O'Neil/Lab 2/Version 1/lab.ipynb": b"b",
}
OPEN_EDX = {
    "submissions.csv": b"",
    "[1]Week, [2]Lesson, [1]Unit/[1] - ada - lab.ipynb": b"a",
    "[1]Week, [2]Lesson, [1]Unit/[1] - ada - prompt_0.txt": b"hello",
    "[1]Week, [2]Lesson, [1]Unit/[1] - b-o - my - lab.ipynb": b"b",
}
DOWNLOADS = [
    pytest.param(BLACKBOARD, {"st_ada": b"a", "st_bob": b"b"}, "Blackboard", id="Blackboard"),
    pytest.param(
        {name.replace("attempt", "intento"): data for name, data in BLACKBOARD.items() if "_cy" not in name},
        {"st_ada": b"a", "st_bob": b"b"},
        "Blackboard",
        id="Blackboard in Spanish",
    ),
    pytest.param(
        {"\u4f5c\u4e1a_2_s01_\u5c1d\u8bd5_2026-03-01-10-11-12_lab.zip": zipped({"x/lab.ipynb": b"a"})},
        {"s01": b"a"},
        "Blackboard",
        id="Blackboard in Chinese, one student, a zip, no record",
    ),
    pytest.param(ILIAS, {"ada": b"a", "cruz": b"b"}, "ILIAS", id="ILIAS, to give feedback"),
    pytest.param(
        {
            "Lab/Abgaben/Byron_Ada_ada_301/lab.ipynb": b"a",
            "Lab/Abgaben/King_Bo_bo_302/lab.ipynb": b"b",
            "Lab/x.xlsx": b"",
        },
        {"ada": b"a", "bo": b"b"},
        "ILIAS",
        id="ILIAS, all submissions",
    ),
    pytest.param(
        {"Lab/Team 7/Byron_Ada_ada_301/lab.ipynb": b"a", "Lab/Team 8/King_Bo_bo_302/lab.ipynb": b"b"},
        {"ada": b"a", "bo": b"b"},
        "ILIAS",
        id="ILIAS, teams",
    ),
    pytest.param(
        {"Byron_Ada_lab_2_301/lab.ipynb": b"a", "King_Bo_lab_2_302/lab.ipynb": b"b"},
        {"Byron_Ada_lab_2_301": b"a", "King_Bo_lab_2_302": b"b"},
        "ILIAS",
        id="no login, though it looks like ILIAS",
    ),
    pytest.param(
        {"hw_ada_lovelace_1/lab.ipynb": b"a", "hw_bo_king_2/lab.ipynb": b"b"},
        {"hw_ada_lovelace_1": b"a", "hw_bo_king_2": b"b"},
        "files and folders",
        id="a title before the name is nobody's last name",
    ),
    pytest.param(
        BRIGHTSPACE, {"Ada Byron-King_1201": b"a", "Bo O'Neil_1202": b"b"}, "Brightspace", id="Brightspace, in folders"
    ),
    pytest.param(
        {
            "1201-77 - \u00c9ve Dupont - 5 mars 2026 10h23 - lab.ipynb": b"first",
            "1201-77 - \u00c9ve Dupont - 12 ao\u00fbt 2026 09h10 - lab - copie.ipynb": b"a",
        },
        {"\u00c9ve Dupont_1201": b"a"},
        "Brightspace",
        id="Brightspace in French, without folders",
    ),
    pytest.param(SAKAI, {"ada1": b"a", "bo_2": b"b"}, "Sakai", id="Sakai"),
    pytest.param(
        {
            "Byron, Ada(ada1)_Submission attachment(s)_lab.ipynb": b"a",
            "Neil, Bo(bo2)_Submission attachment(s)_lab_1.ipynb": b"b",
        },
        {"ada1": b"a", "bo2": b"b"},
        "Sakai",
        id="Sakai, without folders",
    ),
    pytest.param(TEAMS, {"Ada Byron": b"a", "Bo O'Neil": b"b"}, "Teams", id="Teams"),
    pytest.param(
        {name.replace("Version", "Versi\u00f3n"): data for name, data in TEAMS.items()},
        {"Ada Byron": b"a", "Bo O'Neil": b"b"},
        "Teams",
        id="Teams in Spanish",
    ),
    pytest.param(OPEN_EDX, {"ada": b"a", "b-o": b"b"}, "Open edX", id="Open edX"),
]


@pytest.mark.parametrize("pack", [pytest.param(False, id="folder"), pytest.param(True, id="zip")])
@pytest.mark.parametrize(("files", "expected", "layout"), DOWNLOADS)
def test_every_download_gives_one_file_for_each_student(
    tmp_path: Path, files: Mapping[str, bytes], expected: dict[str, bytes], layout: str, pack: bool
) -> None:
    """As it comes and unpacked; of several attempts the latest counts, and each other file is named."""
    named = folder(tmp_path / "export", files)
    if pack:
        named = tmp_path / "export.zip"
        named.write_bytes(zipped(files))

    intake = collected(named)

    assert counted_files(intake) == expected
    assert intake.layout == layout
    older = [reason for said in reasons(intake).values() for reason in said if "counts for this student" in reason]
    notebooks = sum(name.endswith((".ipynb", ".zip")) and data != b"the teacher's" for name, data in files.items())
    assert len(older) == notebooks - len(expected)


def test_an_attempt_without_a_notebook_is_not_the_same_as_nothing(tmp_path: Path) -> None:
    """Blackboard's record tells that somebody handed in, and its first line their name."""
    intake = collected(folder(tmp_path, BLACKBOARD))

    assert [student.id for student in intake.without_notebook] == ["st_cy"]
    assert [one.student.name for one in intake.hand_ins] == ["Ada King", "Bob O'Neil"]


def test_an_empty_folder_of_ilias_is_a_student_who_handed_in_nothing(tmp_path: Path) -> None:
    """It is made for everybody."""
    intake = collected(folder(tmp_path / "Lab", {**ILIAS, "multi_feedback_Lab_2/Nix_Udo_unix_304": None}))

    assert [student.id for student in intake.absent] == ["unix"]


USERS = "login;first;last\nada;Ada;Byron\nb_cruz;Bo Li;de la Cruz\ncruz;Eve;Cruz\n"
MATCHED = [
    pytest.param(ILIAS, USERS, {"ada": b"a", "b_cruz": b"b"}, id="a login with an underscore, and one that ends alike"),
    pytest.param(
        BRIGHTSPACE,
        "OrgDefinedId,Username,Last Name,First Name,End-of-Line Indicator\n#1,#a,Byron-King,Ada,#\n#2,#b,O'Neil,Bo,#\n",
        {"a": b"a", "b": b"b"},
        id="an export of Brightspace",
    ),
    pytest.param(
        SAKAI,
        "Lab 2,Points\n\nDisplay ID,ID,Last Name,First Name,grade\nada1,ada1,Byron,Ada,\nbo_2,bo_2,O'Neil,Bo,\n",
        {"ada1": b"a", "bo_2": b"b"},
        id="grades.csv of Sakai, which begins with a title",
    ),
    pytest.param(
        TEAMS, "email,name\na@x.edu,Ada Byron\nb@x.edu,Bo O'Neil\n", {"a@x.edu": b"a", "b@x.edu": b"b"}, id="names"
    ),
    pytest.param(
        {"lab2-ada-king/lab.ipynb": b"a", "lab2-bo-neil/lab.ipynb": b"b"},
        "identifier,github_username\nAda K,ada-king\nBo N,bo-neil\n",
        {"Ada K": b"a", "Bo N": b"b"},
        id="repositories of GitHub Classroom",
    ),
    pytest.param(
        {"Ada Byron - lab2.ipynb": b"a", "Bo O'Neil - lab2.ipynb": b"b"},
        "id,name\n1,Ada Byron\n2,Bo O'Neil\n",
        {"1": b"a", "2": b"b"},
        id="copies of Google Classroom",
    ),
    pytest.param(
        {"Jean-Luc Day - lab2.ipynb": b"a", "Bo St. John - lab2.ipynb": b"b", "\u674e\u96f7 - lab2.ipynb": b"c"},
        "id,name\n1,Jean-Luc Day\n2,St. John Bo\n3,\u674e\u96f7\n",
        {"1": b"a", "2": b"b", "3": b"c"},
        id="copies of Google Classroom, names with hyphens and full stops",
    ),
    pytest.param(
        {
            "Submitted files/Anne Marie M\u00fcller/Lab 2/Version 1/lab.ipynb": b"a",
            "Submitted files/Bo Li M\u00fcller/Lab 2/Version 1/lab.ipynb": b"b",
        },
        "Vorname;Nachname;Kennung\nAnne Marie;M\u00fcller;am1\nBo Li;M\u00fcller;bl2\n",
        {"am1": b"a", "bl2": b"b"},
        id="first names of two words, one last name",
    ),
    pytest.param(
        {"Submitted files/\u00c9ve Day/Lab 2/Version 1/lab.ipynb": b"a"},
        "id,name\n1,\u00c9ve Day\n2,Eve Day-Lewis\n",
        {"1": b"a"},
        id="one student alone",
    ),
    pytest.param(
        {"2026_lab_k0012_Ada_x.ipynb": b"a", "2026_lab_k0013_Bo_lab_9.ipynb": b"b", "2026_lab_k0014_y.ipynb": b"c"},
        "number,who\nk0012,A\nk0013,B\nk0014,C\n",
        {"k0012": b"a", "k0013": b"b", "k0014": b"c"},
        id="a platform nobody knows",
    ),
]


@pytest.mark.parametrize(("files", "listed", "expected"), MATCHED)
def test_a_roster_of_the_platform_knows_them(
    tmp_path: Path, files: Mapping[str, bytes], listed: str, expected: dict[str, bytes]
) -> None:
    """Whatever its headings are called: what was handed in tells which column, or which place of the names, it is."""
    (tmp_path / "roster.csv").write_text(listed, encoding="utf-8")

    intake = collected(folder(tmp_path / "class", files), roster=read_roster(tmp_path / "roster.csv"))

    assert counted_files(intake) == expected
    assert all(one.on_roster for one in intake.hand_ins)


PARTICIPANTS = [
    pytest.param("Teilnehmer/in", "ID,Vollst\u00e4ndiger Name,E-Mail-Adresse,Status", "utf-8-sig", id="German"),
    pytest.param("Participant ", "Identifiant,Nom complet,Adresse de courriel,Statut", "cp1252", id="French"),
    pytest.param("Participante ", "Identificador,Nombre completo,Correo,Estado", "utf-8", id="Spanish"),
    pytest.param("Participante ", "Identificador;Nome completo;E-mail;Estado", "utf-16", id="Portuguese"),
    pytest.param("\u53c2\u4e0e\u8005", "\u7f16\u53f7,\u5168\u540d,\u7535\u90ae,\u72b6\u6001", "gbk", id="Chinese"),
    pytest.param(
        "\u0423\u0447\u0430\u0441\u0442\u043d\u0438\u043a ", "\u2116,\u0424\u0418\u041e,Mail,X", "utf-8", id="Russian"
    ),
]


@pytest.mark.parametrize(("word", "headings", "encoding"), PARTICIPANTS)
def test_a_worksheet_of_moodle_is_matched_by_its_number_in_every_language(
    tmp_path: Path, word: str, headings: str, encoding: str
) -> None:
    """Even where names are withheld in the download; the address is what they are called by."""
    people = [f"{word}{n},\u674e\u96f7 {n},{who}@x.edu,-" for n, who in ((12345, "ada"), (12346, "bo"))]
    text = "\n".join([headings, *people]).replace(",", ";" if ";" in headings else ",")
    text = text if encoding in ("utf-8", "utf-8-sig", "utf-16", "gbk") else text.replace("\u674e\u96f7", "\u00c8ve")
    (tmp_path / "sheet.csv").write_bytes(text.encode(encoding))
    files = {
        "Participant_12345_assignsubmission_file_/lab.ipynb": b"a",
        "Participant_12346_assignsubmission_file_/lab.ipynb": b"b",
    }

    intake = collected(folder(tmp_path / "class", files), roster=read_roster(tmp_path / "sheet.csv"))

    assert counted_files(intake) == {"ada@x.edu": b"a", "bo@x.edu": b"b"}


def test_numbers_of_another_activity_mean_nobody(tmp_path: Path) -> None:
    """A worksheet in which hardly any of the numbers stand is of something else: names decide then."""
    listed = "ID,Full name\n" + "".join(f"Participant {n},Student {n}\n" for n in range(1, 9))
    (tmp_path / "sheet.csv").write_text(listed, encoding="utf-8")
    files = {f"Student {n}_{n + 7}_assignsubmission_file_/lab.ipynb": b"%d" % n for n in range(1, 9)}

    intake = collected(folder(tmp_path / "class", files), roster=read_roster(tmp_path / "sheet.csv"))

    assert {one.student.name: one.where.split("_")[0] for one in intake.hand_ins} == {
        f"Student {n}": f"class/Student {n}" for n in range(1, 9)
    }


@pytest.mark.parametrize("files", [ILIAS, BRIGHTSPACE], ids=["ILIAS", "Brightspace"])
def test_a_number_that_only_the_platform_knows_is_nobodys_id(tmp_path: Path, files: Mapping[str, bytes]) -> None:
    """A roster may count its students, and mean somebody else by the same number."""
    numbers = "".join(f"{n},Eve {n}\n" for n in (301, 302, 1201, 1202))
    (tmp_path / "roster.csv").write_text(f"id,name\n{numbers}", encoding="utf-8")

    intake = collected(folder(tmp_path / "class", files), roster=read_roster(tmp_path / "roster.csv"))

    assert not any(one.on_roster for one in intake.hand_ins)


def test_no_student_takes_the_place_of_another_by_naming_files(tmp_path: Path) -> None:
    """A place in names counts only if it means students in most of them."""
    (tmp_path / "roster.csv").write_text("id\nada\nbo\ncy\neve\n", encoding="utf-8")
    files = {"ada.ipynb": b"a", "bo.ipynb": b"b", "cy.ipynb": b"c", "x_ada.ipynb": b"e", "x_bo.ipynb": b"e"}

    intake = collected(folder(tmp_path / "class", files), roster=read_roster(tmp_path / "roster.csv"))

    assert {who: data for who, data in counted_files(intake).items() if data != b"e"} == {
        "ada": b"a",
        "bo": b"b",
        "cy": b"c",
    }
    assert [one.student.id for one in intake.hand_ins if not one.on_roster] == ["x_ada", "x_bo"]
