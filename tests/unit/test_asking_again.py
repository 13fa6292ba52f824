"""A site that is busy is asked again, as late as it asks for, and not for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from grader.classes.asking_again import PATIENCE, Later, asking_again, retry_after

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("9" * 40, 999_999_999),
        ("Mon, 30 Nov 2026 12:01:00 GMT", 60),
        ("Mon, 30 Nov 2026 12:01:00 -0000", 60),
        ("Mon, 30 Nov 2026 11:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("\u0663", None),
    ],
)
def test_when_to_come_again_is_seconds_or_a_date(said: str, seconds: int | None) -> None:
    """What is neither says nothing; a date that is over means now."""
    assert retry_after(said, NOW) == (None if seconds is None else timedelta(seconds=seconds))


def refusing(asked: list[float | None]) -> list[float]:
    """How long is slept between tries, where a site asks for these seconds, one after the other, and never gives in."""
    slept: list[float] = []
    tries = asking_again((Later,), tries=len(asked), sleep=slept.append)

    def busy() -> None:
        raise Later(asked[len(slept)])

    with pytest.raises(Later):
        tries(busy)
    return slept


def test_a_site_is_asked_so_many_times_and_not_before_it_says() -> None:
    """At least what it asks for, each time."""
    slept = refusing([3, None, 5, 1])

    assert len(slept) == 3
    assert (slept[0] >= 3, slept[2] >= 5) == (True, True)


def test_a_site_that_asks_for_too_much_is_not_waited_for() -> None:
    """Whoever called is told how long it would be."""
    assert refusing([PATIENCE + 1, 0]) == []
