"""Settings that otter's authors write in YAML, read as plain data. Nothing of it may grow while it is read: an alias
stands for a whole again, so a few lines of them are a billion words.
"""

from __future__ import annotations

from typing import Any, Final

import yaml

MOST_CHARACTERS: Final = 20_000


class _WithoutAliases(yaml.SafeLoader):
    """Plain values alone, each written out where it stands."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise ValueError("they refer to one another (`*name`); write out what is meant")
        return super().compose_node(parent, index)


def read_settings(text: str) -> dict[str, Any]:
    """The settings in `text`; none of empty text. Raises ValueError for what are none."""
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"its settings are longer than {MOST_CHARACTERS:,} characters")
    try:
        found = yaml.load(text, _WithoutAliases)  # noqa: S506  # a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ValueError(f"its settings are none: {' '.join(str(error).split())[:120]}") from error
    if not (found is None or isinstance(found, dict)):
        raise ValueError(f"its settings are none: {str(found)[:60]!r}")
    return found or {}
