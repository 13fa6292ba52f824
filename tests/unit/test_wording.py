"""The catalogues: every key in every language with the same fields, every key said; and how a message is drawn."""

from __future__ import annotations

import ast
import re
import string
from functools import cache
from pathlib import Path

import numpy as np
import polib
import pytest
import sympy  # type: ignore[import-untyped]  # the library has no types
from hypothesis import given
from hypothesis import strategies as st

from grader.message import NOTHING, Message
from grader.messages import LANGUAGES, Language, Words, counted, english, joined, literal, prose, say
from grader.messages.catalogue import STOCK
from grader.report.class_report import RowStatus
from grader.report.report import Verdict
from grader.wall.room.compatibility import NOTICES
from grader.wall.values import UNSUPPORTED, UnsupportedValueError, freeze

GRADER = Path(__file__).parents[2] / "grader"
#: the templates of all pages
PAGES = "".join(path.read_text(encoding="utf-8") for path in sorted(GRADER.rglob("*.j*")))
CHINESE = Words("zh")
HAN = re.compile(r"[\u4e00-\u9fff]")
#: the same in every language
ALIKE = {"none", "true", "false", "points", "error"}


def catalogue(language: Language) -> dict[str, polib.POEntry]:
    folder = GRADER / "messages" / "catalogues"
    sources = [folder / f"{language}.po", *sorted((folder / language).glob("*.po"))]
    entries = [entry for source in sources for entry in polib.pofile(source.read_text(encoding="utf-8"))]
    assert len({entry.msgid for entry in entries}) == len(entries), "a key stands in two catalogues"
    return {entry.msgid: entry for entry in entries}


CATALOGUES = {language: catalogue(language) for language in LANGUAGES}
ENGLISH = CATALOGUES["en"]


def forms(entry: polib.POEntry) -> list[str]:
    """The sentence, or each form of one that is counted."""
    return [*entry.msgstr_plural.values()] or [entry.msgstr]


def fields(sentence: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]


@cache
def modules() -> tuple[ast.Module, ...]:
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in sorted(GRADER.rglob("*.py")))


def constants() -> set[str]:
    """Every text in the code; of a page's template, everything in quotes."""
    found = (node.value for module in modules() for node in ast.walk(module) if isinstance(node, ast.Constant))
    return {value for value in found if isinstance(value, str)} | set(re.findall(r"""["'](\w+)["']""", PAGES))


@cache
def calls() -> dict[str, list[ast.Call]]:
    """Calls by the name of the function, or of the method, in modules that say messages."""
    found: dict[str, list[ast.Call]] = {"say": [], "counted": []}
    for module in modules():
        nodes = list(ast.walk(module))
        imports = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
        if imports & {"grader.messages", "grader.message"}:
            for call in (node for node in nodes if isinstance(node, ast.Call) and node.args):
                found.get(ast.unparse(call.func).rpartition(".")[2].lstrip("_"), []).append(call)
    return found


def said() -> list[ast.Call]:
    """Where a key is said, and not by a variable."""
    return [
        call
        for call in calls()["say"]
        if isinstance(call.args[0], ast.Constant) and not ast.unparse(call.func).startswith("terminal.")
    ]


def nouns() -> set[str]:
    """Whatever is counted, in the code and in the templates of pages."""
    known = {ast.literal_eval(call.args[1]) for call in calls()["counted"] if isinstance(call.args[1], ast.Constant)}
    return known | set(re.findall(r"""\bcounted\([\w.]+, "([\w ]+)"\)""", PAGES))


def test_the_code_is_looked_through() -> None:
    """Were the search to find nothing, the tests on it would hold of nothing."""
    assert len(said()) > 80
    assert len(nouns()) > 8


