"""Which written answers are the same text, or nearly: compared word by word, by the standard library's `difflib`.

Case, punctuation and blanks say nothing; a number or a word that denies says all: texts that differ in one of those are
never alike. What a text means is not known here.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
import zlib
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from grader.classes.disjoint_sets import DisjointSets

#: how much of two texts has to be the same, as `difflib` counts it
NEARLY: Final = 0.9
#: words of a text that are compared
MOST_WORDS: Final = 2_000
#: words are counted in so many boxes to see quickly which texts have too few in common
_BOXES: Final = 256
#: of Chinese and Japanese each sign is a word
_WORD: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+(?:['\u2019][^\W\d_]+)?")
_DENIES: Final = frozenset(
    ["no", "not", "never", "none", "neither", "nor", "without", "cannot", "不", "没", "无", "非", "未", "否"]
)


def united(texts: Sequence[str]) -> Sequence[Sequence[int]]:
    """The places of texts that are alike, together; every place is in one part."""
    joined = DisjointSets(len(texts))
    first: dict[tuple[str, ...], int] = {}
    for at, text in enumerate(texts):
        joined.join(at, first.setdefault(words(text), at))
    by_decisive: dict[tuple[str, ...], list[tuple[int, tuple[str, ...]]]] = {}
    for said, at in first.items():
        by_decisive.setdefault(tuple(filter(_is_decisive, said)), []).append((at, said))
    for part in by_decisive.values():
        _join_near(part, joined)
    return joined.parts()


def words(text: str) -> tuple[str, ...]:
    """What is compared of a text."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold())[:MOST_WORDS])


def _is_decisive(word: str) -> bool:
    return word in _DENIES or word.replace("\u2019", "'").endswith("n't") or any(each.isdigit() for each in word)


def _join_near(texts: Sequence[tuple[int, tuple[str, ...]]], joined: DisjointSets) -> None:
    """Join those of which no more differs than may; two that are joined already are not compared again."""
    counts = np.stack([_counted(said) for _, said in texts])
    sizes = counts.sum(axis=1)
    for one, (at, said) in enumerate(texts):
        common = np.minimum(counts[one], counts[one + 1 :]).sum(axis=1)
        near = 2 * common >= NEARLY * (sizes[one] + sizes[one + 1 :])
        for other in (np.flatnonzero(near) + one + 1).tolist():
            there, also = texts[other]
            if joined.root(at) != joined.root(there) and _ratio(said, also) >= NEARLY:
                joined.join(at, there)


def _counted(said: Sequence[str]) -> npt.NDArray[Any]:
    boxes = [zlib.crc32(word.encode("utf-8", "surrogatepass")) % _BOXES for word in said]
    return np.bincount(boxes, minlength=_BOXES) if boxes else np.zeros(_BOXES, dtype=np.int64)


def _ratio(one: Sequence[str], other: Sequence[str]) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()
