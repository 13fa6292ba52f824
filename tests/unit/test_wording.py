"""The catalogue of sentences: complete in both languages, used, and readable backwards."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import sympy  # type: ignore[import-untyped]  # the library has no types
from hypothesis import given
from hypothesis import strategies as st

from grader.class_report import (
    ClassReport,
    ClassRun,
    ExerciseStatistics,
    RowStatus,
    Statistics,
    StudentRow,
    Trouble,
)
from grader.render.translated import translated, translated_class
from grader.report import AssignmentReference, Verdict
from grader.room.compatibility import NOTICES
from grader.sandbox.forked import NOT_A_BOUNDARY
from grader.values import UnsupportedValueError, freeze
from grader.wording import Words, say
from grader.wording.catalogue import LABELS, NOUNS, PHRASES, SENTENCES
from grader.wording.sentence import Sentence
from grader.words import counted
from tests.unit.reports import check, exercise, report

GRADER = Path(__file__).parents[2] / "grader"
ALL = {**SENTENCES, **PHRASES, **LABELS}
CHINESE = Words("zh")
HAN = re.compile(r"[\u4e00-\u9fff]")

#: the same in every language
ALIKE = {"none", "true", "false", "points"}
#: what may stand in a field, by its kind
SAMPLES = {
    "text": st.sampled_from(["(3, 4)", "'lab 2.ipynb'", "ValueError: bad", "`a`, `b`"]),
    "word": st.sampled_from(["my_softmax", "Dense", "SIGSEGV"]),
    "number": st.sampled_from(["1", "12", "10,575", "2.5"]),
    "quoted": st.sampled_from(["'W1'", "'a b'", '"it\'s"']),
    "phrase": st.sampled_from(["an array of shape (3,)", "2 seconds", "cell 4", "cells 1, 2 and 7", "a zebra"]),
    "sentences": st.sampled_from(["It has no layers.", "Value 2: The number differs.", "A zebra came by."]),
}


def modules(*, without: str = "wording") -> Iterator[ast.Module]:
    for path in sorted(GRADER.rglob("*.py")):
        if without not in path.relative_to(GRADER).parts:
            yield ast.parse(path.read_text(encoding="utf-8"))


def constants() -> set[str]:
    """Every text in the code, those within f-strings in pieces; of a page's template, everything in quotes."""
    found = (node.value for module in modules() for node in ast.walk(module) if isinstance(node, ast.Constant))
    pages = "".join(path.read_text(encoding="utf-8") for path in sorted(GRADER.rglob("*.j*")))
    return {value for value in found if isinstance(value, str)} | set(re.findall(r"""["'](\w+)["']""", pages))


def calls(name: str) -> Iterator[ast.Call]:
    """Calls of `name`, or of a method called so, in modules that import the catalogue."""
    for module in modules():
        imports = {node.module for node in ast.walk(module) if isinstance(node, ast.ImportFrom)}
        for node in ast.walk(module) if "grader.wording" in imports else ():
            called = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2].lstrip("_")
            if isinstance(node, ast.Call) and called == name and node.args:
                yield node


SAID = [call for call in calls("say") if isinstance(call.args[0], ast.Constant)]


def test_the_code_is_looked_through() -> None:
    """Were the search to find nothing, the tests on it would hold of nothing."""
    assert len(SAID) > 80


@pytest.mark.parametrize("call", SAID, ids=lambda call: str(call.args[0].value))
def test_whatever_is_said_stands_in_the_catalogue_with_its_fields(call: ast.Call) -> None:
    """A misspelt key or field is found here, not by the student."""
    key = ast.literal_eval(call.args[0])
    assert {keyword.arg for keyword in call.keywords} == {field.name for field in ALL[key].fields}


def test_every_sentence_is_said_somewhere() -> None:
    """A row that nobody says is a row that nobody keeps true. A room's modules cannot import the catalogue: it quotes them."""
    known = constants()
    quoted = "\n".join(sorted(known))
    unused = [
        key
        for key, sentence in ALL.items()
        if key not in known
        and key.partition("_")[2] not in set(Verdict)
        and not all(piece.strip() in quoted for piece in sentence.literals)
    ]
    assert unused == []


