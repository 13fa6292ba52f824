"""Points in time as platforms write them. Only their order matters here."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from typing import Final

#: 2024-03-01 23:59:58.123456 +0100, with T for the blank, Z or UTC for the offset, and all but the date optional
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?)?\s*(?:([+-])(\d\d):?(\d\d))?")


def moment(text: str) -> tuple[float, ...]:
    """The moment in `text` as a value that sorts, in seconds; nothing, which sorts first, where `text` names none."""
    match = _MOMENT.search(text)
    if match is None:
        return ()
    day, clock, fraction, sign, hours, minutes = match.groups()
    try:
        local = datetime.fromisoformat(f"{day}T{clock or '00:00'}+00:00")
    except ValueError:
        return ()
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    return (local.timestamp() - offset.total_seconds() + float(fraction or 0),)


#: the first letters of a month, without accents, in the languages of Western Europe; May is in two of them alike
_MONTHS: Final = (
    ("jan", "ene", "gen"),
    ("feb", "fev", "fevr"),
    ("mar", "mrt", "marz"),
    ("apr", "avr", "abr"),
    ("may", "mai", "mag", "mei"),
    ("jun", "juin", "giu"),
    ("jul", "juil", "lug"),
    ("aug", "aou", "ago"),
    ("sep", "set"),
    ("oct", "okt", "ott", "out"),
    ("nov",),
    ("dec", "dez", "dic"),
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY: Final = re.compile(r"(?<![\d:.])(\d{1,2})(?![\d:])")
_CLOCK: Final = re.compile(
    r"(上午|下午)?\s*(?<!\d)(\d{1,2})[:.h]?(\d\d)(?:[:.]?(\d\d))?(?!\d)\s*(am|pm|a\. ?m|p\. ?m|上午|下午)?"
)
_EAST_ASIAN: Final = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?")


def spelled_moment(text: str) -> tuple[float, ...]:
    """The moment in a text such as "Mar 5, 2026 1023 AM", in many languages, as a value that sorts."""
    text = "".join(c for c in unicodedata.normalize("NFKD", text[:100].casefold()) if not unicodedata.combining(c))
    if east := _EAST_ASIAN.search(text):
        return (*map(float, east.groups()), *_clock(text[east.end() :]))
    year = _YEAR.search(text)
    word = next((month for word in _WORD.findall(text) if (month := _month(word))), None)
    rest = _YEAR.sub(" ", text, count=1)
    day = _DAY.search(rest)
    if year is None or word is None or day is None:
        return moment(text)
    return (float(year[0]), float(word), float(day[1]), *_clock(rest[: day.start()] + " " * 2 + rest[day.end() :]))


def _month(word: str) -> int | None:
    """The longest beginning decides: juin and juil are two months."""
    fits = [(len(start), n) for n, starts in enumerate(_MONTHS, start=1) for start in starts if word.startswith(start)]
    return max(fits)[1] if fits else None


def _clock(text: str) -> tuple[float, ...]:
    match = _CLOCK.search(text)
    if match is None:
        return (0.0,)
    hours, half = int(match[2]), (match[1] or match[5] or "")[:1]
    if half:
        hours = hours % 12 + (12 if half in "p下" else 0)
    return (hours * 3600.0 + int(match[3]) * 60 + int(match[4] or 0),)
