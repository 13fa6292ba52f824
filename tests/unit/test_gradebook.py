"""Gradebook tables: read here as Canvas, Moodle and spreadsheets read them, by the rules of their owners."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.render.gradebook import canvas_column, render, render_canvas, render_moodle
from grader.report.class_report import ClassReport
from tests.unit.classes import CLASS, HOSTILE_CLASS, class_of, row, work

CANVAS_ROSTER = {"student": "Lovelace, Ada", "id": "77", "sis user id": "S7", "sis login id": "ada", "section": "B"}


def table(text: str) -> list[dict[str, str]]:
    """The rows by their headings."""
    return list(csv.DictReader(io.StringIO(text)))


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What a gradebook would record: whom it matched by which column, and the grade, None for none."""

    matched_by: str | None
    grade: float | None


def canvas(report: ClassReport) -> list[Imported]:
    """Reads as Canvas's importer: student columns end with Section, row 2 holds the points, then match by id, SIS id,
    login; an empty cell or - is no grade."""
    heads, possible, *lines = csv.reader(io.StringIO(render_canvas(report)))
    assert heads[:4] == ["Student", "ID", "SIS User ID", "SIS Login ID"]
    assert "Points Possible" in possible[0]
    place = heads.index("Section") + 1
    assert float(possible[place]) == report.possible
    assert len(heads) == place + 1
    keys = [heads.index(key) for key in ("ID", "SIS User ID", "SIS Login ID")]
    return [
        Imported(
            matched_by=next((heads[key] for key in keys if line[key]), None),
            grade=None if line[place] in ("", "-") else float(line[place]),
        )
        for line in lines
    ]


def moodle(report: ClassReport) -> list[Imported]:
    """Reads as Moodle's import: a non-number aborts, above 100 is refused, feedback alone would wipe the grade."""
    lines = list(csv.reader(io.StringIO(render_moodle(report))))
    assert lines[0][:3] == ["username", "idnumber", "email"]
    assert lines[0][4] == f"{lines[0][3]} feedback"
    for line in lines[1:]:
        assert line[3] or not line[4], "feedback alone"
        assert not line[3] or 0 <= float(line[3]) <= 100
    return [Imported(matched_by="username", grade=float(line[3]) if line[3] else None) for line in lines[1:]]


IMPORTERS = [pytest.param(canvas, id="Canvas"), pytest.param(moodle, id="Moodle")]


@pytest.mark.parametrize("imported", IMPORTERS)
def test_a_gradebook_gets_grades_of_graded_students_only(imported: Callable[[ClassReport], list[Imported]]) -> None:
    """Unreadable, not graded and never handed in is no grade, and never a zero; a zero is a zero."""
    assert [one.grade for one in imported(CLASS)] == [50, 20, None, None, 0, None]


def test_our_table_has_words_where_others_have_nothing() -> None:
    """Who reads class.csv sees why there is no number."""
    shown = {line["student"]: (line["status"], line["earned"], line["halve.verdict"]) for line in table(render(CLASS))}
    assert shown == {
        "anna": ("graded", "50", "passed"),
        "ben": ("graded", "20", "failed"),
        "cem": ("unreadable", "", "unreadable"),
        "dora": ("not_graded", "", "not_graded"),
        "eve": ("graded", "0", "failed"),
        "finn": ("never_submitted", "", "never_submitted"),
    }


def test_every_row_is_out_of_the_points_of_the_assignment() -> None:
    """Also a row of which nothing could be read."""
    assert {(line["possible"], line["double.possible"]) for line in table(render(CLASS))} == {("50", "30")}


KEYS = [
    pytest.param(CANVAS_ROSTER, "ID", id="an export of its gradebook"),
    pytest.param({"sis login id": "ada"}, "SIS Login ID", id="a login"),
    pytest.param({"canvas user id": "77"}, "ID", id="the number of a bulk download"),
    pytest.param({"id": "77", "name": "Ada"}, "SIS Login ID", id="a roster of one's own: its id may be anybody's"),
    pytest.param({}, "SIS Login ID", id="no roster: the student's id may be the login"),
]


@pytest.mark.parametrize(("columns", "key"), KEYS)
def test_canvas_finds_people_by_the_best_column_there_is(columns: dict[str, str], key: str) -> None:
    """A wrong match would give the grade to somebody else."""
    assert canvas(class_of(row("ada", work(30, 20), columns=columns)))[0].matched_by == key


def test_a_name_begins_no_cell_where_semicolons_separate_them() -> None:
    """Spreadsheets of half of Europe read a table so; what follows a semicolon in a name could be a formula."""
    text = render(class_of(row('eve;=HYPERLINK("there"); "+1"', work(30, 20))))
    cells = [cell for line in csv.reader(io.StringIO(text), delimiter=";") for cell in line]

    assert len(cells) > 3
    assert not any(cell.strip(' "').startswith(("=", "+")) for cell in cells)
    assert table(text)[0]["student"] == 'eve;\'=HYPERLINK("there");\' "+1"'


def test_grades_go_to_the_assignment_that_canvas_knows() -> None:
    """If the roster is an export of its gradebook, the assignment's heading carries its number."""
    columns = CANVAS_ROSTER | {"a lab (1234)": "", "a lab, part 2 (99)": ""}
    assert "A lab (1234)" in table(render_canvas(class_of(row("ada", work(30, 20), columns=columns))))[0]


