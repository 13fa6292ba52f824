"""The catalogue as a whole, and `say`: the way in which every module puts a sentence into words.

Sentences stand in the tables beside this file, each once, with its translation. `say` speaks English, since a report is
kept in English; a renderer translates with `Words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from grader.wording import (
    answering,
    class_page,
    classes,
    files,
    finding,
    handing_in,
    hinting,
    judging,
    labels,
    lending,
    pages,
    phrases,
    platforms,
    practising,
    raising,
    running,
    summaries,
)
from grader.wording.sentence import Sentence


def _merged(*tables: Mapping[str, Sentence]) -> dict[str, Sentence]:
    merged: dict[str, Sentence] = {}
    for table in tables:
        if twice := merged.keys() & table.keys():
            raise ValueError(f"these keys stand in two tables: {sorted(twice)}")
        merged |= table
    return merged


#: whole sentences, found again in a report when it is translated
SENTENCES: Final = _merged(
    files.SENTENCES,
    handing_in.SENTENCES,
    finding.SENTENCES,
    running.SENTENCES,
    lending.SENTENCES,
    judging.SENTENCES,
    answering.SENTENCES,
    hinting.SENTENCES,
    raising.SENTENCES,
    practising.SENTENCES,
    classes.SENTENCES,
)
#: pieces that stand in a field of a sentence
PHRASES: Final = _merged(phrases.PHRASES, classes.PHRASES)
#: what a renderer says of its own: headings, verdicts, units
LABELS: Final = _merged(
    labels.LABELS,
    pages.LABELS,
    class_page.LABELS,
    summaries.LABELS,
    platforms.LABELS,
    practising.LABELS,
)
#: things that are counted, and how Chinese counts them
NOUNS: Final = phrases.NOUNS

_ALL: Final = _merged(SENTENCES, PHRASES, LABELS)


def say(key: str, /, **fields: str | int) -> str:
    """The sentence or phrase `key` in English, filled in. Raises KeyError, or TypeError for other fields than its own."""
    return _ALL[key].filled("en", fields)
