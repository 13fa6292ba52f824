"""`grader site link` and `grader site token`."""

from __future__ import annotations

from dataclasses import replace

import pytest
from typer.testing import CliRunner

from grader.cli.staff import staff_app
from grader.errors import UsageError
from grader.service.site import Site, utc_now
from grader.service.web.app import make_app
from tests.service.classroom import browser, furnish


def said(site: Site, *line: str) -> str:
    result = CliRunner().invoke(staff_app, ["site", *line, "--data", str(site.data)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout.strip()


@pytest.mark.parametrize("whose", [["ada@example.org"], ["--owner"]])
def test_a_link_made_on_the_machine_signs_in(on_sqlite: Site, whose: list[str]) -> None:
    """Whoever lost their way in asks whoever runs the site."""
    furnish(on_sqlite)
    link = said(on_sqlite, "link", *whose, "--address", "http://testserver")
    client = browser(make_app(replace(on_sqlite, now=utc_now)))
    assert client.post(link).status_code == 303
    assert client.get("/account").status_code == 200


def test_a_token_made_on_the_machine_is_good_for_what_was_said(on_sqlite: Site) -> None:
    """In somebody's name, for one course."""
    furnish(on_sqlite)
    furnish(on_sqlite, slug="other", people={})
    secret = said(
        on_sqlite, "token", "ines@example.org", "--name", "CI", "--scope", "read", "--scope", "submit", "--course", "ml"
    )
    program = browser(make_app(replace(on_sqlite, now=utc_now)))
    program.headers["Authorization"] = f"Bearer {secret}"
    assert program.get("/api/v1/courses/ml").status_code == 200
    assert program.get("/api/v1/courses/other").status_code == 404
    assert program.post("/courses/ml/openings").status_code == 403


@pytest.mark.parametrize(
    "line",
    [
        ["link"],
        ["link", "ada@example.org", "--owner"],
        ["link", "nobody@example.org"],
        ["token", "ada@example.org", "--name", "x", "--scope", "read", "--course", "none"],
    ],
)
def test_what_is_asked_for_nobody_is_refused(on_sqlite: Site, line: list[str]) -> None:
    """In words, and nothing is made."""
    furnish(on_sqlite)
    with pytest.raises(UsageError):
        said(on_sqlite, *line)
