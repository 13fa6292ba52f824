"""Markdown drawn in the process of the test, which starts none for every page. No test lives here."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from grader.render.markdown_apart import html_of


def drawn_here(sources: Sequence[str]) -> list[Markup | None]:
    """As `prose.drawn`, without limits."""
    return [None if (html := html_of(source)) is None else Markup(html) for source in sources]