def test_whatever_is_said_stands_in_the_catalogue_with_its_fields() -> None:
    """A misspelt key or field is found here, not by the student."""
    found = [(ast.literal_eval(call.args[0]), {keyword.arg for keyword in call.keywords}) for call in said()]
    assert [key for key, _ in found if key not in ENGLISH] == []
    assert [(key, given) for key, given in found if given != set(fields(ENGLISH[key].msgstr))] == []


def test_whatever_is_counted_stands_in_the_catalogue() -> None:
    """Its key is made of the noun."""
    assert [noun for noun in nouns() if counted(2, noun).key not in ENGLISH] == []


def test_every_sentence_is_said_somewhere() -> None:
    """A row that nobody says is a row that nobody keeps true."""
    known = constants() | {counted(1, noun).key for noun in nouns()} | UNSUPPORTED.keys()
    values = {*Verdict, *RowStatus}
    assert [key for key in ENGLISH if key not in known and key.partition("_")[2] not in values] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence_with_the_same_fields(language: Language) -> None:
    """No translation forgets what was found, or invents a field; every field has its own name."""
    entries = CATALOGUES[language]
    assert entries.keys() == ENGLISH.keys()
    wanted = {key: sorted(fields(forms(entry)[0])) for key, entry in ENGLISH.items()}
    given = {key: [sorted(fields(form)) for form in forms(entry)] for key, entry in entries.items()}
    assert [key for key in ENGLISH if any(found != wanted[key] for found in given[key])] == []
    assert [key for key, names in wanted.items() if len(set(names)) < len(names)] == []


def test_every_sentence_has_its_chinese() -> None:
    """Nothing is left in English by accident; Python's own words stay."""
    told = {key: "".join(forms(entry)) for key, entry in CATALOGUES["zh"].items() if key not in ALIKE}
    words = re.compile(r"[a-z]")
    assert [
        key for key, text in told.items() if words.search(_fixed(forms(ENGLISH[key])[0])) and not HAN.search(text)
    ] == []
    assert [key for key, entry in ENGLISH.items() if HAN.search("".join(forms(entry)))] == []


def _fixed(sentence: str) -> str:
    return "".join(literal for literal, *_ in string.Formatter().parse(sentence))


