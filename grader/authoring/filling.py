"""The texts of `templates/` with their blanks filled in. What goes into the blanks is not known here."""

from __future__ import annotations

import json
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

_TEMPLATES: Final = Environment(
    loader=PackageLoader("grader.authoring"),
    autoescape=False,  # noqa: S701  # Python and Markdown by and for staff, no page
    undefined=StrictUndefined,
    keep_trailing_newline=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
#: a text as a literal of Python, in the quotes that formatters prefer
_TEMPLATES.filters["literal"] = lambda text: json.dumps(text, ensure_ascii=False)
#: a text in one cell of a Markdown table
_TEMPLATES.filters["cell"] = lambda text: " ".join(text.split()).replace("|", "\\|")


def filled(name: str, **blanks: object) -> str:
    """The template of that name, filled in."""
    return _TEMPLATES.get_template(name).render(blanks)
