"""Column types that both databases keep alike. No table stands here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import JSON, DateTime, Dialect, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

ModelT = TypeVar("ModelT")
ChoiceT = TypeVar("ChoiceT", bound=StrEnum)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC with microseconds. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Raises ValueError for a moment without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite gives the zone up."""
        return value if value is None or value.tzinfo is not None else value.replace(tzinfo=UTC)


class Choice(TypeDecorator[ChoiceT], Generic[ChoiceT]):
    """One of a closed list of words, which comes back as what it was, so that `is` and `match` hold of a row."""

    impl = String(16)
    cache_ok = True

    def __init__(self, kind: type[ChoiceT]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: ChoiceT | None, dialect: Dialect) -> str | None:
        """Raises ValueError for a word that is not on the list."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> ChoiceT | None:
        """Raises ValueError where the row holds another word."""
        return None if value is None else self.kind(value)


class Choices(TypeDecorator[frozenset[ChoiceT]], Generic[ChoiceT]):
    """Some of a closed list of words. A word that is not on the list is passed over: what only a later version means by
    it holds for nothing here."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: type[ChoiceT]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Collection[ChoiceT] | None, dialect: Dialect) -> list[str] | None:
        """In order. Raises ValueError for a word that is not on the list."""
        return None if value is None else sorted(self.kind(each).value for each in value)

    def process_result_value(self, value: Collection[str] | None, dialect: Dialect) -> frozenset[ChoiceT] | None:
        """And back."""
        return None if value is None else frozenset(each for each in self.kind if each.value in value)


class Points(TypeDecorator[Fraction]):
    """A fraction of points, exactly: "19/2"."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:
        """As text."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Fraction | None:
        """And back."""
        return None if value is None else _fraction(value)


@lru_cache(maxsize=10_000)
def _fraction(text: str) -> Fraction:
    """A class has few different points, and reading them takes most of the time of a gradebook."""
    return Fraction(text)


class Data(TypeDecorator[ModelT], Generic[ModelT]):
    """A frozen type of ours, as JSON that says what the type says. Whatever pydantic validates can be kept."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: type[ModelT] | Any) -> None:
        super().__init__()
        self.kind = kind
        self._adapter: TypeAdapter[ModelT] = TypeAdapter(kind)

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """PostgreSQL looks into its JSON, SQLite keeps text."""
        return dialect.type_descriptor(
            JSONB(none_as_null=True) if dialect.name == "postgresql" else JSON(none_as_null=True)
        )

    def process_bind_param(self, value: ModelT | None, dialect: Dialect) -> Any:
        """As plain data."""
        return None if value is None else self._adapter.dump_python(value, mode="json")

    def process_result_value(self, value: Any, dialect: Dialect) -> ModelT | None:
        """Raises pydantic's ValidationError where the row holds something else."""
        return None if value is None else self._adapter.validate_python(value)
