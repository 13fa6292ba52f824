"""The frame of every page: language, style, and where its forms lead."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from grader.messages import english
from grader.render.page import colours, stylesheet
from grader.service.site import Site
from grader.service.store.tables import Person
from grader.service.web import static_files
from grader.service.web.app import make_app
from grader.service.web.moments import away, written
from grader.service.web.pages import points
from grader.service.web.security.origins import own_path
from grader.service.web.static_files import static
from tests.service.classroom import furnish, signed_in


@pytest.mark.parametrize(
    ("said", "goes"),
    [
        ("/courses/ml", "/courses/ml"),
        ("//elsewhere.example", "/"),
        ("https://elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("/a\nb", "/"),
        ("", "/"),
    ],
)
def test_a_switch_of_language_leads_back_into_the_site(said: str, goes: str) -> None:
    """A form of another's cannot send anybody elsewhere."""
    assert own_path(said) == goes


def test_a_language_once_chosen_stays(on_sqlite: Site) -> None:
    """The account remembers it, whatever the browser asks for."""
    room = furnish(on_sqlite)
    ada = signed_in(make_app(on_sqlite), room, "ada")
    asked = ada.post("/language", data={"language": "zh", "back": "/courses/ml"})

    assert (asked.status_code, asked.headers["location"]) == (303, "/courses/ml")
    with on_sqlite.database.read() as session:
        assert session.get_one(Person, room.people["ada"]).language == "zh"


def test_the_style_of_the_site_holds_that_of_reports(on_sqlite: Site) -> None:
    """One file: colours first, a report's rules within `.report`; kept for ever by its digest."""
    served = TestClient(make_app(on_sqlite)).get(static("site.css"))

    assert served.text.startswith(colours())
    assert ".report {" in served.text
    assert stylesheet().splitlines()[-2].strip() in served.text
    assert "immutable" in served.headers["cache-control"]


def test_every_class_that_is_promised_has_a_rule() -> None:
    """Whoever writes a page reads the head of the style sheet."""
    css = (static_files.FOLDER / "site.css").read_text(encoding="utf-8")
    promised = set(re.findall(r"(?<![\w/])\.([a-z]+)\b", css.partition("*/")[0])) - {"css"}
    rules = css.partition("*/")[2]

    assert len(promised) > 20
    assert [name for name in promised if f".{name}" not in rules and name not in ("report", "py")] == []


def test_htmx_is_the_file_that_its_note_says() -> None:
    """Whoever changes it by hand is found out."""
    folder = Path(static_files.FOLDER)
    digest = hashlib.sha256((folder / "htmx.min.js").read_bytes()).hexdigest()
    assert digest in (folder / "htmx.md").read_text(encoding="utf-8")


NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passes", "said"),
    [
        (timedelta(), "now"),
        (timedelta(seconds=70), "in 70 seconds"),
        (timedelta(minutes=90), "in 90 minutes"),
        (timedelta(hours=3), "in 3 hours"),
        (timedelta(days=-2), "2 days ago"),
    ],
)
def test_a_moment_is_told_in_words_from_now(passes: timedelta, said: str) -> None:
    """In the unit that matters."""
    assert english(away(NOW + passes, NOW)) == said


def test_a_moment_is_written_in_the_zone_it_was_stated_in() -> None:
    """With the zone, so that nobody is a day late."""
    assert written(NOW, timezone(timedelta(hours=8))) == "2026-11-29 20:00 UTC+08:00"
    assert written(NOW) == "2026-11-29 12:00 UTC"


@pytest.mark.parametrize(
    ("earned", "said"), [(None, "\N{EN DASH}"), (7, "7"), (Fraction(19, 2), "9.5"), (Fraction(100, 3), "33.33")]
)
def test_points_are_rounded_only_where_they_are_read(earned: Fraction | int | None, said: str) -> None:
    """Two places at most, none where they are whole."""
    assert points(earned) == said
