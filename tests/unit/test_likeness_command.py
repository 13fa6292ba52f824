"""`grader likeness` over stored classes: on a terminal, as JSON and CSV, and as a page whose every word is text."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from grader.classes.likeness.command import LikenessRequest, show_likeness
from grader.errors import UnreadableReport, UsageError
from grader.messages import ENGLISH, Words
from grader.render.likeness import MOST_BESIDE, as_page
from grader.report.likeness import AlikePair, BesideEachOther, Likeness, LikenessRule, MarkedText
from grader.report.report import Report
from tests.likeness_class import made, report_of
from tests.unit.markup import parsed
from tests.unit.test_page_safety import HARMLESS, PROBES, skeleton
from tests.unit.test_statistics_command import store

RULE = LikenessRule(
    submissions=30, compared=30, pairs=435, median=0.03, high=0.1, least=0.5, bits=20, fixed=False, handed_out=True
)


@pytest.fixture(scope="module")
def reports() -> Mapping[str, Report]:
    """A class in which somebody has the work of another."""
    return made(12, 1).reports()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, reports: Mapping[str, Report]) -> Path:
    """It, graded."""
    return store(tmp_path_factory.mktemp("class") / "out", dict(reports))


def told(folders: tuple[Path, ...], read: pytest.CaptureFixture[str], **more: Any) -> Likeness:
    """What the command says, as JSON."""
    show_likeness(LikenessRequest(folders=folders, json=Path("-"), **more), ENGLISH)
    return Likeness.model_validate_json(read.readouterr().out)


def test_a_class_folder_tells_its_pairs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the share in each exercise; a terminal says as well that it is no finding."""
    found = told((folder,), capsys)
    assert len(found.pairs) == 1
    assert "student0011" in found.pairs[0].students
    show_likeness(LikenessRequest(folders=(folder,)), ENGLISH)
    shown = capsys.readouterr().out
    assert "no finding about anybody" in " ".join(shown.split())
    assert "--course" in shown
    assert "student0011" in shown


def test_one_exercise_is_compared_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One that there is."""
    found = told((folder,), capsys, exercise="backward_propagation")
    assert set(found.exercises) == {"backward_propagation"}
    with pytest.raises(UsageError):
        show_likeness(LikenessRequest(folders=(folder,), exercise="triple"), ENGLISH)


def test_two_folders_are_one_class(
    folder: Path, tmp_path: Path, reports: Mapping[str, Report], capsys: pytest.CaptureFixture[str]
) -> None:
    """Another year's, say; the same id in both is the same person."""
    first = next(iter(reports))
    other = store(tmp_path / "last year", {"zoe": reports[first], first: reports[first]})
    found = told((folder, other), capsys)
    assert {first, "zoe"} in [set(each.students) for each in found.pairs]
    assert all(len(set(each.students)) == 2 for each in found.pairs)


def test_a_spreadsheet_gets_a_line_for_each_pair(folder: Path, tmp_path: Path) -> None:
    """With a column for each exercise."""
    show_likeness(LikenessRequest(folders=(folder,), csv=tmp_path / "pairs.csv"), ENGLISH)
    (line,) = csv.DictReader(io.StringIO((tmp_path / "pairs.csv").read_text(encoding="utf-8-sig")))
    assert line["share"] == "1"
    assert line["share_backward_propagation"] == "1"


def test_what_cannot_be_compared_is_refused(tmp_path: Path, reports: Mapping[str, Report]) -> None:
    """No folder, nothing in it, and two assignments at once."""
    with pytest.raises(UsageError):
        show_likeness(LikenessRequest(folders=(tmp_path / "none",)), ENGLISH)
    with pytest.raises(UnreadableReport):
        show_likeness(LikenessRequest(folders=(store(tmp_path / "empty", {}),)), ENGLISH)
    (tmp_path / "two").mkdir()
    for name, found in zip(("ada", "ben"), reports.values(), strict=False):
        lab = found.assignment and found.assignment.model_copy(update={"id": name})
        text = found.model_copy(update={"assignment": lab}).model_dump_json()
        (tmp_path / "two" / f"{name}.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        show_likeness(LikenessRequest(folders=(tmp_path / "two",)), ENGLISH)


def test_a_damaged_report_costs_the_others_nothing(
    tmp_path: Path, reports: Mapping[str, Report], capsys: pytest.CaptureFixture[str]
) -> None:
    """It is named."""
    folder = store(tmp_path / "class", dict(reports))
    (folder / "reports" / "student0000.json").write_text("{", encoding="utf-8")
    show_likeness(LikenessRequest(folders=(folder,), json=Path("-")), ENGLISH)
    said = capsys.readouterr()
    assert Likeness.model_validate_json(said.out).rule.submissions == 11
    assert "student0000.json" in said.err


def test_a_page_has_both_texts_in_either_language(folder: Path, tmp_path: Path) -> None:
    """Complete: with nothing to fetch, and no script."""
    for words, word in ((ENGLISH, "Back to all pairs"), (Words("zh"), "回到全部配对")):
        show_likeness(LikenessRequest(folders=(folder,), html=tmp_path / "p.html"), words)
        text = (tmp_path / "p.html").read_text(encoding="utf-8")
        assert word in text
        assert not parsed(text).tags & {"script", "img", "iframe", "form"}
        assert text.count('class="line alike"') > 20


def page_of(text: str, *, source: str = HARMLESS) -> str:
    """A page with `text` wherever a student, a roster or a course can write."""
    found = Likeness(
        assignment=report_of({}).assignment,
        exercises={text: text},
        rule=RULE,
        pairs=(AlikePair(students=(text, f"{text}2"), share=0.9, exercises={text: 0.9}, same_file=True),),
        clusters=((text, f"{text}2", f"{text}3"),),
        too_short=(text,),
        names={text: text},
    )
    marked = MarkedText(source=source, passages={1: 1})
    return as_page(found, lambda _: (BesideEachOther(exercise=text, one=marked, other=marked),))


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in PROBES.items()])
def test_a_students_text_makes_no_element(text: str) -> None:
    """Names, ids, titles and code arrive as text."""
    harmless = [(tag, sorted(name for name, _ in found)) for tag, found in skeleton(parsed(page_of(HARMLESS)))]
    assert [(tag, sorted(name for name, _ in found)) for tag, found in skeleton(parsed(page_of(text)))] == harmless
    assert parsed(page_of(HARMLESS, source=text)).tags <= parsed(page_of(HARMLESS)).tags


def test_a_thousand_pairs_stay_a_page_that_opens() -> None:
    """All are listed; those with the most in common stand beside each other."""
    marked = MarkedText(source="x = 1\n" * 6, passages=dict.fromkeys(range(1, 7), 1))
    pairs = tuple(AlikePair(students=(f"one{n}", f"other{n}"), share=0.9, exercises={"f": 0.9}) for n in range(1_000))
    found = Likeness(assignment=None, exercises={"f": "F"}, rule=RULE, pairs=pairs)
    page = as_page(found, lambda _: (BesideEachOther(exercise="f", one=marked, other=marked),) * 2)
    assert page.count('<tr><th scope="row">') == 1_000
    assert page.count('id="pair-') <= MOST_BESIDE
    assert "900" in page
    assert len(page) < 1_000_000