@pytest.mark.parametrize("key", ALL)
def test_both_languages_have_the_same_fields(key: str) -> None:
    """No translation forgets what was found, or invents a field; every field has its own name."""
    names = [field.name for field in ALL[key].fields]
    chinese = [field.name for field in Sentence(en=ALL[key].zh, zh="").fields]

    assert sorted(names) == sorted(chinese)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "key", [key for key in ALL if key not in ALIKE and re.search("[a-z]", "".join(ALL[key].literals))]
)
def test_every_sentence_has_its_chinese(key: str) -> None:
    """Nothing is left in English by accident; Python's own words stay."""
    assert HAN.search(ALL[key].zh)
    assert not HAN.search(ALL[key].en)


@pytest.mark.parametrize("key", [*SENTENCES, *PHRASES])
@given(data=st.data())
def test_what_was_said_in_english_is_read_back(key: str, data: st.DataObject) -> None:
    """Translating a sentence of a report gives the Chinese one, its fields kept or translated by their kind."""
    sentence = ALL[key]
    fields = {field.name: data.draw(SAMPLES[field.kind], label=field.name) for field in sentence.fields}
    read = CHINESE.text if key in SENTENCES else CHINESE.phrase
    translate = {"phrase": CHINESE.phrase, "sentences": CHINESE.text}
    chinese = {f.name: translate.get(f.kind, str)(fields[f.name]) for f in sentence.fields}

    assert read(say(key, **fields)) == CHINESE.say(key, **chinese)


JOINED = [
    pytest.param("It has no layers. No check passed.", "它没有任何层。没有检查通过。", id="two of ours"),
    pytest.param("Look again. It has no layers.", "再看一遍。它没有任何层。", id="a course's own, translated"),
    pytest.param("Wrong. It has no layers.", "Wrong. 它没有任何层。", id="a course's own, not translated"),
    pytest.param("It has no layers. Wrong. Why?", "它没有任何层。Wrong. Why?", id="not translated, at the end"),
    pytest.param(
        "Your code stopped before `model` was defined: NameError: x. y (cell 3, line 1). Before that: E (cell 2, line 4).",
        "你的代码在定义 `model` 之前就停止了：NameError: x. y（第 3 个单元格，第 1 行）。在此之前：E（第 2 个单元格，第 4 行）。",
        id="a full stop within a field",
    ),
    pytest.param(
        "Entry 'W': Value 2: 3 of 4 entries differ.", "键 'W'：第 2 个值：4 个元素中有 3 个不对。", id="one in another"
    ),
    pytest.param("It returned a dict of 2 values.", "它返回的是含有 2 个值的 dict。", id="a phrase in a phrase"),
]


@pytest.mark.parametrize(("english", "chinese"), JOINED)
def test_sentences_in_a_row_are_each_translated(english: str, chinese: str) -> None:
    """A message is a course's sentence and one of ours, or several of ours."""
    assert Words("zh", {"Look again.": "再看一遍。"}).text(english) == chinese


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_unknown_text_stays_as_it_is(text: str) -> None:
    """What nobody translated is shown in its own words, every blank of it."""
    assert CHINESE.text(f"zebra {text}") == f"zebra {text}"


@given(st.text())
def test_english_is_never_touched(text: str) -> None:
    """The reader of English gets the report's own bytes."""
    assert Words().text(text) == text


def test_what_python_said_stays_in_its_own_words() -> None:
    """The text of an exception is no sentence of ours, even if it looks like one."""
    read = CHINESE.text("f raised ValueError: an array of shape (3,) (cell 1, line 2).")
    assert read == "f 抛出了异常 ValueError: an array of shape (3,)（第 1 个单元格，第 2 行）。"


@pytest.mark.parametrize(
    "nasty",
    [
        pytest.param("a. " * 40_000, id="ends of sentences"),
        pytest.param("It returned " * 10_000, id="beginnings"),
        pytest.param("; " * 50_000, id="middles"),
        pytest.param("Entry 'a': " * 10_000, id="nested"),
        pytest.param("x raised " * 12_000, id="a field first"),
        pytest.param(" (cell 1, line 2)" * 6_000, id="places"),
        pytest.param("9" * 100_000, id="digits"),
        pytest.param("cells 1, 2 and 3 and " * 5_000, id="lists"),
    ],
)
def test_a_hundred_kilobytes_of_nasty_text_come_back(nasty: str) -> None:
    """Reading backwards never tries again, so what a student writes cannot keep it busy."""
    assert len(CHINESE.text(nasty)) > 1_000
    assert CHINESE.phrase(nasty)


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("number", [0, 1, 2, 1_200])
def test_numbers_with_nouns_are_read_back(noun: str, number: int) -> None:
    """One layer, two layers; Chinese has a measure word and no plural."""
    assert CHINESE.phrase(counted(number, noun)) == CHINESE.counted(number, noun)


