"""`grader feedback`: a file for each student, as Canvas, Moodle and mail programs take it, and no instructor's word."""

from __future__ import annotations

import json
import zipfile
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from grader.classes.handing_back.command import FeedbackRequest, hand_back
from grader.classes.handing_back.forms import Carrier, Feedback, packed
from grader.course.assignment import Visibility
from grader.errors import UsageError
from grader.messages import ENGLISH, Message, Words
from grader.report.audience import seen_by
from grader.report.report import Audience, Report
from tests.unit.classes import NASTY, work
from tests.unit.test_statistics_command import store

CANVAS = "submissions/adalovelace_LATE_4711_815_lab one.ipynb"
MOODLE = "all.zip/Ada Lovelace_12_assignsubmission_file_/lab.ipynb"


def given(student: str = "ada", file: str = CANVAS, email: str = "ada@example.org", name: str = "Ada") -> Feedback:
    seen = seen_by(hiding(), Audience.STUDENT)
    return Feedback(student=student, name=name, email=email, file=file, report=seen)


def hiding() -> Report:
    """Whose first exercise has nothing but hidden checks."""
    double, halve = work(30, 0).exercises
    hidden = tuple(
        each.model_copy(update={"visibility": Visibility.HIDDEN, "title": "secret"}) for each in double.checks
    )
    return work(30, 0).model_copy(update={"exercises": (double.model_copy(update={"checks": hidden}), halve)})


#: what Canvas calls an upload, and how the feedback of that name begins
KINDS = {
    "a notebook": ("adalovelace_4711_815_lab.ipynb", b"{"),
    "a zip": ("adalovelace_4711_815_lab.zip", b"PK"),
    "a script": ("adalovelace_LATE_4711_815_lab.py", b"A lab"),
}


@pytest.mark.parametrize(("name", "begins"), KINDS.values(), ids=KINDS)
def test_canvas_gets_the_names_of_its_download(name: str, begins: bytes) -> None:
    """It calls the file as the upload was called, so it has to be one of that kind."""
    made = packed([given(file=f"folder/{name}")], Carrier.CANVAS, ENGLISH)
    assert list(made.files) == [name]
    assert made.files[name].startswith(begins)


@pytest.mark.parametrize(
    ("found", "name"),
    [
        ("ada_4711_815_day in life.ipynb in all.zip", "ada_4711_815_day in life.ipynb"),
        ("work/lab.ipynb in ada_4711_815_lab.zip in here/all.zip", "ada_4711_815_lab.zip"),
    ],
)
def test_canvas_gets_the_name_of_an_upload_that_lay_in_the_zip_of_all(found: str, name: str) -> None:
    """A class may be graded as it was downloaded; who says where a notebook was found says in which zips as well."""
    assert list(packed([given(file=found)], Carrier.CANVAS, ENGLISH).files) == [name]


def test_a_notebook_of_feedback_holds_the_feedback() -> None:
    """In cells of text, whatever it says."""
    (data,) = packed([given()], Carrier.CANVAS, ENGLISH).files.values()
    cells = json.loads(data)["cells"]
    assert {cell["cell_type"] for cell in cells} == {"markdown"}
    assert "Halve it" in "".join("".join(cell["source"]) for cell in cells)


@pytest.mark.parametrize(
    ("found", "folder"),
    [
        (MOODLE, "Ada Lovelace_12_assignsubmission_file_"),
        ("Ada_Lovelace_12_assignsubmission_file_lab.ipynb", "Ada Lovelace_12_assignsubmission_file_"),
        ("Ada_7_assignsubmission_onlinetext_/onlinetext.html", "Ada_7_assignsubmission_onlinetext_"),
        ("Ada_7_assignsubmission_file/lab.ipynb", "Ada_7_assignsubmission_file_"),
    ],
)
def test_moodle_finds_the_participant_by_the_second_part(found: str, folder: str) -> None:
    """So a line under a name becomes a blank; the page lies in a folder of the download's name."""
    (path,) = packed([given(file=found)], Carrier.MOODLE, ENGLISH).files
    assert path == f"{folder}/feedback.html"
    assert path.split("_", 4)[1].isdecimal()


