"""Draws Markdown as HTML, as a process of its own: `prose.py` starts it, since what students write may take forever.

Comes in: a list of texts as JSON. Goes out: a line of JSON for each, its HTML without every element and attribute that
could run, fetch or hide something, or null if that failed. Of this package nothing is imported.
"""

from __future__ import annotations

import json
import sys
from html import escape

#: elements that Markdown makes of text
ALLOWED = {
    *("a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"),
    *("pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {"a": {"href", "title"}, "th": {"scope"}}
SCHEMES = {"http", "https", "mailto"}
#: of a picture without words of its own; what was pasted in has no name, and megabytes
MOST_OF_A_NAME = 80


def html_of(source: str) -> str | None:
    """The HTML of one text, clean; None if a library fails on it."""
    import nh3
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    class Renderer(IPythonRenderer):
        """Pictures become text: nothing is fetched, and what was attached stayed behind."""

        def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
            return f"[{text or escape(url[:MOST_OF_A_NAME])}]"

    try:
        renderer = Renderer(escape=False, exclude_anchor_links=True)
        drawn = MarkdownWithMath(renderer).render(source)
        return nh3.clean(drawn, tags=ALLOWED, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    except Exception:
        return None


def confine(seconds: int, memory: int) -> None:
    """Let the kernel end this process, where there is such a kernel."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    confine(*map(int, sys.argv[1:]))
    for text in json.load(sys.stdin):
        sys.stdout.write(f"{json.dumps(html_of(text))}\n")
        sys.stdout.flush()  # what follows may be too much
