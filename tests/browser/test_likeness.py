"""Pairs worth reading together in a real browser: as a page by itself, and as an instructor's page of a site."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from grader.classes.likeness.comparing import compared, submitted
from grader.messages import ENGLISH, Words
from grader.render.likeness import as_page
from grader.service.store.tables import Role
from grader.service.web.app import make_app
from tests.browser.onlooker import Onlooker
from tests.browser.served import Served, a_site, served
from tests.browser.visits import WIDTHS, Open, barriers
from tests.likeness_class import made
from tests.service.classroom import furnish
from tests.service.clock import StoppedClock
from tests.service.lively import graded
from tests.unit.test_page_safety import PROBES

REPORTS = made(14, 2).reports()


def drawn(words: Words, *, hostile: bool = False) -> str:
    """The page of a class with two pairs; `hostile`: whose names try to be something else."""
    names = dict(zip(REPORTS, PROBES.values(), strict=False)) if hostile else {}
    found = compared([submitted(names.get(who, who), names.get(who, ""), each) for who, each in REPORTS.items()])
    return as_page(found.told, found.beside, words=words)


@pytest.mark.parametrize("words", [ENGLISH, Words("zh")], ids=["en", "zh"])
def test_a_page_of_pairs_has_no_barrier_and_fits(visit_html: Open, axe: str, words: Words) -> None:
    """With every text unfolded, light and dark, from the width of a phone up; it asks for nothing."""
    seen = visit_html(drawn(words))
    assert (seen.elsewhere(), seen.complaints) == ([], [])
    assert seen.needs() == {width: width for width in WIDTHS}
    assert barriers(seen, axe) == []


def test_a_name_is_nothing_but_a_name(visit_html: Open) -> None:
    """No dialog, no request, nothing wider than the window."""
    seen = visit_html(drawn(ENGLISH, hostile=True))
    assert (seen.elsewhere(), seen.complaints) == ([], [])
    assert seen.needs() == {width: width for width in WIDTHS}


def test_the_keyboard_leads_to_a_pair_and_its_texts(visit_html: Open) -> None:
    """From the table to the pair, which unfolds its next exercise, and back."""
    page = visit_html(drawn(ENGLISH)).page
    page.locator("table a").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#pair-1"
    page.locator("#pair-1 summary").nth(1).focus()
    page.keyboard.press("Enter")
    assert page.locator("#pair-1 details").nth(1).get_attribute("open") is not None
    page.locator("#pair-1 a").last.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#pairs"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A course with such a class."""
    with a_site(tmp_path_factory.mktemp("alike"), StoppedClock()) as site:
        room = furnish(site, people={"ines": Role.INSTRUCTOR, **dict.fromkeys(REPORTS, Role.STUDENT)})
        for who, each in REPORTS.items():
            graded(room, who, each)
        with served(make_app(site)) as url:
            yield Served(url, room, site)


@pytest.mark.parametrize(("language", "asked"), [("en", ""), ("en", "?compare=yes"), ("zh", "?compare=yes")])
def test_an_instructors_page_has_no_barrier_and_fits(
    onlooker: Callable[[str], Onlooker], course: Served, language: str, asked: str
) -> None:
    """On a phone and a wide screen, light and dark, with everything unfolded."""
    assert onlooker(language).finds(course, "ines", f"/courses/ml/digits/likeness{asked}") == []
