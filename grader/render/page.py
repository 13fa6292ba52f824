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

from grader.render.visible import one_line, visible
from grader.wording import Language, Words

if TYPE_CHECKING:
    from jinja2 import Environment

PAGES = Path(__file__).parent / "pages"
#: as browsers and screen readers know them
LANGUAGE_TAGS: dict[Language, str] = {"en": "en", "zh": "zh-Hans"}
#: a sentence that is longer than this holds an error message without end
MOST_PROSE = 800
#: a name that our sentences put between backticks; anything longer stays as it was written
_NAME_IN_BACKTICKS = re.compile(r"`([A-Za-z_][\w.]{0,60})`")


def draw(template: str, words: Words, *, script: str | None = None, **context: Any) -> str:
    """The page that `template` makes of `context`: complete, with its style inside and nothing to fetch.

    A template says `say(key, ...)` for our own words, and prints everything else as text. `script` names a file of ours
    in `pages/`; the page allows that script by its fingerprint and no other.
    """
    style, code = stylesheet(), None if script is None else _read(script)
    context |= {"language": LANGUAGE_TAGS[words.language], "say": words.say, "counted": words.counted}
    context |= {"style": Markup(style), "script": code and Markup(code), "policy": policy(style, code)}  # noqa: S704
    page = _environment().get_template(template).render(**context)
    return f"{page}\n"


def stylesheet() -> str:
    """The style of all pages: ours alone, so it may stand in a page as it is."""
    return _read("page.css")


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
    return environment


def _text(value: Any) -> Any:
    """What a template prints: `Markup` as it is, any other text visible and cut."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
