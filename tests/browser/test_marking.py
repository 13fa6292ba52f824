"""Marking in a real browser: by keyboard and without script, two graders at once, a rubric changed for all, a request
answered, published; what students read and what Canvas imports agree to the point."""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx
import pytest

from grader.policy.terms import Terms
from grader.service.attempts.exporting import ExportFormat, export_opening
from grader.service.marking.requests import Asking, ask
from grader.service.marking.table import Taken, take
from grader.service.people.audit import Actor
from grader.service.store.tables import Role
from grader.service.web.access import COOKIE
from grader.service.web.app import make_app
from tests.browser.onlooker import Onlooker
from tests.browser.served import Served, a_site, secret_of, served
from tests.service.classroom import furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded
from tests.service.marked import decide, with_written, written
from tests.service.staff import attempt_of
from tests.service.test_comments import keep
from tests.service.test_groups import groups
from tests.service.test_rubrics import added

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

BASE: Final = "/courses/ml/openings/digits/marking"
STUDENTS: Final = ("ada", "bob", "cem", "dora")
#: of the class that is marked whole; so many of them have answered alike
MANY: Final = tuple(f"student{n:02}" for n in range(30))
ALIKE: Final = 12
LONG: Final = "The loss is **bounded** below, and `gradient descent` never raises it.\n\n" * 4


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Served]:
    """Four students have answered; ines teaches, greta marks."""
    clock = StoppedClock()
    with a_site(tmp_path, clock) as site:
        roles = {"ines": Role.INSTRUCTOR, "greta": Role.GRADER} | dict.fromkeys(STUDENTS, Role.STUDENT)
        room = with_written(furnish(site, people=roles, terms=Terms(requests_until=clock.after(days=3))))
        for name in STUDENTS:
            graded(room, name, written(40, 30, text=f"{name}: {LONG}"))
        with served(make_app(site)) as url:
            yield Served(url, room, site)


@pytest.fixture
def page_of(browser: Browser, course: Served) -> Iterator[Callable[..., Page]]:
    """`page_of("greta")`: somebody's browser, before the course; closed at the end."""
    contexts: list[BrowserContext] = []

    def opened(name: str, **how: object) -> Page:
        contexts.append(course.as_(browser, name, **how))
        return contexts[-1].new_page()

    yield opened
    for each in contexts:
        each.close()


def rubric(page: Page, *items: tuple[str, str]) -> None:
    """Add these items on the page of the rubric."""
    page.goto(f"{BASE}/why/rubric")
    for points, words in items:
        page.locator("#field-points").fill(points)
        page.locator("#field-words").fill(words)
        page.get_by_role("button", name="Add an item").click()


def attempt(course: Served, name: str) -> uuid.UUID:
    """The one of that student."""
    return attempt_of(course.room, name).id


def test_two_graders_mark_a_class_by_keyboard(browser: Browser, tmp_path: Path) -> None:
    """Thirty answers, twelve that are alike at once, the others one by one, never the same; an item is changed for all,
    a request answered, the results published. What each student reads, what Canvas imports and what the same class
    is given by `marks.csv` alone are the same numbers."""
    with a_class(tmp_path / "one") as one, a_class(tmp_path / "other") as other:
        greta, ines = (one.as_(browser, name).new_page() for name in ("greta", "ines"))
        rubric(greta, ("10", "The bound is right."), ("5", "Monotony is shown."), ("-2", "Hard to read."))
        mark_alike(greta)
        mark_by_turns(greta, ines, answers=len(MANY) - ALIKE)
        change_for_all(greta)
        answer_a_request(one, ines)
        publish(ines)

        told = totals(one)
        by_marks = Counter([82] * ALIKE + [87, 80, 82, 75] * 4 + [87, 80])
        by_marks.subtract([told[MANY[0]] - 6])  # of whom a request was answered with six points more
        assert by_marks == Counter(list(told.values())[1:])
        assert read_by_students(one) == told
        take_in(other, ines.request.get(f"{BASE}/marks.csv").text())
        assert totals(other) == told
        for page in (greta, ines):
            page.context.close()


