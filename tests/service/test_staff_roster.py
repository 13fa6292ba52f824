"""A roster imported on a page: first what would change, then exactly that."""

from __future__ import annotations

import re
from typing import Any

import pytest

from grader.service.site import Site
from tests.service.classroom import furnish
from tests.service.staff import actions, at_desk

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

PAGE = "/courses/ml/people/roster"
ROSTER = b"name,email,section\nAda L.,ada@example.org,Monday\n<b>Cem</b>,cem@example.org,Monday\n"


def handed_over(page: str) -> dict[str, str]:
    """What the preview's form holds."""
    return dict(re.findall(r'<input type="hidden" name="(table|name|others|digest)" value="([^"]*)">', page))


def test_a_preview_says_what_would_change_and_changes_nothing(site: Site) -> None:
    """Who joins, who changes, who leaves; names are text."""
    room = furnish(site)
    ines = at_desk(room)
    page = ines.post(f"{PAGE}/preview", files={"roster": ("class.csv", ROSTER)})

    assert page.status_code == 200
    assert "Join: 1. Change: 1. Leave: 1." in page.text
    assert "&lt;b&gt;Cem&lt;/b&gt;" in page.text
    assert "Cem" not in ines.get("/courses/ml/people").text
    assert actions(site) == []


def test_the_change_that_was_shown_is_made(site: Site) -> None:
    """By what the preview's form holds."""
    ines = at_desk(furnish(site))
    form = handed_over(ines.post(f"{PAGE}/preview", files={"roster": ("class.csv", ROSTER)}).text)

    assert ines.post(PAGE, data=form).status_code == 303
    people = ines.get("/courses/ml/people").text
    assert "cem@example.org" in people
    assert "bob@example.org" not in people
    assert actions(site) == ["roster.applied"]


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        pytest.param("preview", {"files": {"roster": ("more.csv", ROSTER)}, "data": {"others": "stay"}}, id="a list"),
        pytest.param(
            "one", {"data": {"name": "<b>Cem</b>", "email": "cem@example.org", "number": "7"}}, id="one student"
        ),
    ],
)
def test_some_may_join_without_anybody_leaving(site: Site, path: str, sent: dict[str, Any]) -> None:
    """Where that was wanted, in what is shown and in what is done."""
    ines = at_desk(furnish(site))
    page = ines.post(f"{PAGE}/{path}", **sent).text

    assert "Join: 1." in page
    assert "Leave: 0." in page
    assert ines.post(PAGE, data=handed_over(page)).status_code == 303
    people = ines.get("/courses/ml/people").text
    assert "cem@example.org" in people
    assert "bob@example.org" in people


def test_a_change_that_was_not_shown_is_not_made(site: Site) -> None:
    """Somebody changed the course in between: the new preview is shown, with the reason."""
    room = furnish(site)
    ines = at_desk(room)
    form = handed_over(ines.post(f"{PAGE}/preview", files={"roster": ("class.csv", ROSTER)}).text)
    ines.post(f"/courses/ml/people/{room.people['bob']}/leave")
    again = ines.post(PAGE, data=form)

    assert again.status_code == 422
    assert "Join: 1. Change: 1. Leave: 0." in again.text
    assert "cem@example.org" not in ines.get("/courses/ml/people").text


@pytest.mark.parametrize(
    "data",
    [pytest.param(b"", id="empty"), pytest.param(b"\x00\xff" * 50, id="no text"), pytest.param(b"{}", id="JSON")],
)
def test_what_is_no_roster_is_refused_with_a_reason(site: Site, data: bytes) -> None:
    """Nothing is shown that could be done."""
    page = at_desk(furnish(site)).post(f"{PAGE}/preview", files={"roster": ("class.csv", data)})

    assert page.status_code in (200, 422)
    assert 'name="digest"' not in page.text


@pytest.mark.parametrize("form", [{"table": "!", "digest": "x"}, {"table": "", "digest": "x"}])
def test_a_form_that_is_none_of_ours_changes_nothing(site: Site, form: dict[str, str]) -> None:
    """It is asked for again."""
    ines = at_desk(furnish(site))

    assert ines.post(PAGE, data=form).status_code == 422
    assert "bob@example.org" in ines.get("/courses/ml/people").text
