"""What every store of reports promises, whichever it is: the conformance test that a new one is added to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from grader.classes.journal import Journal
from grader.classes.store import InMemory, Kept, ReportStore
from tests.unit.reports import check, exercise, report

FIRST = Kept(report=report(exercise(check("a"))))
SECOND = Kept(report=report(exercise(check("b"))), looks_like="another")

STORES: dict[str, Callable[[Path], AbstractContextManager[ReportStore]]] = {
    "journal": lambda folder: Journal(folder, warn=pytest.fail),
    "in memory": lambda _: nullcontext(InMemory()),
}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ReportStore]:
    with STORES[request.param](tmp_path) as opened:
        yield opened


def test_what_is_kept_is_found_under_each_of_its_keys(store: ReportStore) -> None:
    """Complete, and equal to what was given; under any other key there is nothing."""
    store.keep(SECOND, "content", "bytes")

    assert (store.find("content"), store.find("bytes"), store.find("other")) == (SECOND, SECOND, None)


def test_what_is_kept_later_takes_the_place(store: ReportStore) -> None:
    """Under the keys that it has in common with what was there; keeping twice is keeping once."""
    store.keep(FIRST, "content", "bytes")
    store.keep(SECOND, "content", "other bytes")
    store.keep(SECOND, "content", "other bytes")

    assert (store.find("content"), store.find("other bytes")) == (SECOND, SECOND)


def test_two_contents_do_not_mix(store: ReportStore) -> None:
    """Each has its report."""
    store.keep(FIRST, "one")
    store.keep(SECOND, "two")

    assert (store.find("one"), store.find("two")) == (FIRST, SECOND)
