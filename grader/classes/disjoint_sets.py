"""Which of many things are one: joined two by two, told as parts. What they are is not known here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence


class DisjointSets:
    """Things by number, some of which were joined: a forest in which each points to one that it is with."""

    def __init__(self, count: int) -> None:
        self._with = list(range(count))

    def root(self, at: int) -> int:
        """The one that stands for all that `at` is joined with."""
        while self._with[at] != at:
            self._with[at] = self._with[self._with[at]]
            at = self._with[at]
        return at

    def join(self, one: int, other: int) -> None:
        """They are one from now on; the earlier one stands for both."""
        first, second = sorted((self.root(one), self.root(other)))
        self._with[second] = first

    def parts(self) -> Sequence[Sequence[int]]:
        """All that are joined, together, each part in its order."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for at in range(len(self._with)):
            found[self.root(at)].append(at)
        return list(found.values())
