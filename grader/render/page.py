"""What every page has in common: templates, the style sheet and its fingerprint, the rule that all text is escaped.

A template prints text through `_text`: control characters shown, cut, then escaped by Jinja. Only `Markup` made in this
package passes as it is. No page's own content lives here.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from grader.messages import Language, Words
from grader.messages.visible import one_line, visible
from grader.render.terms import value

if TYPE_CHECKING:
    from jinja2 import Environment

    from grader.render.comparison import Comparison
    from grader.report.report import Counterexample

PAGES = Path(__file__).parent / "pages"
#: as browsers and screen readers know them
LANGUAGE_TAGS: dict[Language, str] = {"en": "en", "zh": "zh-Hans"}
#: a sentence that is longer than this holds an error message without end
MOST_PROSE = 800
#: a name that our sentences put between backticks; anything longer stays as it was written
_NAME_IN_BACKTICKS = re.compile(r"`([A-Za-z_][\w.]{0,60})`")


def draw(template: str, words: Words, *, script: str | None = None, **context: Any) -> str:
    """The page that `template` makes of `context`: complete, with its style inside and nothing to fetch.

    A template says `words.say(key, ...)` for our own words, `words.text(message)` for a message, and prints all else as
    text. `script` names a file of ours in `pages/`; the page allows that script by its fingerprint and no other.
    """
    style, code = stylesheet(), None if script is None else _read(script)
    context |= {"language": LANGUAGE_TAGS[words.language], "words": words}
    context |= {"style": Markup(style), "script": code and Markup(code), "policy": policy(style, code)}  # noqa: S704
    page = _environment().get_template(template).render(**context)
    return f"{page}\n"


def draw_piece(template: str, words: Words, **context: Any) -> Markup:
    """What `template` makes of `context` as a piece of a page that somebody else frames: no style, nothing to run."""
    drawn = _environment().get_template(template).render(language=LANGUAGE_TAGS[words.language], words=words, **context)
    return Markup(drawn)  # noqa: S704  # the template escaped all of it


def stylesheet() -> str:
    """The style of all pages: ours alone, so it may stand in a page as it is."""
    return f"{colours()}\n{_read('page.css')}"


def colours() -> str:
    """The colours by their names, light and dark: the same wherever we draw for a browser."""
    return _read("colours.css")


def stylesheet_within(selector: str, *, more: str = "", last: str = "") -> str:
    """The style of all pages, nested: for what `selector` picks in a page of another's, and nothing around it.

    `more` stands before our rules, `last` after them.
    """
    inner = stylesheet().replace(":root {", "& {").replace("\nbody {", "\n& {").replace("@page { margin: 16mm; }", "")
    return f"{selector} {{\n{more}\n{inner}\n{last}\n}}"


def policy(style: str, script: str | None = None) -> str:
    """The content security policy of a page that holds exactly this style, and this script if any: no other, no
    request, no form, no frame."""
    scripts = "" if script is None else f"script-src 'sha256-{_fingerprint(script)}'; "
    return (
        f"default-src 'none'; style-src 'sha256-{_fingerprint(style)}'; {scripts}img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _fingerprint(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def prose(text: str) -> Markup:
    """A sentence that may hold student text, kept apart in its direction; `names` in backticks are set as code."""
    pieces = _NAME_IN_BACKTICKS.split(visible(text, most=MOST_PROSE))
    marked = (Markup("<code>{}</code>").format(piece) if odd % 2 else escape(piece) for odd, piece in enumerate(pieces))
    return Markup("<bdi>{}</bdi>").format(Markup("").join(marked))


@cache
def _read(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8").strip()


@cache
def _environment() -> Environment:
    # imported when the first page is drawn: `grade` at a terminal draws none and need not wait for it
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_text,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"prose": prose, "one_line": one_line, "visible": visible}
    environment.filters |= {"value": value, "comparison": _compared}
    return environment


def _compared(example: Counterexample, words: Words) -> Comparison:
    """See `comparison`."""
    from grader.render.comparison import comparison  # NumPy: most pages have nothing to compare

    return comparison(example, words)


def _text(value: Any) -> Any:
    """What a template prints: `Markup` as it is, any other text visible and cut."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