CANVAS_EXPORT = CANVAS_ROSTER | {"final lab: digits (1234)": "", "quiz (99)": ""}
COLUMNS = [
    pytest.param("Final lab: digits (1234)", "Final lab: digits (1234)", id="as Canvas writes it"),
    pytest.param("Final lab: Digits", "Final lab: Digits (1234)", id="without its number"),
    pytest.param("1234", "final lab: digits (1234)", id="by its number"),
]


@pytest.mark.parametrize(("column", "heading"), COLUMNS)
def test_the_column_of_an_assignment_that_is_called_otherwise_can_be_named(column: str, heading: str) -> None:
    """No second one is made beside it."""
    line = table(render_canvas(class_of(row("ada", work(30, 20), columns=CANVAS_EXPORT), column=column)))[0]
    assert heading in line
    assert "A lab" not in line


UNKNOWN = [
    pytest.param("A lab", None, CANVAS_EXPORT, ("final lab: digits (1234)", "quiz (99)"), id="the title"),
    pytest.param("A lab", "Quiz 2", CANVAS_EXPORT, ("final lab: digits (1234)", "quiz (99)"), id="a wrong column"),
    pytest.param("A lab", "Quiz", CANVAS_EXPORT, (), id="the right column"),
    pytest.param("A lab", None, CANVAS_ROSTER, (), id="a gradebook without assignments"),
    pytest.param("A lab", None, {"id": "", "group (3)": ""}, (), id="a roster of one's own"),
]


@pytest.mark.parametrize(("title", "column", "headings", "others"), UNKNOWN)
def test_a_column_that_canvas_does_not_have_is_told_with_those_it_has(
    title: str, column: str | None, headings: dict[str, str], others: tuple[str, ...]
) -> None:
    """Importing it would make a new assignment."""
    found = canvas_column(title, column, headings)
    assert (found.known, found.others) == (not others, others)


def test_moodle_gets_the_named_column() -> None:
    """The item is called there as the teacher says."""
    assert "Final,Final feedback" in render_moodle(class_of(row("ada", work(30, 20)), column="Final"))


def test_moodle_gets_percent_where_points_go_above_100() -> None:
    """And its heading says so."""
    large = class_of(row("ada", work(30, 20))).model_copy(update={"possible": 200})
    assert moodle(large)[0].grade == 25
    assert "A lab (percent)" in render_moodle(large)


def test_moodle_gets_what_the_roster_knows() -> None:
    """Any of the three columns can be the one that the teacher matches by."""
    roster = {"username": "ada", "id number": "7"}
    line = table(render_moodle(class_of(row("Ada_7", work(0, 0), email="a@x", columns=roster))))[0]
    assert (line["username"], line["idnumber"], line["email"]) == ("ada", "7", "a@x")


def test_an_address_is_no_user_name_of_moodle() -> None:
    """A worksheet tells addresses alone."""
    line = table(render_moodle(class_of(row("a@x", work(0, 0), email="a@x"))))[0]
    assert (line["username"], line["email"]) == ("", "a@x")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would compute it: it begins like one, and is no number."""
    return cell.startswith(tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")) and not re.fullmatch(r"[+-]?[\d.,]+", cell)


def hides(cell: str) -> bool:
    """Whether there is more to a cell than meets the eye: control characters, overrides."""
    return any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in cell)


@pytest.mark.parametrize("draw", [render, render_canvas, render_moodle])
@given(text=st.builds(str.__add__, st.sampled_from(["", *"=+-@\t\r\n "]), st.text(st.characters())))
def test_no_cell_is_a_formula_and_no_name_breaks_a_row(draw: Callable[[ClassReport], str], text: str) -> None:
    """Whatever a student is called: as many rows and columns as without, nothing hidden, nothing computed."""
    columns = {"section": text, "username": text, "sis user id": text, "idnumber": text}
    report = class_of(row(text, work(0, 0), text, file=text, name=text, email=text, columns=columns))
    lines = list(csv.reader(io.StringIO(draw(report))))
    assert [len(line) for line in lines] == [len(lines[0])] * (3 if draw is render_canvas else 2)
    assert [cell for line in lines for cell in line if is_formula(cell) or hides(cell)] == []


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        pytest.param("-5", "-5", id="a number stays a number"),
        pytest.param("=1+1", "'=1+1", id="a formula is text"),
        pytest.param("a\nb", "a<000A>b", id="a newline is shown"),
        pytest.param("\u202egpj.ipynb", "<202E>gpj.ipynb", id="an override is shown"),
        pytest.param("\u674e\u96f7", "\u674e\u96f7", id="other scripts stay as they are"),
    ],
)
def test_cells_show_what_is_in_them(cell: str, shown: str) -> None:
    """Two names that differ stay different."""
    assert table(render(class_of(row(cell, work(0, 0)))))[0]["student"] == shown


def test_lines_end_alike_on_every_machine() -> None:
    """Equal classes are equal bytes."""
    assert "\r" not in render(HOSTILE_CLASS) + render_canvas(HOSTILE_CLASS) + render_moodle(HOSTILE_CLASS)
