"""A clock for tests: it stands still until it is told to go on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class StoppedClock:
    """Calling it tells the time."""

    def __init__(self, moment: datetime = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def go_on(self, **how_long: float) -> None:
        """Let time pass: `go_on(minutes=5)`."""
        self.moment += timedelta(**how_long)

    def after(self, **how_long: float) -> datetime:
        """The moment that long from now; `after(days=-1)` is past."""
        return self.moment + timedelta(**how_long)