DRAWN = [
    pytest.param(
        joined(say("no_layers"), say("none_passed")),
        "It has no layers. No check passed.",
        "它没有任何层。没有检查通过。",
        id="two in a row",
    ),
    pytest.param(
        joined(prose("Look again."), say("no_layers")), "Look again. It has no layers.", "再看一遍。它没有任何层。", id="the course's own, translated"
    ),
    pytest.param(
        joined(prose("Wrong."), say("no_layers")), "Wrong. It has no layers.", "Wrong. 它没有任何层。", id="the course's own, not translated"
    ),
    pytest.param(
        say("at_key", key="'W'", detail=say("at_value", number=2, detail=say("entries_differ", wrong=3, all=4))),
        "Entry 'W': Value 2: 3 of 4 entries differ.",
        "键 'W'：第 2 个值：4 个元素中有 3 个不对。",
        id="one in another",
    ),
    pytest.param(
        say("returned", got=say("container", type="dict", values=counted(2, "value"))),
        "It returned a dict of 2 values.",
        "它返回的是含有 2 个值的 dict。",
        id="a number with its noun, in a phrase in a sentence",
    ),
    pytest.param(
        say("raised", target="f", error=say("error", type="ValueError", text="It has no layers.")),
        "f raised ValueError: It has no layers..",
        "f 抛出了异常 ValueError: It has no layers.。",
        id="what Python said stays, even where it looks like ours",
    ),
    pytest.param(literal("It has no layers."), "It has no layers.", "It has no layers.", id="a text of nobody's"),
    pytest.param(NOTHING, "", "", id="nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("message", "in_english", "in_chinese"), DRAWN)
def test_a_message_is_drawn_in_the_language_of_its_reader(message: Message, in_english: str, in_chinese: str) -> None:
    """Fields that are messages are drawn as well; text of others stays."""
    assert english(message) == in_english
    assert Words("zh", {"Look again.": "再看一遍。"}).text(message) == in_chinese


@given(st.text())
def test_text_of_others_stays_as_it_is(text: str) -> None:
    """Whatever it holds: braces, keys, sentences of ours."""
    assert CHINESE.text(literal(text)) == CHINESE.text(prose(text)) == text
    assert text in english(say("returned", got=text))


@pytest.mark.parametrize(
    ("message", "drawn"),
    [
        pytest.param(say("no_such_key"), "no_such_key", id="a key that no catalogue has"),
        pytest.param(say("returned"), "It returned {got}.", id="a field that is missing"),
        pytest.param(Message("count_value", {"n": "two"}), "{n:,} value", id="a number that is none"),
        pytest.param(Message("sentences", {"parts": "x"}), "", id="a row that is none"),
        pytest.param(Message("prose", {}), "", id="prose without a text"),
    ],
)
def test_a_message_that_does_not_fit_is_drawn_as_well_as_may_be(message: Message, drawn: str) -> None:
    """A stored report may come from another version, or from anybody: a reader gets English text, no exception."""
    assert CHINESE.text(message) == english(message) == drawn


def test_a_blank_stands_where_chinese_meets_latin() -> None:
    """As Chinese typesetting has it; sentences need not know what their fields begin with."""
    assert CHINESE.say("no_notebook_but", what="PDF") == "这个文件不是笔记本，而是 PDF。"
    assert CHINESE.say("no_notebook_but", what="数组") == "这个文件不是笔记本，而是数组。"


def test_what_a_room_says_is_in_the_catalogue() -> None:
    """A room has no catalogue: it sends the key and fields."""
    assert [each for each in NOTICES if set(each.fields) != set(fields(ENGLISH[each.key].msgstr))] == []
    assert [each for each in NOTICES if not HAN.search(CHINESE.text(each))] == []


def test_what_a_room_says_by_itself_is_what_the_catalogue_says() -> None:
    """Student code meets these in the text of an exception, where there is no catalogue."""
    assert {key: ENGLISH[key].msgstr for key in UNSUPPORTED} == UNSUPPORTED


@pytest.mark.parametrize(
    "thing",
    [
        pytest.param(object(), id="object"),
        pytest.param(len, id="function"),
        pytest.param(np.array([None]), id="dtype"),
        pytest.param(sympy.Symbol("x y"), id="formula"),
        pytest.param(sympy.Add(*(sympy.Symbol("x") ** n for n in range(600))), id="long formula"),
        pytest.param(2**70, id="integer"),
        pytest.param("x" * 20_000, id="text"),
        pytest.param("\ud800", id="half a character"),
        pytest.param({1j: 2}, id="key"),
        pytest.param([[[[[[[[[[]]]]]]]]]], id="nesting"),
        pytest.param([1.5] * 20_000, id="entries"),
        pytest.param([np.zeros(1)] * 5_000, id="arrays"),
        pytest.param(np.zeros((1,) * 9), id="dimensions"),
    ],
)
def test_what_cannot_cross_is_said_in_both_languages(thing: object) -> None:
    """What a room says of a value that it cannot send is a message; its exception says the same in English."""
    with pytest.raises(UnsupportedValueError) as raised:
        freeze(thing)
    assert str(raised.value) == english(raised.value.what)
    assert HAN.search(CHINESE.text(raised.value.what))


@pytest.mark.parametrize("key", STOCK)
def test_what_a_lab_says_by_itself_is_drawn_in_the_language_of_its_reader(key: str) -> None:
    """A course that leaves titles and sentences out need not translate them."""
    assert Words("zh").prose(english(say(key))) == Words("zh").say(key) != english(say(key))


def test_a_course_may_say_in_words_of_its_own_what_labs_say() -> None:
    """Its translation goes before the grader's."""
    assert Words("zh", {"Small examples": "几个例子"}).prose("Small examples") == "几个例子"
