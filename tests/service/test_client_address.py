"""Addresses of a site, as people type them."""

from __future__ import annotations

import pytest

from grader.errors import UsageError
from grader.service.client.address import address


@pytest.mark.parametrize(
    ("typed", "site", "course", "assignment"),
    [
        ("https://site", "https://site", None, None),
        ("https://site/", "https://site", None, None),
        ("site.org/courses/ml", "https://site.org", "ml", None),
        ("http://127.0.0.1:8000/courses/ml/digits?x=1#y", "http://127.0.0.1:8000", "ml", "digits"),
        ("https://school/below/courses/ml/digits/", "https://school/below", "ml", "digits"),
    ],
)
def test_an_address_is_read_as_it_is_copied(typed: str, site: str, course: str | None, assignment: str | None) -> None:
    """From a browser, of the site or of a page below it."""
    found = address(typed)
    assert (found.site, found.course, found.assignment) == (site, course, assignment)


@pytest.mark.parametrize("typed", ["", "ftp://site", "https://me:secret@site", "https://"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    """Also one with a password in it, which others could read."""
    with pytest.raises(UsageError):
        address(typed)