@contextmanager
def a_class(folder: Path) -> Iterator[Served]:
    """Thirty students have answered, the first twelve nearly the same."""
    folder.mkdir()
    clock = StoppedClock()
    with a_site(folder, clock) as site:
        roles = {"ines": Role.INSTRUCTOR, "greta": Role.GRADER} | dict.fromkeys(MANY, Role.STUDENT)
        room = with_written(furnish(site, people=roles, terms=Terms(requests_until=clock.after(days=3))))
        for n, name in enumerate(MANY):
            graded(room, name, written(40, 30, text=LONG if n < ALIKE else f"Because of reason {n}."))
        with served(make_app(site)) as url:
            yield Served(url, room, site)


def mark_alike(page: Page) -> None:
    """The twelve at once, by keyboard."""
    page.goto(f"{BASE}/why/groups")
    page.get_by_role("link", name="the same text, or nearly").first.click()
    page.get_by_role("heading", name=f"Mark {ALIKE} answers").wait_for()
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    page.get_by_text(f"{ALIKE} answers were marked at once.").wait_for()


def mark_by_turns(*pages: Page, answers: int) -> None:
    """Each by one of them, never the same."""
    for page in pages:
        page.goto(f"{BASE}/why")
    for n in range(answers):
        page, keys = pages[n % len(pages)], ("12", "13", "1", "2")[n % 4]
        assert len({each.url.partition("?")[0] for each in pages}) == len(pages) or n == answers - 1
        for key in keys:
            page.keyboard.press(key)
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        page.get_by_text("The mark was saved.").wait_for()
    assert f"{len(MANY)} of {len(MANY)} marked" in page.inner_text("main")


def change_for_all(page: Page) -> None:
    """The first item gives twelve points, to everybody who has it."""
    page.goto(f"{BASE}/why/rubric")
    page.get_by_text("Change", exact=False).first.click()
    page.locator("input[id^=points-]").first.fill("12")
    page.get_by_role("button", name="Save").first.click()


def answer_a_request(course: Served, page: Page) -> None:
    """Of the first student, with six points more for another exercise."""
    with course.site.database.begin() as session:
        asking = Asking(attempt_id=attempt(course, MANY[0]), exercise="model", text="Look at the last line.")
        ask(session, asking, actor=Actor(person_id=course.room.people[MANY[0]]), now=course.site.now())
    page.goto("/courses/ml/marking/requests")
    page.get_by_role("link", name=MANY[0].title()).click()
    page.get_by_label("Your answer to the student").fill("You are right.")
    page.get_by_label("Other points").fill("36")
    page.get_by_role("button", name="Answer").click()


def publish(page: Page) -> None:
    """For everybody, by hand."""
    page.goto("/courses/ml/openings/digits")
    page.get_by_text("Publish", exact=True).last.click()
    page.get_by_role("button", name="Publish").last.click()


