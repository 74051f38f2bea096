"""How an indicator is declared: its name, what it means in prose, the one query behind it, and an example to check by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from cortile.agencies.models import Agency
from cortile.kit import clock

Grouped = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a body, from its first local midnight to the next one's, seen from a day."""

    agency: Agency
    first: date
    seen_on: date

    @property
    def after(self) -> date:
        """Return the first day of the month that follows."""
        return date(self.first.year + self.first.month // 12, self.first.month % 12 + 1, 1)

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """Return its first instant and the first one after it (UTC)."""
        return clock.day_bounds(self.first)[0], clock.day_bounds(self.after)[0]


@dataclass(frozen=True, slots=True)
class Example:
    """A story somebody can count by hand, and what the query must answer."""

    story: Promise
    answer: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number of the month page. The query answers one row per place and nature, a column per measure."""

    name: str
    measures: tuple[str, ...]
    title: Promise
    definition: Promise
    query: Callable[[Month], Grouped]
    example: Example

    def sql(self, month: Month) -> str:
        """Return the statement that makes the number, so that anybody can run it again (I5)."""
        return str(self.query(month).query)
