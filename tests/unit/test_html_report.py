"""The report as a page: golden files for what it says, and what it shows when."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from collections.abc import Callable

import pytest

from grader.messages import Words
from grader.render.html import render
from grader.report.report import CellReference, Report, Verdict
from tests.unit.gallery import ARRAYS, CHINESE, GALLERY, MODELS, PERFECT, RAISED
from tests.unit.markup import parsed
from tests.unit.reports import check, exercise, report

Golden = Callable[[str, str], None]
ALL = [pytest.param(shown, id=name) for name, shown in GALLERY.items()]


def body(page: str) -> str:
    """What stands between the style sheet and the end."""
    return page.partition("</head>")[2]


@pytest.mark.parametrize("name", ["arrays", "models", "raised", "every_verdict", "withheld", "told_once", "unreadable"])
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


def test_entries_that_differ_are_marked_with_a_word() -> None:
    """Not by colour alone."""
    assert '<td class="differs">0<span class="vh"> differs</span></td>' in render(ARRAYS)


def test_code_is_open_where_there_is_something_to_mend() -> None:
    """Right code may stay closed; wrong code is what the reader needs to see."""
    assert parsed(render(RAISED)).first("details", "open", "")
    assert "<details open>" not in render(PERFECT)


def test_what_was_answered_in_words_is_no_code() -> None:
    """It stands as it was written, whatever a machine judged of it."""
    cell = CellReference(index=6, found_by="marker", source="why = ('It is <b>.')", prose="It is <b>.\nAnd so on.")
    page = render(report(exercise(check("a", Verdict.FAILED), cell=cell)))

    assert "Your answer, cell 6" in page
    assert "It is &lt;b&gt;.\nAnd so on." in page
    assert "Your code" not in page


def test_the_language_of_the_page_is_declared() -> None:
    """Screen readers and line breaking need it."""
    assert dict(parsed(render(CHINESE)).first("html", "lang", "en"))
    assert dict(parsed(render(CHINESE, words=Words("zh"))).first("html", "lang", "zh-Hans"))


@pytest.mark.parametrize("shown", ALL)
def test_a_page_stays_small(shown: Report) -> None:
    """150 kB are enough, however much was printed."""
    assert len(render(shown).encode()) <= 150_000
