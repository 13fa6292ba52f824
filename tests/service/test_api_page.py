"""What docs/api.md says of the API is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.service.site import Site
from grader.service.web.api.document import document
from grader.service.web.app import make_app

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_path_that_the_page_asks_for_is_in_the_document(site: Site) -> None:
    """With names of one course, assignment and exercise put in."""
    asked = re.findall(r"\$api(/[^\s\"?]+)", PAGE)
    named = {path.removeprefix("/api/v1") for path in document(make_app(site))["paths"]}
    names = {"{slug}": "ml", "{assignment}": "digits", "{exercise}": "why"}
    known = {re.sub("|".join(names), lambda found: names[found[0]], path) for path in named}

    assert len(asked) > 10
    assert [path for path in asked if path.replace("$id", "{attempt_id}") not in known] == []
    assert PAGE.count("\n") <= 60
