"""Bytes that some program wrote as text of an encoding it does not name: which one it most likely is.

A wrong name is worse than none, and lists of names are short: charset-normalizer took 7 of 10 small rosters for another
encoding (Müller for Chinese, Chinese for Korean), where these rules are right or do not answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_HANGUL: Final = re.compile("[\uac00-\ud7a3]+")
_BOXES: Final = re.compile("[\u2500-\u25a0]")


@dataclass(frozen=True, slots=True)
class _EastAsian:
    """An encoding of two bytes a character: the first bytes of its common characters, and the least second byte."""

    name: str
    common: range
    second: int


_CHINESE: Final = (_EastAsian("gb18030", range(0xB0, 0xD8), 0xA1), _EastAsian("big5", range(0xA4, 0xC7), 0x40))
_SURE: Final = 0.6  # share of common characters that names hold at least
_MARGIN: Final = 0.15  # by which another encoding must fall behind
_ENOUGH: Final = 100_000  # bytes that are looked at


def chinese(data: bytes) -> str | None:
    """The encoding of Chinese text of which nearly all characters are common ones; None if two are as likely.

    Korean text in the encoding of its own looks like Chinese of common characters, and is none.
    """
    data = data[:_ENOUGH]
    shares = {encoding.name: _share(data, encoding) for encoding in _CHINESE}
    likely = max(shares, key=shares.__getitem__)
    if shares[likely] < _SURE or any(shares[likely] - shares[name] < _MARGIN for name in shares if name != likely):
        return None
    korean = "".join(character for character in data.decode("euc_kr", "replace") if not character.isascii())
    return None if _HANGUL.fullmatch(korean) else likely


def _share(data: bytes, encoding: _EastAsian) -> float:
    common = others = high = at = 0
    while at < len(data):
        pair = data[at : at + 2]
        if pair[0] < 0x80:
            at += 1
            continue
        if len(pair) == 2 and pair[0] in encoding.common and pair[1] >= encoding.second:
            common += 1
            high += pair[1] >= 0xA1
        else:
            others += 1
        at += 2
    # a letter of Western Europe before others looks like one, time after time
    return common / (common + others) if 3 * high >= common > 0 else 0.0


def file_name(name: bytes, among: str | None) -> str:
    """A name in an archive: UTF-8, else of the Chinese encoding of names `among` it, else of a code page of DOS.

    Every name has some spelling, and two names never the same.
    """
    for encoding in ("utf-8", *([among] if among else [])):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    american = name.decode("cp437")
    return name.decode("cp850") if _BOXES.search(american) else american