def test_every_counted_noun_is_in_the_catalogue() -> None:
    """Or Chinese readers would count in English; what is said to a terminal alone may count as it likes."""
    nouns = {ast.literal_eval(call.args[1]) for call in calls("counted") if isinstance(call.args[1], ast.Constant)}
    assert nouns - NOUNS.keys() == set()


@pytest.mark.parametrize("notice", [*sorted(NOTICES), NOT_A_BOUNDARY])
def test_what_a_room_says_is_known(notice: str) -> None:
    """A room's modules cannot import the catalogue; their sentences are quoted there."""
    assert HAN.match(CHINESE.text(notice)[-2])


@pytest.mark.parametrize(
    "thing",
    [
        pytest.param(object(), id="object"),
        pytest.param(len, id="function"),
        pytest.param(np.array([None]), id="dtype"),
        pytest.param(sympy.Symbol("x"), id="formula"),
        pytest.param(2**70, id="integer"),
        pytest.param("x" * 20_000, id="text"),
        pytest.param("\ud800", id="half a character"),
        pytest.param({None: 2}, id="key"),
        pytest.param([[[[[[[[[[]]]]]]]]]], id="nesting"),
        pytest.param([1.5] * 20_000, id="entries"),
        pytest.param([np.zeros(1)] * 5_000, id="arrays"),
        pytest.param(np.zeros((1,) * 9), id="dimensions"),
    ],
)
def test_what_cannot_cross_is_known(thing: object) -> None:
    """The words in which a room describes what it cannot send are phrases of the catalogue."""
    with pytest.raises(UnsupportedValueError) as raised:
        freeze(thing)
    assert HAN.search(CHINESE.phrase(str(raised.value)))


def test_a_sentence_takes_its_own_fields_alone() -> None:
    """A forgotten field is an error of ours, not a gap in a student's report."""
    with pytest.raises(TypeError, match="takes"):
        say("returned")
    with pytest.raises(KeyError):
        say("no such sentence")


def test_an_unknown_kind_of_field_is_refused() -> None:
    """`{layer:numer}` would match anything."""
    with pytest.raises(ValueError, match="numer"):
        _ = Sentence(en="Layer {layer:numer}.", zh="").fields


def test_a_blank_stands_where_chinese_meets_latin() -> None:
    """As Chinese typesetting has it; sentences need not know what their fields begin with."""
    sentence = Sentence(en="It is {what}!", zh="这是{what}吗")
    assert sentence.filled("zh", {"what": "PDF"}) == "这是 PDF 吗"
    assert sentence.filled("zh", {"what": "数组"}) == "这是数组吗"


def test_a_translated_report_keeps_what_the_student_wrote() -> None:
    """Titles and sentences change; prints, calls, names and points do not."""
    ours = "It has no layers."
    english = report(
        exercise(
            check("a", message=ours, title=ours, hint=ours), title=ours, message=ours, notices=(ours,), printed=ours
        ),
        notices=(ours,),
    )
    chinese = translated(english, CHINESE)
    text = chinese.model_dump_json()

    assert text.count("它没有任何层。") == 7
    assert text.count(ours) == 1
    assert chinese.exercises[0].printed == ours
    assert chinese.score == english.score


def test_a_translated_class_keeps_names_files_and_figures() -> None:
    """Titles, notes and what to do change; what students and files are called does not."""
    ours = "It has no layers."
    figures = ExerciseStatistics(title=ours, possible=10, difficulty=1.0, discrimination=None, verdicts={})
    row = StudentRow(
        student=ours,
        name=ours,
        file=ours,
        status=RowStatus.GRADED,
        score=None,
        exercises={},
        report=None,
        notes=(ours,),
    )
    english = ClassReport(
        assignment=AssignmentReference(id="lab", title=ours, version="1"),
        possible=10,
        exercises={"model": ours},
        students=(row,),
        statistics=Statistics(
            students=1, statuses={}, mean=None, quartiles=None, histogram=(), exercises={"model": figures}
        ),
        troubles=(Trouble(what=ours, happened=ours, to_do=ours),),
        run=ClassRun(started="", seconds=0.0, host="", graded=1, from_journal=0, slowest={}),
    )
    text = translated_class(english, CHINESE).model_dump_json()

    assert (text.count("它没有任何层。"), text.count(ours)) == (6, 4)
    assert translated_class(english, Words()) is english
