"""Pages read back with the standard library's HTML parser, for tests. No test lives here."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TypeAlias

Attributes: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Element:
    """A start tag with its attributes, in their order."""

    tag: str
    attributes: Attributes


@dataclass(slots=True)
class Page:
    """All start tags in order, and the text between them."""

    elements: list[Element] = field(default_factory=list)
    text: str = ""

    @property
    def tags(self) -> set[str]:
        """The names of all elements."""
        return {element.tag for element in self.elements}

    def first(self, tag: str, name: str, value: str) -> Attributes:
        """The attributes of the first element of this kind with this attribute."""
        return next(e.attributes for e in self.elements if e.tag == tag and (name, value) in e.attributes)


def parsed(page: str) -> Page:
    """`page` as a parser sees it; comments and declarations other than the doctype are none of ours and raise."""
    reader = _Reader()
    reader.feed(str(page))  # plain, should it be Markup: that escapes what is joined to it
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append(Element(tag, tuple((name, value or "") for name, value in attrs)))
        self._in_style = tag in ("style", "script")

    def handle_endtag(self, _: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            self.page.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data!r}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"a processing instruction: {data!r}")