def test_a_mail_is_a_draft_with_text_and_page() -> None:
    """To one person; a name cannot write a header of its own."""
    made = packed([given(name=f"Ada\r\nBcc: all@example.org {NASTY}")], Carrier.MAIL, ENGLISH)
    message = message_from_bytes(made.files["ada.eml"], policy=default)

    assert (message["X-Unsent"], message["Bcc"], message["Subject"]) == ("1", None, "Feedback: A lab")
    assert [each.addr_spec for each in message["To"].addresses] == ["ada@example.org"]
    assert "Halve it" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert [each.get_filename() for each in message.iter_attachments()] == ["feedback.html"]
    assert b"ada@example.org,ada.eml" in made.files["addresses.csv"]


#: who gets nothing, and what is said of it
WITHOUT = {
    "a file that Canvas did not name": (
        given(file="ada.ipynb"),
        Carrier.CANVAS,
        "is not named as in a download from Canvas",
    ),
    "one that Moodle did not name": (given(file=CANVAS), Carrier.MOODLE, "is not named as in a download from Moodle"),
    "no address": (given(email=""), Carrier.MAIL, "no e-mail address"),
    "an address that is two": (given(email="a@b.org, c@d.org"), Carrier.MAIL, "no e-mail address"),
    "an address with a header": (given(email="a@b.org\r\nBcc: c@d.org"), Carrier.MAIL, "no e-mail address"),
}


@pytest.mark.parametrize(("one", "carrier", "said"), WITHOUT.values(), ids=WITHOUT)
def test_who_gets_nothing_is_named(one: Feedback, carrier: Carrier, said: str) -> None:
    """And nobody gets it in their place."""
    made = packed([one], carrier, ENGLISH)
    assert (dict(made.files), said in ENGLISH.text(made.left_out[0])) == ({}, True)


def test_two_of_one_name_are_both_left_out() -> None:
    """Else one would read the other's."""
    made = packed([given("ada"), given("ben")], Carrier.CANVAS, ENGLISH)
    assert (dict(made.files), len(made.left_out)) == ({}, 2)


def test_no_report_of_an_instructor_is_packed() -> None:
    """Whoever calls it."""
    with pytest.raises(ValueError, match="may see"):
        Feedback(student="ada", name="", email="", file=CANVAS, report=hiding())


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("carrier", Carrier)
def test_same_feedback_same_bytes(carrier: Carrier, language: str) -> None:
    """In either language."""
    words = Words(language)  # type: ignore[arg-type]
    one = given(file=f"{CANVAS}/{MOODLE}")
    assert dict(packed([one], carrier, words).files) == dict(packed([one], carrier, words).files)


def test_a_class_folder_becomes_a_zip_of_what_students_may_see(tmp_path: Path) -> None:
    """Hidden checks stand in the folder, and in no file of the zip; who has no file is named."""
    home = store(tmp_path / "class", {"ada": hiding()})
    (home / "class.json").write_text(
        (home / "class.json").read_text(encoding="utf-8").replace("ada.ipynb", "Ada_7_assignsubmission_file_/l.ipynb"),
        encoding="utf-8",
    )
    request = FeedbackRequest(folder=home, carrier=Carrier.MOODLE, output=tmp_path / "f.zip")
    assert hand_back(request) == 0
    with zipfile.ZipFile(tmp_path / "f.zip") as archive:
        pages = {name: archive.read(name).decode() for name in archive.namelist()}
    assert list(pages) == ["Ada_7_assignsubmission_file_/feedback.html"]
    assert "secret" in (home / "reports/ada.json").read_text(encoding="utf-8")
    assert not any("secret" in page for page in pages.values())


def test_nothing_is_written_where_nobody_would_get_anything(tmp_path: Path) -> None:
    """It says why of each, and a folder in use stays as it is."""
    home = store(tmp_path / "class", {"ada": work(0, 0)})
    with pytest.raises(UsageError) as caught:
        hand_back(FeedbackRequest(folder=home, carrier=Carrier.CANVAS, output=tmp_path / "out"))
    said = [each for each in caught.value.said if isinstance(each, Message)]
    assert ([each.key for each in said], (tmp_path / "out").exists()) == (
        ["feedback_nobody", "feedback_not_from"],
        False,
    )
    with pytest.raises(UsageError, match="feedback_folder_in_use"):
        hand_back(FeedbackRequest(folder=home, carrier=Carrier.MAIL, output=home))
