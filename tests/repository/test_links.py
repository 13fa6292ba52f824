"""Every page of the repository leads where it says: to a file, and to a heading of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "assignments").glob("**/*.md")]
PAGES += (ROOT / "tests").glob("**/README.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    """Links to other sites are not followed; anchors are as GitHub makes them of a heading."""
    assert [link for link in _links(page) if not _leads_somewhere(page, *link.partition("#")[::2])] == []


def test_every_page_of_docs_is_reached_from_the_readme() -> None:
    """What no link leads to is not read."""
    reached = {link.partition("#")[0] for link in _links(ROOT / "README.md")}
    assert {f"docs/{page.name}" for page in (ROOT / "docs").iterdir()} <= reached


def _links(page: Path) -> list[str]:
    found = re.findall(r"\]\(([^()\s]+)\)", re.sub(r"(?s)```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8")))
    return [link for link in found if "://" not in link and not link.startswith("mailto:")]


def _leads_somewhere(page: Path, path: str, heading: str) -> bool:
    to = page.parent / path if path else page
    return to.exists() and (not heading or heading in _anchors(to))


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", re.sub(r"(?s)```.*?```", "", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
