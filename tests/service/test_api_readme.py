"""What the README says of the API is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.service.site import Site
from grader.service.web.api.document import document
from grader.service.web.app import make_app

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SECTION = README[README.index("## The API\n") : README.index("## More\n")]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_path_that_the_readme_asks_for_is_in_the_document(site: Site) -> None:
    """With names of one course, assignment and exercise put in."""
    asked = re.findall(r"\$api(/[^\s\"?]+)", SECTION)
    named = {path.removeprefix("/api/v1") for path in document(make_app(site))["paths"]}
    names = {"{slug}": "ml", "{assignment}": "digits", "{exercise}": "why"}
    known = {re.sub("|".join(names), lambda found: names[found[0]], path) for path in named}

    assert len(asked) > 10
    assert [path for path in asked if path.replace("$id", "{attempt_id}") not in known] == []
    assert SECTION.count("\n") <= 60
