"""What every renderer calls the same things: verdicts, statuses, values, points, shares, counts. No layout here."""

from __future__ import annotations

from collections.abc import Iterable

from grader.messages import Words
from grader.report.class_report import RowStatus, Statistics
from grader.report.report import Shown, Verdict


def verdict(value: Verdict, words: Words) -> str:
    """A verdict within a sentence or a table: "partly right"."""
    return words.say("page_not_graded_verdict" if value is Verdict.NOT_GRADED else f"page_{value}")


def status(value: RowStatus, words: Words) -> str:
    """What became of a student's work: "never submitted"."""
    return words.say(f"class_{value}")


def value(shown: Shown, words: Words) -> str:
    """A value as text; of a long array, how many of its entries are left out."""
    if not shown.left_out:
        return shown.text
    return words.say("array_cut_short", entries=shown.text, more=f"{shown.left_out:,}", shape=str(shown.shape))


def points(earned: int | None, possible: int, words: Words) -> str:
    """ "10 of 20"; a hyphen where nothing is known."""
    return words.say("points", earned="-" if earned is None else earned, possible=possible)


def percent(number: float, words: Words) -> str:
    """ "62.5 %", with as many digits as it has."""
    return words.say("page_percent", percent=f"{number:g}")


def counts(numbers: Iterable[tuple[str, int]], words: Words) -> str:
    """ "3 passed, 1 failed"; what nobody is, is left out."""
    named = (words.say("summary_count", number=f"{number:,}", what=what) for what, number in numbers if number)
    return words.listed(named)


def verdict_counts(verdicts: dict[Verdict, int], words: Words) -> str:
    """How many got which verdict; a hyphen if nobody got any."""
    return counts(((verdict(value, words), number) for value, number in verdicts.items()), words) or "-"


def students(figures: Statistics, words: Words) -> str:
    """How many are in the class, and what became of their work; for a class of nobody, that."""
    if not figures.students:
        return words.say("class_empty")
    each = counts(((status(value, words), number) for value, number in figures.statuses.items()), words)
    return words.say("summary_counts", students=words.counted(figures.students, "student"), counts=each)


def six_numbers(figures: Statistics, words: Words) -> str:
    """Least, quartiles, most and mean of the scores in percent; nothing where nobody was graded."""
    if figures.quartiles is None or figures.mean is None:
        return ""
    five = figures.quartiles
    return words.say(
        "summary_six",
        least=f"{five.least:g}",
        first=f"{five.first:g}",
        median=f"{five.median:g}",
        third=f"{five.third:g}",
        most=f"{five.most:g}",
        mean=f"{figures.mean:g}",
    )
