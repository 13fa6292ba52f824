"""The report as a page: golden files for what it says, and what it shows when."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from collections.abc import Callable

import pytest

from grader.render.html import render
from grader.report import Report, Verdict
from grader.wording import Words
from tests.unit.gallery import ARRAYS, CHINESE, EVERY_VERDICT, GALLERY, MODELS, PERFECT, RAISED, UNREADABLE, WITHHELD
from tests.unit.markup import parsed
from tests.unit.reports import check, exercise, report

Golden = Callable[[str, str], None]
ALL = [pytest.param(shown, id=name) for name, shown in GALLERY.items()]


def body(page: str) -> str:
    """What stands between the style sheet and the end."""
    return page.partition("</head>")[2]


@pytest.mark.parametrize("name", ["arrays", "models", "raised", "every_verdict", "withheld", "unreadable"])
def test_a_page_reads_as_its_golden_file(golden: Golden, name: str) -> None:
    """The page without its head, whole; `pytest --update-golden` rewrites the file, and the diff is reviewed."""
    golden(f"{name}.html", body(render(GALLERY[name])))


def test_a_page_reads_as_its_golden_file_in_chinese(golden: Golden) -> None:
    """Every word of ours is in the reader's language."""
    golden("raised_zh.html", body(render(RAISED, words=Words("zh"))))


@pytest.mark.parametrize("shown", ALL)
def test_a_page_fetches_nothing_and_runs_nothing(shown: Report) -> None:
    """Links lead inside the page; the icon is empty data, so that no browser asks a server for one."""
    page = parsed(render(shown))
    links = {value for element in page.elements for name, value in element.attributes if name in ("href", "src")}

    assert all(link.startswith("#") or link == "data:," for link in links)
    assert not {"script", "iframe", "object", "form", "img"} & page.tags
    assert not re.search(r"url\(|@import|javascript:", render(shown).partition("</head>")[0])


@pytest.mark.parametrize("shown", ALL)
def test_links_lead_to_a_place_that_is_there(shown: Report) -> None:
    """Every `#name` is the id of one element."""
    page = parsed(render(shown))
    ids = [value for element in page.elements for name, value in element.attributes if name == "id"]
    links = {value for element in page.elements for name, value in element.attributes if name == "href"} - {"data:,"}

    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_the_policy_allows_this_style_and_nothing_else() -> None:
    """A style sheet that is not ours, to the letter, is not applied."""
    page = render(PERFECT)
    style = page.partition("<style>")[2].partition("</style>")[0]
    fingerprint = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    policy = dict(parsed(page).first("meta", "http-equiv", "Content-Security-Policy"))["content"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{fingerprint}'; ")
    assert "unsafe" not in policy


@pytest.mark.parametrize("shown", ALL)
def test_headings_go_down_one_step_at_a_time(shown: Report) -> None:
    """One title, then exercises, then their parts: a screen reader's table of contents."""
    levels = [int(tag[1]) for tag in (e.tag for e in parsed(render(shown)).elements) if re.fullmatch("h[1-6]", tag)]

    assert levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in itertools.pairwise(levels))


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.PARTIAL])
def test_each_verdict_is_a_word(verdict: Verdict) -> None:
    """Colour adds nothing that is not said."""
    page = parsed(render(report(exercise(check("a", verdict), check("b", message="Another.")))))
    assert verdict.value.partition("_")[0] in page.text


def test_the_score_is_said_first() -> None:
    """Points and percent stand before the first exercise."""
    text = parsed(render(MODELS)).text
    assert text.index("10 of 40 points") < text.index("25 %") < text.index("A network")


def test_a_report_without_a_score_says_whose_fault_it_is() -> None:
    """Our failure is never a zero."""
    assert "nobody gets a zero" in parsed(render(EVERY_VERDICT)).text
    assert "could not be read" in parsed(render(UNREADABLE)).text


def test_withheld_checks_are_counted_and_nothing_more() -> None:
    """A student learns how many checks wait, not what they ask."""
    page = render(WITHHELD)
    assert "Not shown: 2 checks." in page
    assert "secret" not in page


def test_entries_that_differ_are_marked_with_a_word() -> None:
    """Not by colour alone."""
    assert '<td class="differs">0<span class="vh"> differs</span></td>' in render(ARRAYS)


def test_layers_that_differ_say_what_was_asked() -> None:
    """The student's layer stays in view, beside what was asked."""
    page = render(MODELS)
    assert '<td class="differs"><bdi>softmax</bdi> <small>asked: relu</small></td>' in page
    assert '<td class="differs"><bdi>10,467</bdi> <small>asked: 10,575</small></td>' in page


def test_the_line_that_raised_is_marked_in_the_code() -> None:
    """Line 5 of the cell, and no other."""
    page = render(RAISED)
    assert re.findall(r'class="line stop" data-line="(\d+)"', page) == ["5"]


def test_code_is_open_where_there_is_something_to_mend() -> None:
    """Right code may stay closed; wrong code is what the reader needs to see."""
    assert parsed(render(RAISED)).first("details", "open", "")
    assert "<details open>" not in render(PERFECT)


def test_a_hint_is_given_once() -> None:
    """Several checks with one cause do not repeat it."""
    page = render(report(exercise(*(check(n, Verdict.FAILED, hint="Divide by the sum.") for n in "abc"))))
    assert page.count("Divide by the sum.") == 1


def test_one_reason_is_said_once() -> None:
    """Where nothing could be asked, every check would say the same."""
    assert body(render(RAISED)).count("Cell 5 is not valid Python.") == 1


def test_the_language_of_the_page_is_declared() -> None:
    """Screen readers and line breaking need it."""
    assert dict(parsed(render(CHINESE)).first("html", "lang", "en"))
    assert dict(parsed(render(CHINESE, words=Words("zh"))).first("html", "lang", "zh-Hans"))


def test_only_time_and_host_differ_between_runs() -> None:
    """The page is a function of the report."""
    assert render(ARRAYS) == render(ARRAYS)


@pytest.mark.parametrize("shown", ALL)
def test_a_page_stays_small(shown: Report) -> None:
    """150 kB are enough, however much was printed."""
    assert len(render(shown).encode()) <= 150_000