def take_in(course: Served, table: str) -> None:
    """The marks of that table, whatever files they were of: each student's is another one here."""
    rows = [row | {"attempt": ""} for row in csv.DictReader(io.StringIO(table))]
    written = io.StringIO()
    writer = csv.DictWriter(written, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    data, actor = written.getvalue().encode(), Actor(person_id=None)
    with course.site.database.begin() as session:
        taken = take(session, course.room.opening_id, data, actor=actor, now=course.site.now())
    assert isinstance(taken, Taken)
    assert taken.changed == len(MANY) + 1


def totals(course: Served) -> dict[str, int]:
    """By student, as Canvas imports them."""
    with course.site.database.read() as session:
        table = export_opening(session, course.room.opening_id, ExportFormat.CANVAS).text
    rows = {row[0].lower(): row[-1] for row in csv.reader(io.StringIO(table))}
    return {name: int(rows[name]) for name in MANY}


def read_by_students(course: Served) -> dict[str, int]:
    """By student, as each reads on the page of their attempt: without a browser, since all these pages are one."""
    found = {}
    for name in MANY:
        cookies = {COOKIE: secret_of(course.room, name)}
        page = httpx.get(f"{course.url}/attempts/{attempt(course, name)}", cookies=cookies, timeout=60).text
        told = re.search(r"(\d+) of \d+ points", page)
        assert told is not None
        found[name] = int(told[1])
    return found


def test_keys_go_on_and_back_and_undo(page_of: Callable[..., Page], course: Served) -> None:
    """In a field they are letters, until Esc leaves it; a new item is written where it is needed,
    and what all of them come to is told."""
    greta = page_of("greta")
    rubric(greta, ("10", "The bound is right."))
    greta.goto(f"{BASE}/why")
    first = greta.url
    greta.keyboard.press("j")
    greta.wait_for_url(lambda url: url != first)
    greta.keyboard.press("k")
    greta.wait_for_url(first)
    greta.get_by_label("Comment for the student").fill("")
    greta.keyboard.type("jk1u")
    assert greta.get_by_label("Comment for the student").input_value() == "jk1u"
    greta.keyboard.press("Control+Enter")
    assert "Choose an item" in greta.get_by_role("alert").inner_text()
    greta.get_by_label("Comment for the student").click()
    greta.keyboard.press("Escape")
    for key in ("1", "i", "-", "2", "Tab"):
        greta.keyboard.press(key)
    assert greta.locator("#sum").inner_text() == "Together 8 of 20"
    greta.keyboard.type("Hard to read.")
    greta.keyboard.press("Control+Enter")
    greta.get_by_text("1 of 4 marked").last.wait_for()
    assert greta.get_by_label("Hard to read.").count() == 1
    greta.keyboard.press("u")

    greta.get_by_text("0 of 4 marked").last.wait_for()
    assert greta.url == first


def test_marking_works_without_script(page_of: Callable[..., Page], course: Served) -> None:
    """Ticks and buttons."""
    greta = page_of("greta", java_script_enabled=False)
    rubric(greta, ("10", "The bound is right."))
    greta.goto(f"{BASE}/why")
    greta.get_by_label("The bound is right.").check()
    greta.get_by_role("button", name="Save, next").click()

    assert "1 of 4 marked" in greta.inner_text("main")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_of_marking_have_no_barrier_and_fit(
    onlooker: Callable[[str], Onlooker], course: Served, language: str
) -> None:
    """On a phone and a wide screen, light and dark; the browser has no complaint."""
    for points, words in ((10, "The bound is right."), (-2, "Hard to read.")):
        added(course.room, points, words)
        keep(course.room, words)
    ada = attempt(course, "ada")
    decide(course.room, ada, 15, comment="Good.", by="ines")
    with course.site.database.begin() as session:
        asking = Asking(attempt_id=ada, exercise="model", text="Look at the last line.")
        ask(session, asking, actor=Actor(person_id=course.room.people["ada"]), now=course.site.now())
    paths = [
        "/courses/ml/marking",
        "/courses/ml/marking/requests",
        BASE,
        f"{BASE}/why/rubric",
        f"{BASE}/why/comments",
        f"{BASE}/why/seconds",
        f"{BASE}/why/groups",
        f"{BASE}/why/groups/{groups(course.room)[0].group.id}",
        f"{BASE}/why/answers/{ada}?last={ada}&last_exercise=why&last_version=1",
        f"{BASE}/model/answers/{ada}",
        f"{BASE}/model/groups/{groups(course.room, 'model')[0].group.id}",
        f"/attempts/{ada}/staff",
    ]
    found = [wrong for path in paths for wrong in onlooker(language).finds(course, "ines", path)]
    assert [*found, *onlooker(language).finds(course, "ada", f"/attempts/{ada}")] == []
